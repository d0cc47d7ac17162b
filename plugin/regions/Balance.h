// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From the states at a function's end: what the function does to its callers'
// regions, and what cannot be meant. A difference between two returns is meant
// if something that the caller can see, the returned value or a parameter,
// goes with it.

#ifndef AIRLOCK_REGIONS_BALANCE_H
#define AIRLOCK_REGIONS_BALANCE_H

#include "regions/PathState.h"
#include "regions/RegionAnalysis.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

struct FunctionEnd {
  const RegionInput &In;
  llvm::ArrayRef<PathState> States;
  /// The regions that the body opens or closes.
  RegionSet Touched;
  RegionSet Opened;
  /// Something is called that nobody knows anything of.
  bool CallsUnknown;
  /// The calls that close a region which was open when the function began.
  const llvm::DenseSet<std::pair<CallId, unsigned>> &ClosesEntry;
  /// The calls that close a region which is open there on some path.
  const llvm::DenseSet<std::pair<CallId, unsigned>> &ClosesOpen;
  /// The calls that open a region which is closed there on some path.
  const llvm::DenseSet<std::pair<CallId, unsigned>> &OpensClosed;
  /// By region, the last place where it is closed.
  const llvm::SmallDenseMap<unsigned, Location> &LastClosed;
  /// The exits before which something unknown is called, which may be what closes, or
  /// something is stored, which may tell.
  const llvm::DenseSet<uint32_t> &Delegates;
  Budget &Spent;
};

/// Fills in the outcomes, adds the problems, and leaves each problem once.
void concludeBalance(const FunctionEnd &End, FunctionRegions &Result);

} // namespace airlock

#endif
