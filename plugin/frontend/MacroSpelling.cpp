// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroSpelling.h"
#include "frontend/MacroRecorder.h"
#include "frontend/Qualifiers.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

namespace {

/// A declaration and the part of the file that its declarator takes.
struct Candidate {
  SourceLocation Begin, End;
  const Decl *D;
};

class SpellingFinder {
public:
  explicit SpellingFinder(ASTContext &Context) : Context(Context), SM(Context.getSourceManager()) {
    addAll(Context.getTranslationUnitDecl());
    llvm::sort(Candidates, [](const Candidate &A, const Candidate &B) {
      return A.Begin.getRawEncoding() < B.Begin.getRawEncoding();
    });
  }

  const Decl *find(SourceRange Macro) const;

private:
  void addAll(const DeclContext *Scope);
  void add(const Decl *D, SourceLocation End) {
    Candidates.push_back({SM.getExpansionLoc(D->getBeginLoc()), SM.getExpansionLoc(End), D});
  }
  bool isStillDeclarator(SourceLocation After, SourceLocation Until) const;

  ASTContext &Context;
  const SourceManager &SM;
  std::vector<Candidate> Candidates;
};

void SpellingFinder::addAll(const DeclContext *Scope) {
  for (const Decl *D : Scope->decls()) {
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      add(F, F->doesThisDeclarationHaveABody() ? F->getBody()->getBeginLoc() : F->getEndLoc());
      for (const ParmVarDecl *P : F->parameters())
        add(P, P->getEndLoc());
    } else if (isa<FieldDecl, VarDecl, TypedefNameDecl>(D)) {
      add(D, D->getEndLoc());
    } else if (const auto *R = dyn_cast<RecordDecl>(D)) {
      addAll(R);
    }
  }
}

/// Whether nothing between the two places ends a declarator.
bool SpellingFinder::isStillDeclarator(SourceLocation After, SourceLocation Until) const {
  if (SM.getFileID(After) != SM.getFileID(Until))
    return false;
  int Depth = 0;
  std::optional<Token> Next = Lexer::findNextToken(After, SM, Context.getLangOpts());
  while (Next && Next->getLocation() < Until) {
    if (Next->isOneOf(tok::semi, tok::comma, tok::l_brace, tok::r_brace, tok::equal))
      return false;
    Depth += Next->is(tok::l_paren) ? 1 : Next->is(tok::r_paren) ? -1 : 0;
    if (Depth < 0)
      return false;
    Next = Lexer::findNextToken(Next->getLocation(), SM, Context.getLangOpts());
  }
  return Next.has_value();
}

const Decl *SpellingFinder::find(SourceRange Macro) const {
  SourceLocation At = Macro.getBegin();
  auto Next = llvm::upper_bound(Candidates, At, [](SourceLocation L, const Candidate &C) {
    return L.getRawEncoding() < C.Begin.getRawEncoding();
  });
  // Behind or inside a declarator: the nearest one that has not ended yet.
  for (auto It = Next; It != Candidates.begin();) {
    --It;
    if (SM.getFileID(It->Begin) != SM.getFileID(At))
      break;
    if (At < It->End || isStillDeclarator(It->End, At))
      return It->D;
    if (isa<FunctionDecl>(It->D) && !isa<ParmVarDecl>(It->D))
      break;
  }
  // In front of one.
  if (Next != Candidates.end() && isStillDeclarator(Macro.getEnd(), Next->Begin))
    return Next->D;
  if (Next != Candidates.end() &&
      Lexer::findNextToken(Macro.getEnd(), SM, Context.getLangOpts())
              .value_or(Token())
              .getLocation() == Next->Begin)
    return Next->D;
  return nullptr;
}

} // namespace

void attachSpellings(ASTContext &Context, const MacroRecorder &Macros, Qualifiers &Into) {
  if (Macros.spellings().empty())
    return;
  SpellingFinder Finder(Context);
  for (const SpellingExpansion &E : Macros.spellings())
    if (const Decl *D = Finder.find(E.Range))
      Into.addSpelling(D, *E.Means, E.Range.getBegin());
}

} // namespace airlock
