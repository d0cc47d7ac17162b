// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What changed from one report to the next. Only open findings count: one that
// was silenced in between is fixed, one that is silenced no more is new.

#ifndef AIRLOCK_REPORT_DIFF_H
#define AIRLOCK_REPORT_DIFF_H

#include "report/ReportReader.h"
#include "llvm/Support/raw_ostream.h"

namespace airlock {

/// The findings point into the two reports, in their order.
struct ReportDiff {
  std::vector<const ReportedFinding *> New, Fixed;
  unsigned Same = 0;
};

/// Pairs findings of one id one to one, so a second of its kind is new.
ReportDiff diffReports(const SavedReport &Before, const SavedReport &After);

/// New findings like a compiler's messages, a line for each fixed one, a summary.
void renderDiffText(const ReportDiff &D, llvm::raw_ostream &Out);
/// {"airlock", "schema", "new": [finding], "fixed": [finding], "same": count}
void renderDiffJson(const ReportDiff &D, llvm::raw_ostream &Out);

} // namespace airlock

#endif
