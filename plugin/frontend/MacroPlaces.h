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
  clang::SourceLocation inFile(clang::SourceLocation L) const { return find(InFile, L); }
  /// As getExpansionLoc() says: the name of the outermost macro.
  clang::SourceLocation expansion(clang::SourceLocation L) const { return find(Begin, L); }
  /// The end of what getExpansionRange() says: behind the outermost macro's arguments.
  clang::SourceLocation expansionEnd(clang::SourceLocation L) const { return find(End, L); }

private:
  enum Question { InFile, Begin, End };
  clang::SourceLocation find(Question Is, clang::SourceLocation L) const {
    return L.isFileID() ? L : outwards(Is, L);
  }
  clang::SourceLocation outwards(Question Is, clang::SourceLocation L) const;
  clang::SourceLocation bySourceManager(Question Is, clang::SourceLocation L) const;

  const clang::SourceManager &SM;
  /// The answers, by question.
  mutable llvm::DenseMap<clang::FileID, clang::SourceLocation> Known[End + 1];
};

} // namespace airlock

#endif
