// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads a JSON report back: for what compares one run with an earlier one, and
// for what shows it.

#ifndef AIRLOCK_REPORT_REPORTREADER_H
#define AIRLOCK_REPORT_REPORTREADER_H

#include "report/Report.h"
#include "llvm/Support/Error.h"

namespace airlock {

struct SavedReport {
  /// Its name, for messages.
  std::string File;
  std::vector<ReportedFinding> Findings;
  /// Nothing went wrong in the run that it is of.
  bool Complete = true;
  /// Has only what this change brings; empty: has all.
  std::string Change = {};
};

/// In an entry, "suppressed" may be left out, and so may "by" in it: people
/// write their reasons into baselines. Keys that are not known are ignored.
/// The error names the file, the line and what is wrong there.
llvm::Expected<SavedReport> readReport(llvm::StringRef Path);

/// The report as it was, with what it says of the run: to be written in another form.
/// Nothing of that may be left out.
llvm::Expected<Report> readWholeReport(llvm::StringRef Path);

} // namespace airlock

#endif
