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

namespace airlock {

/// Where a pointer goes. Becomes an entity only if something goes there that
/// matters: most arguments are numbers.
struct Destination {
  Destination(Site Kind, clang::QualType Type, const clang::ValueDecl *Declaration = nullptr)
      : Kind(Kind), Type(Type), Declaration(Declaration) {}

  Site Kind;
  clang::QualType Type;
  /// The variable, field or parameter; null if there is only a type.
  const clang::ValueDecl *Declaration;
  /// What is called, for arguments.
  EntityId Function = NoEntity;
  /// Without a declaration: what kind of place it is, where it is declared,
  /// and which parameter.
  EntityKind PlaceKind = EntityKind::Value;
  clang::SourceLocation At;
  unsigned Parameter = 0;
  /// What the source points to goes there, not the source itself.
  bool Pointee = false;
};

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

private:
  EntityId resolve(const Destination &To);
  bool addsPromise(const PointerSource &S, EntityId To);

  clang::ASTContext &Context;
  const MacroRecorder &Macros;
  Qualifiers &Q;
  EntityTable &Entities;
  WalkPosition &Here;
  const bool Qualified, Promised;
  Facts &Into;
};

} // namespace airlock

#endif
