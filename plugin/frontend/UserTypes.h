// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which pointers lead into user memory. `__user` is a type tag where it is
// anything (frontend/UserTag.h), and the tag is sugar: canonical types are equal
// with and without it, and a member of a tagged struct has its plain type. So
// types are read as they are written, and expressions are followed to what they
// are made of.

#ifndef AIRLOCK_FRONTEND_USERTYPES_H
#define AIRLOCK_FRONTEND_USERTYPES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

/// What a pointer leads to, level by level: bit 0 is set if it points into user
/// memory, bit 1 if the pointer that it points to does, and so on.
using UserLevels = uint8_t;

class UserTypes {
public:
  explicit UserTypes(const clang::ASTContext &Context) : Context(Context) {}

  /// Whether the unit has any tag: where there is none, no other question is worth asking.
  bool any();

  UserLevels of(clang::QualType T);
  bool isPointer(clang::QualType T) { return of(T) & 1; }

  /// Of a variable, parameter or field.
  UserLevels of(const clang::ValueDecl *D);
  /// Of the value of an expression.
  UserLevels of(const clang::Expr *E);
  /// Of the value that an object holds; of an array, each element.
  UserLevels ofObject(const clang::Expr *Place);
  /// Of the address of an object, or of the first element of an array.
  UserLevels ofAddress(const clang::Expr *Place);
  /// Whether an object is in user memory.
  bool isPlace(const clang::Expr *Place);

  /// What a pointer is made from, an expression that names a declaration if there is one:
  /// `p` of `&p->f`; `f(x)`, and a cast that changes the kind of pointer, of themselves.
  const clang::Expr *origin(const clang::Expr *E);

private:
  using Mask = uint16_t; // bit 0: the object itself
  static constexpr unsigned MaxLevel = 8;
  Mask compute(clang::QualType T);
  Mask maskOf(clang::QualType T);
  UserLevels ofCast(const clang::CastExpr *C);
  UserLevels ofChoice(const clang::AbstractConditionalOperator *C);

  const clang::ASTContext &Context;
  llvm::DenseMap<const clang::Type *, Mask> ByType;
  llvm::DenseMap<const clang::Expr *, UserLevels> ByChoice;
  std::optional<bool> Any;
};

} // namespace airlock

#endif
