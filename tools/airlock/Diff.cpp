// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock diff`: what is new in a report, and what is fixed.

#include "report/Diff.h"
#include "Commands.h"
#include "report/Renderers.h"
#include "llvm/Support/WithColor.h"

namespace airlock {

int runDiff(const DiffRequest &Request) {
  llvm::Expected<SavedReport> Before = readReport(Request.Before);
  if (!Before)
    return fail(llvm::toString(Before.takeError()));
  llvm::Expected<SavedReport> After = readReport(Request.After);
  if (!After)
    return fail(llvm::toString(After.takeError()));
  if (!After->Complete)
    llvm::WithColor::warning(llvm::errs(), "airlock")
        << "'" << After->File
        << "' is of a run that was not complete; what seems fixed may not be\n";

  if (Before->Change != After->Change)
    llvm::WithColor::warning(llvm::errs(), "airlock")
        << "'" << (Before->Change.empty() ? After : Before)->File
        << "' has what a change brings and no more; the two are not alike\n";

  ReportDiff D = diffReports(*Before, *After);
  if (llvm::Error E = writeFile(Request.Output, [&](llvm::raw_ostream &Out) {
        Request.Form->RenderDiff(D, Request.Render, Out);
      }))
    return fail(llvm::toString(std::move(E)));
  return D.New.empty() ? NothingFound : FoundSomething;
}

} // namespace airlock
