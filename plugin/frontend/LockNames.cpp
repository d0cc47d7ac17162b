// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/LockNames.h"
#include "frontend/UnitNames.h"
#include "model/Model.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

namespace {

/// The tokens between the parentheses, as text.
std::vector<std::string> readArgument(SourceLocation MacroName, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  std::vector<std::string> Words;
  int Depth = 0;
  std::optional<Token> Next = Lexer::findNextToken(MacroName, SM, Context.getLangOpts());
  while (Next) {
    Depth += Next->is(tok::l_paren) ? 1 : Next->is(tok::r_paren) ? -1 : 0;
    if (Depth == 0)
      break;
    if (!Next->isOneOf(tok::l_paren, tok::r_paren, tok::amp, tok::star, tok::arrow, tok::period))
      Words.push_back(Lexer::getSpelling(*Next, SM, Context.getLangOpts()));
    Next = Lexer::findNextToken(Next->getLocation(), SM, Context.getLangOpts());
  }
  return Words;
}

QualType findVariable(llvm::StringRef Name, const FunctionDecl *Scope, const UnitNames &Names) {
  for (const ParmVarDecl *P : Scope->parameters())
    if (P->getName() == Name)
      return P->getType();
  for (const Decl *D : Scope->decls())
    if (const auto *V = dyn_cast<VarDecl>(D); V && V->getName() == Name)
      return V->getType();
  const auto *V = Names.find<VarDecl>(Name);
  return V ? V->getType() : QualType();
}

QualType pointee(QualType T) {
  while (true) {
    if (const auto *P = T->getAs<PointerType>())
      T = P->getPointeeType();
    else if (const auto *A = dyn_cast<ArrayType>(T->getUnqualifiedDesugaredType()))
      T = A->getElementType();
    else
      return T;
  }
}

QualType findField(QualType T, llvm::StringRef Name) {
  const auto *Record = pointee(T)->getAs<RecordType>();
  if (!Record || !Record->getDecl()->getDefinition())
    return QualType();
  for (const FieldDecl *Field : Record->getDecl()->getDefinition()->fields()) {
    if (Field->getName() == Name)
      return Field->getType();
    if (Field->isAnonymousStructOrUnion())
      if (QualType Inner = findField(Field->getType(), Name); !Inner.isNull())
        return Inner;
  }
  return QualType();
}

RegionSet regionsOfType(QualType T, const ASTContext &Context, const Model &M) {
  // A typedef may be the lock's name, or hide one: each layer is asked.
  for (T = pointee(T);;) {
    std::string Name;
    if (const auto *TD = dyn_cast<TypedefType>(T.getTypePtr()))
      Name = TD->getDecl()->getName().str();
    else if (const auto *Record = dyn_cast<RecordType>(T.getTypePtr()))
      Name = "struct " + Record->getDecl()->getName().str();
    auto Found = M.LockTypes.find(Name);
    if (Found != M.LockTypes.end())
      return Found->second.Value;
    QualType Next = T.getSingleStepDesugaredType(Context);
    if (Next == T)
      return {};
    T = Next;
  }
}

} // namespace

RegionSet regionsOfArgument(SourceLocation MacroName, const FunctionDecl *Scope,
                            const ASTContext &Context, const UnitNames &Names, const Model &M) {
  if (MacroName.isMacroID())
    MacroName = Context.getSourceManager().getSpellingLoc(MacroName);
  std::vector<std::string> Words = readArgument(MacroName, Context);
  if (Words.empty())
    return {};
  if (Words.size() == 1) {
    auto Named = M.LockNames.find(Words.front());
    if (Named != M.LockNames.end())
      return Named->second.Value;
  }
  QualType T = findVariable(Words.front(), Scope, Names);
  for (size_t I = 1; I < Words.size() && !T.isNull(); ++I)
    T = findField(T, Words[I]);
  return T.isNull() ? RegionSet() : regionsOfType(T, Context, M);
}

RegionSet regionsOfLock(const Expr *Lock, const ASTContext &Context, const Model &M) {
  Lock = Lock->IgnoreParenImpCasts();
  if (const auto *Token = dyn_cast<DeclRefExpr>(Lock)) {
    auto Named = M.LockNames.find(Token->getDecl()->getName());
    if (Named != M.LockNames.end())
      return Named->second.Value;
  }
  return regionsOfType(Lock->getType(), Context, M);
}

} // namespace airlock
