// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Summaries in, a report out: the solver over a whole program. `airlock check`
// and `airlock link` end here, so that they say the same.

#ifndef AIRLOCK_LINK_LINK_H
#define AIRLOCK_LINK_LINK_H

#include "link/Program.h"
#include "solver/Options.h"
#include "summary/SummaryFile.h"

namespace airlock {

/// Adds every summary; what is refused becomes a notification of the report.
/// Files must be finished; nothing of them is needed afterwards.
void loadProgram(const SummaryFiles &Files, const Model &M, Program &Into, Report &Notify);

/// Adds the units to the coverage; one that failed becomes a notification.
void countUnits(const Program &P, Report &Into);

/// Adds the units, and what the wanted rules find in the program.
void reportProgram(Program &P, const Model &M, const Options &Wanted, Report &Into);

/// Whether the scope that is wanted has anything of the program.
bool hasScope(const Program &P, const Options &Wanted);

} // namespace airlock

#endif
