// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether a type is that of a pointer into user memory: `__user` is a type tag
// where it is anything (include/linux/compiler_types.h).

#ifndef AIRLOCK_FRONTEND_USERTYPES_H
#define AIRLOCK_FRONTEND_USERTYPES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

namespace airlock {

/// The tag is not part of canonical types: look at each as it is written.
inline bool isUserPointer(clang::QualType T, const clang::ASTContext &Context) {
  if (T.isNull() || !T->isPointerType())
    return false;
  clang::QualType At = T->getPointeeType();
  while (true) {
    if (const auto *Tagged = llvm::dyn_cast<clang::BTFTagAttributedType>(At.getTypePtr()))
      if (Tagged->getAttr()->getBTFTypeTag() == "user")
        return true;
    clang::QualType Next = At.getSingleStepDesugaredType(Context);
    if (Next == At)
      return false;
    At = Next;
  }
}

} // namespace airlock

#endif
