// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Unified diffs, as git, diff and mail programs write them: which files they change, on
// which lines, and what these files were before. Text around them, a mail's, is passed by.
//
// All of it refers to the text, which may be anybody's: what it says of lines is held
// against the file that it is undone in.

#ifndef AIRLOCK_SUPPORT_PATCH_H
#define AIRLOCK_SUPPORT_PATCH_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace airlock {

/// A place without lines, where something was taken out, stands behind the line First.
struct LineRange {
  unsigned First = 0, Count = 0;
};

struct PatchHunk {
  LineRange Old, New;
  /// The lines below its head, each with its ' ', '+', '-' or '\'.
  llvm::StringRef Body;
};

struct PatchedFile {
  /// Without quotes and without what stands for the two trees (a/, b/). Empty: there is no
  /// such file before, or behind, the patch.
  std::string Old, New;
  std::vector<PatchHunk> Hunks;
  /// Written by git, and so with all names from the top of the tree; diff is run anywhere.
  bool IsGit = false;
  /// Old stays as it is, and is not named.
  bool IsCopy = false;
  /// How it changes, the patch does not say in lines: it is binary, a link, another repository.
  bool IsUnknown = false;
  /// Each line of the patch ends in a carriage return of its own.
  bool HasReturns = false;
};

/// The files in their order; one may come up again, in a series. Nothing at all is a patch
/// without files. An error names the line.
llvm::Expected<std::vector<PatchedFile>> readPatch(llvm::StringRef Text);

/// Adds the lines of a hunk that it puts there or takes out, as they are behind it.
void addChangedLines(const PatchHunk &Hunk, std::vector<LineRange> &Into);

/// What Old was, where New is Now; an error if it is not what the patch leads to.
llvm::Expected<std::string> undo(const PatchedFile &File, llvm::StringRef Now);

/// A name as git quotes it where need be: "a\tb\303\274.c", with the quotes. Nothing if what
/// begins with a quote is none.
std::optional<std::string> unquoteName(llvm::StringRef Name);

} // namespace airlock

#endif
