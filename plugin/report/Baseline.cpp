// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Baseline.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Path.h"

namespace airlock {

unsigned applyBaseline(Report &R, const SavedReport &Baseline) {
  struct Unused {
    llvm::StringRef File, Why;
  };
  llvm::StringMap<llvm::SmallVector<Unused, 1>> Entries; // by id
  // Reports are the same whatever folder a machine has the baseline in.
  llvm::StringRef Name = llvm::sys::path::filename(Baseline.File);
  unsigned Left = 0;
  for (const ReportedFinding &Entry : Baseline.Findings) {
    if (Entry.Suppressed && Entry.Suppressed->By == BySource)
      continue;
    bool HasReason = Entry.Suppressed && !Entry.Suppressed->Why.empty();
    Entries[Entry.Id].push_back({Entry.At.File, HasReason ? Entry.Suppressed->Why : Name});
    ++Left;
  }
  // Static functions of one name, in files of one name in several folders, have the same
  // ids: the folder decides, unless the file has moved.
  for (bool AnyFile : {false, true})
    R.suppress([&](const ReportedFinding &F) -> std::optional<ReportedSuppression> {
      auto Found = Entries.find(F.Id);
      if (Found == Entries.end())
        return std::nullopt;
      auto Entry = llvm::find_if(
          Found->second, [&](const Unused &One) { return AnyFile || One.File == F.At.File; });
      if (Entry == Found->second.end())
        return std::nullopt;
      std::string Why = Entry->Why.str();
      Found->second.erase(Entry);
      --Left;
      return ReportedSuppression{ByBaseline.str(), std::move(Why)};
    });
  return Left;
}

std::optional<std::pair<std::string, std::string>> otherRoot(const Report &R,
                                                             const SavedReport &Baseline) {
  llvm::StringMap<llvm::SmallVector<llvm::StringRef, 1>> Files; // by id
  for (const ReportedFinding &Entry : Baseline.Findings)
    Files[Entry.Id].push_back(Entry.At.File);
  std::optional<std::pair<std::string, std::string>> Alike;
  for (const ReportedFinding &F : R.findings()) {
    auto Found = Files.find(F.Id);
    if (Found == Files.end())
      continue;
    for (llvm::StringRef There : Found->second) {
      if (There == F.At.File)
        return std::nullopt;
      if (endsIn(There, F.At.File) || endsIn(F.At.File, There))
        Alike = {There.str(), F.At.File};
    }
  }
  return Alike;
}

} // namespace airlock
