// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What holds on the paths that lead to one point: which regions are open, and
// what is known of values. Paths that agree in the first are one state; so the
// number of states is that of region states, not of paths (property
// simulation; Das, Lerner, Seigle: ESP, PLDI 2002). It is what makes
// `if (l) lock(); ... if (l) unlock();` come out right.

#ifndef AIRLOCK_REGIONS_PATHSTATE_H
#define AIRLOCK_REGIONS_PATHSTATE_H

#include "facts/Flow.h"
#include "regions/Known.h"
#include "llvm/ADT/ArrayRef.h"
#include <array>

namespace airlock {

/// How deep a region is open, counted from where the function begins. Both
/// bounds are the same unless paths had to be joined that differ.
struct RegionDepth {
  unsigned Region;
  int8_t Lo, Hi;
  /// The call that changed it last.
  CallId By;
  /// What it is open for; empty if that is not known. Then, what for it has been used.
  FlavourSet Flavour = {}, Used = {};
  /// Which call opened each of its first levels.
  std::array<CallId, 3> Openers = {NoCall, NoCall, NoCall};
  /// On other paths it was opened by other calls.
  bool Mixed = false;
  /// The call that opened the level that it is open at.
  CallId opener() const {
    bool Kept = Lo > 0 && size_t(Lo) <= Openers.size() && Openers[Lo - 1] != NoCall;
    return Kept ? Openers[Lo - 1] : By;
  }
  bool sameDepth(const RegionDepth &O) const {
    return Region == O.Region && Lo == O.Lo && Hi == O.Hi;
  }
};

/// A region that was closed and is to be put back.
struct SavedRegion {
  unsigned Region;
  int8_t Lo, Hi;
  CallId By;
  /// What it was open for; empty if that is not known.
  FlavourSet Flavour = {};
};

class PathState {
public:
  // Values. What no fact is about is what the function began with.
  Known known(ValueId V, const Flow &F) const;
  /// True if it was not known like that.
  bool learn(ValueId V, const Known &K);
  /// V changed: what depends on it is not known any more.
  void assign(ValueId V, Known K, const Flow &F);
  llvm::ArrayRef<std::pair<ValueId, Known>> facts() const { return Facts; }

  // Regions.
  llvm::ArrayRef<RegionDepth> depths() const { return Depths; }
  RegionDepth depth(unsigned Region) const;
  void setDepth(RegionDepth D);
  llvm::SmallVector<SavedRegion, 1> Saved;
  bool isSaved(unsigned Region) const;
  /// Restored from what the caller had saved.
  RegionSet Restored;

  /// Whether the initialiser of a variable with a cleanup opened something.
  std::optional<bool> opened(ValueId Scope) const;
  void setOpened(ValueId Scope, bool Did);

  /// The return that the path took, and the jump that led to it.
  Location ReturnedAt, JumpedAt;

  /// Whether two states may be one: their regions agree, and the values that
  /// tell paths apart (Telling, sorted).
  bool agrees(const PathState &O, llvm::ArrayRef<ValueId> Telling, const Flow &F) const;
  bool sameRegions(const PathState &O) const;
  /// Takes in the paths of another state; true if anything was lost by it.
  bool join(const PathState &O, const Flow &F);

private:
  llvm::SmallVector<std::pair<ValueId, Known>, 8> Facts; // by value
  llvm::SmallVector<RegionDepth, 2> Depths;              // by region, none of them 0
  llvm::SmallVector<std::pair<ValueId, bool>, 1> Opened; // by value
};

} // namespace airlock

#endif
