// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The #include lines of a C file. Text only: knows no Clang.

#ifndef AIRLOCK_SUPPORT_INCLUDES_H
#define AIRLOCK_SUPPORT_INCLUDES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace airlock {

/// The line, with its line feed. Header is as it is written: "\"airlock.h\"".
std::string includeLine(llvm::StringRef Header);

/// Behind the last #include that is in no #if but the guard of a header; else behind the
/// guard, or the first comment.
size_t behindIncludes(llvm::StringRef Text);

/// Whether a text has a #define of a macro.
bool definesMacro(llvm::StringRef Text, llvm::StringRef Name);

} // namespace airlock

#endif
