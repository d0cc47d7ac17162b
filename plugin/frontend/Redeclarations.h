// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Functions whose declarations disagree about contexts: a declaration that
// comes after a use changes what that use meant.

#ifndef AIRLOCK_FRONTEND_REDECLARATIONS_H
#define AIRLOCK_FRONTEND_REDECLARATIONS_H

#include "frontend/EntityTable.h"
#include "frontend/Qualifiers.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace airlock {

class AttributeTable;

class Redeclarations {
public:
  Redeclarations(const clang::SourceManager &SM, const AttributeTable &Attributes, Qualifiers &Q);

  /// To be told of every reference that the walk meets.
  void noteUse(const clang::DeclRefExpr *Ref);

  using AllowsOn = llvm::function_ref<AllowId(const clang::FunctionDecl *)>;
  /// Adds the redeclarations that came after a use.
  void report(EntityTable &Entities, AllowsOn Allows, Facts &Into) const;

private:
  void reportOne(const clang::FunctionDecl *F, EntityTable &Entities, AllowsOn Allows,
                 Facts &Into) const;
  ContextSet writtenOn(const clang::FunctionDecl *F) const;

  const clang::SourceManager &SM;
  const AttributeTable &Attributes;
  Qualifiers &Q;
  /// The functions, in the order of the source, and the first use of each.
  std::vector<const clang::FunctionDecl *> Disagreeing;
  llvm::DenseMap<const clang::FunctionDecl *, clang::SourceLocation> FirstUse;
};

} // namespace airlock

#endif
