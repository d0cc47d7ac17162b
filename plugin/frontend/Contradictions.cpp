// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Contradictions.h"
#include "frontend/Qualifiers.h"
#include "model/Model.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace airlock {

namespace {

/// What two annotations say of '%0' together; empty if both can be true.
std::string together(const Attribute &A, const Attribute &B, const Model &M) {
  auto Are = [&](AttributeKind One, AttributeKind Other) {
    return (A.Kind == One && B.Kind == Other) || (A.Kind == Other && B.Kind == One);
  };
  if (Are(AttributeKind::HasEffect, AttributeKind::Never)) {
    const auto &[Has, Promised] = A.Kind == AttributeKind::Never ? std::pair(B.Effect, A.Effect)
                                                                 : std::pair(A.Effect, B.Effect);
    if (M.withKinds(EffectSet::of(Promised)).contains(Has))
      return M.effects()[Has].Description + " and promises '" + M.effects()[Promised].Spelling +
             "'";
  }
  if (Are(AttributeKind::InContext, AttributeKind::ContextEntry) && A.Context == B.Context)
    return "needs context '" + M.contexts()[A.Context].Name + "' and is its entry";
  return "";
}

struct Written {
  const NamedDecl *On;
  const Attribute *Is;
};

bool isBefore(const Written &A, const Written &B) {
  return A.Is->At.getRawEncoding() < B.Is->At.getRawEncoding();
}

} // namespace

void reportContradictions(const AttributeTable &Attributes, DiagnosticsEngine &Engine) {
  llvm::DenseMap<const Decl *, llvm::SmallVector<Written, 2>> ByThing;
  Attributes.forEachDecl([&](const Decl *D, llvm::ArrayRef<Attribute> All) {
    if (const auto *Named = dyn_cast<NamedDecl>(D))
      for (const Attribute &A : All)
        ByThing[canonicalOf(D)].push_back({Named, &A});
  });
  llvm::SmallVector<std::pair<Written, Written>, 1> Found; // the earlier one first
  for (auto &Entry : ByThing) {
    llvm::stable_sort(Entry.second, isBefore);
    // The first two say it all.
    bool Any = false;
    for (const Written &B : Entry.second)
      for (const Written *A = Entry.second.begin(); A != &B && !Any; ++A)
        if (Any = !together(*A->Is, *B.Is, Attributes.model()).empty(); Any)
          Found.push_back({*A, B});
  }
  llvm::sort(Found, [](const auto &A, const auto &B) { return isBefore(A.second, B.second); });
  unsigned Error = Engine.getCustomDiagID(DiagnosticsEngine::Error, "'%0' %1");
  unsigned Note = Engine.getCustomDiagID(DiagnosticsEngine::Note, "the other annotation is here");
  for (const auto &[A, B] : Found) {
    Engine.Report(B.Is->At, Error) << B.On->getName() << together(*A.Is, *B.Is, Attributes.model());
    Engine.Report(A.Is->At, Note);
  }
}

} // namespace airlock
