// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "rules/RegionStory.h"
#include "regions/Outcomes.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

namespace airlock {

const char *verbFor(const Entity &Callee) {
  return Callee.Kind == EntityKind::Macro ? "'%0' expands '%1'"
         : Callee.isSlot()                ? "'%0' calls through '%1'"
                                          : "'%0' calls '%1'";
}

CallId outermost(const Facts &F, CallId Id) {
  while (F.Calls[Id].Outer != NoCall) {
    // A macro around the function of its name is that function.
    if (F.callee(F.Calls[F.Calls[Id].Outer]).Name == F.callee(F.Calls[Id]).Name &&
        F.Calls[F.Calls[Id].Outer].Outer == NoCall)
      break;
    Id = F.Calls[Id].Outer;
  }
  return Id;
}

/// The call in a callee's body that opens the region for its caller.
static CallId openerIn(RuleContext &C, EntityId Callee, unsigned Region) {
  std::shared_ptr<const FunctionRegions> Body = C.regions().of(Callee);
  if (!Body)
    return NoCall;
  for (const Outcome &O : Body->Outcomes)
    for (const RegionDelta &D : O.Deltas)
      if (D.Region == Region && D.Lo > 0)
        return D.By;
  return NoCall;
}

void tellOpening(RuleContext &C, const OpenRegion &Open, EntityId Function,
                 std::vector<Step> &Path) {
  const Facts &F = C.F;
  const RegionInfo &Info = C.M.regions()[Open.Region];
  if (Open.By == NoCall) {
    const Entity &E = F.Entities[Function];
    Path.push_back({E.Declared,
                    E.Name,
                    {"'%0' may be called while %1", {E.Name.str(), Info.Description}},
                    {}});
    return;
  }
  const Call &Opener = F.Calls[outermost(F, Open.By)];
  const Entity &Caller = F.Entities[Opener.In];
  Path.push_back({placeOf(F, Opener),
                  Caller.Name,
                  {std::string(verbFor(F.callee(Opener))) + " here" + FromHereOn.str() + "%2",
                   {Caller.Name.str(), F.callee(Opener).Name.str(), Info.Description}},
                  {}});
  llvm::DenseSet<EntityId> Told; // one that calls itself opens it for itself, too
  const size_t Before = Path.size();
  CallId By = Open.By;
  while (true) {
    EntityId Callee = F.Calls[By].Callee;
    if (F.Entities[Callee].changesRegions() || !Told.insert(Callee).second)
      break;
    By = openerIn(C, Callee, Open.Region);
    if (By == NoCall)
      break;
    tellCalls(F, By, Path);
  }
  shorten(Path, Before);
}

/// In the words of tellCalls() and its like.
static void tellFarStep(const Model &M, unsigned Effect, const FarStep &S,
                        std::vector<Step> &Path) {
  Entity Whom;
  Whom.Kind = S.WhomKind;
  Text What;
  switch (S.Is) {
  case FarStep::Calls:
    What.Format = std::string(verbFor(Whom)) + " here";
    break;
  case FarStep::HandsOn:
    What.Format = "'%0' is passed to '%1' here";
    break;
  case FarStep::Stores:
    What.Format = "'%0' is stored in '%1' here";
    break;
  case FarStep::Has:
    What = textOfPrimitive(M, S.Who, Effect, S.When);
    break;
  }
  if (S.Is != FarStep::Has)
    What.Arguments = {S.Who.str(), S.Whom.str()};
  Path.push_back({S.At, S.Who, std::move(What), {}});
}

void tellEffect(RuleContext &C, EntityId Callee, const EffectWay &First, std::vector<Step> &Path) {
  const Facts &F = C.F;
  EntityId At = Callee;
  EffectWay Way = First;
  const size_t Before = Path.size();
  // A witness may go through a cycle, but a way is made of one that was there before.
  while (Way.Next != NoEntity) {
    if (Way.Via != NoCall)
      tellFrames(F, Way.Via, Path);
    if (Way.HandedOn)
      tellPassed(F, Way.Next, F.Calls[Way.Via].Callee, Path);
    else if (Way.Via == NoCall)
      tellStore(F, Way.Next, At, Path);
    At = Way.Next;
    Way = C.effects().of(At)[Way.NextWay];
  }
  if (Way.Far) {
    C.elsewhere().Tell(Way, [&](const FarStep &S) { tellFarStep(C.M, Way.Effect, S, Path); });
    shorten(Path, Before);
    return;
  }
  shorten(Path, Before);
  const Entity &End = F.Entities[At];
  if (Way.Unknown) {
    Path.push_back({End.Declared, End.Name, {"nothing is known of '%0'", {End.Name.str()}}, {}});
    return;
  }
  tellPrimitive(F, C.M, At, Way.Effect, Path);
}

llvm::SmallVector<OpenRegion, 1> certainlyOpen(const CallSituations &Here) {
  llvm::SmallVector<OpenRegion, 1> Open = Here.Ways.front().Open;
  for (const Situation &At : llvm::drop_begin(Here.Ways))
    llvm::erase_if(Open, [&](const OpenRegion &O) { return !At.open().contains(O.Region); });
  return Open;
}

namespace {

/// What forbids an effect at a call: a region, or the function's own promise.
struct Ban {
  const RegionInfo *Region = nullptr;
  OpenRegion Open = {0, NoCall};
  /// The slot that a function is stored in, which gives it the region.
  const Store *Stored = nullptr;
  /// Who promises: the function, or the macro whose body holds the call.
  EntityId Promises = NoEntity;
};

class Reporter {
public:
  Reporter(RuleContext &C, llvm::StringRef Rule) : C(C), F(C.F), Rule(Rule) {}
  void run() {
    check();
    adviseOnce();
  }

private:
  void check();
  void checkOpen(EntityId Function, const CallSituations &Here);
  bool checkRegion(EntityId Function, const CallSituations &Here, const OpenRegion &O);
  void checkWhole(EntityId Function, EffectSet Forbidden, const Ban &By);
  void checkMacros();
  void forEachFunctionIn(EntityId Stored, llvm::function_ref<void(EntityId)> Visit);
  std::optional<CallWay> findWay(const CallSituations &Here, EffectSet Forbidden, const Ban &By);
  void report(const CallSituations &Here, const CallWay &What, const Ban &By);
  bool isDoubtful(const CallSituations &Here, const CallWay &What, const Ban &By) const;
  bool isOnPurpose(const CallSituations &Here, const CallWay &What) const;
  bool isDropped(const EffectWay &Way, const Situation &At, unsigned Region) const;
  static bool isClosed(const EffectWay &Way, const Situation &At, unsigned Region);

  /// How a way ends: where it is guessed the last time, by which call it goes on there, and the
  /// call that has the effect.
  struct Tail {
    EntityId Guessed;
    CallId Via, Last;
    auto key() const { return std::tie(Last, Via, Guessed); }
  };
  Tail tailOf(const CallSituations &Here, const CallWay &What) const;
  void adviseOnce();

  /// A finding that nobody can say of that it happens.
  struct Doubt {
    Tail End;
    /// What is shown is the likeliest, of those the shortest; see adviseOnce().
    std::tuple<bool, unsigned, unsigned> Order;
    Finding Found;
  };

  RuleContext &C;
  const Facts &F;
  llvm::StringRef Rule;
  llvm::DenseSet<std::pair<EntityId, uint32_t>> Expanded;
  std::vector<Doubt> Doubts;
  /// By slot, what is stored there; once somebody asks.
  llvm::DenseMap<EntityId, llvm::SmallVector<EntityId, 1>> StoredIn;
  /// What does not happen in a function because of the slot that it runs from.
  llvm::DenseMap<EntityId, EffectSet> AbsorbedIn;
};

/// Whether a region that is open at a call is closed by the time it comes to the effect:
/// of two spinlocks, one may be left.
bool Reporter::isDropped(const EffectWay &Way, const Situation &At, unsigned Region) const {
  bool OneIsLeft = C.M.regions()[Region].Counted && At.Deep.contains(Region) &&
                   !Way.DroppedDeep.contains(Region);
  return Way.Dropped.contains(Region) && !OneIsLeft;
}

/// Whether what was open when the function began is closed by then, or never was.
bool Reporter::isClosed(const EffectWay &Way, const Situation &At, unsigned Region) {
  return At.Dropped.contains(Region) || Way.Dropped.contains(Region);
}

/// The way that comes about for certain: plain sleep before a fault, and of
/// those the shortest.
std::optional<CallWay> Reporter::findWay(const CallSituations &Here, EffectSet Forbidden,
                                         const Ban &By) {
  std::optional<CallWay> Best;
  bool OpenedHere = By.Region && !By.Stored && By.Open.By != NoCall;
  bool Strict = By.Region && C.Strict.contains(By.Region - C.M.regions().data());
  auto Order = [&](const CallWay &W) {
    const EffectWay &Way = C.effects().wayOf(W);
    return std::tuple(isDoubtful(Here, W, By), Way.Effect, Way.Distance);
  };
  for (const CallWay &Each : C.effects().ofCall(Here)) {
    const EffectWay &Way = C.effects().wayOf(Each);
    if (!Forbidden.contains(Way.Effect) || (Way.Unknown && !Strict))
      continue;
    // A promise holds whatever flags the caller passes.
    bool Happens = llvm::any_of(Here.Ways, [&](const Situation &At) {
      if (OpenedHere && isDropped(Way, At, By.Open.Region))
        return false;
      if (By.Stored && isClosed(Way, At, By.Region - C.M.regions().data()))
        return false;
      std::optional<Arrival> Arrives = C.effects().arrives(Each, At, /*Asked=*/!OpenedHere);
      return Arrives && (!Arrives->OnFlag || By.Promises != NoEntity);
    });
    if (Happens && (!Best || Order(Each) < Order(*Best)))
      Best = Each;
  }
  return Best;
}

/// The call itself passes the flag that the primitive asks for: GFP_KERNEL.
bool Reporter::isOnPurpose(const CallSituations &Here, const CallWay &What) const {
  if (C.effects().wayOf(What).If.empty())
    return false; // whatever is at the end of the way
  CallWay End = What;
  while (std::optional<CallWay> Next = C.effects().next(End))
    End = *Next;
  llvm::SmallVector<StatedCondition, 1> When; // of the primitive
  if (const EffectWay &Last = C.effects().wayOf(End); Last.Far)
    C.elsewhere().Tell(Last, [&](const FarStep &S) { When = S.When; });
  else if (const Behaviour *More = F.Entities[End.Of].More)
    When = More->When;
  auto IsAskedFor = [&](const ArgumentCondition &If) {
    return llvm::any_of(When, [&](const StatedCondition &Each) {
      return Each.If.IsFlag && If.Is == Each.If.Is && If.Mask == Each.If.Mask;
    });
  };
  return llvm::any_of(C.effects().wayOf(What).If, [&](const ArgumentCondition &If) {
    return IsAskedFor(If) && llvm::any_of(Here.Ways, [&](const Situation &At) {
             const Situation There = C.effects().foundBy(What, At);
             return If.Parameter < There.Arguments.size() &&
                    holds(If, There.Arguments[If.Parameter]) == true;
           });
  });
}

/// Whether nobody can say that it happens. Within its unit the author sees what a
/// few guesses are about; in a program they are about states and types of elsewhere
/// that may never go with this caller.
bool Reporter::isDoubtful(const CallSituations &Here, const CallWay &What, const Ban &By) const {
  const EffectWay &Way = C.effects().wayOf(What);
  if (By.Promises != NoEntity || isOnPurpose(Here, What))
    return false; // a promise is for every path
  return Way.Guesses + What.Guesses > (F.WholeProgram || Way.Far ? 0 : EffectWay::MaxGuesses);
}

void Reporter::report(const CallSituations &Here, const CallWay &What, const Ban &By) {
  const EffectWay &Way = C.effects().wayOf(What);
  const Call &Bad = F.Calls[Here.Call];
  // A macro and all that it expands to is one finding.
  CallId Outermost = outermost(F, Here.Call);
  bool OfMacro = Bad.At.Raw != Bad.Place.Raw || F.callee(Bad).Kind == EntityKind::Macro;
  if (OfMacro && !Expanded.insert({Bad.In, Bad.Place.Raw}).second)
    return;
  const Entity &Callee = F.callee(F.Calls[Outermost]);
  const Entity &Caller = F.Entities[Bad.In];
  Finding Found;
  Found.Rule = Rule;
  Found.Level = isDoubtful(Here, What, By) ? Severity::Advice : Severity::Warning;
  Found.At = placeOf(F, Bad);
  setFunction(F, Bad.In, Found);
  Found.Message = {verbFor(Callee), {Caller.Name.str(), Callee.Name.str()}};
  Found.Message.Format += Way.Unknown ? ", of which nothing is known" : ", which %2";
  Found.Message.Arguments.push_back(C.M.effects()[Way.Effect].Description);
  if (By.Region) {
    Found.Region = By.Region->Name;
    Found.Message.Format += ", while %3";
    Found.Message.Arguments.push_back(By.Region->Description);
    if (By.Stored) {
      tellStore(F, By.Stored->Stored, By.Stored->Slot, Found.Path);
      const Entity &Slot = F.Entities[By.Stored->Slot];
      Found.Path.push_back(
          {Slot.Declared,
           Slot.Name,
           {"functions in '%0' run while %1", {Slot.Name.str(), By.Region->Description}},
           {}});
    } else {
      tellOpening(C, By.Open, Bad.In, Found.Path);
    }
  } else {
    const Entity &Promises = F.Entities[By.Promises];
    Found.Message.Format += ", but '%3' promises never to";
    Found.Message.Arguments.push_back(Promises.Name.str());
    Text Who = {"the promise of '%0' is declared here", {Promises.Name.str()}};
    if (!Promises.More->NeverModel.empty())
      Who = {"the promise of '%0' is in model '%1'",
             {Promises.Name.str(), Promises.More->NeverModel.str()}};
    Location At = Promises.More->NeverAt.isValid() ? Promises.More->NeverAt : Promises.Declared;
    Found.Path.push_back({At, Promises.Name, std::move(Who), {}});
  }
  tellFramesAbove(F, Here.Call, Found.Path);
  if (What.HandedOn)
    tellPassed(F, What.Of, Bad.Callee, Found.Path);
  tellEffect(C, What.Of, Way, Found.Path);
  Found.Allow = Bad.Allow;
  Found.Key = {Callee.Name};
  if (By.Promises != NoEntity)
    Found.Key.push_back(F.Entities[By.Promises].Name);
  Found.Calls = {Here.Call};
  if (Found.Level == Severity::Advice)
    Doubts.push_back({tailOf(Here, What),
                      {Found.Allow != NoAllow, Way.Guesses + What.Guesses, Way.Distance},
                      std::move(Found)});
  else
    C.report(std::move(Found));
}

Reporter::Tail Reporter::tailOf(const CallSituations &Here, const CallWay &What) const {
  Tail Result{What.Of, Here.Call, Here.Call};
  CallWay At = What;
  while (std::optional<CallWay> Next = C.effects().next(At)) {
    const EffectWay &Way = C.effects().wayOf(At);
    Result.Last = Way.Via != NoCall ? Way.Via : Result.Last;
    if (Way.Guesses) {
      Result.Guessed = At.Of;
      Result.Via = Way.Via;
    }
    At = *Next;
  }
  // What comes behind it is the same for all that go this way.
  if (const EffectWay &End = C.effects().wayOf(At); End.Far)
    Result.Guessed = Result.Via = Result.Last = ~End.FarRow;
  return Result;
}

/// Of a hundred callers that may come to one call that sleeps, if something is so that nobody
/// can say, a reader decides once: one is shown, and the others are counted.
void Reporter::adviseOnce() {
  llvm::stable_sort(Doubts, [](const Doubt &A, const Doubt &B) {
    return std::pair(A.End.key(), A.Order) < std::pair(B.End.key(), B.Order);
  });
  for (auto At = Doubts.begin(); At != Doubts.end();) {
    auto End = std::find_if(At, Doubts.end(),
                            [&](const Doubt &D) { return D.End.key() != At->End.key(); });
    if (size_t More = End - At - 1) {
      std::string Count = std::to_string(More);
      const Finding &Next = std::next(At)->Found;
      At->Found.Path.push_back(
          {Next.At,
           Next.Function,
           {More == 1 ? "%0 more call may come to the same end, in '%1'"
                      : "%0 more calls may come to the same end, the next in '%1'",
            {Count, Next.Function.str()}},
           {}});
    }
    C.report(std::move(At->Found));
    At = End;
  }
}

/// Whether two ways to a call differ in one thing that the caller passes, and in no
/// other question about it.
static bool differInOne(const Situation &A, const Situation &B) {
  using C = ArgumentCondition;
  auto Asks = [](const C &If) { return !(If.IsPointer && If.Is == C::NonZero); };
  if (llvm::count_if(A.If, Asks) > 1 || llvm::count_if(B.If, Asks) > 1)
    return false;
  llvm::SmallVector<C, 4> Both(A.If.begin(), A.If.end());
  return A.If.empty() && B.If.empty()
             ? true
             : !llvm::all_of(B.If, [&](const C &If) { return conjoin(Both, If); });
}

/// The ways on which a region is open for certain though it is not on others, where
/// nothing but the question whether to open it decides: `if (nowait) rcu_read_lock();`,
/// and then a call that is made on every way.
static llvm::SmallVector<std::pair<OpenRegion, CallSituations>, 1>
openOnSomeWays(const CallSituations &Here) {
  llvm::SmallVector<std::pair<OpenRegion, CallSituations>, 1> All;
  if (Here.Decisions || Here.Ways.size() < 2)
    return All;
  for (const Situation &At : Here.Ways)
    for (const OpenRegion &O : At.Open) {
      bool Alone = llvm::all_of(Here.Ways, [&](const Situation &Other) {
        bool Neither = !Other.open().contains(O.Region) && !Other.Maybe.contains(O.Region);
        return &Other == &At || (Neither && differInOne(At, Other));
      });
      if (Alone)
        All.push_back({O, CallSituations{Here.Call, {At}, Here.Decisions}});
    }
  return All;
}

bool Reporter::checkRegion(EntityId Function, const CallSituations &Here, const OpenRegion &O) {
  const RegionInfo &Info = C.M.regions()[O.Region];
  EffectSet Forbidden = C.M.withKinds(Info.Forbids) - AbsorbedIn.lookup(Function);
  if (Info.Rule != Rule || Forbidden.empty())
    return false;
  Ban By;
  By.Region = &Info;
  By.Open = O;
  std::optional<CallWay> Way = findWay(Here, Forbidden, By);
  if (Way)
    report(Here, *Way, By);
  return Way.has_value();
}

void Reporter::checkOpen(EntityId Function, const CallSituations &Here) {
  llvm::SmallVector<OpenRegion, 1> Open = certainlyOpen(Here);
  // The innermost region first: it is the one to look at.
  llvm::sort(Open, [](const OpenRegion &A, const OpenRegion &B) {
    return A.By != B.By ? B.By == NoCall || (A.By != NoCall && A.By > B.By) : A.Region < B.Region;
  });
  for (const OpenRegion &O : Open)
    if (checkRegion(Function, Here, O))
      return;
  for (const auto &[O, Some] : openOnSomeWays(Here))
    if (checkRegion(Function, Some, O))
      return;
}

void Reporter::checkWhole(EntityId Function, EffectSet Forbidden, const Ban &By) {
  std::shared_ptr<const FunctionRegions> Body = C.regions().of(Function);
  if (!Body)
    return;
  for (const CallSituations &Here : Body->Calls)
    if (std::optional<CallWay> Way = findWay(Here, Forbidden, By))
      report(Here, *Way, By);
}

/// A slot's contents may come from another slot: a parameter that is kept in a field.
void Reporter::forEachFunctionIn(EntityId Stored, llvm::function_ref<void(EntityId)> Visit) {
  if (!F.Entities[Stored].isSlot())
    return Visit(Stored);
  if (StoredIn.empty())
    for (const Store &S : F.Stores)
      StoredIn[S.Slot].push_back(S.Stored);
  llvm::SmallSetVector<EntityId, 4> All;
  All.insert(Stored);
  for (size_t I = 0; I < All.size(); ++I) {
    if (!F.Entities[All[I]].isSlot()) {
      Visit(All[I]);
      continue;
    }
    llvm::ArrayRef<EntityId> Inside = StoredIn[All[I]];
    All.insert(Inside.begin(), Inside.end());
  }
}

/// A macro that promises: the calls in its body, wherever it is expanded.
void Reporter::checkMacros() {
  bool Any = llvm::any_of(F.Entities, [](const Entity &E) {
    return E.Kind == EntityKind::Macro && !E.Opaque && !E.never().empty();
  });
  if (!Any)
    return;
  llvm::DenseMap<EntityId, bool> Functions;
  for (const Call &Expansion : F.Calls)
    if (F.callee(Expansion).Kind == EntityKind::Macro && !F.callee(Expansion).never().empty())
      Functions[Expansion.In] = true;
  for (EntityId Function = 0; Function < F.Entities.size(); ++Function) {
    std::shared_ptr<const FunctionRegions> Body =
        Functions.lookup(Function) ? C.regions().of(Function) : nullptr;
    if (!Body)
      continue;
    for (const CallSituations &Here : Body->Calls)
      for (CallId Id = F.Calls[Here.Call].Outer; Id != NoCall; Id = F.Calls[Id].Outer)
        if (!F.callee(F.Calls[Id]).never().empty()) {
          Ban By;
          By.Promises = F.Calls[Id].Callee;
          if (std::optional<CallWay> Way = findWay(Here, F.callee(F.Calls[Id]).never(), By))
            report(Here, *Way, By);
          break;
        }
  }
}

void Reporter::check() {
  for (const Store &S : F.Stores)
    if (const Behaviour *Slot = F.Entities[S.Slot].More; Slot && !Slot->RunsIn.empty())
      forEachFunctionIn(S.Stored, [&](EntityId Function) {
        Slot->RunsIn.forEach(
            [&](unsigned Region) { AbsorbedIn[Function] |= C.M.regions()[Region].Absorbs; });
      });
  for (EntityId Function : C.regions().touching()) {
    std::shared_ptr<const FunctionRegions> Body = C.regions().of(Function);
    for (const CallSituations &Here : Body->Calls)
      checkOpen(Function, Here);
  }

  // A function in several slots of a kind is reported for the first: one that it is put into by
  // itself, if there is any, and else one that gets it out of another.
  llvm::DenseSet<std::pair<EntityId, unsigned>> Checked;
  for (bool OutOfSlots : {false, true})
    for (const Store &S : F.Stores) {
      const Behaviour *Slot = F.Entities[S.Slot].More;
      if (!Slot || F.Entities[S.Stored].isSlot() != OutOfSlots)
        continue;
      Slot->RunsIn.forEach([&](unsigned Region) {
        const RegionInfo &Info = C.M.regions()[Region];
        if (Info.Rule != Rule)
          return;
        Ban By;
        By.Region = &Info;
        By.Stored = &S;
        forEachFunctionIn(S.Stored, [&](EntityId Function) {
          if (Checked.insert({Function, Region}).second)
            checkWhole(Function, C.M.withKinds(Info.Forbids) - Info.Absorbs, By);
        });
      });
    }
  if (Rule != "sleep-in-region")
    return;
  for (EntityId E = 0; E < F.Entities.size(); ++E) {
    const Entity &Is = F.Entities[E];
    if (Is.Kind != EntityKind::Function || Is.never().empty())
      continue;
    Ban By;
    By.Promises = E;
    checkWhole(E, Is.never(), By);
  }
  checkMacros();
}

} // namespace

void reportForbidden(RuleContext &C, llvm::StringRef Rule) { Reporter(C, Rule).run(); }

} // namespace airlock
