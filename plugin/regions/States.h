// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The states at one place of a function: one for all paths that agree. Where too many
// do not, those are joined that differ, and the budget is told so.

#ifndef AIRLOCK_REGIONS_STATES_H
#define AIRLOCK_REGIONS_STATES_H

#include "regions/PathState.h"
#include "support/Budget.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

/// What states at the places of one function are joined by.
struct Joining {
  const Flow &Body;
  /// The values that tell paths apart, sorted.
  llvm::SmallVector<ValueId, 4> Telling;
  Budget &Spent;
  /// Some had to be joined that differ.
  bool Collapsed = false;
};

class States {
public:
  States() = default;
  explicit States(llvm::ArrayRef<PathState> From) : All(From.begin(), From.end()) {}

  /// How many facts about values, and states, there are.
  uint32_t size() const;
  /// True if the place has to be walked again. Apart: states that differ in it are not joined
  /// either, as long as there are not too many.
  bool add(PathState S, Joining &By, ValueId Apart = NoValue);
  /// Of others on their way to a place: nothing is joined yet.
  void append(PathState S) { All.push_back(std::move(S)); }

  llvm::SmallVectorImpl<PathState>::iterator begin() { return All.begin(); }
  llvm::SmallVectorImpl<PathState>::iterator end() { return All.end(); }
  llvm::SmallVectorImpl<PathState>::const_iterator begin() const { return All.begin(); }
  llvm::SmallVectorImpl<PathState>::const_iterator end() const { return All.end(); }
  bool empty() const { return All.empty(); }
  operator llvm::ArrayRef<PathState>() const { return All; }
  template <typename Predicate> void eraseIf(Predicate P) { llvm::erase_if(All, P); }

private:
  /// What keeps states apart. A place never goes back: so it comes to an end.
  enum KeptApart : uint8_t { ByValues, ByRegions, Nothing };

  bool mayJoin(const PathState &A, const PathState &B, const Joining &By) const;

  llvm::SmallVector<PathState, 2> All; // in the order they came up
  KeptApart Kept = ByValues;
};

} // namespace airlock

#endif
