// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// "did you mean": the name that somebody may have wanted to write.

#ifndef AIRLOCK_SUPPORT_SPELLING_H
#define AIRLOCK_SUPPORT_SPELLING_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace airlock {

/// Keeps of the names that it is shown the one that is most like a wrong one, if any is
/// like it: a third of the letters may differ. Of several, the first by name.
class NearestName {
public:
  /// Wrong must stay.
  explicit NearestName(llvm::StringRef Wrong)
      : Wrong(Wrong), Distance((Wrong.size() + 2) / 3 + 1) {}

  void consider(llvm::StringRef Name) {
    if (Wrong.size() > Longest || Name.size() > Longest)
      return; // it takes the product of both
    unsigned Theirs = Wrong.edit_distance(Name, /*AllowReplacements=*/true, Distance);
    if (Theirs > Distance || (Theirs == Distance && (Best.empty() || Best <= Name)))
      return;
    Distance = Theirs;
    Best = Name.str();
  }

  /// Empty if none is like it.
  const std::string &name() const { return Best; }
  /// "; did you mean 'x'?", or nothing.
  std::string question() const { return Best.empty() ? "" : "; did you mean '" + Best + "'?"; }

private:
  static constexpr size_t Longest = 256;
  llvm::StringRef Wrong;
  std::string Best;
  unsigned Distance; // that of the best, or more than is like it
};

} // namespace airlock

#endif
