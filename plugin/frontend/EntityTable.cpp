// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/EntityTable.h"
#include "frontend/ClangSourceMap.h"
#include "frontend/MacroFrames.h"
#include "frontend/TypeWalk.h"
#include "model/Model.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Expr.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

/// The file of a place, as reports write it.
llvm::StringRef EntityTable::fileOf(SourceLocation L) {
  const SourceManager &SM = Context.getSourceManager();
  const llvm::StringRef Name = fileNameAt(SM.getFileLoc(L), SM);
  auto [It, New] = Files.try_emplace(Name.data()); // Clang keeps one of each
  if (New)
    It->second = Into.Strings.save(Map.relative(Name));
  return It->second;
}

/// "struct_tag.field"; the fields of an unnamed struct or union belong to the
/// nearest one around it that has a name.
llvm::StringRef EntityTable::fieldName(const FieldDecl *F) {
  const RecordDecl *Record = F->getParent();
  while (Record && !Record->getIdentifier() && !Record->getTypedefNameForAnonDecl()) {
    const auto *Outer = dyn_cast<RecordDecl>(Record->getDeclContext());
    if (!Outer)
      break;
    Record = Outer;
  }
  llvm::StringRef Tag;
  if (Record && Record->getIdentifier())
    Tag = Record->getName();
  else if (Record && Record->getTypedefNameForAnonDecl())
    Tag = Record->getTypedefNameForAnonDecl()->getName();
  if (Tag.empty())
    return F->getName();
  return Into.Strings.save(Tag + "." + F->getName());
}

void EntityTable::describeFunction(const FunctionDecl *F, Entity &E) {
  E.Kind = EntityKind::Function;
  const FunctionDecl *Definition = nullptr;
  E.HasBody = F->hasBody(Definition);
  const FunctionDecl *Main = Definition ? Definition : F->getMostRecentDecl();
  E.Declared = toLocation(Main->getLocation());
  E.Inline = (Main->isInlineSpecified() || Main->hasAttr<AlwaysInlineAttr>()) &&
             !Main->hasAttr<NoInlineAttr>();
  Behaviours.describe(F, E);
  if (!F->isExternallyVisible())
    E.File = fileOf(Main->getLocation());
  E.Weak = F->isWeak();
  // A fix-it goes to the definition and to every other declaration, each in
  // the kernel's place for an attribute.
  const SourceManager &SM = Context.getSourceManager();
  for (const FunctionDecl *R : F->redecls()) {
    if (R->isImplicit() || R->getLocation().isMacroID() || R->getEndLoc().isMacroID() ||
        SM.isInSystemHeader(R->getLocation()))
      continue;
    if (R->doesThisDeclarationHaveABody())
      E.Insertions.push_back({toLocation(R->getLocation()), /*AfterDeclarator=*/false});
    else
      E.Insertions.push_back(
          {toLocation(Lexer::getLocForEndOfToken(R->getEndLoc(), 0, SM, Context.getLangOpts())),
           /*AfterDeclarator=*/true});
  }
}

/// All functions that the macro declares are declared there.
void EntityTable::noteMacroBody(const FunctionDecl *F, EntityId Id) {
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation End = F->getReturnTypeSourceRange().getEnd();
  if (!End.isMacroID() || !SM.isMacroBodyExpansion(End))
    return;
  SourceLocation Written = SM.getSpellingLoc(End);
  if (!SM.isWrittenInScratchSpace(Written) && !SM.isInSystemHeader(Written))
    Into.InMacroBody[Id] =
        toLocation(Lexer::getLocForEndOfToken(Written, 0, SM, Context.getLangOpts()));
}

/// A parameter is one thing in all declarations of its function: it has the
/// first name that any of them gives it, and a fix-it in each.
void EntityTable::describeParameter(const ParmVarDecl *P, Entity &E) {
  E.Kind = EntityKind::Parameter;
  E.Index = P->getFunctionScopeIndex();
  if (const auto *F = dyn_cast<FunctionDecl>(P->getDeclContext()))
    E.Owner = of(F);
  for (const Decl *Same : redeclarationsOf(P)) {
    const auto *One = cast<ParmVarDecl>(Same);
    if (!One->getIdentifier())
      continue;
    if (E.Name.empty()) {
      E.Name = One->getName();
      E.Declared = toLocation(One->getLocation());
    }
    if (E.CanCarry && !One->getLocation().isMacroID())
      E.Insertions.push_back({toLocation(One->getLocation()), /*AfterDeclarator=*/false});
  }
  E.Named = !E.Name.empty();
  if (!E.Named)
    E.Name = Into.Strings.save("parameter " + Twine(P->getFunctionScopeIndex() + 1));
}

EntityId EntityTable::of(const ValueDecl *D) {
  const auto *P = dyn_cast<ParmVarDecl>(D);
  const Decl *Key = canonicalOf(D);
  auto Known = Ids.find(Key);
  if (Known != Ids.end())
    return Known->second;

  Entity E;
  Carried C = Q.of(D);
  E.Needs = C.Needs;
  E.Provides = C.Needs | C.Entry;
  E.Excludes = C.Excludes;
  E.Origins = std::move(C.Origins);
  E.Declared = toLocation(D->getLocation());
  E.CanCarry = hasFunctionCore(D->getType());
  if (const auto *F = dyn_cast<FunctionDecl>(D)) {
    E.Name = F->getName();
    describeFunction(F, E);
  } else if (P) {
    describeParameter(P, E);
  } else {
    const auto *Field = dyn_cast<FieldDecl>(D);
    E.Kind = Field ? EntityKind::Field : EntityKind::Variable;
    E.Name = Field ? fieldName(Field) : D->getName();
    if (const auto *V = dyn_cast<VarDecl>(D))
      E.IsLocal = V->isLocalVarDecl();
    if (!Field && !D->isExternallyVisible())
      E.File = fileOf(D->getLocation());
    if (E.CanCarry && !D->getLocation().isMacroID())
      E.Insertions.push_back({toLocation(D->getLocation()), /*AfterDeclarator=*/false});
  }
  if (E.isSlot())
    Behaviours.describeSlot(D, E);
  EntityId Id = Ids[Key] = add(std::move(E));
  if (const auto *F = dyn_cast<FunctionDecl>(D); F && F->getLocation().isMacroID())
    noteMacroBody(F, Id);
  return Id;
}

EntityId EntityTable::of(const MacroFrame &Frame) {
  auto Known = Ids.find(Frame.Name);
  if (Known != Ids.end())
    return Known->second;
  Entity E;
  E.Kind = EntityKind::Macro;
  E.Name = Frame.Name->getName();
  SourceLocation Defined = Macros.definitionOf(Frame.Name);
  E.Declared = toLocation(Defined.isValid() ? Defined : Frame.At);
  E.HasBody = true;
  if (Frame.Known) {
    E.Needs = Frame.Known->InContext.Value;
    E.Provides = E.Needs | Frame.Known->ContextEntry.Value;
    E.Excludes = Frame.Known->NotInContext.Value;
    Behaviours.describe(*Frame.Known, E);
    for (const Given<ContextSet> *Says : {&Frame.Known->InContext, &Frame.Known->NotInContext})
      Says->Value.forEach(
          [&](unsigned Context) { E.Origins.push_back({Context, Location(), Says->Origin}); });
  }
  return Ids[Frame.Name] = add(std::move(E));
}

EntityId EntityTable::of(const PointerSource &S) {
  if (const ValueDecl *D = Q.declarationBehind(S))
    return of(D);
  return ofType(EntityKind::Value, S.Leaf->getType(), Q.of(S), S.Leaf->getExprLoc());
}

std::string EntityTable::printType(QualType T) const {
  std::string Text = T.getAsString(Context.getPrintingPolicy());
  // Clang has forgotten the macro: `char  __attribute__(...)*`.
  constexpr llvm::StringLiteral Tag = "__attribute__((btf_type_tag(\"user\")))";
  for (size_t At; (At = Text.find(Tag.data())) != std::string::npos;)
    Text.replace(At, Tag.size(), Text.compare(At + Tag.size(), 1, "*") ? "__user" : "__user ");
  for (size_t At; (At = Text.find("  ")) != std::string::npos;)
    Text.erase(At, 1);
  return Text;
}

EntityId EntityTable::ofType(EntityKind Kind, QualType T, ContextSet Needs, SourceLocation At) {
  Entity E;
  E.Kind = Kind;
  E.Needs = E.Provides = Needs;
  E.CanCarry = hasFunctionCore(T);
  E.Name = Into.Strings.save(printType(T));
  if (const auto *TT = T->getAs<TypedefType>())
    E.Declared = toLocation(TT->getDecl()->getLocation());
  E.Named = false;
  if (E.CanCarry)
    Behaviours.describeType(T, E);
  if (!E.Needs.empty() && !E.Declared.isValid())
    E.Declared = toLocation(At);
  return add(std::move(E));
}

/// What is returned carries what its type carries: a qualifier is written on a typedef.
EntityId EntityTable::ofResult(QualType T, SourceLocation At) {
  EntityId Id = ofType(EntityKind::Result, T, At);
  Entity &E = Into.Entities[Id];
  const auto *TT = T->getAs<TypedefType>();
  if (TT && E.CanCarry && TT->getDecl()->getLocation().isFileID())
    E.Insertions.push_back({toLocation(TT->getDecl()->getLocation()), /*AfterDeclarator=*/false});
  if (!E.Declared.isValid())
    E.Declared = toLocation(At);
  return Id;
}

EntityId EntityTable::ofUnnamedParameter(QualType T, unsigned Index, SourceLocation At) {
  EntityId Id = ofType(EntityKind::Parameter, T, At);
  Into.Entities[Id].Name = Into.Strings.save("parameter " + Twine(Index + 1));
  return Id;
}

EntityId EntityTable::of(const Destination &To) {
  if (To.Declaration)
    return of(To.Declaration);
  switch (To.PlaceKind) {
  case EntityKind::Result:
    return ofResult(To.Type, To.At);
  case EntityKind::Parameter:
    return ofUnnamedParameter(To.Type, To.Parameter, To.At);
  default:
    return ofType(To.PlaceKind, To.Type, To.At);
  }
}

} // namespace airlock
