// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Questions about the function at the core of a type: what is left once
// pointers and arrays are taken off. A qualifier on a declarator means that
// function.

#ifndef AIRLOCK_FRONTEND_TYPEWALK_H
#define AIRLOCK_FRONTEND_TYPEWALK_H

#include "clang/AST/Type.h"

namespace airlock {

/// How many pointers and arrays stand around the function at the core of T:
/// 0 for a function, 1 for a pointer to one; nothing if there is no function.
inline std::optional<unsigned> functionDepth(clang::QualType T) {
  unsigned Depth = 0;
  for (T = T.getCanonicalType(); !T->isFunctionType(); T = T.getCanonicalType()) {
    if (const auto *P = T->getAs<clang::PointerType>()) {
      T = P->getPointeeType();
      ++Depth;
    } else if (const auto *A = llvm::dyn_cast<clang::ArrayType>(T.getTypePtr())) {
      T = A->getElementType();
      ++Depth;
    } else if (const auto *Atomic = T->getAs<clang::AtomicType>()) {
      T = Atomic->getValueType();
    } else {
      return std::nullopt;
    }
  }
  return Depth;
}

inline bool hasFunctionCore(clang::QualType T) { return functionDepth(T).has_value(); }

} // namespace airlock

#endif
