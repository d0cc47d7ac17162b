// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Turns calls and expansions into facts, each once, and remembers which fact
// each became: the flows (FlowBuilder.h) point at the same ones.

#ifndef AIRLOCK_FRONTEND_CALLRECORDER_H
#define AIRLOCK_FRONTEND_CALLRECORDER_H

#include "frontend/EntityTable.h"
#include "frontend/MacroFrames.h"
#include "frontend/WalkPosition.h"

namespace airlock {

/// Which facts the calls of the AST became.
struct CallSites {
  /// One for each thing that may be called there.
  llvm::DenseMap<const clang::Expr *, llvm::SmallVector<CallId, 1>> OfExpr;
  /// The call at the end of a variable's scope.
  llvm::DenseMap<const clang::VarDecl *, CallId> OfCleanup;
  /// In the body of a function: one expansion may define several.
  llvm::DenseMap<std::pair<const MacroFrame *, const clang::FunctionDecl *>, CallId> OfExpansion;
  llvm::DenseMap<EntityId, const clang::FunctionDecl *> Bodies;
  /// Functions that name a field in which translations are kept.
  llvm::DenseSet<EntityId> ReadingCaches;
};

class CallRecorder {
public:
  CallRecorder(clang::ASTContext &Context, const MacroPlaces &Places, EntityTable &Entities,
               WalkPosition &Here, CallSites &Sites, Facts &Into)
      : Context(Context), SM(Context.getSourceManager()), Places(Places), Entities(Entities),
        Here(Here), Sites(Sites), Into(Into) {}

  /// A call of Id at a place; C is null for a cleanup.
  CallId add(EntityId Id, clang::SourceLocation At, const clang::CallExpr *C);
  /// The call that a macro's expansion became, and with it those around it.
  CallId expansionOf(const MacroFrame *Frame);

  /// A local variable gets a value here.
  void noteChange(const clang::Decl *Variable, clang::SourceLocation At) {
    LastChange[Variable] = Places.inFile(At);
  }
  void enterFunction() { LastChange.clear(); }

private:
  std::optional<Hoist> hoistOf(const clang::CallExpr *C);
  clang::SourceLocation lastChangeOf(const clang::Stmt *S, bool &Movable) const;
  StatementPlace statement() const;

  clang::ASTContext &Context;
  const clang::SourceManager &SM;
  const MacroPlaces &Places;
  EntityTable &Entities;
  WalkPosition &Here;
  CallSites &Sites;
  Facts &Into;
  /// Expansions of opaque macros, by the place of the macro's name.
  llvm::DenseMap<clang::SourceLocation, CallId> OpaqueAt;
  llvm::DenseMap<const clang::Decl *, clang::SourceLocation> LastChange;
};

} // namespace airlock

#endif
