// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/CfgWalk.h"
#include "clang/Analysis/Analyses/PostOrderCFGView.h"

using namespace clang;

namespace airlock {

const CFG *CfgWalk::graph() {
  Graph = makeCfg(Function, HasModelledMacros, From.Context);
  if (!Graph)
    return nullptr;
  for (const CFGBlock *B : PostOrderCFGView(Graph.get())) { // read from its end on, as it does
    Numbers[B] = Order.size();
    Order.push_back(B);
  }
  return Graph.get();
}

std::optional<uint32_t> CfgWalk::numberOf(const CFGBlock *B) const {
  auto Found = Numbers.find(B);
  return Found == Numbers.end() ? std::nullopt : std::optional(Found->second);
}

/// The macros that a node comes out of, from the outermost on.
void CfgWalk::expansions(const Stmt *S, bool &Opaque) {
  MacroFrames::NodeFrame Frame = Tables.Frames.of(S);
  Opaque = Frame.Opaque;
  llvm::SmallVector<const MacroFrame *, 4> Around;
  for (const MacroFrame *At = Frame.Modelled; At; At = At->Outer ? At->Outer->Modelled : nullptr)
    Around.push_back(At);
  for (const MacroFrame *At : llvm::reverse(Around)) {
    auto Found = Tables.Sites.OfExpansion.find({At, Function});
    if (Found != Tables.Sites.OfExpansion.end() && Emitted.insert(Found->second).second)
      expansion(*At, Found->second);
  }
}

void CfgWalk::walk() {
  for (uint32_t Id = 0; Id < Order.size(); ++Id) {
    const CFGBlock &B = *Order[Id];
    enter(Id);
    for (const CFGElement &E : B) {
      if (std::optional<CFGStmt> S = E.getAs<CFGStmt>()) {
        bool Opaque = false;
        if (HasModelledMacros)
          expansions(S->getStmt(), Opaque);
        statement(S->getStmt(), Opaque);
      } else if (std::optional<CFGCleanupFunction> C = E.getAs<CFGCleanupFunction>()) {
        auto Found = Tables.Sites.OfCleanup.find(C->getVarDecl());
        if (Found != Tables.Sites.OfCleanup.end())
          cleanup(C->getVarDecl(), Found->second);
      }
    }
    leaveStatements(B);
    // A macro may leave no more than a branch: `do { } while (0)`.
    const Stmt *Terminator = B.getTerminatorStmt();
    bool Opaque = false;
    if (HasModelledMacros && Terminator && isa<DoStmt, GCCAsmStmt>(Terminator))
      expansions(Terminator, Opaque);
    if (!B.hasNoReturnElement())
      decide(B);
  }
}

Location CfgWalk::placeOf(const Stmt *Loop) const {
  SourceLocation At = Loop ? Loop->getBeginLoc() : Function->getLocation();
  return toLocation(From.Context.getSourceManager().getFileLoc(At));
}

} // namespace airlock
