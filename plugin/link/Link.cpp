// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "link/Link.h"
#include "model/Model.h"
#include "rules/Rule.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace airlock {

static void notify(const Refusal &R, Report &Into) {
  Into.addNotification(R.File, "summary refused: " + R.Why);
}

void loadProgram(const SummaryFiles &Files, const Model &M, Program &Into, Report &Notify) {
  for (const Refusal &R : Files.refusals())
    notify(R, Notify);
  Into.expect(Files.bytes());
  // The program holds what it read in a form of its own: not the whole of both at once.
  constexpr size_t UnitsAtOnce = 256;
  // What is wrong with all of a merged summary is wrong with each unit in it.
  llvm::StringSet<> Said;
  for (const auto &[Index, One] : llvm::enumerate(Files.summaries())) {
    if (Index % UnitsAtOnce == 0)
      Files.giveBackMemory();
    if (llvm::Error E = Into.add(One.Bytes, M, One.File)) {
      Refusal R{One.File, llvm::toString(std::move(E))};
      if (Said.insert(R.File + "\n" + R.Why).second)
        notify(R, Notify);
    }
  }
  Into.finish();
  Files.giveBackMemory();
#ifdef __GLIBC__
  malloc_trim(0); // between what stays is what building took, and glibc keeps it
#endif
}

void countUnits(const Program &P, Report &Into) {
  bool AnyRead = llvm::any_of(
      P.units(), [](const Program::Unit &U) { return U.Status != UnitStatus::Skipped; });
  for (const Program::Unit &Unit : P.units())
    switch (Unit.Status) {
    case UnitStatus::Analysed:
      Into.addUnit(Unit.Seen);
      break;
    case UnitStatus::Failed:
      Into.addFailedUnit(Unit.File, Unit.Why);
      break;
    case UnitStatus::Skipped:
      Into.addSkippedUnit(Unit.File, Unit.Why, /*Harmless=*/AnyRead);
      break;
    }
}

static std::string relativeScope(const Options &Wanted) {
  return Wanted.Scope.empty() ? "" : relativeTo(Wanted.Root, Wanted.Scope);
}

bool hasScope(const Program &P, const Options &Wanted) {
  std::string Scope = relativeScope(Wanted);
  return llvm::any_of(P.files(),
                      [&](llvm::StringRef File) { return Wanted.covers(File, Scope); }) ||
         llvm::any_of(P.units(),
                      [&](const Program::Unit &U) { return Wanted.covers(U.File, Scope); });
}

void reportProgram(Program &P, const Model &M, const Options &Wanted, Report &Into) {
  countUnits(P, Into);
  for (const ReportedGivenUp &Each : P.givenUp())
    Into.addGivenUp(Each);
  std::string Scope = relativeScope(Wanted);
  SolverOptions Solver = Wanted.solverOptions();
  auto IsWanted = Solver.Wanted;
  for (const ReportedFinding &Found : P.findings()) {
    const Rule *R = findRule(Found.Rule);
    bool Show = R && IsWanted(*R) && (Wanted.Advice || Found.Level != Severity::Advice);
    if (Show && Wanted.covers(Found.At.File, Scope))
      Into.addFinding(Found);
  }
  Solver.Wanted = [&](const Rule &R) { return R.Needs != Reach::Unit && IsWanted(R); };
  Analyses Of(P.facts(), M, P, Wanted.strictRegions(M), &P.pointers(), &P);
  Of.setElsewhere(P.elsewhere());
  for (const Finding &Found : solve(Of, Solver)) {
    ReportedFinding Worded = wordFinding(Found, P.places());
    if (Wanted.covers(Worded.At.File, Scope))
      Into.addFinding(std::move(Worded));
  }
  for (const GivenUp &Each : Of.givenUp())
    Into.addGivenUp(wordGivenUp(Each, P.facts(), P.places()));
  for (const Refusal &R : P.refusals())
    notify(R, Into);
}

} // namespace airlock
