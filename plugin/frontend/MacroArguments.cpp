// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroArguments.h"
#include "frontend/MacroFrames.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace airlock {

void MacroArguments::noteExpr(const Expr *E) {
  SourceLocation Begin = E->getBeginLoc(), End = E->getEndLoc();
  while (Begin.isMacroID() && End.isMacroID()) {
    bool FromArgument = SM.isMacroArgExpansion(Begin);
    SourceLocation OutOfBegin = SM.getImmediateExpansionRange(Begin).getBegin();
    SourceLocation OutOfEnd = FromArgument ? SM.getImmediateExpansionRange(End).getBegin()
                                           : SM.getImmediateExpansionRange(End).getEnd();
    if (!FromArgument) {
      // The argument begins with another macro: `__get_user(x, PTR(p))`.
      Begin = OutOfBegin;
      if (!SM.isMacroArgExpansion(End))
        End = OutOfEnd;
      continue;
    }
    if (!SM.isMacroArgExpansion(End)) {
      End = SM.getImmediateExpansionRange(End).getEnd();
      continue;
    }
    if (OutOfBegin != OutOfEnd)
      return; // reaches beyond the argument
    // Where the parameter is used in the body, and where the body is expanded.
    SourceLocation Expanded = SM.getImmediateExpansionRange(OutOfBegin).getBegin();
    SourceLocation Written = SM.getImmediateSpellingLoc(Begin);
    llvm::ArrayRef<SourceLocation> Starts = Macros.argumentsOf(Expanded);
    for (unsigned I = 0; I < Starts.size(); ++I)
      if (Starts[I] == Written)
        for (SourceLocation Of = Expanded; Of.isValid(); Of = Macros.aliasOf(Of))
          Found.try_emplace({Of, I}, E); // the first is the largest
    Begin = Written;
    End = SM.getImmediateSpellingLoc(End);
  }
}

/// `#define clear_user __clear_user`: what the function is given, the macro is.
void MacroArguments::noteCall(const CallExpr *C) {
  if (SourceLocation Name = aliasedCallee(C, SM); Name.isValid())
    forEachAlias(Name, C->getRParenLoc(), SM, [&](SourceLocation Alias) { Aliased[Alias] = C; });
}

void MacroArguments::note(const Stmt *Body) {
  llvm::SmallVector<const Stmt *, 32> Stack{Body};
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    const auto *E = dyn_cast<Expr>(S);
    if (E && E->getBeginLoc().isMacroID())
      noteExpr(E);
    if (const auto *C = dyn_cast<CallExpr>(S))
      noteCall(C);
    if (isa<UnaryExprOrTypeTraitExpr>(S))
      continue; // what is in it is not evaluated
    size_t First = Stack.size();
    for (const Stmt *Child : S->children())
      if (Child)
        Stack.push_back(Child);
    std::reverse(Stack.begin() + First, Stack.end());
  }
}

} // namespace airlock
