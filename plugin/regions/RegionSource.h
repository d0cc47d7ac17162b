// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the results of the region analysis come from: worked out from the flows
// of a unit (UnitRegions.h), or read back from summaries (link/LinkedRegions.h).

#ifndef AIRLOCK_REGIONS_REGIONSOURCE_H
#define AIRLOCK_REGIONS_REGIONSOURCE_H

#include "regions/FunctionRegions.h"
#include "llvm/ADT/ArrayRef.h"
#include <memory>

namespace airlock {

class RegionSource {
public:
  virtual ~RegionSource() = default;
  /// The functions that touch regions, callees first.
  virtual llvm::ArrayRef<EntityId> touching() = 0;
  /// What is known of a function; null if it has no body to analyse. Whoever asks
  /// keeps it for as long as it is needed: of a whole program, nobody else does.
  virtual std::shared_ptr<const FunctionRegions> of(EntityId Function) = 0;
};

} // namespace airlock

#endif
