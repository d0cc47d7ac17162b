// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/BehaviourReader.h"
#include "frontend/ExprTools.h"
#include "frontend/Locations.h"
#include "frontend/LockNames.h"
#include "frontend/Qualifiers.h"
#include "model/Model.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

BehaviourReader::BehaviourReader(ASTContext &Context, const UnitNames &Names,
                                 const AttributeTable &Attributes, const MacroRecorder &Macros,
                                 const Model &M, Facts &Into)
    : Context(Context), Names(Names), Attributes(Attributes), Macros(Macros), M(M), Into(Into) {
  for (const auto &Entry : M.readSlots()) {
    const auto *Field = &Context.Idents.get(Entry.getKey().rsplit('.').second);
    if (Entry.getValue().Tests)
      TestFields.insert(Field);
    if (Entry.getValue().ResetBy)
      CacheFields.insert(Field);
  }
}

Behaviour &BehaviourReader::behaviourOf(Entity &E) {
  if (!E.More) {
    Into.Behaviours.emplace_back();
    E.More = &Into.Behaviours.back();
  }
  return const_cast<Behaviour &>(*E.More); // of Into, which is ours to fill
}

/// Whether the unit has any use of a function.
bool BehaviourReader::isReferred(llvm::StringRef Name) const {
  const auto *F = Names.find<FunctionDecl>(Name);
  return F && llvm::any_of(F->redecls(), [](const FunctionDecl *R) { return R->isReferenced(); });
}

/// The unit's own value, if it has one; configurations move flags around.
uint64_t BehaviourReader::valueOf(llvm::StringRef Constant) {
  auto [Known, IsNew] = Constants.try_emplace(Constant, 0);
  if (!IsNew)
    return Known->second;
  auto Said = M.constants().find(Constant);
  if (Said == M.constants().end())
    return 0;
  auto InUnit = [&](llvm::StringRef Name) -> std::optional<int64_t> {
    if (const auto *EC = Names.find<EnumConstantDecl>(Name))
      if (int64_t Value = inBits(EC->getInitVal()); Value >= 0)
        return Value;
    return std::nullopt;
  };
  if (std::optional<int64_t> Whole = InUnit(Constant))
    Known->second = *Whole;
  else if (std::optional<int64_t> Bit = InUnit(Said->second.Bit))
    Known->second = uint64_t(1) << (*Bit & 63);
  else
    Known->second = Said->second.Value;
  return Known->second;
}

/// How a condition reads after "argument 2 ".
static std::string word(const EffectCondition &When) {
  switch (When.Is) {
  case EffectCondition::NonZero:
    return "is true";
  case EffectCondition::Zero:
    return "is false";
  case EffectCondition::Has:
    return "has '" + When.Constant + "'";
  case EffectCondition::Lacks:
    return "lacks '" + When.Constant + "'";
  case EffectCondition::Range:
    return ""; // each of its ends has its own
  }
  llvm_unreachable("every kind has its words");
}

void BehaviourReader::state(const EffectCondition &When, unsigned Parameters, Behaviour &B) {
  ArgumentCondition If{};
  If.Parameter = When.Parameter;
  std::string Subject = "argument " + std::to_string(When.Parameter + 1);
  if (!When.Field.empty()) {
    If.Parameter = Parameters + B.Fields.size();
    Into.SpeaksOfFields = true;
    B.Fields.push_back({When.Parameter, Into.Strings.save(When.Field)});
    Subject = "'" + When.Field + "' of " + Subject;
  }
  auto State = [&](ArgumentCondition::Kind Is, const std::string &Words) {
    If.Is = Is;
    B.When.push_back({If, Into.Strings.save(Subject + " " + Words)});
  };
  // What is said on purpose is taken not to hold where nobody knows; so is what a field holds.
  If.IsFlag = When.Is != EffectCondition::Range || !When.Field.empty();
  if (When.Above) {
    If.Value = *When.Above;
    State(ArgumentCondition::Above, "is above " + std::to_string(If.Value));
  }
  if (When.Below) {
    If.Value = *When.Below;
    State(ArgumentCondition::Below, "is below " + std::to_string(If.Value));
  }
  if (When.Is == EffectCondition::Range)
    return;
  if (!When.Constant.empty())
    If.Mask = valueOf(When.Constant);
  bool Set = When.Is == EffectCondition::NonZero || When.Is == EffectCondition::Has;
  State(Set ? ArgumentCondition::NonZero : ArgumentCondition::Zero, word(When));
}

void BehaviourReader::describe(const FunctionModel &Known, Entity &E, unsigned Parameters) {
  E.Modelled = true;
  E.Effects = Known.Effects.Value;
  E.Opaque = Known.Opaque.Value;
  if (!Known.touchesRegions() && !Known.When && !Known.SafeIn && !Known.Never && !Known.Tests &&
      !Known.touchesUserPointers())
    return;
  Behaviour &B = behaviourOf(E);
  if (Known.touchesUserPointers())
    B.User = &Known;
  for (const EffectCondition &Each : Known.When.Value)
    state(Each, Parameters, B);
  B.Regions.Enters = Known.Enters.Value;
  B.Regions.Exits = Known.Exits.Value | Known.ExitsAll.Value;
  B.Regions.ExitsAll = Known.ExitsAll.Value;
  if (Known.CondEnters)
    (Known.CondEnters.Value.Value ? B.Regions.EntersIfTrue : B.Regions.EntersIfFalse) =
        Known.CondEnters.Value.Regions;
  if (Known.CondExits)
    (Known.CondExits.Value.Value ? B.Regions.ExitsIfTrue : B.Regions.ExitsIfFalse) =
        Known.CondExits.Value.Regions;
  B.Regions.Saves = Known.Saves.Value;
  B.Regions.Restores = Known.Restores.Value;
  B.Acquires = Known.Acquires.Value;
  B.Releases = Known.Releases.Value;
  B.Flavour = Known.Flavour.Value;
  B.SafeIn = Known.SafeIn.Value;
  B.Never = M.withKinds(Known.Never.Value);
  B.NeverModel = Known.Never.Origin;
  ask(Known.Tests.Value, B);
}

void BehaviourReader::ask(const TestModel &Question, Behaviour &Into) const {
  Into.Lifts = M.withKinds(Question.Lifts);
  Into.Grants = Question.Grants;
  Into.LiftsOn = Question.Value;
}

void BehaviourReader::readAttribute(const Attribute &A, Entity &E) {
  switch (A.Kind) {
  case AttributeKind::HasEffect:
    E.Effects.insert(A.Effect);
    break;
  case AttributeKind::Never:
    behaviourOf(E).Never |= M.withKinds(EffectSet::of(A.Effect));
    behaviourOf(E).NeverAt = toLocation(A.At);
    break;
  case AttributeKind::SafeIn:
    behaviourOf(E).SafeIn.insert(A.Region);
    break;
  case AttributeKind::Enters:
    behaviourOf(E).Regions.Enters.insert(A.Region);
    break;
  case AttributeKind::Exits:
    behaviourOf(E).Regions.Exits.insert(A.Region);
    break;
  case AttributeKind::CondEnters: {
    RegionChanges &Changes = behaviourOf(E).Regions;
    (A.Value ? Changes.EntersIfTrue : Changes.EntersIfFalse).insert(A.Region);
    break;
  }
  case AttributeKind::CondExits: {
    RegionChanges &Changes = behaviourOf(E).Regions;
    (A.Value ? Changes.ExitsIfTrue : Changes.ExitsIfFalse).insert(A.Region);
    break;
  }
  case AttributeKind::InContext:
  case AttributeKind::ContextEntry:
  case AttributeKind::Allow:
    return;
  case AttributeKind::Prevalidated:
    behaviourOf(E).Prevalidated = true;
    break;
  }
  if (A.Kind >= AttributeKind::Enters && A.Kind <= AttributeKind::CondExits)
    behaviourOf(E).RegionsWritten = true;
}

void BehaviourReader::readAttributes(const Decl *D, Entity &E) {
  if (Attributes.empty())
    return;
  for (const Decl *R : redeclarationsOf(D))
    for (const Attribute &A : Attributes.of(R))
      readAttribute(A, E);
  if (const auto *V = dyn_cast<ValueDecl>(D))
    describeType(V->getType(), E);
}

/// A promise may be part of a type's name.
void BehaviourReader::describeType(QualType T, Entity &E) {
  while (!T.isNull() && !Attributes.empty()) {
    if (const auto *TD = dyn_cast<TypedefType>(T.getTypePtr()))
      for (const Decl *R : TD->getDecl()->redecls())
        for (const Attribute &A : Attributes.of(R))
          readAttribute(A, E);
    QualType Next = T.getSingleStepDesugaredType(Context);
    if (Next == T) {
      const auto *P = dyn_cast<PointerType>(T.getTypePtr());
      const auto *Array = dyn_cast<ArrayType>(T.getTypePtr());
      Next = P ? P->getPointeeType() : Array ? Array->getElementType() : QualType();
    }
    T = Next;
  }
}

RegionChanges &BehaviourReader::markedChanges(Entity &E) {
  Behaviour &B = behaviourOf(E);
  B.OnlyMarked = !B.RegionsWritten;
  return B.Regions;
}

/// The same where the markers are attributes of Clang's own analysis, whatever macros they
/// come from.
void BehaviourReader::readCapabilities(const FunctionDecl *F, Entity &E) {
  auto RegionsOf = [&](const auto *A) {
    RegionSet Regions;
    for (const Expr *Lock : A->args())
      Regions |= regionsOfLock(Lock, Context, M);
    return Regions;
  };
  for (const Attr *A : F->getMostRecentDecl()->attrs()) { // which has those of all
    if (const auto *Acquires = dyn_cast<AcquireCapabilityAttr>(A)) {
      if (RegionSet Regions = RegionsOf(Acquires); !Regions.empty())
        markedChanges(E).Enters |= Regions;
    } else if (const auto *Releases = dyn_cast<ReleaseCapabilityAttr>(A)) {
      if (RegionSet Regions = RegionsOf(Releases); !Regions.empty())
        markedChanges(E).Exits |= Regions;
    } else if (const auto *Tries = dyn_cast<TryAcquireCapabilityAttr>(A)) {
      Expr::EvalResult Success;
      RegionSet Regions = RegionsOf(Tries);
      if (Regions.empty() || !Tries->getSuccessValue()->EvaluateAsInt(Success, Context))
        continue;
      RegionChanges &Changes = markedChanges(E);
      (Success.Val.getInt().isZero() ? Changes.EntersIfFalse : Changes.EntersIfTrue) |= Regions;
    }
  }
}

/// `void f(struct zone *z) __acquires(&z->lock);`
void BehaviourReader::readMarkers(const FunctionDecl *F, Entity &E) {
  const SourceManager &SM = Context.getSourceManager();
  for (const FunctionDecl *R : F->redecls()) {
    SourceLocation End = SM.getExpansionLoc(
        R->doesThisDeclarationHaveABody() ? R->getBody()->getBeginLoc() : R->getEndLoc());
    // Behind the declarator, or between it and the body.
    SourceLocation From = SM.getExpansionLoc(R->getLocation());
    for (const MarkerExpansion &Marker : Macros.markersAfter(From)) {
      if (SM.getFileID(Marker.Name) != SM.getFileID(From))
        break;
      if (End < Marker.Name) {
        std::optional<Token> Next = Lexer::findNextToken(End, SM, Context.getLangOpts());
        bool Behind = true;
        while (Next && Next->getLocation() < Marker.Name && Behind) {
          Behind = !Next->isOneOf(tok::semi, tok::l_brace, tok::r_brace);
          Next = Lexer::findNextToken(Next->getLocation(), SM, Context.getLangOpts());
        }
        if (!Behind || R->doesThisDeclarationHaveABody())
          break;
      }
      RegionSet Regions = regionsOfArgument(Marker.Name, R, Context, Names, M);
      if (Regions.empty())
        continue;
      RegionChanges &Changes = markedChanges(E);
      (Marker.Acquires ? Changes.Enters : Changes.Exits) |= Regions;
    }
  }
}

void BehaviourReader::describe(const FunctionDecl *F, Entity &E) {
  const FunctionModel *Known = modelOf(F, Macros);
  if (Known) {
    describe(*Known, E, F->getNumParams());
    bool IsOther = Known->External.Value && F->isStatic() && !F->isInlined();
    if (IsOther || (Known->UnlessCalled && isReferred(Known->UnlessCalled.Value)))
      E.Effects = EffectSet();
  }
  readAttributes(F, E);
  // A body shows what it does; a prototype only says so.
  if (E.HasBody || (Known && Known->touchesRegions()))
    return;
  if (Macros.anyMarkers())
    readMarkers(F, E);
  if (F->getMostRecentDecl()->hasAttrs())
    readCapabilities(F, E);
}

void BehaviourReader::describeSlot(const ValueDecl *D, Entity &E) {
  readAttributes(D, E);
  if (E.Name.empty())
    return;
  const SlotModel *Found = nullptr;
  if (const auto *P = dyn_cast<ParmVarDecl>(D)) {
    if (const auto *F = dyn_cast<FunctionDecl>(P->getDeclContext()); F && F->getIdentifier())
      Found = M.slot((F->getName() + "." + E.Name).str());
  } else {
    Found = M.slot(E.Name);
    if (!Found && isa<FieldDecl>(D))
      Found = M.slot(("*." + E.Name.rsplit('.').second).str());
  }
  if (!Found)
    return;
  const SlotModel &Known = *Found;
  E.Modelled = true;
  E.Effects |= Known.Effects.Value;
  Behaviour &B = behaviourOf(E);
  B.RunsIn = Known.RunsIn.Value;
  B.HandsOver = Known.HandsOver.Value;
  B.Never |= M.withKinds(Known.Never.Value);
  B.NeverModel = Known.Never.Origin;
  ask(Known.Tests.Value, B);
  B.Prevalidated |= Known.Prevalidated.Value;
  B.UserSize = Known.UserSize.Value;
  B.FromUser = Known.FromUser.Value;
  B.PassesFromUser = Known.PassesFromUser.Value;
  B.PassesCopied = Known.PassesCopied.Value;
  B.ResetBy = Known.ResetBy.Value;
}

} // namespace airlock
