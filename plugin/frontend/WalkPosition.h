// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the walk over a unit stands: what every fact that is noted there says.

#ifndef AIRLOCK_FRONTEND_WALKPOSITION_H
#define AIRLOCK_FRONTEND_WALKPOSITION_H

#include "facts/Facts.h"
#include "frontend/MacroPlaces.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include <tuple>

namespace airlock {

struct WalkPosition {
  WalkPosition(const clang::SourceManager &SM, const MacroPlaces &Places)
      : SM(SM), Places(Places) {}

  /// The function; NoEntity in an initialiser at file scope.
  EntityId In = NoEntity;
  /// The innermost suppression.
  AllowId Allowed = NoAllow;
  /// The innermost expansion of a modelled macro.
  CallId Outer = NoCall;
  struct Place {
    /// The statement of a block, the block, and the statement that the block is
    /// part of.
    clang::SourceLocation Statement, Block, Around;
    /// The statement has no branches that its author wrote.
    bool IsPlain = true;
  };
  Place At;

  /// Whether the same was noted for the same token of one expansion: a macro's
  /// argument may stand in many places of its body. What is CallNote or a Site.
  /// For calls, Made tells which one it became then.
  bool seenAlready(unsigned What, clang::SourceLocation At, CallId *Made = nullptr) {
    if (!At.isMacroID())
      return false;
    auto [It, New] = NotedInMacro.try_emplace(keyOf(What, At), NoCall);
    if (Made)
      *Made = It->second;
    return !New;
  }
  void noteCall(clang::SourceLocation At, CallId Made) {
    if (At.isMacroID())
      NotedInMacro[keyOf(CallNote, At)] = Made;
  }
  static constexpr unsigned CallNote = ~0U;

  /// To be called at the beginning of a function.
  void enter(EntityId Function) {
    In = Function;
    Allowed = NoAllow;
    Outer = NoCall;
    At = {};
    NotedInMacro.clear();
  }

private:
  const clang::SourceManager &SM;
  const MacroPlaces &Places;
  using Key = std::tuple<unsigned, unsigned, unsigned, CallId>;
  Key keyOf(unsigned What, clang::SourceLocation At) const {
    return {What, SM.getSpellingLoc(At).getRawEncoding(), Places.inFile(At).getRawEncoding(),
            Outer};
  }
  llvm::DenseMap<Key, CallId> NotedInMacro;
};

} // namespace airlock

#endif
