// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "rules/PointerStory.h"
#include "model/Model.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

const FunctionModel *userRole(RuleContext &C, const Entity &Callee) {
  if (!Callee.Modelled || Callee.isSlot())
    return nullptr;
  const FunctionModel *Known = C.M.function(Callee.Name);
  return Known && Known->touchesUserPointers() ? Known : nullptr;
}

namespace {

/// Follows an address from an access up to where it comes from. What callers of callers
/// do not know is the same for all accesses: each parameter is looked at once.
class Climber {
public:
  Climber(RuleContext &C, llvm::function_ref<bool(const Passing &)> IsSure, FromFields Fields)
      : C(C), F(C.F), IsSure(IsSure), Fields(Fields) {
    notePassedChecked();
  }

  /// The shortest chain of calls from somebody who did not make sure; false if all did.
  bool climb(EntityId Function, unsigned Parameter, std::vector<CallId> &Chain);

private:
  using Parameter = std::pair<EntityId, unsigned>;
  /// How the search came to a parameter: from which, through which call of it.
  struct Way {
    Parameter To;
    CallId By;
  };

  void notePassedChecked();
  bool lookAt(const Parameter &Is, llvm::function_ref<bool(CallId, const Passing &)> Visit) const;

  RuleContext &C;
  const Facts &F;
  llvm::function_ref<bool(const Passing &)> IsSure;
  const FromFields Fields;
  /// From where no way leads to somebody who did not make sure.
  llvm::DenseSet<Parameter> Sure;
};

/// What is called through a slot whose callers check the address.
void Climber::notePassedChecked() {
  const llvm::StringMap<SlotModel> &Slots = C.M.readSlots();
  for (const Store &S : F.Stores) {
    auto Known = Slots.find(F.Entities[S.Slot].Name);
    if (Known != Slots.end() && Known->second.PassesChecked)
      Sure.insert({S.Stored, Known->second.PassesChecked.Value - 1});
  }
}

/// Visits what callers pass there and are not sure of, until Visit says that it is
/// enough; false if nobody calls it.
bool Climber::lookAt(const Parameter &Is,
                     llvm::function_ref<bool(CallId, const Passing &)> Visit) const {
  bool IsCalled = false;
  for (CallId Id : C.graph().callsOf(Is.first)) {
    IsCalled |= F.Calls[Id].In != Is.first; // who is called by itself alone, nobody calls
    std::shared_ptr<const FunctionPointers> Theirs = C.pointers().resultOf(F.Calls[Id].In);
    for (const Passing &P :
         Theirs ? llvm::ArrayRef<Passing>(Theirs->Passings) : llvm::ArrayRef<Passing>())
      if (P.Call == Id && P.Argument == Is.second && !IsSure(P) && Visit(Id, P))
        return true;
  }
  return IsCalled;
}

bool Climber::climb(EntityId Function, unsigned Index, std::vector<CallId> &Chain) {
  const Parameter Start = {Function, Index};
  std::vector<Parameter> Pending = {Start};
  llvm::DenseMap<Parameter, Way> Found;
  Found[Start] = {Start, NoCall};
  for (size_t I = 0; I < Pending.size(); ++I) {
    const Parameter Here = Pending[I];
    if (Sure.contains(Here))
      continue;
    CallId First = NoCall;
    bool IsCalled = lookAt(Here, [&](CallId Id, const Passing &P) {
      if (P.From == Origin::User || (P.From == Origin::Field && Fields == FieldsToo))
        First = Id;
      const Parameter Next = {F.Calls[Id].In, P.Parameter};
      if (P.From == Origin::Parameter && Found.try_emplace(Next, Way{Here, Id}).second)
        Pending.push_back(Next);
      return First != NoCall;
    });
    if (IsCalled && First == NoCall)
      continue;
    if (First != NoCall)
      Chain.push_back(First);
    for (Parameter At = Here; At != Start; At = Found[At].To)
      Chain.push_back(Found[At].By);
    return true;
  }
  Sure.insert(Pending.begin(), Pending.end());
  return false;
}

} // namespace

void forEachUnsure(RuleContext &C, FromFields Fields,
                   llvm::function_ref<bool(const Passing &)> IsSure,
                   llvm::function_ref<void(const Unsure &)> Visit) {
  Climber Callers(C, IsSure, Fields);
  for (EntityId Function : C.pointers().touching()) {
    std::shared_ptr<const FunctionPointers> Of = C.pointers().resultOf(Function);
    if (!Of)
      continue;
    for (const Passing &P : Of->Passings) {
      if (IsSure(P) || !(P.Promised || userRole(C, C.F.callee(C.F.Calls[P.Call]))))
        continue;
      Unsure Found{Function, &P, {}};
      if (P.From == Origin::Parameter && !Callers.climb(Function, P.Parameter, Found.Chain))
        continue;
      Visit(Found);
    }
  }
}

void tellPassing(RuleContext &C, const Unsure &Of, std::vector<Step> &Path) {
  const Facts &F = C.F;
  if (Of.Access->From != Origin::Parameter)
    return;
  EntityId First = Of.Chain.empty() ? Of.Function : F.Calls[Of.Chain.front()].In;
  tellRoot(F, First, Path);
  for (CallId Id : Of.Chain)
    tellFrames(F, Id, Path);
}

OfferedNames offeredNames(const Model &M) {
  OfferedNames Names;
  auto Offer = [](std::string &To, llvm::StringRef Name) {
    if (To.empty() || std::pair(Name.size(), Name) < std::pair(To.size(), llvm::StringRef(To)))
      To = Name.str();
  };
  RegionSet Open = userRegions(M);
  std::vector<std::string> All; // a model reads its functions when they are asked for
  M.forEachUserName([&](llvm::StringRef Name) { All.push_back(Name.str()); });
  for (const std::string &Name : All) {
    const FunctionModel &Says = *M.function(Name);
    bool Opens = !((Says.Enters.Value | Says.CondEnters.Value.Regions) & Open).empty();
    if (Says.Validates)
      Offer(Opens ? Names.Opener : Names.Check, Name);
    else if (Says.Barrier.Value && !Opens && !Says.accessesMemory())
      Offer(Names.Barrier, Name);
    if (Says.Fetches && Says.Fetches.Value.Checked)
      Offer(Names.Reader, Name);
    if (Says.Stores && Says.Stores.Value.Checked)
      Offer(Names.Writer, Name);
  }
  return Names;
}

void forEachAnalysed(RuleContext &C,
                     llvm::function_ref<void(EntityId, const PointerAnalysis &)> Visit) {
  UnitPointers *Unit = C.unitPointers();
  if (!Unit)
    return;
  for (EntityId Function : Unit->touching())
    Visit(Function, *Unit->of(Function));
}

RegionSet userRegions(const Model &M) {
  RegionSet Set;
  for (unsigned Id = 0; Id < M.regions().size(); ++Id)
    if (M.regions()[Id].RestrictsCalls)
      Set.insert(Id);
  return Set;
}

std::string bytes(int64_t Count) {
  return std::to_string(Count) + (Count == 1 ? " byte" : " bytes");
}

} // namespace airlock
