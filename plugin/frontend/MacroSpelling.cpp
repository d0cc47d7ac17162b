// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroSpelling.h"
#include "frontend/MacroRecorder.h"
#include "frontend/Qualifiers.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

namespace {

/// A declaration: where its name is, and where its declarator ends.
struct Candidate {
  SourceLocation Name, End;
  const Decl *D;
  /// A body follows the declarator: nothing behind its end belongs to it.
  bool HasBody;
};

class SpellingFinder {
public:
  explicit SpellingFinder(ASTContext &Context) : Context(Context), SM(Context.getSourceManager()) {
    addAll(Context.getTranslationUnitDecl());
    llvm::sort(Candidates, [](const Candidate &A, const Candidate &B) {
      return A.Name.getRawEncoding() < B.Name.getRawEncoding();
    });
  }

  const Decl *find(SourceRange Macro) const;

private:
  void addAll(const DeclContext *Scope);
  void add(const Decl *D, SourceLocation End, bool HasBody = false) {
    Candidates.push_back(
        {SM.getExpansionLoc(D->getLocation()), SM.getExpansionLoc(End), D, HasBody});
  }
  bool isStillDeclarator(SourceLocation After, SourceLocation Until, bool Inside) const;

  ASTContext &Context;
  const SourceManager &SM;
  std::vector<Candidate> Candidates;
};

void SpellingFinder::addAll(const DeclContext *Scope) {
  for (const Decl *D : Scope->decls()) {
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      bool HasBody = F->doesThisDeclarationHaveABody();
      add(F, HasBody ? F->getBody()->getBeginLoc() : F->getEndLoc(), HasBody);
      for (const ParmVarDecl *P : F->parameters())
        add(P, P->getEndLoc());
    } else if (isa<FieldDecl, VarDecl, TypedefNameDecl>(D)) {
      add(D, D->getEndLoc());
    } else if (const auto *R = dyn_cast<RecordDecl>(D)) {
      addAll(R);
    }
  }
}

/// Whether nothing between the two places ends a declarator. Inside one, a
/// parenthesis may open that closes only behind the name.
bool SpellingFinder::isStillDeclarator(SourceLocation After, SourceLocation Until,
                                       bool Inside) const {
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
  return Next && (Inside || Depth == 0);
}

const Decl *SpellingFinder::find(SourceRange Macro) const {
  SourceLocation At = Macro.getBegin();
  auto Next = llvm::upper_bound(Candidates, At, [](SourceLocation L, const Candidate &C) {
    return L.getRawEncoding() < C.Name.getRawEncoding();
  });
  bool BeforeNext =
      Next != Candidates.end() && isStillDeclarator(Macro.getEnd(), Next->Name, /*Inside=*/true);
  // Behind a name: the nearest declarator that has not ended yet.
  for (auto It = Next; It != Candidates.begin();) {
    --It;
    if (SM.getFileID(It->Name) != SM.getFileID(At))
      break;
    if (At < It->End)
      // In a function's parentheses, in front of the next parameter's name.
      return BeforeNext && isa<ParmVarDecl>(Next->D) ? Next->D : It->D;
    if (!It->HasBody && isStillDeclarator(It->End, At, /*Inside=*/false))
      return It->D;
    if (!isa<ParmVarDecl>(It->D))
      break;
  }
  return BeforeNext ? Next->D : nullptr;
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
