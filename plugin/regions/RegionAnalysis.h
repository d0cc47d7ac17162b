// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The data flow over one function: carries path states from its beginning to
// its end, through the calls that open and close regions, and notes what is
// open at every call. Conditions(.h) and balance (Balance.h) are read off the
// states afterwards.

#ifndef AIRLOCK_REGIONS_REGIONANALYSIS_H
#define AIRLOCK_REGIONS_REGIONANALYSIS_H

#include "facts/Flow.h"
#include "regions/FunctionRegions.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace airlock {

class Model;

struct RegionInput {
  const Facts &F;
  const Model &M;
  const Flow &Body;
  EntityId Function;
  /// What is known of a callee with a body; null for none.
  llvm::function_ref<const FunctionRegions *(EntityId)> ResultOf;
  /// What a call through a slot does to the regions, whichever function is in it; null: nothing.
  llvm::function_ref<llvm::ArrayRef<Outcome>(EntityId)> OutcomesIn;
};

FunctionRegions analyseRegions(const RegionInput &Input);

} // namespace airlock

#endif
