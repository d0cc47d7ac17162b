// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The last step of every subcommand that makes a report: what is known already
// is silenced, the rest is written, and the exit status says how it went.

#ifndef AIRLOCK_TOOLS_DELIVER_H
#define AIRLOCK_TOOLS_DELIVER_H

#include "report/ReportReader.h"
#include "llvm/ADT/StringSet.h"

namespace airlock {

struct ReportRequest {
  std::string Format;   // "text", "json", "sarif" or "codequality"
  std::string Output;   // "-" for standard output
  std::string Category; // of the SARIF run
  std::string Root;     // where the sources may be, for who looks into them
  std::optional<SavedReport> Baseline;
  /// Open findings of these rules, and of these severities, are worth exit status 1; if
  /// neither is named, warnings.
  llvm::StringSet<> FailOn;
  llvm::SmallVector<Severity, 2> FailOnLevels;
};

/// Sorts the report, applies the baseline and writes. Returns the exit status.
int deliver(Report &R, const ReportRequest &Request);

} // namespace airlock

#endif
