// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From the states at a function's end: what the function does to its callers'
// regions, and what cannot be meant. A difference between two returns is meant
// if something that the caller can see, the returned value or a parameter,
// goes with it.

#ifndef AIRLOCK_REGIONS_BALANCE_H
#define AIRLOCK_REGIONS_BALANCE_H

#include "regions/RegionAnalysis.h"
#include "regions/States.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

/// What is known behind the last statement, and what the body has done on the way.
struct FunctionEnd {
  States AtExit;
  /// The regions that the body opens or closes; and opens.
  RegionSet Touched, Opened;
  /// Something is called that nobody knows anything of.
  bool CallsUnknown = false;
  /// Calls, and a region that each of them
  using RegionCalls = llvm::DenseSet<std::pair<CallId, unsigned>>;
  /// closes, and that was open when the function began;
  RegionCalls ClosesEntry;
  /// closes, and that is open there on some path;
  RegionCalls ClosesOpen;
  /// opens, and that is closed there on some path.
  RegionCalls OpensClosed;
  /// By region, the last place where it is closed.
  llvm::SmallDenseMap<unsigned, Location> LastClosed;
  /// The exits before which something unknown is called, which may be what closes, or
  /// something is stored, which may tell callers that it is open.
  llvm::DenseSet<uint32_t> Delegates;
};

/// Fills in the outcomes, adds the problems, and leaves each problem once.
void concludeBalance(const RegionInput &In, const FunctionEnd &End, Budget &Spent,
                     FunctionRegions &Result);

} // namespace airlock

#endif
