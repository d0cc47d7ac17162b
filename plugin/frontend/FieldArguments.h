// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a condition of a model says of a field of an argument (`msg_flags` of
// `kernel_sendmsg(sock, &msg, ...)`), as expressions at the calls of one
// function: each field is one more argument, read where the call is.

#ifndef AIRLOCK_FRONTEND_FIELDARGUMENTS_H
#define AIRLOCK_FRONTEND_FIELDARGUMENTS_H

#include "facts/Facts.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace airlock {

class FieldArguments {
public:
  explicit FieldArguments(const clang::ASTContext &Context) : Context(Context) {}

  /// To be told of each call before the flow is made.
  void note(const clang::CallExpr *C, llvm::ArrayRef<FieldArgument> Wanted);

  /// The fields that the conditions of a call are about, in order; null where there is none.
  llvm::ArrayRef<const clang::MemberExpr *> of(const clang::CallExpr *C) const;
  /// Whether it takes the address of a variable for such a call alone: what is known of the
  /// variable is known up to the call.
  bool isForCall(const clang::UnaryOperator *U) const { return Addresses.contains(U); }

  struct Initial {
    const clang::MemberExpr *Field;
    /// Null: it is zero.
    const clang::Expr *Value;
  };
  /// What the initialiser of a variable says of such fields.
  llvm::SmallVector<Initial, 1> initials(const clang::VarDecl *V) const;

private:
  const clang::MemberExpr *member(const clang::CallExpr *C, const FieldArgument &Wanted);

  const clang::ASTContext &Context;
  llvm::DenseMap<const clang::CallExpr *, llvm::SmallVector<const clang::MemberExpr *, 1>> OfCall;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<const clang::MemberExpr *, 1>>
      OfVariable;
  llvm::SmallPtrSet<const clang::UnaryOperator *, 4> Addresses;
};

} // namespace airlock

#endif
