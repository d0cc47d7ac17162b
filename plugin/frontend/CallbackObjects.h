// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Callbacks that are handed over in an object: a notifier chain gets a notifier_block, and calls
// what its field notifier_call points to (include/linux/notifier.h). A model says of which
// parameters of which functions that holds, and in which field (`callback`). What is stored in
// that field of an object counts as stored in the parameter that the object is passed for.
//
// An object is known by what it is called last: a variable, or the field of a struct, of whatever
// struct that is: what is stored in one `priv->nb` of a unit may be called in any.

#ifndef AIRLOCK_FRONTEND_CALLBACKOBJECTS_H
#define AIRLOCK_FRONTEND_CALLBACKOBJECTS_H

#include "frontend/EntityTable.h"
#include "frontend/UnitNames.h"

namespace airlock {

class CallbackObjects {
public:
  CallbackObjects(const Model &M, const UnitNames &Names);

  /// Value is stored in a field of an object.
  void store(const clang::ValueDecl *Object, const clang::FieldDecl *Field,
             const clang::Expr *Value);
  void assign(const clang::Expr *Target, const clang::Expr *Value);
  void pass(const clang::CallExpr *Call, const clang::FunctionDecl *Callee);

  /// When all is noted: adds the stores.
  void finish(EntityTable &Entities, Facts &Into) const;

private:
  struct Taker {
    unsigned Parameter;
    llvm::StringRef Field; // of the model
  };
  struct Passed {
    const clang::FunctionDecl *To;
    Taker As;
    const clang::ValueDecl *Object;
    clang::SourceLocation At;
  };
  struct Callback {
    const clang::FieldDecl *Field;
    const clang::FunctionDecl *Stored;
  };

  /// Of this unit; without any there is nothing to note.
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<Taker, 1>> Takers;
  llvm::DenseMap<const clang::ValueDecl *, llvm::SmallVector<Callback, 1>> Callbacks;
  std::vector<Passed> Passes;
};

} // namespace airlock

#endif
