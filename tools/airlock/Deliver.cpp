// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Deliver.h"
#include "Commands.h"
#include "report/Baseline.h"
#include "report/Renderers.h"
#include "llvm/Support/WithColor.h"

namespace airlock {

static void silence(Report &R, const SavedReport &Baseline) {
  if (auto Other = otherRoot(R, Baseline))
    llvm::WithColor::warning(llvm::errs(), "airlock")
        << "baseline '" << Baseline.File << "' was made with another root: '" << Other->first
        << "' is '" << Other->second << "' here\n";
  unsigned Unused = applyBaseline(R, Baseline);
  // Of an incomplete run nobody knows what has gone, nor of one that is about a change.
  if (Unused && R.complete() && !R.change())
    llvm::WithColor::note(llvm::errs(), "airlock")
        << Unused << (Unused == 1 ? " entry" : " entries") << " of baseline '" << Baseline.File
        << "' found nothing to silence\n";
}

int deliver(Report &R, const ReportRequest &Request,
            std::function<std::vector<CallPicture>()> Pictures) {
  R.sort();
  if (Request.Baseline)
    silence(R, *Request.Baseline);
  RenderRequest Render = Request.Render;
  Render.Pictures = std::move(Pictures);
  if (llvm::Error E = writeFile(
          Request.Output, [&](llvm::raw_ostream &Out) { Request.Form->Render(R, Render, Out); }))
    return fail(llvm::toString(std::move(E)));
  if (R.ledger().Units && R.ledger().Units == R.ledger().Skipped)
    llvm::WithColor::error(llvm::errs(), "airlock") << "nothing was analysed: no unit is in C\n";
  if (!R.complete())
    return Incomplete;
  bool Named = !Request.FailOn.empty() || !Request.FailOnLevels.empty();
  bool Fails = llvm::any_of(R.findings(), [&](const ReportedFinding &F) {
    bool IsMeant =
        Request.FailOn.contains(F.Rule) ||
        (Named ? llvm::is_contained(Request.FailOnLevels, F.Level) : F.Level == Severity::Warning);
    return IsMeant && !F.Suppressed;
  });
  return Fails ? FoundSomething : NothingFound;
}

} // namespace airlock
