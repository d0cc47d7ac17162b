// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/ModelAudit.h"
#include "model/FileFunction.h"
#include "model/ModelWriter.h"
#include "query/Lookup.h"
#include "support/Paths.h"
#include "support/Spelling.h"
#include <map>

namespace airlock {

namespace {

EffectSet allEffects(const Model &M) {
  EffectSet All;
  for (unsigned Effect = 0; Effect < M.effects().size(); ++Effect)
    All.insert(Effect);
  return All;
}

/// By AuditRemark::Kind: what is decided of such remarks.
constexpr std::string Decisions::*Kinds[] = {&Decisions::Unused, &Decisions::SaysLess,
                                             &Decisions::SaysMore, &Decisions::NoParameter};

class Auditor {
public:
  Auditor(Analyses &Of, const llvm::StringSet<> &Models)
      : Models(Models), Of(Of), F(Of.F), M(Of.M),
        Inferred(F, M, Of.graph(), Of.regions(), allEffects(M), EffectSet()) {
    for (EntityId E = 0; E < F.Entities.size(); ++E)
      if (F.Entities[E].Named)
        ByName[fullName(F, E)].push_back(E);
  }

  AuditAnswer run();

private:
  template <typename Entry>
  const Decisions &noteEntry(llvm::StringRef Name, const Entry &Says, bool IsSlot);
  void checkUsed();
  void checkFunction(llvm::StringRef Name, const FunctionModel &Says, const Decisions &Known);
  void checkParameters(llvm::StringRef Name, const Decisions &Known, const FunctionModel &Says,
                       EntityId E);
  void checkParameter(llvm::StringRef Name, const Decisions &Known, const StatedCondition &When,
                      EntityId E);
  void compare(llvm::StringRef Name, const Decisions &Known, EntityId E,
               const FunctionRegions &Body);
  void remark(const Decisions &Known, AuditRemark R);
  template <typename Entry> Decisions decisionsOf(const Entry &Says) const;
  llvm::SmallVector<EntityId, 1> entities(llvm::StringRef Name) const;
  bool isUsed(llvm::StringRef Name, bool IsSlot) const;
  std::string similar(llvm::StringRef Name, bool IsSlot) const;

  const llvm::StringSet<> &Models;
  Analyses &Of;
  const Facts &F;
  const Model &M;
  /// Of all effects, not only of those that somebody forbids.
  Effects Inferred;
  llvm::StringMap<llvm::SmallVector<EntityId, 1>> ByName;
  /// An entry of the model, which may have several names.
  struct Noted {
    bool IsUsed = false;
    Decisions Known;
  };
  /// By key, and whether it is one of slots.
  std::map<std::pair<std::string, bool>, Noted> Entries;
  AuditAnswer Answer;
};

/// What has a name of the model: of one file's function, the file's.
llvm::SmallVector<EntityId, 1> Auditor::entities(llvm::StringRef Name) const {
  if (!isOfFile(Name))
    return ByName.lookup(Name);
  llvm::SmallVector<EntityId, 1> Found;
  auto [File, Function] = splitOfFile(Name);
  for (EntityId E : ByName.lookup(Function))
    if (endsIn(F.Entities[E].File, File))
      Found.push_back(E);
  return Found;
}

/// "*.field" is the field of any struct.
bool Auditor::isUsed(llvm::StringRef Name, bool IsSlot) const {
  if (!Name.consume_front("*."))
    return llvm::any_of(entities(Name),
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
        (IsSlot ? !M.slot(Known.getKey()) : !M.function(Known.getKey())))
      Nearest.consider(Known.getKey());
  return Nearest.name();
}

/// A remark, unless somebody has decided it.
void Auditor::remark(const Decisions &Known, AuditRemark R) {
  if (!(Known.*Kinds[R.Is]).empty())
    ++Answer.Decided;
  else
    Answer.Remarks.push_back(std::move(R));
}

/// Of the entry itself, or of a model that says something in it of all its entries.
template <typename Entry> Decisions Auditor::decisionsOf(const Entry &Says) const {
  Decisions All = Says.Audited.Value;
  for (llvm::StringRef Name : Models.keys()) {
    const Decisions *Whole = M.decidedBy(Name);
    if (!Whole || !isFrom(Says, llvm::StringSet<>({Name})))
      continue;
    for (std::string Decisions::*Each : Kinds)
      if ((All.*Each).empty())
        All.*Each = (*Whole).*Each;
  }
  return All;
}

/// What is decided of it is good for as long as the auditor.
template <typename Entry>
const Decisions &Auditor::noteEntry(llvm::StringRef Name, const Entry &Says, bool IsSlot) {
  llvm::StringRef Key = Says.Family.empty() ? Name : llvm::StringRef(Says.Family);
  Noted &It = Entries[{Key.str(), IsSlot}];
  It.IsUsed = It.IsUsed || isUsed(Name, IsSlot);
  It.Known = decisionsOf(Says);
  return It.Known;
}

void Auditor::checkUsed() {
  for (const auto &[Key, It] : Entries) {
    if (It.IsUsed)
      continue;
    AuditRemark R{AuditRemark::Unused, Key.first};
    R.Similar = similar(Key.first, Key.second);
    remark(It.Known, std::move(R));
  }
  Answer.Entries = Entries.size();
}

/// The argument of its condition, in what its callers pass.
void Auditor::checkParameters(llvm::StringRef Name, const Decisions &Known,
                              const FunctionModel &Says, EntityId E) {
  const Behaviour *More = F.Entities[E].More;
  if (!Says.When || !More)
    return;
  // In the numbers of a program: a field has one behind the parameters.
  for (const StatedCondition &When : More->When)
    checkParameter(Name, Known, When, E);
}

void Auditor::checkParameter(llvm::StringRef Name, const Decisions &Known,
                             const StatedCondition &When, EntityId E) {
  if (F.Entities[E].Kind == EntityKind::Macro) // what it is given, a program does not keep
    return;
  const unsigned Parameter = When.If.Parameter;
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
    remark(
        Known,
        {AuditRemark::NoParameter, Name.str(), F.Entities[E].Declared, {}, NoCall, "", When.Text});
}

void Auditor::compare(llvm::StringRef Name, const Decisions &Known, EntityId E,
                      const FunctionRegions &Body) {
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
        remark(Known, {AuditRemark::SaysLess, Name.str(), Is.Declared, Way.Effect, Here.Call});
      }
  Is.Effects.forEach([&](unsigned Effect) {
    if ((M.withKinds(EffectSet::of(Effect)) & Found).empty())
      remark(Known, {AuditRemark::SaysMore, Name.str(), Is.Declared, Effect});
  });
}

void Auditor::checkFunction(llvm::StringRef Name, const FunctionModel &Says,
                            const Decisions &Known) {
  for (EntityId E : entities(Name)) {
    const Entity &Is = F.Entities[E];
    if (Is.Kind != EntityKind::Function && Is.Kind != EntityKind::Macro)
      continue;
    checkParameters(Name, Known, Says, E);
    if (Is.Kind != EntityKind::Function || !Is.HasBody)
      continue;
    if (Is.Opaque) {
      ++Answer.Vouched;
    } else if (std::shared_ptr<const FunctionRegions> Body = Of.regions().of(E)) {
      ++Answer.Compared;
      compare(Name, Known, E, *Body);
    }
  }
}

AuditAnswer Auditor::run() {
  std::vector<std::string> Names; // asking the model for one changes its tables
  M.forEachFunctionName([&](llvm::StringRef Name) { Names.push_back(Name.str()); });
  for (const std::string &Name : Names) {
    const FunctionModel &Says = *M.function(Name);
    if (!isFrom(Says, Models))
      continue;
    checkFunction(Name, Says, noteEntry(Name, Says, /*IsSlot=*/false));
  }
  Names.clear();
  M.forEachSlotName([&](llvm::StringRef Name) { Names.push_back(Name.str()); });
  for (const std::string &Name : Names)
    if (const SlotModel &Says = *M.slot(Name); isFrom(Says, Models))
      noteEntry(Name, Says, /*IsSlot=*/true);
  checkUsed();
  llvm::sort(Answer.Remarks, [](const AuditRemark &A, const AuditRemark &B) {
    return std::tie(A.Is, A.Name, A.Effect) < std::tie(B.Is, B.Name, B.Effect);
  });
  return std::move(Answer);
}

} // namespace

AuditAnswer auditModel(Analyses &Of, const llvm::StringSet<> &Models) {
  return Auditor(Of, Models).run();
}

} // namespace airlock
