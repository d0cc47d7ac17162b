// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Balance.h"
#include "model/Model.h"
#include "regions/Outcomes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <tuple>

namespace airlock {

namespace {

class Conclusion {
public:
  Conclusion(const RegionInput &In, const FunctionEnd &End, Budget &Spent, FunctionRegions &Result)
      : M(In.M), Self(In.F.Entities[In.Function]), Body(In.Body), States(End.AtExit), End(End),
        Spent(Spent), Result(Result) {}

  void run();

private:
  void judge(unsigned Region);
  void judgeDeclared(unsigned Region);
  void judgeSaved();
  bool resultTells(const PathState &More, const PathState &Less) const;
  bool isAnswer(const PathState &S) const;
  bool mayTell(const PathState &More, const PathState &Less) const;
  bool tells(unsigned Region, const PathState &More, const PathState &Less) const;
  bool parameterTells(const PathState &More, const PathState &Less) const;
  bool isLeftOnSuccess(unsigned Region, const PathState &More, const PathState &Less) const;
  bool skipsClosing(Location At, unsigned Region) const;
  void judgeOpen(unsigned Region, bool Helper);
  bool isForgotten(unsigned Region) const;
  int entryDepth(unsigned Region) const { return Self.More && Self.More->SafeIn.contains(Region); }
  RegionDelta delta(const PathState &S, unsigned Region) const;
  Location returnedAt(const PathState &S) const {
    return S.ReturnedAt.isValid() ? S.ReturnedAt : Body.End;
  }
  std::pair<Location, bool> wayOut(const PathState &S, unsigned Region) const;
  bool sharesReturns() const;
  void makeOutcomes();
  void problem(BalanceProblem P) {
    if (M.regions()[P.Region].Balanced)
      Result.Problems.push_back(P);
  }

  const Model &M;
  const Entity &Self;
  const Flow &Body;
  llvm::ArrayRef<PathState> States;
  const FunctionEnd &End;
  Budget &Spent;
  FunctionRegions &Result;
  /// The regions that the function forgets to close.
  RegionSet Forgotten;
};

RegionDelta Conclusion::delta(const PathState &S, unsigned Region) const {
  RegionDepth D = S.depth(Region);
  auto Entry = static_cast<int8_t>(entryDepth(Region));
  return {Region, addDepths(D.Lo, -Entry), addDepths(D.Hi, -Entry), D.opener(), D.Flavour};
}

static bool contradict(const Known &A, const Known &B) {
  if (!(A.signs() & B.signs()))
    return true;
  if (std::optional<int64_t> N = A.number())
    return B.equals(*N) == false;
  if (std::optional<int64_t> N = B.number())
    return A.equals(*N) == false;
  return false;
}

/// Whether the returned value or a parameter tells the two ends apart, More being the
/// one that leaves the region more open.
bool Conclusion::tells(unsigned Region, const PathState &More, const PathState &Less) const {
  // Held on failure, and on success not: that is how a lock gets lost.
  bool OnFailure =
      More.known(Flow::ReturnValue, Body).signs() == Known::Negative && delta(More, Region).Lo > 0;
  return !OnFailure && (resultTells(More, Less) || parameterTells(More, Less));
}

bool Conclusion::resultTells(const PathState &More, const PathState &Less) const {
  Known A = More.known(Flow::ReturnValue, Body), B = Less.known(Flow::ReturnValue, Body);
  return !(A.signs() & B.signs());
}

/// A region of one function, that closes it itself when something fails, is no caller's to
/// close: not even of one that knows from what it has passed that it is open.
bool Conclusion::isLeftOnSuccess(unsigned Region, const PathState &More,
                                 const PathState &Less) const {
  return M.regions()[Region].Confined && delta(More, Region).Lo > 0 &&
         End.LastClosed.contains(Region) && !resultTells(More, Less);
}

bool Conclusion::parameterTells(const PathState &More, const PathState &Less) const {
  return llvm::any_of(More.facts(), [&](const std::pair<ValueId, Known> &Fact) {
    const FlowValue &Value = Body.Values[Fact.first];
    bool Masked = Value.Is == FlowValue::Masked;
    ValueId Whole = Masked ? Value.Base : Fact.first;
    std::optional<unsigned> Parameter = Body.Values[Whole].Parameter;
    // Only while it still is what the caller passed.
    uint64_t Bits = Masked ? Value.Mask : ~uint64_t(0);
    return Parameter && More.known(Whole, Body).cameFrom(*Parameter, Bits) &&
           Less.known(Whole, Body).cameFrom(*Parameter, Bits) &&
           contradict(Fact.second, Less.known(Fact.first, Body));
  });
}

/// Annotated functions must do what they say, where their body shows it.
void Conclusion::judgeDeclared(unsigned Region) {
  const RegionChanges &Says = Self.More->Regions;
  for (const PathState &S : States) {
    RegionDelta D = delta(S, Region);
    std::optional<bool> Returns = S.known(Flow::ReturnValue, Body).truth();
    auto Expected = [&](RegionSet Always, RegionSet IfTrue, RegionSet IfFalse) {
      if (Always.contains(Region))
        return true;
      bool OnTrue = IfTrue.contains(Region), OnFalse = IfFalse.contains(Region);
      return (OnTrue && Returns == true) || (OnFalse && Returns == false);
    };
    bool Conditional =
        (Says.EntersIfTrue | Says.EntersIfFalse | Says.ExitsIfTrue | Says.ExitsIfFalse)
            .contains(Region);
    if ((Conditional && !Returns) || D.Lo != D.Hi || Says.Saves.contains(Region) ||
        Says.Restores.contains(Region))
      continue;
    int Wanted = Expected(Says.Enters, Says.EntersIfTrue, Says.EntersIfFalse) -
                 Expected(Says.Exits, Says.ExitsIfTrue, Says.ExitsIfFalse);
    if (D.Lo == Wanted)
      continue;
    if (Wanted == 0)
      problem(
          {BalanceProblem::OpenAtReturn, Region, returnedAt(S), S.depth(Region).opener(), false});
    else
      problem({Wanted > 0 ? BalanceProblem::DeclaredOpens : BalanceProblem::DeclaredCloses, Region,
               Location(), NoCall, true});
  }
}

/// `if (err) return err;`: the answer of somebody who has failed.
bool Conclusion::isAnswer(const PathState &S) const {
  return !Body.Values[Flow::ReturnValue].IsPointer &&
         S.known(Flow::ReturnValue, Body).signs() == (Known::Negative | Known::Positive);
}

/// Whether one end returns a constant, as NULL, and the other what nobody knows: an iterator
/// that holds the lock as long as it returns something. A pointer from somewhere tells it from
/// whatever the other end returns: an object that is locked, or an error.
bool Conclusion::mayTell(const PathState &More, const PathState &Less) const {
  auto IsOneSign = [](const Known &K) { return llvm::isPowerOf2_32(K.signs()); };
  if (isAnswer(More))
    return false;
  return (IsOneSign(Less.known(Flow::ReturnValue, Body)) ||
          Body.Values[Flow::ReturnValue].IsPointer) &&
         !IsOneSign(More.known(Flow::ReturnValue, Body));
}

/// Whether the function closes it further down, past a way out.
bool Conclusion::skipsClosing(Location At, unsigned Region) const {
  return At.Raw < End.LastClosed.lookup(Region).Raw && !End.Delegates.contains(At.Raw) &&
         !Body.FillsParameter;
}

/// Where a path leaves the function, and whether all that leave it there have the region
/// open: at its return; or by its jump, where others come to that return without it. Who comes
/// without it because the caller wanted no lock is another case.
std::pair<Location, bool> Conclusion::wayOut(const PathState &Here, unsigned Region) const {
  bool ByReturn = true, ByJump = Here.JumpedAt.isValid();
  for (const PathState &S : States)
    if (S.ReturnedAt == Here.ReturnedAt && delta(S, Region).Lo <= 0 && !parameterTells(Here, S)) {
      ByReturn = false;
      ByJump &= !(S.JumpedAt == Here.JumpedAt);
    }
  return {!ByReturn && ByJump ? Here.JumpedAt : returnedAt(Here), ByReturn || ByJump};
}

/// The ways out that leave it open. Helper: a caller can always tell, by what is returned
/// or by what it has passed; that may be a mistake all the same, if none cares.
void Conclusion::judgeOpen(unsigned Region, bool Helper) {
  const RegionInfo &Info = M.regions()[Region];
  for (const PathState &S : States) {
    RegionDelta Mine = delta(S, Region);
    if (Mine.Lo <= 0)
      continue;
    Result.Keeps.push_back({Mine.By, Region});
    auto [At, Always] = wayOut(S, Region);
    BalanceProblem P{BalanceProblem::OpenAtReturn, Region, At, Mine.By, Always};
    P.Fails = S.known(Flow::ReturnValue, Body).signs() == Known::Negative;
    bool Skips = skipsClosing(At, Region), IsCount = false;
    for (const PathState &Other : States) {
      if (delta(Other, Region).Lo > 0)
        continue;
      P.Skips |= Skips && !tells(Region, S, Other) && !mayTell(S, Other);
      bool Closes = Info.Confined ? End.LastClosed.contains(Region)
                                  : Skips && resultTells(S, Other) && !parameterTells(S, Other);
      P.Told |= Helper && P.Always && Closes;
      IsCount |= Other.known(Flow::ReturnValue, Body).signs() & Known::Positive;
    }
    // Where no other end returns more than 0, an answer above it may tell that the lock is held.
    P.Told |= P.Skips && isAnswer(S) && !IsCount;
    if (!Helper || P.Told)
      problem(P);
  }
}

/// Whether it is a mistake wherever it is left open: callers need not hear of that.
bool Conclusion::isForgotten(unsigned Region) const {
  return llvm::all_of(States, [&](const PathState &S) {
    int Delta = delta(S, Region).Lo;
    return Delta == 0 || (Delta > 0 && llvm::any_of(Result.Problems, [&](const BalanceProblem &P) {
                            return P.Is == BalanceProblem::OpenAtReturn && P.Region == Region &&
                                   P.At == wayOut(S, Region).first && P.isCertain();
                          }));
  });
}

void Conclusion::judge(unsigned Region) {
  const RegionInfo &Info = M.regions()[Region];
  if (Self.More && Self.More->RegionsWritten && Self.More->Regions.all().contains(Region)) {
    judgeDeclared(Region);
    return;
  }
  bool Explained = true;
  for (size_t I = 0; I < States.size(); ++I) {
    RegionDelta A = delta(States[I], Region);
    if (A.Lo != A.Hi) {
      Result.Unclear.insert(Region); // joined because there was too much of it: say nothing
      return;
    }
    for (size_t J = 0; J < I; ++J) {
      int8_t Other = delta(States[J], Region).Lo;
      const PathState &More = States[A.Lo > Other ? I : J], &Less = States[A.Lo > Other ? J : I];
      if (Other == A.Lo || Body.ReturnsRecord ||
          (tells(Region, More, Less) && !isLeftOnSuccess(Region, More, Less)))
        continue;
      Result.Unclear.insert(Region);
      // What only ever closes is somebody's helper: `if (*p) unlock(*p)`.
      if (std::max(A.Lo, Other) > 0 || End.Opened.contains(Region))
        Explained = false;
    }
  }
  // How often it is taken is unclear where it is taken anyway: `lock(a); if (a != b) lock(b);`.
  Explained |= llvm::all_of(States, [&](const PathState &S) { return delta(S, Region).Lo > 0; });
  bool Helper = Explained && (!Info.Confined || Self.Inline) && !entryDepth(Region);
  judgeOpen(Region, Helper);
  if (Helper)
    return;
  if (isForgotten(Region)) {
    Result.Unclear = Result.Unclear - RegionSet::of(Region);
    Forgotten.insert(Region);
  }
  llvm::DenseSet<CallId> Told;
  for (const PathState &S : States) {
    int Delta = delta(S, Region).Lo;
    CallId By = S.depth(Region).By;
    if (Delta < 0 && entryDepth(Region)) {
      if (!S.isSaved(Region))
        problem({BalanceProblem::SafeCloses, Region, returnedAt(S), By, true});
      if (By != NoCall)
        Told.insert(By);
    } else if (Delta < 0)
      problem({BalanceProblem::ClosedNotOpen, Region, Location(), By,
               !End.ClosesOpen.contains({By, Region})});
  }
  // Closed for a while: what the caller has open is none of this function's business.
  for (const auto &[By, Closed] : End.ClosesEntry)
    if (Closed == Region && !Told.contains(By))
      problem({BalanceProblem::SafeCloses, Region, Location(), By, true});
}

void Conclusion::judgeSaved() {
  bool AllSave = llvm::all_of(States, [](const PathState &S) { return !S.Saved.empty(); });
  for (const PathState &S : States)
    for (const SavedRegion &Saved : S.Saved)
      if (!AllSave || !Self.Inline)
        problem({BalanceProblem::NotRestored, Saved.Region, returnedAt(S), Saved.By, false});
}

/// Whether some ends leave the regions in another way and return what may be the same: then what
/// tells them apart are conditions, and those of ends that return something else hide them.
bool Conclusion::sharesReturns() const {
  for (size_t I = 0; I < States.size(); ++I)
    for (size_t J = 0; J < I; ++J)
      if (!States[I].sameRegions(States[J]) && !resultTells(States[I], States[J]))
        return true;
  return false;
}

/// If they are too many to tell apart, callers know nothing.
void Conclusion::makeOutcomes() {
  constexpr size_t MaxOutcomes = 16;
  llvm::SmallVector<PathState, 4> Kinds; // which return it was does not matter to callers
  const bool BySign = sharesReturns();
  auto Signs = [&](const PathState &S) { return S.known(Flow::ReturnValue, Body).signs(); };
  for (const PathState &S : States) {
    auto Same = llvm::find_if(Kinds, [&](const PathState &O) {
      return O.sameRegions(S) && (!BySign || Signs(O) == Signs(S));
    });
    if (Same == Kinds.end())
      Kinds.push_back(S);
    else
      Same->join(S, Body);
  }
  if (Kinds.size() > MaxOutcomes) {
    Spent.giveUp(Limit::States);
    Result.Outcomes = anyOutcome(End.Touched);
    return;
  }
  for (const PathState &S : Kinds) {
    Outcome O;
    End.Touched.forEach([&](unsigned Region) {
      RegionDelta D = delta(S, Region);
      if ((D.Lo || D.Hi) && !S.isSaved(Region) && !Forgotten.contains(Region))
        O.Deltas.push_back(D);
    });
    if (Self.Inline)
      for (const SavedRegion &Saved : S.Saved)
        O.Saves.insert(Saved.Region);
    O.Restores = S.Restored;
    for (const ArgumentCondition &If : conditionsOn(S, Body))
      O.If.push_back(If);
    O.Returns = S.known(Flow::ReturnValue, Body).asReturned();
    Result.Outcomes.push_back(std::move(O));
  }
  bool Nothing = llvm::all_of(Result.Outcomes, [](const Outcome &O) {
    return O.Deltas.empty() && O.Saves.empty() && O.Restores.empty();
  });
  if (Nothing)
    Result.Outcomes.clear();
}

void Conclusion::run() {
  // A body that never touches what it is declared to change, with nothing in
  // it that could do so unseen, is wrong, too.
  RegionSet Judge = End.Touched;
  if (Self.More && Self.More->RegionsWritten && !End.CallsUnknown && !Body.HasAsm)
    Judge |= Self.More->Regions.all();
  Judge.forEach([&](unsigned Region) { judge(Region); });
  judgeSaved();
  makeOutcomes();

  llvm::erase_if(Result.Problems, [&](const BalanceProblem &P) {
    return P.Is == BalanceProblem::OpenedTwice && End.OpensClosed.contains({P.By, P.Region});
  });
  auto Order = [](const BalanceProblem &P) { return std::tuple(P.Is, P.Region, P.At.Raw, P.By); };
  llvm::sort(Result.Problems,
             [&](const BalanceProblem &A, const BalanceProblem &B) { return Order(A) < Order(B); });
  // One of a kind is enough to find the place; the rest follows from it.
  auto Same = [](const BalanceProblem &A, const BalanceProblem &B) {
    bool EachCounts = A.Is == BalanceProblem::OpenedTwice ||
                      A.Is == BalanceProblem::ClosedForOther ||
                      A.Is == BalanceProblem::OpenAtReturn;
    return A.Is == B.Is && A.Region == B.Region && (!EachCounts || (A.At == B.At && A.By == B.By));
  };
  Result.Problems.erase(std::unique(Result.Problems.begin(), Result.Problems.end(), Same),
                        Result.Problems.end());
}

} // namespace

void concludeBalance(const RegionInput &In, const FunctionEnd &End, Budget &Spent,
                     FunctionRegions &Result) {
  if (!End.AtExit.empty())
    Conclusion(In, End, Spent, Result).run();
}

} // namespace airlock
