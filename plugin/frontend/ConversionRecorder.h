// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Turns what the walk finds at a place where a pointer is copied or cast into
// conversions and stores of the facts. Which places those are is the walk's
// matter (FactCollector.cpp); what may be lost there is this file's.

#ifndef AIRLOCK_FRONTEND_CONVERSIONRECORDER_H
#define AIRLOCK_FRONTEND_CONVERSIONRECORDER_H

#include "frontend/EntityTable.h"
#include "frontend/Qualifiers.h"
#include "frontend/WalkPosition.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include <vector>

namespace airlock {

class ConversionRecorder {
public:
  /// Qualified: something in the unit carries a context or a promise; if nothing
  /// does, only stores are noted. Promised: a promise.
  ConversionRecorder(clang::ASTContext &Context, const MacroRecorder &Macros, Qualifiers &Q,
                     EntityTable &Entities, WalkPosition &Here, bool Qualified, bool Promised,
                     Facts &Into)
      : Context(Context), Macros(Macros), Q(Q), Entities(Entities), Here(Here),
        Qualified(Qualified), Promised(Promised), Into(Into) {}

  void record(const clang::Expr *E, const Destination &To);
  void recordCast(const clang::CStyleCastExpr *C);
  void recordCastStore(const clang::Expr *E, const Destination &To);
  /// What local variables keep goes where they go.
  void finish();

private:
  /// A local variable that is stored somewhere.
  struct LocalUse {
    const clang::VarDecl *Variable;
    EntityId Slot, PassedTo;
    Location At;
  };
  void noteLocals(llvm::ArrayRef<PointerSource> From, const Destination &To);

  bool addsPromise(const PointerSource &S, EntityId To);
  bool keepsType(const clang::Expr *E, clang::QualType To) const;
  llvm::StringRef textOf(const clang::Expr *E) const;

  clang::ASTContext &Context;
  const MacroRecorder &Macros;
  Qualifiers &Q;
  EntityTable &Entities;
  WalkPosition &Here;
  const bool Qualified, Promised;
  Facts &Into;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallSetVector<EntityId, 2>> InLocal;
  std::vector<LocalUse> LocalUses;
};

} // namespace airlock

#endif
