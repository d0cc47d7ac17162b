// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the walk over a unit stands: what every fact that is noted there says.

#ifndef AIRLOCK_FRONTEND_WALKPOSITION_H
#define AIRLOCK_FRONTEND_WALKPOSITION_H

#include "facts/Facts.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"
#include <tuple>

namespace airlock {

struct WalkPosition {
  explicit WalkPosition(const clang::SourceManager &SM) : SM(SM) {}

  /// The function; NoEntity in an initialiser at file scope.
  EntityId In = NoEntity;
  /// The innermost suppression.
  AllowId Allowed = NoAllow;
  /// The innermost expansion of a modelled macro.
  CallId Outer = NoCall;

  /// Whether the same was noted for the same token of one expansion: a macro's
  /// argument may stand in many places of its body. What is CallNote or a Site.
  bool seenAlready(unsigned What, clang::SourceLocation At) {
    return At.isMacroID() && !NotedInMacro
                                  .insert({What, SM.getSpellingLoc(At).getRawEncoding(),
                                           SM.getFileLoc(At).getRawEncoding(), Outer})
                                  .second;
  }
  static constexpr unsigned CallNote = ~0U;

  /// To be called at the beginning of a function.
  void enter(EntityId Function) {
    In = Function;
    Allowed = NoAllow;
    Outer = NoCall;
    NotedInMacro.clear();
  }

private:
  const clang::SourceManager &SM;
  llvm::DenseSet<std::tuple<unsigned, unsigned, unsigned, CallId>> NotedInMacro;
};

} // namespace airlock

#endif
