// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The renderer that needs Clang: findings as the compiler's own diagnostics,
// with carets, macro backtraces and fix-its, one note a step.

#ifndef AIRLOCK_FRONTEND_DIAGNOSTICS_H
#define AIRLOCK_FRONTEND_DIAGNOSTICS_H

#include "report/Report.h"

namespace clang {
class DiagnosticsEngine;
} // namespace clang

namespace airlock {

struct Options;

/// In source order; suppressed findings stay silent. Advice is a remark. -Werror counts, and so
/// do the likes of -Wno-airlock-RULE and -Wno-error=airlock, of which Clang warns, for it does
/// not know the names. -w does not: whoever loads the plugin means the compiler's own warnings.
/// Applied: the compiler applies all fix-its, so what several of them put at one place is said
/// once.
void emitDiagnostics(const std::vector<Finding> &Findings, const SourceMap &Map,
                     const Options &Wanted, bool Applied, clang::DiagnosticsEngine &Engine);

} // namespace airlock

#endif
