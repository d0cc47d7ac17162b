// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is asked of clang::CFG and of bodies.

#ifndef AIRLOCK_FRONTEND_CFGTOOLS_H
#define AIRLOCK_FRONTEND_CFGTOOLS_H

#include "clang/Analysis/CFG.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace airlock {

/// Null if Clang cannot make it. Expressions that change something, and those
/// that a macro may consist of, are elements of their own.
std::unique_ptr<clang::CFG> makeCfg(const clang::FunctionDecl *Function, bool HasModelledMacros,
                                    clang::ASTContext &Context);

/// Whether a block ends in a choice between two ways.
bool branches(const clang::CFGBlock &B);

/// The expression that decides at the end of a block: of `a && b`, whose left
/// side has a block of its own, it is b.
const clang::Expr *decidingExpr(const clang::CFGBlock &B);

/// The loop that an edge backwards from a block belongs to; null for one that gotos
/// make.
const clang::Stmt *loopOf(const clang::CFGBlock &BackFrom);

/// The variables that a function changes, or lets others change: those that are assigned to,
/// counted up or down, written by an asm statement, or whose address is taken.
void forEachChanged(const clang::CFG &Graph,
                    llvm::function_ref<void(const clang::ValueDecl *)> Each);

/// What a function returns that does nothing else; null for any other.
const clang::Expr *onlyReturns(const clang::FunctionDecl *F);

} // namespace airlock

#endif
