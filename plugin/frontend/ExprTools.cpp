// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/ExprTools.h"
#include "frontend/ClangVersions.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

/// The last expression of a statement expression, through labels and attributes.
static const Expr *valueOf(const StmtExpr *E) {
  const Stmt *Last = lastStatement(E->getSubStmt());
  const auto *Value = dyn_cast_or_null<ValueStmt>(Last);
  return Value ? Value->getExprStmt() : nullptr;
}

const Expr *valueWithin(const Expr *E) {
  switch (E->getStmtClass()) {
  case Stmt::ParenExprClass:
    return cast<ParenExpr>(E)->getSubExpr();
  case Stmt::ConstantExprClass:
  case Stmt::ExprWithCleanupsClass:
    return cast<FullExpr>(E)->getSubExpr();
  case Stmt::OpaqueValueExprClass:
    return cast<OpaqueValueExpr>(E)->getSourceExpr();
  case Stmt::StmtExprClass:
    return valueOf(cast<StmtExpr>(E));
  case Stmt::ChooseExprClass:
    return cast<ChooseExpr>(E)->getChosenSubExpr();
  case Stmt::GenericSelectionExprClass:
    return cast<GenericSelectionExpr>(E)->getResultExpr();
  case Stmt::UnaryOperatorClass: {
    const auto *U = cast<UnaryOperator>(E);
    return U->getOpcode() == UO_Extension ? U->getSubExpr() : nullptr;
  }
  case Stmt::BinaryOperatorClass: {
    const auto *B = cast<BinaryOperator>(E);
    return B->getOpcode() == BO_Comma ? B->getRHS() : nullptr;
  }
  default:
    return nullptr;
  }
}

/// Out of the arguments of macros: in a file, or in the body of a macro.
static SourceLocation writtenAt(SourceLocation L, const SourceManager &SM) {
  while (L.isMacroID() && SM.isMacroArgExpansion(L))
    L = SM.getImmediateSpellingLoc(L);
  return L;
}

bool isInMacroBody(SourceLocation L, const SourceManager &SM) {
  return writtenAt(L, SM).isMacroID();
}

llvm::StringRef textOf(const Expr *E, const SourceManager &SM, const LangOptions &Lang,
                       llvm::StringSaver &Strings) {
  // Out of the body of one macro it is written there, and nowhere else.
  SourceLocation Begin = writtenAt(E->getBeginLoc(), SM), End = writtenAt(E->getEndLoc(), SM);
  const bool InBody = Begin.isMacroID() && SM.getFileID(Begin) == SM.getFileID(End);
  auto Place = [&](SourceLocation L) { return InBody ? SM.getSpellingLoc(L) : SM.getFileLoc(L); };
  CharSourceRange Range = Lexer::makeFileCharRange(
      CharSourceRange::getTokenRange(Place(InBody ? Begin : E->getBeginLoc()),
                                     Place(InBody ? End : E->getEndLoc())),
      SM, Lang);
  std::string Text;
  for (char C : Lexer::getSourceText(Range, SM, Lang)) {
    bool Space = isspace(static_cast<unsigned char>(C));
    if (!Space || (!Text.empty() && Text.back() != ' '))
      Text += Space ? ' ' : C;
  }
  return Strings.save(Text);
}

} // namespace airlock
