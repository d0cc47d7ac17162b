// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What names stand for outside of functions, at the end of a unit: asked of
// what Clang's parser went by. The declaration context's own lookup would make
// a table of all that the unit's headers declare first.

#ifndef AIRLOCK_FRONTEND_UNITNAMES_H
#define AIRLOCK_FRONTEND_UNITNAMES_H

#include "clang/AST/ASTContext.h"
#include "clang/Sema/Sema.h"

namespace airlock {

class UnitNames {
public:
  explicit UnitNames(clang::Sema &S) : Names(S.IdResolver), Idents(S.Context.Idents) {}

  /// The declaration of this kind (a struct may have the name of a function), or null.
  template <typename T> const T *find(llvm::StringRef Name) const {
    for (auto I = Names.begin(&Idents.get(Name)); I != Names.end(); ++I)
      if (const auto *Found = llvm::dyn_cast<T>(*I))
        return Found;
    return nullptr;
  }

private:
  clang::IdentifierResolver &Names;
  clang::IdentifierTable &Idents;
};

} // namespace airlock

#endif
