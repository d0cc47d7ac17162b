// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "effects/Effects.h"
#include "model/Model.h"
#include "regions/Outcomes.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <map>
#include <set>

namespace airlock {

Effects::Effects(const Facts &F, const Model &M, const CallGraph &Graph, RegionSource &Regions,
                 EffectSet Tracked, EffectSet OfUnknown, const EffectsElsewhere *Elsewhere)
    : F(F), M(M), Graph(Graph), Regions(Regions), OfUnknown(OfUnknown), Elsewhere(Elsewhere),
      Reaches(F.Entities.size()), Ways(F.Entities.size()), Done(F.Entities.size()),
      News(F.Entities.size()), Spent(F.Entities.size()) {
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
  if (Elsewhere) {
    // What is called through a parameter is seen where a function is passed.
    Calls = Elsewhere->Calls;
    for (const auto &Each : Calls)
      Reach(Each.first);
    for (const auto &[E, Theirs] : Elsewhere->Ways) {
      Ways[E].append(Theirs.begin(), Theirs.end());
      if (llvm::any_of(Theirs, [&](const EffectWay &Way) { return Tracked.contains(Way.Effect); }))
        Reach(E);
    }
  }
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

/// Something that neither a body nor a model nor an annotation nor a contract tells about.
bool Effects::isUnknown(EntityId E) const {
  const Entity &Is = F.Entities[E];
  if (Is.Modelled || Is.More || (Elsewhere && Elsewhere->knows(E)))
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
  if (All.size() >= Budget::States) {
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
  Way.Far = Theirs.Far;
  Way.Guesses = Theirs.Guesses;
  Way.Next = Next;
  Way.NextWay = NextWay;
  Way.Distance = llvm::SaturatingAdd<uint16_t>(Theirs.Distance, 1);
  return Way;
}

/// What a function passes, without the variable that it was copied from, which is its own.
static llvm::SmallVector<Known, 0> passed(llvm::ArrayRef<Known> Arguments) {
  llvm::SmallVector<Known, 0> All(Arguments.begin(), Arguments.end());
  for (Known &Each : All)
    Each.Copy = NoValue;
  return All;
}

/// What a function passes, said of what its caller has passed to it.
static Known translated(const Known &Passed, llvm::ArrayRef<Known> ByCaller) {
  Known K = Passed;
  if (!K.base())
    return K;
  const uint64_t Theirs = K.untouched();
  if (*K.base() >= ByCaller.size() || (K.open() & ~Theirs))
    return Known();
  K = ByCaller[*K.base()];
  K.Copy = NoValue;
  if (~Theirs)
    K = K.masked(Theirs);
  return Passed.ones() & ~Theirs ? K.with(Passed.ones() & ~Theirs) : K;
}

static llvm::SmallVector<Known, 0> translated(llvm::ArrayRef<Known> Passed,
                                              llvm::ArrayRef<Known> ByCaller) {
  llvm::SmallVector<Known, 0> All;
  for (const Known &Each : Passed)
    All.push_back(translated(Each, ByCaller));
  return All;
}

const CalledParameter *Effects::calledBy(EntityId E, unsigned Parameter) const {
  auto Found = Calls.find(E);
  if (Found == Calls.end())
    return nullptr;
  auto It = llvm::find_if(Found->second,
                          [&](const CalledParameter &Each) { return Each.Number == Parameter; });
  return It == Found->second.end() ? nullptr : It;
}

/// What is handed on is called with what is passed to it there.
Situation Effects::foundBy(const CallWay &Way, const Situation &At) const {
  if (!Way.HandedOn)
    return At;
  Situation There = At;
  There.Arguments.clear();
  if (const CalledParameter *Called = calledBy(Way.By, Way.Parameter))
    There.Arguments = translated(Called->Arguments, At.Arguments);
  return There;
}

EffectsElsewhere::Stored Effects::storedIn(EntityId Slot) const {
  EffectsElsewhere::Stored Result;
  std::map<unsigned, unsigned> Having;
  if (auto Here = StoredIn.find(Slot); Here != StoredIn.end()) {
    Result.Count = Here->second.size();
    for (EntityId Each : Here->second) {
      EffectSet Theirs;
      for (const EffectWay &Way : Ways[Each])
        if (!Way.isUnlikely() && !F.Entities[Each].never().contains(Way.Effect))
          Theirs.insert(Way.Effect);
      Theirs.forEach([&](unsigned Effect) { ++Having[Effect]; });
    }
  }
  if (Elsewhere)
    if (auto Others = Elsewhere->Slots.find(Slot); Others != Elsewhere->Slots.end()) {
      // Those of this unit are among them, as they were.
      Result.Count = std::max(Result.Count, Others->second.Count);
      for (auto [Effect, Times] : Others->second.Having)
        Having[Effect] = std::max(Having[Effect], Times);
    }
  Result.Having.assign(Having.begin(), Having.end());
  return Result;
}

/// Of all that is stored in a slot, any may be called.
bool Effects::updateSlot(EntityId E) {
  const auto Stored = StoredIn.find(E);
  if (Stored == StoredIn.end())
    return false;
  llvm::ArrayRef<EntityId> All = Stored->second;
  const EffectsElsewhere::Stored Numbers = storedIn(E);
  bool Changed = false;
  for (EntityId Each : All)
    for (unsigned I = 0; I < Ways[Each].size(); ++I) {
      const EffectWay &Theirs = Ways[Each][I];
      if (F.Entities[Each].never().contains(Theirs.Effect))
        continue;
      EffectWay Way = wayThrough(Theirs, Each, I);
      Way.If = Theirs.If;
      // As many guesses as there are others for each that does it.
      unsigned Does = Numbers.having(Theirs.Effect);
      unsigned Others = Numbers.Count - std::min(Does, Numbers.Count);
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

bool Effects::addCalled(EntityId E, CalledParameter New) {
  CalledParameters &All = Calls[E];
  New.Guesses = std::min<unsigned>(New.Guesses, EffectWay::MaxGuesses + 1);
  auto Old =
      llvm::find_if(All, [&](const CalledParameter &Each) { return Each.Number == New.Number; });
  if (Old == All.end()) {
    All.push_back(std::move(New));
    return true;
  }
  bool Changed = Old->Guesses > New.Guesses || Old->Arguments.size() > New.Arguments.size();
  Old->Guesses = std::min(Old->Guesses, New.Guesses);
  if (Old->Arguments.size() > New.Arguments.size())
    Old->Arguments.resize(New.Arguments.size());
  for (size_t I = 0; I < Old->Arguments.size(); ++I) {
    Known Both = Old->Arguments[I].join(New.Arguments[I]);
    Changed |= !(Both == Old->Arguments[I]);
    Old->Arguments[I] = Both;
  }
  return Changed;
}

/// What a function does through a parameter of its own, each caller does that
/// passes a function there, and no other.
bool Effects::updateCall(EntityId E, const CallSituations &Here) {
  EntityId Callee = F.Calls[Here.Call].Callee;
  bool Changed = false;
  if (isOwnParameter(E, Callee) && !F.Entities[Callee].Modelled) {
    for (const Situation &At : Here.Ways)
      Changed |= addCalled(E, {F.Entities[Callee].Index, Here.Decisions, passed(At.Arguments)});
    return Changed;
  }
  for (unsigned I = 0; I < Ways[Callee].size(); ++I)
    Changed |= addThrough(E, Here, {Callee, I, /*HandedOn=*/false, 0});
  return Changed;
}

/// The functions that a call passes to one who calls them.
bool Effects::updateHandedOn(EntityId E, const CallSituations &Here) {
  bool Changed = false;
  const EntityId By = F.Calls[Here.Call].Callee;
  for (const CalledParameter &Called : Calls.lookup(By)) // a copy: it may be its own callee
    for (const Situation &At : Here.Ways) {
      if (Called.Number >= At.Arguments.size())
        continue;
      const Known &Passed = At.Arguments[Called.Number];
      std::optional<unsigned> Mine = Passed.parameterIn(~uint64_t(0));
      if (reaches(Passed.Function))
        for (unsigned I = 0; I < Ways[Passed.Function].size(); ++I)
          Changed |= addThrough(
              E, Here, {Passed.Function, I, /*HandedOn=*/true, Called.Guesses, By, Called.Number});
      else if (Mine)
        Changed |= addCalled(E, {*Mine, Called.Guesses + Here.Decisions,
                                 translated(Called.Arguments, At.Arguments)});
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
    std::optional<Arrival> Arrives = arrives(Taken, At);
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
  auto Add = [&](EntityId E, CallWay Taken) {
    llvm::ArrayRef<EffectWay> Theirs = of(E);
    Taken.Of = E;
    for (Taken.Way = 0; Taken.Way < Theirs.size(); ++Taken.Way)
      if (!F.Entities[E].never().contains(Theirs[Taken.Way].Effect))
        All.push_back(Taken);
  };
  EntityId Callee = F.Calls[Here.Call].Callee;
  Add(Callee, {NoEntity, 0, /*HandedOn=*/false, 0});
  llvm::SmallVector<EntityId, 1> Told;
  for (const CalledParameter &Called : Calls.lookup(Callee)) // a copy: more may be asked
    for (const Situation &At : Here.Ways) {
      EntityId Passed =
          Called.Number < At.Arguments.size() ? At.Arguments[Called.Number].Function : NoEntity;
      if (Passed == NoEntity || llvm::is_contained(Told, Passed))
        continue;
      Told.push_back(Passed);
      Add(Passed, {NoEntity, 0, /*HandedOn=*/true, Called.Guesses, Callee, Called.Number});
    }
  return All;
}

std::optional<Arrival> Effects::arrives(const CallWay &Way, const Situation &At, bool Asked) const {
  return Way.HandedOn ? arrives(wayOf(Way), foundBy(Way, At), Asked)
                      : arrives(wayOf(Way), At, Asked);
}

} // namespace airlock
