// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Turns what the walk finds at accesses, conversions and casts into the facts
// about pointers into user memory. Which places those are is the walk's matter
// (FactCollector.cpp); which pointers lead where is UserTypes.h's.

#ifndef AIRLOCK_FRONTEND_SPACERECORDER_H
#define AIRLOCK_FRONTEND_SPACERECORDER_H

#include "frontend/ConversionRecorder.h"
#include "frontend/MacroArguments.h"
#include "frontend/MacroFrames.h"
#include "frontend/UserTypes.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

class SpaceRecorder {
public:
  SpaceRecorder(clang::ASTContext &Context, const MacroRecorder &Macros, MacroFrames &Frames,
                FunctionArguments &Arguments, EntityTable &Entities, UserTypes &User,
                WalkPosition &Here, Facts &Into)
      : Context(Context), SM(Context.getSourceManager()), Macros(Macros), Frames(Frames),
        Arguments(Arguments), Entities(Entities), User(User), Here(Here), On(User.any()),
        Into(Into) {}

  /// An object is read or written, or the function called that an expression points to.
  void access(SpaceChange::Kind Is, const clang::Expr *Object) {
    if (On && !llvm::isa<clang::DeclRefExpr>(Object)) // the most, and never
      recordAccess(Is, Object);
  }
  void convert(const clang::Expr *E, const Destination &To) {
    if (On && E->getType()->isPointerType())
      recordConversion(E, To);
  }
  void assign(const clang::Expr *Target, const clang::Expr *E) {
    if (On && Target->getType()->isPointerType())
      recordAssignment(Target, E);
  }
  void cast(const clang::CStyleCastExpr *C) {
    if (On && C->getType()->isPointerType())
      recordCast(C);
  }
  void choose(const clang::AbstractConditionalOperator *C) {
    if (On && C->getType()->isPointerType())
      recordArms(C);
  }
  /// A macro is expanded that the walk does not look into.
  void enterOpaque(const MacroFrame *Frame) {
    if (On && Frame && Frame->Known && (Opaque.empty() || Opaque.back() != Frame))
      Opaque.push_back(Frame);
  }
  void enterFunction() {
    Noted.clear();
    Opaque.clear();
  }
  /// Asks what the macros of the function were given.
  void leaveFunction(const clang::Stmt *Body);

private:
  void recordAccess(SpaceChange::Kind Is, const clang::Expr *Object);
  void recordConversion(const clang::Expr *E, const Destination &To);
  void recordAssignment(const clang::Expr *Target, const clang::Expr *E);
  void recordCast(const clang::CStyleCastExpr *C);
  void recordArms(const clang::AbstractConditionalOperator *C);
  std::optional<SpaceChange::Kind> change(const clang::Expr *E, clang::QualType To,
                                          UserLevels ToLevels);
  std::optional<SpaceChange> differsIn(const clang::Expr *E, clang::QualType To);
  std::optional<SpaceChange> becomes(const clang::Expr *E, clang::QualType To, UserLevels ToLevels);
  bool isNull(const clang::Expr *E) const;
  bool takesAny(const clang::ParmVarDecl *P) const;
  EntityId originOf(const clang::Expr *E);
  void recordPassed(const clang::Expr *E, const MacroFrame &To, unsigned Parameter);
  void add(SpaceChange New, const clang::Expr *Pointer, clang::SourceLocation At);

  clang::ASTContext &Context;
  const clang::SourceManager &SM;
  const MacroRecorder &Macros;
  MacroFrames &Frames;
  FunctionArguments &Arguments;
  EntityTable &Entities;
  UserTypes &User;
  WalkPosition &Here;
  const bool On;
  Facts &Into;
  /// What one expansion does it does once, however often its body says it.
  llvm::DenseSet<std::pair<unsigned, unsigned>> Noted;
  /// Expansions of the function that are not looked into.
  llvm::SmallVector<const MacroFrame *, 8> Opaque;
};

} // namespace airlock

#endif
