// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A report as one page that needs nothing but a browser: html/page.html with
// its style and scripts in it, and the report, the lines of the source that it
// is about, the pages of its rules and the call graphs as JSON. What comes from
// others is in the JSON only, and the page's policy lets no script run but its
// own.

#ifndef AIRLOCK_REPORT_HTML_H
#define AIRLOCK_REPORT_HTML_H

#include "report/Forms.h"

namespace airlock {

void renderHtml(const Report &R, const RenderRequest &Request, llvm::raw_ostream &Out);
/// Of fixed findings the source is not shown: what they are about has changed.
void renderDiffHtml(const ReportDiff &D, const RenderRequest &Request, llvm::raw_ostream &Out);
/// A picture alone.
void renderPictureHtml(const CallPicture &Picture, llvm::raw_ostream &Out);

} // namespace airlock

#endif
