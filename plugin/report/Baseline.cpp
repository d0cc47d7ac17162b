// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Baseline.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Path.h"

namespace airlock {

unsigned applyBaseline(Report &R, const SavedReport &Baseline) {
  // The reasons of the entries that are still to be used, last first.
  llvm::StringMap<llvm::SmallVector<llvm::StringRef, 1>> Reasons;
  // Reports are the same whatever folder a machine has the baseline in.
  llvm::StringRef Name = llvm::sys::path::filename(Baseline.File);
  unsigned Left = 0;
  for (const ReportedFinding &Entry : llvm::reverse(Baseline.Findings)) {
    if (Entry.Suppressed && Entry.Suppressed->By == BySource)
      continue;
    bool HasReason = Entry.Suppressed && !Entry.Suppressed->Why.empty();
    Reasons[Entry.Id].push_back(HasReason ? Entry.Suppressed->Why : Name);
    ++Left;
  }
  R.suppress([&](const ReportedFinding &F) -> std::optional<ReportedSuppression> {
    auto Entries = Reasons.find(F.Id);
    if (Entries == Reasons.end() || Entries->second.empty())
      return std::nullopt;
    --Left;
    return ReportedSuppression{ByBaseline.str(), Entries->second.pop_back_val().str()};
  });
  return Left;
}

} // namespace airlock
