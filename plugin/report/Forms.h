// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The forms that a report comes in: the one table that --format, its help and
// what writes a report read. Who needs one form alone calls its function
// (Renderers.h), and carries none of the others.

#ifndef AIRLOCK_REPORT_FORMS_H
#define AIRLOCK_REPORT_FORMS_H

#include "report/CallPicture.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"
#include <functional>

namespace airlock {

class Report;
struct ReportDiff;

/// What a form may ask for beyond the findings.
struct RenderRequest {
  /// Of a SARIF run.
  std::string Category = "airlock";
  /// The folder that files of the report are relative to; empty for the working directory.
  std::string Root;
  /// The call graphs that go with it. Made when a form shows them; none if empty.
  std::function<std::vector<CallPicture>()> Pictures;
};

struct ReportForm {
  llvm::StringLiteral Name;
  /// For --help.
  llvm::StringLiteral Summary;
  void (*Render)(const Report &, const RenderRequest &, llvm::raw_ostream &);
  /// Null where two reports are not compared in this form.
  void (*RenderDiff)(const ReportDiff &, const RenderRequest &, llvm::raw_ostream &);
};

llvm::ArrayRef<ReportForm> reportForms();
/// Null if there is none of that name.
const ReportForm *findForm(llvm::StringRef Name);
/// "'text', 'json' and 'sarif'": all, or those of comparisons.
std::string formNames(bool OfDiffs = false);

} // namespace airlock

#endif
