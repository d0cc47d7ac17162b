// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/WrittenContexts.h"
#include "annotate/Plan.h"
#include "frontend/ClangSourceMap.h"
#include "model/Model.h"
#include "support/Header.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

namespace {

/// The casts at some places.
class CastFinder : public RecursiveASTVisitor<CastFinder> {
public:
  explicit CastFinder(llvm::DenseMap<unsigned, const CStyleCastExpr *> &Into) : Into(Into) {}
  bool VisitCStyleCastExpr(CStyleCastExpr *C) {
    auto Found = Into.find(C->getLParenLoc().getRawEncoding());
    if (Found != Into.end())
      Found->second = C;
    return true;
  }

private:
  llvm::DenseMap<unsigned, const CStyleCastExpr *> &Into;
};

} // namespace

/// Without the context nobody would write it: the type is what it was, or is one that any
/// pointer turns into. `(void __force *)f`, on the other hand, was a cast before.
static bool isUseless(const CStyleCastExpr *C, const CollectorInput &From) {
  if (From.Context.hasSameUnqualifiedType(C->getType(), C->getSubExpr()->getType()))
    return true;
  if (!C->getType()->isVoidPointerType())
    return false;
  const SourceManager &SM = From.Context.getSourceManager();
  return Lexer::getSourceText(CharSourceRange::getTokenRange(C->getLParenLoc(), C->getRParenLoc()),
                              SM, From.Context.getLangOpts()) == "(__force void *)";
}

/// Whether a cast is that of the header's macro.
static bool isCross(Location At, const CollectorInput &From) {
  SourceLocation L = toClang(At);
  return L.isMacroID() && Lexer::getImmediateMacroName(L, From.Context.getSourceManager(),
                                                       From.Context.getLangOpts()) == CrossMacro;
}

std::vector<WrittenContext> writtenContexts(const CollectorInput &From, const SourceMap &Map,
                                            UnitTables &Tables, Facts &F, unsigned Context) {
  std::vector<WrittenContext> All;
  auto Add = [&](const Decl *D, bool IsEntry, SourceLocation At) {
    WrittenContext New;
    New.Is = IsEntry ? WrittenContext::Entry : WrittenContext::Qualifier;
    New.At = Map.placeOf(toLocation(At));
    if (const auto *V = dyn_cast<ValueDecl>(D)) {
      const Entity &E = F.Entities[Tables.Entities.of(V)];
      New.Name = E.Name.str();
      New.Key = keyOf(F, E);
    } else if (const auto *Named = dyn_cast<NamedDecl>(D)) {
      New.Name = New.Key = Named->getName().str();
    }
    All.push_back(std::move(New));
  };
  From.Attributes.forEachDecl([&](const Decl *D, llvm::ArrayRef<Attribute> Written) {
    for (const Attribute &A : Written)
      if ((A.Kind == AttributeKind::InContext || A.Kind == AttributeKind::ContextEntry) &&
          A.Context == Context)
        Add(D, A.Kind == AttributeKind::ContextEntry, A.Spelled);
  });
  Tables.Q.forEachSpelling([&](const Decl *D, const QualifierModel &Means, SourceLocation At) {
    bool Needs = Means.InContext.Value.contains(Context);
    if (Needs || Means.ContextEntry.Value.contains(Context))
      Add(D, !Needs, At);
  });

  llvm::DenseMap<unsigned, const CStyleCastExpr *> Casts;
  for (const Conversion &C : F.Conversions)
    if (C.Kind == Site::Cast && C.Forced && (C.ForceAt.isValid() || isCross(C.At, From)) &&
        F.Entities[C.From].Needs.contains(Context) && !F.Entities[C.To].Needs.contains(Context))
      Casts[C.At.Raw] = nullptr;
  if (!Casts.empty())
    CastFinder(Casts).TraverseDecl(From.Context.getTranslationUnitDecl());
  for (auto [At, Cast] : Casts)
    if (Cast) {
      WrittenContext New;
      New.Is = isCross(Location{At}, From) ? WrittenContext::Cross
               : isUseless(Cast, From)     ? WrittenContext::UselessCast
                                           : WrittenContext::Force;
      New.At = Map.placeOf(Location{At});
      All.push_back(std::move(New));
    }
  auto Order = [](const WrittenContext &W) { return std::tie(W.At.File, W.At.Line, W.At.Column); };
  llvm::sort(All, [&](const auto &A, const auto &B) { return Order(A) < Order(B); });
  All.erase(std::unique(All.begin(), All.end(),
                        [&](const auto &A, const auto &B) { return Order(A) == Order(B); }),
            All.end());
  return All;
}

} // namespace airlock
