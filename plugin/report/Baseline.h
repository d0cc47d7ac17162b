// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Suppresses what an earlier report had already: only what is new is left open.

#ifndef AIRLOCK_REPORT_BASELINE_H
#define AIRLOCK_REPORT_BASELINE_H

#include "report/ReportReader.h"

namespace airlock {

/// An entry of Baseline silences one open finding of R with its id, the first
/// in R's order, for the entry's own reason or else the baseline's name. What
/// was silenced in the source is no entry: if it is open now, somebody removed
/// the attribute. Returns how many entries found nothing to silence.
unsigned applyBaseline(Report &R, const SavedReport &Baseline);

/// Of a baseline that was made with another root: a file as it is there, and here. Such a one
/// silences all the same, but where files share a name it may be the wrong one's finding.
std::optional<std::pair<std::string, std::string>> otherRoot(const Report &R,
                                                             const SavedReport &Baseline);

} // namespace airlock

#endif
