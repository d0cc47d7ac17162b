// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroFrames.h"
#include "model/Model.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

const MacroFrame *MacroFrames::at(SourceLocation L) {
  if (!L.isMacroID())
    return nullptr;
  FileID Expansion = SM.getFileID(L);
  auto Known = Cache.find(Expansion);
  if (Known != Cache.end())
    return Known->second;
  const SrcMgr::ExpansionInfo &In = SM.getSLocEntry(Expansion).getExpansion();
  const MacroFrame *Result = In.isMacroArgExpansion() || isOwnName(L, Expansion, In)
                                 ? at(SM.getImmediateMacroCallerLoc(L))
                                 : ofBody(L, In);
  Cache[Expansion] = Result;
  return Result;
}

const MacroFrame *MacroFrames::ofBody(SourceLocation L, const SrcMgr::ExpansionInfo &In) {
  SourceLocation Caller = In.getExpansionLocStart();
  const MacroFrame *Outer = at(Caller);
  // Nothing that a model knows was expanded there: who cares what it is called.
  if (!Outer && !Recorder.isModelledAt(Recorder.places().inFile(Caller)) &&
      !Recorder.isModelledAt(Recorder.places().expansion(Caller)))
    return nullptr;
  const IdentifierInfo *Name = nameOf(L, In);
  // In a macro's body the name is written in the macro's definition.
  SourceLocation At = Outer ? SM.getSpellingLoc(Caller) : Recorder.places().inFile(Caller);
  const FunctionModel *Known = Recorder.modelOf(Name);
  auto *Frame = new (Memory) MacroFrame{
      Outer, Name, At, Caller, Outer ? Outer->Modelled : nullptr, Known, Outer && Outer->Opaque};
  // What stands in an opaque macro is not looked at.
  if (Known && !Frame->Opaque) {
    Frame->Modelled = Frame;
    Frame->Opaque |= Known->Opaque.Value;
  }
  return Frame;
}

/// Known by where its body begins in its definition, so that a name is read again once a macro
/// and not once an expansion.
const IdentifierInfo *MacroFrames::nameOf(SourceLocation L, const SrcMgr::ExpansionInfo &In) {
  const IdentifierInfo *&Name = Names[In.getSpellingLoc()];
  if (!Name)
    Name = PP.getIdentifierInfo(Lexer::getImmediateMacroName(L, SM, PP.getLangOpts()));
  return Name;
}

/// `#define f f` says that there is an f, and is none itself.
bool MacroFrames::isOwnName(SourceLocation L, FileID Expansion,
                            const SrcMgr::ExpansionInfo &In) const {
  if (In.isFunctionMacroExpansion())
    return false;
  llvm::StringRef Name = Lexer::getImmediateMacroName(L, SM, PP.getLangOpts());
  llvm::SmallString<32> Buffer;
  return SM.getFileIDSize(Expansion) == Name.size() &&
         Lexer::getSpelling(SM.getSpellingLoc(L), Buffer, SM, PP.getLangOpts()) == Name;
}

SourceLocation aliasedCallee(const CallExpr *C, const SourceManager &SM) {
  SourceLocation Name = C->getCallee()->getBeginLoc();
  if (!Name.isMacroID())
    return SourceLocation();
  const FileID Body = SM.getFileID(Name);
  const auto &Expansion = SM.getSLocEntry(Body).getExpansion();
  bool IsAlias = !Expansion.isMacroArgExpansion() && !Expansion.isFunctionMacroExpansion() &&
                 SM.getFileID(C->getCallee()->getEndLoc()) == Body &&
                 SM.getFileID(C->getRParenLoc()) != Body;
  return IsAlias ? Name : SourceLocation();
}

bool hasOwnFrame(const Stmt *S) {
  switch (S->getStmtClass()) {
  case Stmt::DeclRefExprClass: {
    const auto *V = dyn_cast<VarDecl>(cast<DeclRefExpr>(S)->getDecl());
    return !V || !V->hasLocalStorage(); // `#define current current_task` is one
  }
  case Stmt::ImplicitCastExprClass:
  case Stmt::IntegerLiteralClass:
  case Stmt::StringLiteralClass:
    return false;
  default:
    return true;
  }
}

MacroFrames::NodeFrame MacroFrames::of(const Stmt *S) {
  // A call may begin with a macro's argument, `f` in `CALL(f)`, and end in its body.
  SourceLocation Own[2];
  if (const auto *C = dyn_cast<CallExpr>(S)) {
    Own[0] = aliasedCallee(C, SM);
    if (Own[0].isInvalid()) {
      Own[0] = C->getRParenLoc();
      Own[1] = C->getBeginLoc();
    }
  } else if (const auto *E = dyn_cast<Expr>(S)) {
    Own[0] = E->getExprLoc();
  } else if (isa<DeclStmt, ReturnStmt, AsmStmt, DoStmt>(S)) {
    Own[0] = S->getBeginLoc();
  } else {
    return {};
  }
  NodeFrame Result{nullptr, true, true};
  for (SourceLocation L : Own) {
    if (L.isInvalid())
      continue;
    const MacroFrame *Frame = at(L);
    Result.Opaque &= Frame && Frame->Opaque;
    if (Frame && Frame->Modelled && !Result.Modelled)
      Result.Modelled = Frame->Modelled;
  }
  return Result;
}

} // namespace airlock
