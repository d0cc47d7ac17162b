// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Redeclarations.h"
#include "frontend/Attributes.h"

using namespace clang;

namespace airlock {

/// What one declaration says by itself; `typeof(f)` says what f does.
ContextSet Redeclarations::writtenOn(const FunctionDecl *F) const {
  const TypeSourceInfo *Written = F->getTypeSourceInfo();
  ContextSet Contexts = Q.of(Written ? Written->getType() : F->getType());
  for (const Attribute &A : Attributes.of(F))
    if (A.Kind == AttributeKind::InContext)
      Contexts.insert(A.Context);
  return Contexts;
}

Redeclarations::Redeclarations(const SourceManager &SM, const AttributeTable &Attributes,
                               Qualifiers &Q)
    : SM(SM), Attributes(Attributes), Q(Q) {
  Attributes.forEachDecl([&](const Decl *D, llvm::ArrayRef<Attribute>) {
    const auto *F = dyn_cast<FunctionDecl>(D);
    if (!F || FirstUse.count(F->getCanonicalDecl()))
      return;
    ContextSet First = writtenOn(F->getFirstDecl());
    for (const FunctionDecl *R : F->redecls())
      if (writtenOn(R) != First) {
        FirstUse[F->getCanonicalDecl()] = SourceLocation();
        Disagreeing.push_back(F->getCanonicalDecl());
        return;
      }
  });
  llvm::sort(Disagreeing, [&](const FunctionDecl *A, const FunctionDecl *B) {
    return A->getLocation().getRawEncoding() < B->getLocation().getRawEncoding();
  });
}

/// A definition without the qualifier inherits it from its prototype, as with
/// any attribute; another declaration, after a use, changes what that use meant.
void Redeclarations::reportOne(const FunctionDecl *F, EntityTable &Entities, AllowsOn AllowsOf,
                               Facts &Into) const {
  SourceLocation Use = FirstUse.lookup(F);
  if (Use.isInvalid())
    return;
  llvm::SmallVector<const FunctionDecl *, 4> InOrder(F->redecls());
  llvm::sort(InOrder, [&](const FunctionDecl *A, const FunctionDecl *B) {
    return SM.isBeforeInTranslationUnit(A->getLocation(), B->getLocation());
  });
  AllowId Allows = AllowsOf(F);
  ContextSet Before = writtenOn(InOrder.front());
  for (size_t I = 1; I < InOrder.size(); ++I) {
    const FunctionDecl *R = InOrder[I];
    ContextSet Here = writtenOn(R);
    if (SM.isBeforeInTranslationUnit(Use, R->getLocation())) {
      ContextSet Dropped = R->isThisDeclarationADefinition() ? ContextSet() : Before - Here;
      if (!(Here - Before).empty() || !Dropped.empty())
        Into.Redeclarations.push_back({Entities.of(F), toLocation(R->getLocation()),
                                       toLocation(InOrder[I - 1]->getLocation()), toLocation(Use),
                                       Here - Before, Dropped, Allows});
    }
    Before |= Here;
  }
}

void Redeclarations::noteUse(const DeclRefExpr *Ref) {
  if (FirstUse.empty())
    return;
  const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl());
  auto Found = F ? FirstUse.find(F->getCanonicalDecl()) : FirstUse.end();
  if (Found == FirstUse.end())
    return;
  SourceLocation &First = Found->second;
  if (First.isInvalid() || SM.isBeforeInTranslationUnit(Ref->getBeginLoc(), First))
    First = Ref->getBeginLoc();
}

void Redeclarations::report(EntityTable &Entities, AllowsOn Allows, Facts &Into) const {
  for (const FunctionDecl *F : Disagreeing)
    reportOne(F, Entities, Allows, Into);
}

} // namespace airlock
