// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "rules/PointerStory.h"
#include "model/Model.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

const FunctionModel *userRole(RuleContext &C, const Call &Of) {
  const Entity &Callee = C.F.callee(Of);
  if (!Callee.Modelled || Callee.isSlot())
    return nullptr;
  const FunctionModel *Known = C.M.function(Callee.Name);
  return Known && Known->touchesUserPointers() ? Known : nullptr;
}

namespace {

/// Follows an address from an access up to where it comes from.
class Climber {
public:
  Climber(RuleContext &C, llvm::function_ref<bool(const Passing &)> IsSure, FromFields Fields)
      : C(C), F(C.F), IsSure(IsSure), Fields(Fields) {}

  /// The chain of calls from somebody who did not make sure; false if all did.
  bool climb(EntityId Function, unsigned Parameter, std::vector<CallId> &Chain);

private:
  bool isPassedChecked(EntityId Function, unsigned Parameter) const;

  RuleContext &C;
  const Facts &F;
  llvm::function_ref<bool(const Passing &)> IsSure;
  const FromFields Fields;
  llvm::DenseSet<std::pair<EntityId, unsigned>> Seen;
};

/// It is called through a slot whose callers check the address.
bool Climber::isPassedChecked(EntityId Function, unsigned Parameter) const {
  for (const Store &S : F.Stores) {
    if (S.Stored != Function)
      continue;
    auto Known = C.M.slots().find(F.Entities[S.Slot].Name);
    if (Known != C.M.slots().end() && Known->second.PassesChecked &&
        Known->second.PassesChecked.Value == Parameter + 1)
      return true;
  }
  return false;
}

bool Climber::climb(EntityId Function, unsigned Parameter, std::vector<CallId> &Chain) {
  constexpr size_t MaxCalls = 16;
  if (Chain.size() > MaxCalls || !Seen.insert({Function, Parameter}).second)
    return false;
  if (isPassedChecked(Function, Parameter))
    return false;
  bool IsCalled = false;
  for (CallId Id : C.graph().callsOf(Function)) {
    const Call &Made = F.Calls[Id];
    IsCalled = true;
    std::shared_ptr<const FunctionPointers> Theirs = C.pointers().resultOf(Made.In);
    if (!Theirs)
      continue;
    for (const Passing &P : Theirs->Passings) {
      if (P.Call != Id || P.Argument != Parameter || IsSure(P))
        continue;
      Chain.insert(Chain.begin(), Id);
      if (P.From == Origin::User || (P.From == Origin::Field && Fields == FieldsToo) ||
          (P.From == Origin::Parameter && climb(Made.In, P.Parameter, Chain)))
        return true;
      Chain.erase(Chain.begin());
    }
  }
  return !IsCalled;
}

} // namespace

void forEachUnsure(RuleContext &C, FromFields Fields,
                   llvm::function_ref<bool(const Passing &)> IsSure,
                   llvm::function_ref<void(const Unsure &)> Visit) {
  for (EntityId Function : C.pointers().touching()) {
    std::shared_ptr<const FunctionPointers> Of = C.pointers().resultOf(Function);
    if (!Of)
      continue;
    for (const Passing &P : Of->Passings) {
      if (IsSure(P) || !(P.Promised || userRole(C, C.F.Calls[P.Call])))
        continue;
      Unsure Found{Function, &P, {}};
      if (P.From == Origin::Parameter &&
          !Climber(C, IsSure, Fields).climb(Function, P.Parameter, Found.Chain))
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
  M.forEachFunctionName([&](llvm::StringRef Name) { All.push_back(Name.str()); });
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
  for (EntityId Function : Unit ? Unit->touching() : llvm::ArrayRef<EntityId>())
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
