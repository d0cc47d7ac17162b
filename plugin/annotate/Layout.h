// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where text goes in a C file, and how it is laid out there so that it looks as if the
// author had written it; and the way back. Text only: knows no Clang.

#ifndef AIRLOCK_ANNOTATE_LAYOUT_H
#define AIRLOCK_ANNOTATE_LAYOUT_H

#include "annotate/Edit.h"
#include "support/Includes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include <optional>
#include <vector>

namespace airlock {

/// Both counted from 1, in bytes; nothing if there is no such place.
std::optional<size_t> offsetOf(llvm::StringRef Text, unsigned Line, unsigned Column);
/// The way back: line and column.
std::pair<unsigned, unsigned> placeOf(llvm::StringRef Text, size_t Offset);

/// Whether a character is one of a word of C.
inline bool isWord(char C) { return llvm::isAlnum(C) || C == '_'; }

/// The text of an edit at a place; the line is broken if it gets longer than the kernel's
/// 100 columns through it (scripts/checkpatch.pl, max_line_length).
std::string textFor(const Edit &E, llvm::StringRef Text, size_t At);

/// What to take out so that a qualifier is gone as if textFor() had never been asked.
struct Stretch {
  size_t From, To;
};
Stretch stretchOf(llvm::StringRef Text, size_t From, size_t To);

/// The blanks that a line begins with, and what stands there in their place.
struct Indent {
  size_t At, Size;
  std::string New;
};
/// The lines below that are aligned with a parenthesis behind a place, and how they stay so when
/// Erased bytes there give way to New. None if one would get longer than 100 columns.
std::vector<Indent> realigned(llvm::StringRef Text, size_t At, size_t Erased, llvm::StringRef New);

/// Where a line, with its line feed, stands.
std::optional<size_t> findLine(llvm::StringRef Text, llvm::StringRef Line);

/// Whether one of these words is in a text.
bool usesAny(llvm::StringRef Text, const llvm::StringSet<> &Words);

} // namespace airlock

#endif
