// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where in a file the code of macros stands. SourceManager has the same answers, and for
// each question goes through all the expansions around a place again, with a binary search
// for every one of them: a third of what the plugin cost. Here an expansion is gone through
// once.

#ifndef AIRLOCK_FRONTEND_MACROPLACES_H
#define AIRLOCK_FRONTEND_MACROPLACES_H

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

class MacroPlaces {
public:
  explicit MacroPlaces(const clang::SourceManager &SM) : SM(SM) {}

  /// As getFileLoc() says: where an argument of a macro is written, or the name of the macro
  /// whose body a place is in.
  clang::SourceLocation inFile(clang::SourceLocation L) const;
  /// As getExpansionLoc() says: the name of the outermost macro.
  clang::SourceLocation expansion(clang::SourceLocation L) const;
  /// The end of what getExpansionRange() says: behind the outermost macro's arguments.
  clang::SourceLocation expansionEnd(clang::SourceLocation L) const;

private:
  using Expansion = clang::SrcMgr::ExpansionInfo;
  using Memo = llvm::DenseMap<clang::FileID, clang::SourceLocation>;
  clang::SourceLocation outwards(clang::SourceLocation L, Memo &Known, bool LeavesArguments,
                                 clang::SourceLocation (Expansion::*Around)() const) const;

  const clang::SourceManager &SM;
  mutable Memo InFile, Begin, End;
};

} // namespace airlock

#endif
