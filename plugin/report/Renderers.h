// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One function a format, each from a sorted Report to a stream. The Clang
// diagnostics of the plugin are the one renderer that is not here: they need
// Clang (frontend/Diagnostics.h).

#ifndef AIRLOCK_REPORT_RENDERERS_H
#define AIRLOCK_REPORT_RENDERERS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace airlock {

class Report;
struct Place;
struct ReportedFinding;

/// The JSON of report/report.schema.json.
void renderJson(const Report &R, llvm::raw_ostream &Out);
/// Like a compiler's messages, then the coverage ledger.
void renderText(const Report &R, llvm::raw_ostream &Out);
/// SARIF 2.1.0, as code-scanning services take it. A service keeps the results
/// of different categories apart; each replaces only the last ones of its own. Root: where the
/// sources are, for the extent of what is reported; empty for none. DocsUrl: where the site that
/// tools/site makes can be read; empty if nowhere.
void renderSarif(const Report &R, llvm::raw_ostream &Out, llvm::StringRef Category = "airlock",
                 llvm::StringRef Root = "", llvm::StringRef DocsUrl = "");
/// The code quality report of GitLab: open findings, and nothing of how they come about.
void renderCodeQuality(const Report &R, llvm::raw_ostream &Out);

/// "file:line:column: ", as every line of a text begins.
void writePlace(const Place &At, llvm::raw_ostream &Out);
/// One finding as renderText writes it.
void renderFinding(const ReportedFinding &F, llvm::raw_ostream &Out);

/// Writes a file whole or not at all: to a temporary file beside it, then
/// renamed over it. Through symbolic links; in place where there is no plain file, as
/// with pipes and devices. "-" is standard output. The error names the file.
llvm::Error writeFile(llvm::StringRef Path, llvm::function_ref<void(llvm::raw_ostream &)> Write);

} // namespace airlock

#endif
