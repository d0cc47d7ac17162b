// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Forms.h"
#include "report/Diff.h"
#include "report/Html.h"
#include "report/Renderers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace airlock {

using llvm::raw_ostream;

static const ReportForm Forms[] = {
    {"text", "like a compiler's messages",
     [](const Report &R, const RenderRequest &, raw_ostream &Out) { renderText(R, Out); },
     [](const ReportDiff &D, const RenderRequest &, raw_ostream &Out) { renderDiffText(D, Out); }},
    {"json", "for programs, baselines and comparisons",
     [](const Report &R, const RenderRequest &, raw_ostream &Out) { renderJson(R, Out); },
     [](const ReportDiff &D, const RenderRequest &, raw_ostream &Out) { renderDiffJson(D, Out); }},
    {"sarif", "SARIF 2.1.0, for code-scanning services",
     [](const Report &R, const RenderRequest &Request, raw_ostream &Out) {
       renderSarif(R, Out, Request.Category, Request.Root, AIRLOCK_DOCS_URL);
     },
     nullptr},
    {"codequality", "GitLab's code quality report",
     [](const Report &R, const RenderRequest &, raw_ostream &Out) { renderCodeQuality(R, Out); },
     nullptr},
    {"html", "one file to look at in a browser, with the source", renderHtml, renderDiffHtml},
};

llvm::ArrayRef<ReportForm> reportForms() { return Forms; }

const ReportForm *findForm(llvm::StringRef Name) {
  const ReportForm *Found =
      llvm::find_if(Forms, [&](const ReportForm &Form) { return Form.Name == Name; });
  return Found == std::end(Forms) ? nullptr : Found;
}

std::string formNames(bool OfDiffs) {
  llvm::SmallVector<std::string, 4> Names;
  for (const ReportForm &Form : Forms)
    if (!OfDiffs || Form.RenderDiff)
      Names.push_back("'" + Form.Name.str() + "'");
  std::string Last = Names.pop_back_val();
  return llvm::join(Names, ", ") + " and " + Last;
}

} // namespace airlock
