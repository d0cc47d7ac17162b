// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/ModelAudit.h"
#include "model/ModelWriter.h"
#include "query/Lookup.h"
#include "support/Spelling.h"

namespace airlock {

namespace {

EffectSet allEffects(const Model &M) {
  EffectSet All;
  for (unsigned Effect = 0; Effect < M.effects().size(); ++Effect)
    All.insert(Effect);
  return All;
}

class Auditor {
public:
  explicit Auditor(Analyses &Of)
      : Of(Of), F(Of.F), M(Of.M),
        Inferred(F, M, Of.graph(), Of.regions(), allEffects(M), EffectSet()) {
    for (EntityId E = 0; E < F.Entities.size(); ++E)
      if (F.Entities[E].Named)
        ByName[fullName(F, E)].push_back(E);
  }

  AuditAnswer run(const llvm::StringSet<> &Models);

private:
  void checkUsed(llvm::StringRef Name, bool IsSlot);
  void checkFunction(llvm::StringRef Name, const FunctionModel &Says);
  void checkParameter(llvm::StringRef Name, const FunctionModel &Says, EntityId E);
  void compare(llvm::StringRef Name, EntityId E, const FunctionRegions &Body);
  bool isUsed(llvm::StringRef Name, bool IsSlot) const;
  std::string similar(llvm::StringRef Name, bool IsSlot) const;

  Analyses &Of;
  const Facts &F;
  const Model &M;
  /// Of all effects, not only of those that somebody forbids.
  Effects Inferred;
  llvm::StringMap<llvm::SmallVector<EntityId, 1>> ByName;
  AuditAnswer Answer;
};

/// "*.field" is the field of any struct.
bool Auditor::isUsed(llvm::StringRef Name, bool IsSlot) const {
  if (!Name.consume_front("*."))
    return llvm::any_of(ByName.lookup(Name),
                        [&](EntityId E) { return F.Entities[E].isSlot() == IsSlot; });
  return llvm::any_of(F.Entities, [&](const Entity &E) {
    return E.Kind == EntityKind::Field && E.Name.rsplit('.').second == Name;
  });
}

std::string Auditor::similar(llvm::StringRef Name, bool IsSlot) const {
  NearestName Nearest(Name);
  for (const auto &Known : ByName)
    // What the model knows by that name is not what was meant.
    if (F.Entities[Known.second.front()].isSlot() == IsSlot &&
        (IsSlot ? !M.slots().contains(Known.getKey()) : !M.function(Known.getKey())))
      Nearest.consider(Known.getKey());
  return Nearest.name();
}

void Auditor::checkUsed(llvm::StringRef Name, bool IsSlot) {
  ++Answer.Entries;
  if (isUsed(Name, IsSlot))
    return;
  AuditRemark R{AuditRemark::Unused, Name.str(), Location(), {}, {}, NoCall, ""};
  R.Similar = similar(Name, IsSlot);
  Answer.Remarks.push_back(std::move(R));
}

/// The argument of its condition, in what its callers pass.
void Auditor::checkParameter(llvm::StringRef Name, const FunctionModel &Says, EntityId E) {
  if (!Says.When)
    return;
  const unsigned Parameter = Says.When.Value.Parameter;
  size_t Calls = 0;
  for (CallId Id : Of.graph().callsOf(E)) {
    std::shared_ptr<const FunctionRegions> In = Of.regions().of(F.Calls[Id].In);
    if (!In)
      continue;
    for (const CallSituations &Here : In->at(Id))
      for (const Situation &At : Here.Ways) {
        ++Calls;
        if (Parameter < At.Arguments.size())
          return;
      }
  }
  if (Calls)
    Answer.Remarks.push_back({AuditRemark::NoParameter,
                              Name.str(),
                              F.Entities[E].Declared,
                              {},
                              Parameter + 1,
                              NoCall,
                              ""});
}

void Auditor::compare(llvm::StringRef Name, EntityId E, const FunctionRegions &Body) {
  const Entity &Is = F.Entities[E];
  const EffectSet Declared = M.withKinds(Is.Effects) | Is.never();
  EffectSet Found, Less;
  for (const CallSituations &Here : Body.Calls)
    for (const CallWay &Taken : Inferred.ofCall(Here))
      for (const Situation &At : Here.Ways) {
        std::optional<Arrival> Arrives = Inferred.arrives(Taken, At);
        if (!Arrives)
          continue;
        const EffectWay &Way = Inferred.wayOf(Taken);
        Found.insert(Way.Effect);
        const bool Always =
            Arrives->If.empty() && !Here.Decisions && !Taken.Guesses && !Way.Guesses;
        if (!Always || Declared.contains(Way.Effect) || Less.contains(Way.Effect))
          continue;
        Less.insert(Way.Effect);
        Answer.Remarks.push_back(
            {AuditRemark::SaysLess, Name.str(), Is.Declared, Way.Effect, {}, Here.Call, ""});
      }
  Is.Effects.forEach([&](unsigned Effect) {
    if ((M.withKinds(EffectSet::of(Effect)) & Found).empty())
      Answer.Remarks.push_back(
          {AuditRemark::SaysMore, Name.str(), Is.Declared, Effect, {}, NoCall, ""});
  });
}

void Auditor::checkFunction(llvm::StringRef Name, const FunctionModel &Says) {
  for (EntityId E : ByName.lookup(Name)) {
    const Entity &Is = F.Entities[E];
    if (Is.Kind != EntityKind::Function && Is.Kind != EntityKind::Macro)
      continue;
    checkParameter(Name, Says, E);
    if (Is.Kind != EntityKind::Function || !Is.HasBody)
      continue;
    if (Is.Opaque) {
      ++Answer.Vouched;
    } else if (std::shared_ptr<const FunctionRegions> Body = Of.regions().of(E)) {
      ++Answer.Compared;
      compare(Name, E, *Body);
    }
  }
}

AuditAnswer Auditor::run(const llvm::StringSet<> &Models) {
  std::vector<std::string> Names; // asking the model for one changes its tables
  M.forEachFunctionName([&](llvm::StringRef Name) { Names.push_back(Name.str()); });
  for (const std::string &Name : Names) {
    const FunctionModel &Says = *M.function(Name);
    if (!isFrom(Says, Models))
      continue;
    checkUsed(Name, /*IsSlot=*/false);
    checkFunction(Name, Says);
  }
  for (const auto &Slot : M.slots())
    if (isFrom(Slot.second, Models))
      checkUsed(Slot.getKey(), /*IsSlot=*/true);
  llvm::sort(Answer.Remarks, [](const AuditRemark &A, const AuditRemark &B) {
    return std::tie(A.Is, A.Name, A.Effect) < std::tie(B.Is, B.Name, B.Effect);
  });
  return std::move(Answer);
}

} // namespace

AuditAnswer auditModel(Analyses &Of, const llvm::StringSet<> &Models) {
  return Auditor(Of).run(Models);
}

} // namespace airlock
