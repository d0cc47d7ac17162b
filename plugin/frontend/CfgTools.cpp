// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/CfgTools.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace airlock {

std::unique_ptr<CFG> makeCfg(const FunctionDecl *Function, bool HasModelledMacros,
                             ASTContext &Context) {
  CFG::BuildOptions Options;
  Options.AddImplicitDtors = true; // and with them the cleanup functions
  Options.setAlwaysAdd(Stmt::BinaryOperatorClass)
      .setAlwaysAdd(Stmt::CompoundAssignOperatorClass)
      .setAlwaysAdd(Stmt::UnaryOperatorClass)
      .setAlwaysAdd(Stmt::ConditionalOperatorClass)
      .setAlwaysAdd(Stmt::BinaryConditionalOperatorClass);
  if (HasModelledMacros)
    Options.setAlwaysAdd(Stmt::StmtExprClass).setAlwaysAdd(Stmt::CStyleCastExprClass);
  return CFG::buildCFG(Function, Function->getBody(), &Context, Options);
}

bool branches(const CFGBlock &B) {
  const Stmt *Terminator = B.getTerminatorStmt();
  return B.succ_size() == 2 && Terminator && !isa<GCCAsmStmt, GotoStmt, SwitchStmt>(Terminator);
}

const Expr *decidingExpr(const CFGBlock &B) {
  const auto *Condition = dyn_cast_or_null<Expr>(B.getTerminatorCondition());
  while (const auto *Both =
             dyn_cast_or_null<BinaryOperator>(Condition ? Condition->IgnoreParens() : nullptr)) {
    if (!Both->isLogicalOp())
      break;
    Condition = Both->getRHS();
  }
  return Condition;
}

const Stmt *loopOf(const CFGBlock &BackFrom) {
  const Stmt *Loop = BackFrom.getLoopTarget();
  if (!Loop)
    Loop = BackFrom.getTerminatorStmt();
  return isa_and_nonnull<WhileStmt, ForStmt, DoStmt>(Loop) ? Loop : nullptr;
}

void forEachChanged(const CFG &Graph, llvm::function_ref<void(const ValueDecl *)> Each) {
  auto Name = [&](const Expr *Target) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Target->IgnoreParens()))
      Each(Ref->getDecl());
  };
  for (const CFGBlock *B : Graph)
    for (const CFGElement &E : *B) {
      std::optional<CFGStmt> S = E.getAs<CFGStmt>();
      if (!S)
        continue;
      if (const auto *U = dyn_cast<UnaryOperator>(S->getStmt())) {
        if (U->isIncrementDecrementOp() || U->getOpcode() == UO_AddrOf)
          Name(U->getSubExpr());
      } else if (const auto *A = dyn_cast<BinaryOperator>(S->getStmt())) {
        if (A->isAssignmentOp())
          Name(A->getLHS());
      } else if (const auto *Asm = dyn_cast<GCCAsmStmt>(S->getStmt())) {
        for (unsigned I = 0; I < Asm->getNumOutputs(); ++I)
          Name(Asm->getOutputExpr(I));
      }
    }
}

const Expr *onlyReturns(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F->hasBody(Definition) || !isa<CompoundStmt>(Definition->getBody()))
    return nullptr;
  const auto *Body = cast<CompoundStmt>(Definition->getBody());
  const auto *Return = Body->size() == 1 ? dyn_cast<ReturnStmt>(Body->body_front()) : nullptr;
  return Return ? Return->getRetValue() : nullptr;
}

} // namespace airlock
