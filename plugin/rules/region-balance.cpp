// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// region-balance: what is opened is closed. The analysis finds the problems
// (regions/Balance.h says which differences are meant); here they are worded.

#include "regions/Handover.h"
#include "rules/RegionStory.h"

namespace airlock {

/// %0 function, %1 the call's callee, %2 region, %3 what is so while it is open.
static std::string sentence(const BalanceProblem &P, const Entity &Callee) {
  std::string Calls = verbFor(Callee);
  switch (P.Is) {
  case BalanceProblem::OpenAtReturn:
    return P.Always ? "'%0' returns while %3" : "'%0' returns while %3, but not on every path";
  case BalanceProblem::ClosedNotOpen:
    return Calls + (P.Always ? ", which closes region '%2', but it is not open"
                             : ", which closes region '%2', but it is not open on every path");
  case BalanceProblem::ClosedForOther:
    return Calls + (P.OpenFor.empty() ? ", which closes region '%2' for %4, but it is used for %5"
                                      : ", which closes region '%2' for %4, but it is open for %5");
  case BalanceProblem::OpenedTwice:
    return Calls + ", which opens region '%2', but it is open already";
  case BalanceProblem::OpenedInLoop:
    return "'%0' opens region '%2' in each round of a loop";
  case BalanceProblem::ClosedInLoop:
    return "'%0' closes region '%2' in each round of a loop";
  case BalanceProblem::NotRestored:
    return "'%0' saves region '%2' and does not restore it";
  case BalanceProblem::RestoredNotSaved:
    return "'%0' restores region '%2', which it has not saved";
  case BalanceProblem::SafeCloses:
    return "'%0' is called in region '%2' and closes it";
  case BalanceProblem::DeclaredOpens:
    return "'%0' is declared to open region '%2' but does not";
  case BalanceProblem::DeclaredCloses:
    return "'%0' is declared to close region '%2' but does not";
  }
  llvm_unreachable("every kind has its sentence");
}

/// What stands for the kind in a finding's id.
static llvm::StringRef keyOf(BalanceProblem::Kind Is) {
  static const char *const Keys[] = {"open-at-return", "closed-not-open", "closed-for-other",
                                     "opened-twice",   "opened-in-loop",  "closed-in-loop",
                                     "not-restored",   "not-saved",       "safe-closes",
                                     "declared-opens", "declared-closes"};
  return Keys[Is];
}

/// Locks are handed about in ways that one function does not show: kept in a
/// struct, swapped in a loop, held for the caller on one answer of three. An
/// error that is returned with the lock held is none of these; what else is not
/// certain about them is advice.
static Severity levelOf(const BalanceProblem &P, const RegionInfo &Info) {
  if (Info.Confined)
    return Severity::Warning;
  switch (P.Is) {
  case BalanceProblem::OpenAtReturn:
    return P.Told || P.isCertain() ? Severity::Warning : Severity::Advice;
  case BalanceProblem::ClosedNotOpen:
  case BalanceProblem::OpenedInLoop:
  case BalanceProblem::ClosedInLoop:
    return Severity::Advice;
  default:
    return Severity::Warning;
  }
}

static void report(RuleContext &C, EntityId Function, const BalanceProblem &P) {
  const Facts &F = C.F;
  const Entity &E = F.Entities[Function];
  const RegionInfo &Info = C.M.regions()[P.Region];
  const Call *By = P.By == NoCall ? nullptr : &F.Calls[outermost(F, P.By)];
  const Entity &Callee = By ? F.callee(*By) : E;

  Finding Found;
  Found.Rule = "region-balance";
  Found.Level = levelOf(P, Info);
  Found.At = P.At.isValid() ? P.At : By ? placeOf(F, *By) : E.Declared;
  setFunction(F, Function, Found);
  Found.Region = Info.Name;
  Found.Message = {sentence(P, Callee),
                   {E.Name.str(), Callee.Name.str(), Info.Name, Info.Description,
                    C.M.namesOf(P.ClosedFor),
                    C.M.namesOf(P.OpenFor.empty() ? P.UsedFor : P.OpenFor)}};
  bool IsOpen = P.Is == BalanceProblem::OpenAtReturn || P.Is == BalanceProblem::OpenedInLoop;
  if (By && IsOpen)
    tellOpening(C, {P.Region, P.By}, Function, Found.Path);
  else if (P.Opener != NoCall)
    tellOpening(C, {P.Region, P.Opener}, Function, Found.Path);
  else if (By && Found.At.Raw != placeOf(F, *By).Raw)
    tellFrames(F, P.By, Found.Path);
  auto AtReturn = F.AllowAt.find(P.At.Raw);
  Found.Allow = AtReturn != F.AllowAt.end() ? AtReturn->second : By ? By->Allow : NoAllow;
  Found.Key = {keyOf(P.Is), Callee.Name};
  Found.Line = P.At;
  if (By)
    Found.Calls = {outermost(F, P.By)};
  C.report(std::move(Found));
}

/// The regions that a function leaves open on some way and closes too often on another. Two
/// conditions of it agree for a reason that is not seen: each of the two tells that the other is
/// no mistake.
static RegionSet contradictoryIn(const FunctionRegions &Body, const Model &M) {
  RegionSet Left, Closed;
  for (const BalanceProblem &P : Body.Problems) {
    if (levelOf(P, M.regions()[P.Region]) != Severity::Advice)
      continue;
    if (P.Is == BalanceProblem::OpenAtReturn || P.Is == BalanceProblem::OpenedInLoop)
      Left.insert(P.Region);
    else
      Closed.insert(P.Region);
  }
  return Left & Closed;
}

/// Whether what is no more than advice has a reason that is not seen, or is somebody else's lock,
/// or one that somebody takes over. A failure hands nothing over; and of two conditions that are
/// both seen it is known that they do not agree.
static bool isMeant(Handover &Duties, EntityId Function, const FunctionRegions &Body,
                    RegionSet Contradictory, const BalanceProblem &P) {
  if (Duties.isOfTable(Function))
    return true;
  if (Body.SeesAllConditions)
    return false;
  if (Contradictory.contains(P.Region))
    return true;
  if (P.Is == BalanceProblem::OpenAtReturn)
    return !P.Fails && !P.Skips && Duties.isTaken(Function, P.Region);
  return P.Is == BalanceProblem::ClosedNotOpen && P.Always && Duties.isGiven(Function, P.Region);
}

void regionBalance(RuleContext &C) {
  Handover Duties(C.F, C.graph(), C.regions());
  // What was said of a function is not said of those who call it.
  llvm::DenseSet<std::pair<EntityId, unsigned>> Blamed;
  for (EntityId Function : C.regions().touching()) {
    std::shared_ptr<const FunctionRegions> Body = C.regions().of(Function);
    const RegionSet Contradictory = contradictoryIn(*Body, C.M);
    // spin_lock_irq() opens two regions, and is one call to undo.
    llvm::DenseSet<std::tuple<unsigned, uint32_t, CallId>> Reported;
    for (const BalanceProblem &P : Body->Problems) {
      bool IsOpen = P.Is == BalanceProblem::OpenAtReturn;
      if (P.Told && Duties.isTaken(Function, P.Region))
        continue;
      if (levelOf(P, C.M.regions()[P.Region]) == Severity::Advice &&
          isMeant(Duties, Function, *Body, Contradictory, P))
        continue;
      if (P.Told)
        Blamed.insert({Function, P.Region});
      bool Known = IsOpen && P.By != NoCall && Blamed.contains({C.F.Calls[P.By].Callee, P.Region});
      if (!Known && Reported.insert({P.Is, P.At.Raw, P.By}).second)
        report(C, Function, P);
    }
  }
}

} // namespace airlock
