// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Diff.h"
#include "report/JsonParts.h"
#include "report/Renderers.h"

namespace airlock {

/// The open findings of R that have no partner among those of Other.
static std::vector<const ReportedFinding *>
openWithout(const SavedReport &R, const SavedReport &Other, unsigned &Paired) {
  llvm::StringMap<unsigned> Partners;
  for (const ReportedFinding &F : Other.Findings)
    if (!F.Suppressed)
      ++Partners[F.Id];
  std::vector<const ReportedFinding *> Alone;
  Paired = 0;
  for (const ReportedFinding &F : R.Findings) {
    if (F.Suppressed)
      continue;
    unsigned &Left = Partners[F.Id];
    if (Left) {
      --Left;
      ++Paired;
    } else {
      Alone.push_back(&F);
    }
  }
  return Alone;
}

ReportDiff diffReports(const SavedReport &Before, const SavedReport &After) {
  ReportDiff D;
  D.New = openWithout(After, Before, D.Same);
  D.Fixed = openWithout(Before, After, D.Same);
  return D;
}

void renderDiffText(const ReportDiff &D, llvm::raw_ostream &Out) {
  for (const ReportedFinding *F : D.New)
    renderFinding(*F, Out);
  for (const ReportedFinding *F : D.Fixed)
    Out << F->At.File << ": fixed: " << F->Message << " [airlock-" << F->Rule << "]\n";
  Out << D.New.size() << " new, " << D.Fixed.size() << " fixed, " << D.Same << " same\n";
}

OrderedJson makeDiff(const ReportDiff &D) {
  OrderedJson New = OrderedJson::array(), Fixed = OrderedJson::array();
  for (const ReportedFinding *F : D.New)
    New.push_back(makeFinding(*F));
  for (const ReportedFinding *F : D.Fixed)
    Fixed.push_back(makeFinding(*F));
  return {{"airlock", AIRLOCK_VERSION},
          {"schema", ReportSchema},
          {"new", std::move(New)},
          {"fixed", std::move(Fixed)},
          {"same", D.Same}};
}

void renderDiffJson(const ReportDiff &D, llvm::raw_ostream &Out) { writeJson(makeDiff(D), Out); }

} // namespace airlock
