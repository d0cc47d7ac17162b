// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What several readers of expressions ask of them.

#ifndef AIRLOCK_FRONTEND_EXPRTOOLS_H
#define AIRLOCK_FRONTEND_EXPRTOOLS_H

#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/Support/StringSaver.h"

namespace airlock {

/// The expression that another one is only a wrapper of: what is in parentheses, behind a
/// comma, at the end of a statement expression, or chosen at compile time. Null for any
/// other.
const clang::Expr *valueWithin(const clang::Expr *E);

/// A constant in 64 bits; an unsigned one wraps, as in C.
inline int64_t inBits(const llvm::APSInt &Value) {
  return static_cast<int64_t>(Value.extOrTrunc(64).getRawData()[0]);
}

/// Whether a place is in the body of a macro, and not in an argument that its caller wrote.
bool isInMacroBody(clang::SourceLocation L, const clang::SourceManager &SM);

/// The text of an expression, as its author wrote it, on one line.
llvm::StringRef textOf(const clang::Expr *E, const clang::SourceManager &SM,
                       const clang::LangOptions &Lang, llvm::StringSaver &Strings);

} // namespace airlock

#endif
