// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// JSON reports that are read back: compared, taken as a baseline, shown again.

#include "Harness.h"
#include "report/Baseline.h"
#include "report/Diff.h"
#include "report/Html.h"
#include "report/Renderers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  using namespace airlock;
  static MemoryFile File;
  File.fill(textOf(Data, Size));
  llvm::Expected<SavedReport> Saved = readReport(File.path());
  if (!Saved) {
    llvm::consumeError(Saved.takeError());
    return 0;
  }
  llvm::raw_null_ostream Nowhere;
  SavedReport Nothing;
  for (const ReportDiff &D : {diffReports(*Saved, Nothing), diffReports(Nothing, *Saved)}) {
    renderDiffText(D, Nowhere);
    renderDiffJson(D, Nowhere);
    renderDiffHtml(D, RenderRequest(), Nowhere);
  }
  if (llvm::Expected<Report> Whole = readWholeReport(File.path()))
    renderHtml(*Whole, RenderRequest(), Nowhere);
  else
    llvm::consumeError(Whole.takeError());
  Report R;
  for (ReportedFinding Found : Saved->Findings) {
    Found.Suppressed.reset();
    R.addFinding(std::move(Found));
  }
  R.sort();
  renderText(R, Nowhere);
  renderSarif(R, Nowhere);
  std::string Again;
  llvm::raw_string_ostream Out(Again);
  renderJson(R, Out);
  File.fill(Again);
  llvm::Expected<SavedReport> Back = readReport(File.path());
  if (!Back)
    broken("a report of ours is refused: " + llvm::toString(Back.takeError()));
  applyBaseline(R, *Back);
  if (R.open())
    broken("a report is no baseline for itself");
  return 0;
}
