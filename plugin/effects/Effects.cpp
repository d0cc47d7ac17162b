// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "effects/Effects.h"
#include "model/Model.h"
#include "regions/Outcomes.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <set>

namespace airlock {

Effects::Effects(const Facts &F, const Model &M, const CallGraph &Graph, RegionSource &Regions,
                 EffectSet Tracked, EffectSet OfUnknown)
    : F(F), M(M), Graph(Graph), Regions(Regions), OfUnknown(OfUnknown), Reaches(F.Entities.size()),
      Ways(F.Entities.size()), Done(F.Entities.size()), News(F.Entities.size()),
      Spent(F.Entities.size()) {
  llvm::DenseSet<std::pair<EntityId, EntityId>> Known; // stored at several places
  for (const Store &S : F.Stores) {
    if (!Known.insert({S.Stored, S.Slot}).second)
      continue;
    StoredIn[S.Slot].push_back(S.Stored);
    SlotsOf[S.Stored].push_back(S.Slot);
  }
  std::vector<EntityId> Found;
  auto Reach = [&](EntityId E) {
    if (!Reaches[E])
      Found.push_back(E);
    Reaches[E] = true;
  };
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    if (!(F.Entities[E].Effects & Tracked).empty() || (!OfUnknown.empty() && isUnknown(E)))
      Reach(E);
  while (!Found.empty()) {
    EntityId E = Found.back();
    Found.pop_back();
    for (CallId Id : Graph.callsOf(E))
      Reach(F.Calls[Id].In);
    for (EntityId Slot : SlotsOf.lookup(E))
      Reach(Slot);
  }
}

/// Something that neither a body nor a model nor an annotation tells about.
bool Effects::isUnknown(EntityId E) const {
  const Entity &Is = F.Entities[E];
  if (Is.Modelled || Is.More)
    return false;
  return Is.isSlot() ? !StoredIn.contains(E) : Is.Kind == EntityKind::Function && !Is.HasBody;
}

void Effects::addDeclared(EntityId E) {
  if (!OfUnknown.empty() && isUnknown(E))
    OfUnknown.forEach([&](unsigned Effect) {
      EffectWay Way;
      Way.Effect = Effect;
      Way.Unknown = true;
      add(E, std::move(Way));
    });
  const Entity &Is = F.Entities[E];
  Is.Effects.forEach([&](unsigned Effect) {
    EffectWay Way;
    Way.Effect = Effect;
    if (Is.More) {
      for (const StatedCondition &When : Is.More->When)
        Way.If.push_back(When.If);
      Way.Dropped = Is.More->Regions.Exits; // it lets go of these first
    }
    add(E, std::move(Way));
  });
}

/// Whether the first way says at least what the second says.
static bool covers(const EffectWay &A, const EffectWay &B) {
  return A.Effect == B.Effect && (!A.Unknown || B.Unknown) && A.Guesses <= B.Guesses &&
         (A.Dropped - B.Dropped).empty() && (A.DroppedDeep - B.DroppedDeep).empty() &&
         llvm::all_of(A.If,
                      [&](const ArgumentCondition &If) { return llvm::is_contained(B.If, If); });
}

/// What two ways say together if each has one answer to a question and the rest of the one is
/// in the rest of the other: on what is asked, nothing depends. `f(p, flags & 1)` is such a call.
static std::optional<EffectWay> together(const EffectWay &More, const EffectWay &Less) {
  using C = ArgumentCondition;
  if (More.Effect != Less.Effect || More.Unknown != Less.Unknown || More.Dropped != Less.Dropped ||
      More.DroppedDeep != Less.DroppedDeep)
    return std::nullopt;
  const C *Asked = llvm::find_if(More.If, [&](const C &If) {
    C Opposite = If;
    Opposite.Is = If.Is == C::NonZero ? C::Zero : C::NonZero;
    return (If.Is == C::NonZero || If.Is == C::Zero) &&
           llvm::all_of(Less.If,
                        [&](const C &Each) {
                          return Each == Opposite || llvm::is_contained(More.If, Each);
                        }) &&
           llvm::is_contained(Less.If, Opposite);
  });
  if (Asked == More.If.end())
    return std::nullopt;
  EffectWay Both = More;
  Both.If.erase(Both.If.begin() + (Asked - More.If.begin()));
  Both.guess(Less.Guesses > More.Guesses ? Less.Guesses - More.Guesses : 0);
  return Both;
}

bool Effects::add(EntityId To, EffectWay Way) {
  llvm::SmallVectorImpl<EffectWay> &All = Ways[To]; // of real functions, few have more than two
  if (!Spent[To].step(1 + All.size()))
    return false;
  for (const EffectWay &Old : All)
    if (covers(Old, Way))
      return false;
  if (All.size() == Budget::States) {
    Spent[To].giveUp(Limit::States);
    return false;
  }
  llvm::SmallVector<EffectWay, 1> Joined;
  for (const EffectWay &Old : All)
    for (bool NewHasMore : {true, false})
      if (std::optional<EffectWay> Both = NewHasMore ? together(Way, Old) : together(Old, Way))
        Joined.push_back(std::move(*Both));
  All.push_back(std::move(Way)); // ways are never taken out: others point at them
  for (EffectWay &Both : Joined) // with a condition less each
    add(To, std::move(Both));
  return true;
}

std::optional<Arrival> Effects::arrives(const EffectWay &Way, const Situation &At,
                                        bool Asked) const {
  if (Asked && At.Lifted.contains(Way.Effect))
    return std::nullopt;
  bool Absorbed = false;
  (At.open() | At.Maybe).forEach([&](unsigned Region) {
    Absorbed |= M.regions()[Region].Absorbs.contains(Way.Effect);
  });
  if (Absorbed)
    return std::nullopt;

  Arrival Result;
  for (const ArgumentCondition &Own : At.If)
    if (!conjoin(Result.If, Own))
      return std::nullopt;
  for (const ArgumentCondition &If : Way.If) {
    Known Argument = If.Parameter < At.Arguments.size() ? At.Arguments[If.Parameter] : Known();
    std::optional<bool> Holds = holds(If, Argument);
    if (Holds == false)
      return std::nullopt;
    if (Holds)
      continue;
    if (std::optional<unsigned> Mine = Argument.parameterIn(If.Mask)) {
      ArgumentCondition OnMine = If;
      OnMine.Parameter = *Mine;
      if (!conjoin(Result.If, OnMine))
        return std::nullopt;
      // Tested on the way, as in `if (gfp & __GFP_WAIT) kmalloc(n, gfp)`.
      Result.OnFlag |= If.IsFlag && !llvm::is_contained(At.If, OnMine);
      continue;
    }
    if (Argument.Answer != NoEntity) {
      const Behaviour &Question = *F.Entities[Argument.Answer].More;
      bool OnAnswer = If.Is == ArgumentCondition::NonZero;
      if (OnAnswer == Question.LiftsOn && Question.Lifts.contains(Way.Effect))
        return std::nullopt;
    }
    if (If.IsFlag)
      return std::nullopt; // nobody knows what arrives: quiet
  }
  return Result;
}

/// A way of what is called, as one of what calls it.
static EffectWay wayThrough(const EffectWay &Theirs, EntityId Next, unsigned NextWay) {
  EffectWay Way;
  Way.Effect = Theirs.Effect;
  Way.Dropped = Theirs.Dropped;
  Way.DroppedDeep = Theirs.DroppedDeep;
  Way.Unknown = Theirs.Unknown;
  Way.Guesses = Theirs.Guesses;
  Way.Next = Next;
  Way.NextWay = NextWay;
  Way.Distance = llvm::SaturatingAdd<uint16_t>(Theirs.Distance, 1);
  return Way;
}

/// For a function that is handed on: what it is called with is not seen here.
static Situation withoutArguments(Situation At) {
  At.Arguments.clear();
  return At;
}

/// Of all that is stored in a slot, any may be called.
bool Effects::updateSlot(EntityId E) {
  const auto Stored = StoredIn.find(E);
  if (Stored == StoredIn.end())
    return false;
  llvm::ArrayRef<EntityId> All = Stored->second;
  llvm::SmallDenseMap<unsigned, size_t> Having; // by effect: how many of them
  for (EntityId Each : All) {
    EffectSet Theirs;
    for (const EffectWay &Way : Ways[Each])
      if (!Way.isUnlikely() && !F.Entities[Each].never().contains(Way.Effect))
        Theirs.insert(Way.Effect);
    Theirs.forEach([&](unsigned Effect) { ++Having[Effect]; });
  }
  bool Changed = false;
  for (EntityId Each : All)
    for (unsigned I = 0; I < Ways[Each].size(); ++I) {
      const EffectWay &Theirs = Ways[Each][I];
      if (F.Entities[Each].never().contains(Theirs.Effect))
        continue;
      EffectWay Way = wayThrough(Theirs, Each, I);
      Way.If = Theirs.If;
      // As many guesses as there are others for each that does it.
      size_t Does = Having[Theirs.Effect], Others = All.size() - Does;
      Way.guess(Does ? llvm::divideCeil(Others, Does) : Others);
      Changed |= add(E, std::move(Way));
    }
  return Changed;
}

/// Looks at the calls of one function, or the functions in one slot, once.
bool Effects::update(EntityId E) {
  if (!Spent[E].step())
    return false;
  if (F.Entities[E].isSlot())
    return updateSlot(E);
  std::shared_ptr<const FunctionRegions> Body = Regions.of(E);
  if (!Body)
    return false;
  bool Changed = false;
  for (const CallSituations &Here : Body->Calls)
    if (Reaches[F.Calls[Here.Call].Callee]) {
      Changed |= updateCall(E, Here);
      Changed |= updateHandedOn(E, Here);
    }
  return Changed;
}

bool Effects::isOwnParameter(EntityId E, EntityId Callee) const {
  const Entity &Is = F.Entities[Callee];
  return Is.Kind == EntityKind::Parameter && Is.Owner == E;
}

bool Effects::addCalled(EntityId E, unsigned Parameter, unsigned Guesses) {
  CalledParameters &All = Calls[E];
  Guesses = std::min<unsigned>(Guesses, EffectWay::MaxGuesses + 1);
  auto Known = llvm::find_if(All, [&](auto &Each) { return Each.first == Parameter; });
  if (Known == All.end())
    All.push_back({Parameter, Guesses});
  else if (Known->second > Guesses)
    Known->second = Guesses;
  else
    return false;
  return true;
}

/// What a function does through a parameter of its own, each caller does that
/// passes a function there, and no other.
bool Effects::updateCall(EntityId E, const CallSituations &Here) {
  EntityId Callee = F.Calls[Here.Call].Callee;
  if (isOwnParameter(E, Callee) && !F.Entities[Callee].Modelled)
    return addCalled(E, F.Entities[Callee].Index, Here.Decisions);
  bool Changed = false;
  for (unsigned I = 0; I < Ways[Callee].size(); ++I)
    Changed |= addThrough(E, Here, {Callee, I, /*HandedOn=*/false, 0});
  return Changed;
}

/// The functions that a call passes to one who calls them.
bool Effects::updateHandedOn(EntityId E, const CallSituations &Here) {
  bool Changed = false;
  for (auto [Parameter, Guesses] : Calls.lookup(F.Calls[Here.Call].Callee))
    for (const Situation &At : Here.Ways) {
      if (Parameter >= At.Arguments.size())
        continue;
      const Known &Passed = At.Arguments[Parameter];
      std::optional<unsigned> Mine = Passed.parameterIn(~uint64_t(0));
      if (reaches(Passed.Function))
        for (unsigned I = 0; I < Ways[Passed.Function].size(); ++I)
          Changed |= addThrough(E, Here, {Passed.Function, I, /*HandedOn=*/true, Guesses});
      else if (Mine)
        Changed |= addCalled(E, *Mine, Guesses + Here.Decisions);
    }
  return Changed;
}

/// What the caller's caller finds closed: a lock that the caller takes and what it calls
/// drops is none of its.
void Effects::addDropped(EffectWay &Way, const EffectWay &Theirs, const Situation &At) const {
  RegionSet Own;
  for (const OpenRegion &O : At.Open)
    if (M.regions()[O.Region].Counted && !Theirs.DroppedDeep.contains(O.Region))
      Own.insert(O.Region);
  Way.Dropped = (Theirs.Dropped - Own) | At.Dropped;
  Way.DroppedDeep = Theirs.DroppedDeep | At.DroppedDeep | (Theirs.Dropped & At.Dropped);
}

/// Adds to E a way of what is called or handed on, where control comes to the call.
bool Effects::addThrough(EntityId E, const CallSituations &Here, const CallWay &Taken) {
  const EffectWay Theirs = wayOf(Taken); // a copy: it may be its own callee
  // A model has said what it does.
  if (F.Entities[Taken.Of].never().contains(Theirs.Effect) ||
      (Theirs.Unknown && F.Entities[E].Modelled))
    return false;
  bool Changed = false;
  for (const Situation &At : Here.Ways) {
    if (!Spent[E].step(1 + Theirs.If.size()))
      break;
    std::optional<Arrival> Arrives = arrives(Theirs, Taken.HandedOn ? withoutArguments(At) : At);
    if (!Arrives)
      continue;
    EffectWay Way = wayThrough(Theirs, Taken.Of, Taken.Way);
    Way.If.assign(Arrives->If.begin(), Arrives->If.end());
    addDropped(Way, Theirs, At);
    Way.Via = Here.Call;
    Way.HandedOn = Taken.HandedOn;
    Way.guess(Here.Decisions + Taken.Guesses);
    Changed |= add(E, std::move(Way));
  }
  return Changed;
}

/// Whatever has to be known to know about Root, and is not yet; callees first.
std::vector<EntityId> Effects::reachedFrom(EntityId Root) {
  std::vector<EntityId> Wanted = {Root};
  Done[Root] = true;
  for (size_t I = 0; I < Wanted.size(); ++I) {
    EntityId E = Wanted[I];
    auto Want = [&](EntityId Next) {
      if (reaches(Next) && !Done[Next]) {
        Done[Next] = true;
        Wanted.push_back(Next);
      }
    };
    llvm::for_each(StoredIn.lookup(E), Want);
    std::shared_ptr<const FunctionRegions> Body = F.Entities[E].isSlot() ? nullptr : Regions.of(E);
    if (!Body)
      continue;
    for (const CallSituations &Here : Body->Calls) {
      EntityId Callee = F.Calls[Here.Call].Callee;
      if (!Reaches[Callee])
        continue; // not through what is handed on, either: its parameter would reach
      Want(Callee);
      for (const Situation &At : Here.Ways)
        for (const Known &Passed : At.Arguments)
          if (Passed.Function != NoEntity)
            Want(Passed.Function);
    }
  }
  llvm::sort(Wanted, [&](EntityId A, EntityId B) { return Graph.position(A) < Graph.position(B); });
  return Wanted;
}

/// Who may do more once E does: its callers, the slots it is in, and who hands it on.
void Effects::forEachAffected(EntityId E, llvm::function_ref<void(EntityId)> Visit) const {
  auto VisitCallers = [&](EntityId Of) {
    for (CallId Id : Graph.callsOf(Of))
      Visit(F.Calls[Id].In);
  };
  VisitCallers(E);
  auto Slots = SlotsOf.find(E);
  if (Slots == SlotsOf.end())
    return;
  for (EntityId Slot : Slots->second) {
    Visit(Slot);
    if (EntityId Owner = F.Entities[Slot].Owner; Owner != NoEntity)
      VisitCallers(Owner);
  }
}

void Effects::compute(EntityId Root) {
  const std::vector<EntityId> Wanted = reachedFrom(Root);
  llvm::for_each(Wanted, [&](EntityId E) { addDeclared(E); });
  for (EntityId E : Wanted)
    News[E] = true;
  // Once over all, then over those for which a cycle brings news: until there is none,
  // for ways are only added, and no more than the budget of each allows.
  std::set<unsigned> Again; // by position
  auto Look = [&](EntityId E) {
    News[E] = false;
    if (!update(E))
      return;
    forEachAffected(E, [&](EntityId Other) {
      if (!Done[Other] || News[Other])
        return;
      News[Other] = true;
      Again.insert(Graph.position(Other));
    });
  };
  llvm::for_each(Wanted, Look);
  for (auto It = Again.begin(); !Again.empty(); It = Again.begin())
    while (It != Again.end()) {
      const unsigned Position = *It;
      Again.erase(It);
      Look(Graph.calleesFirst()[Position]);
      It = Again.upper_bound(Position);
    }
  for (EntityId E : Wanted)
    if (std::optional<Limit> Broken = Spent[E].broken())
      Unfinished.push_back({E, AnalysisKind::Effects, *Broken});
}

llvm::ArrayRef<EffectWay> Effects::of(EntityId E) {
  if (!reaches(E))
    return {};
  if (!Done[E])
    compute(E);
  return Ways[E];
}

llvm::SmallVector<CallWay, 2> Effects::ofCall(const CallSituations &Here) {
  llvm::SmallVector<CallWay, 2> All;
  auto Add = [&](EntityId E, bool HandedOn, unsigned Guesses) {
    llvm::ArrayRef<EffectWay> Theirs = of(E);
    for (unsigned I = 0; I < Theirs.size(); ++I)
      if (!F.Entities[E].never().contains(Theirs[I].Effect))
        All.push_back({E, I, HandedOn, Guesses});
  };
  EntityId Callee = F.Calls[Here.Call].Callee;
  Add(Callee, /*HandedOn=*/false, 0);
  llvm::SmallVector<EntityId, 1> Told;
  for (auto [Parameter, Guesses] : Calls.lookup(Callee))
    for (const Situation &At : Here.Ways) {
      EntityId Passed =
          Parameter < At.Arguments.size() ? At.Arguments[Parameter].Function : NoEntity;
      if (Passed == NoEntity || llvm::is_contained(Told, Passed))
        continue;
      Told.push_back(Passed);
      Add(Passed, /*HandedOn=*/true, Guesses);
    }
  return All;
}

std::optional<Arrival> Effects::arrives(const CallWay &Way, const Situation &At, bool Asked) const {
  return arrives(wayOf(Way), Way.HandedOn ? withoutArguments(At) : At, Asked);
}

} // namespace airlock
