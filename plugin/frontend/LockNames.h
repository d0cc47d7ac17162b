// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the argument of a sparse marker stands for: `__acquires(RCU)` is a
// name, `__releases(&zone->lock)` a lock whose type tells. The markers are
// defined as nothing, so only the text is left of them.

#ifndef AIRLOCK_FRONTEND_LOCKNAMES_H
#define AIRLOCK_FRONTEND_LOCKNAMES_H

#include "support/IdSet.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/StringRef.h"

namespace clang {
class ASTContext;
class Expr;
class FunctionDecl;
} // namespace clang

namespace airlock {

class Model;
class UnitNames;

/// The regions of what is written in the parentheses behind a macro's name;
/// its variables are looked up in Scope.
RegionSet regionsOfArgument(clang::SourceLocation MacroName, const clang::FunctionDecl *Scope,
                            const clang::ASTContext &Context, const UnitNames &Names,
                            const Model &M);

/// Those of a lock, or of a pointer to it, as an attribute of Clang's context analysis names it.
RegionSet regionsOfLock(const clang::Expr *Lock, const clang::ASTContext &Context, const Model &M);

} // namespace airlock

#endif
