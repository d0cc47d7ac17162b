// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Facts in, findings out: runs the rules that are wanted, attaches the
// suppressions, gives every finding its id. Knows nothing of Clang nor of how
// findings are shown.

#ifndef AIRLOCK_SOLVER_SOLVER_H
#define AIRLOCK_SOLVER_SOLVER_H

#include "rules/Finding.h"
#include <functional>

namespace airlock {

class Analyses;
struct Rule;

struct SolverOptions {
  /// Whether a rule runs; all do by default.
  std::function<bool(const Rule &)> Wanted;
  bool Advice = false;
};

/// Findings keep references to names in the facts and the model.
std::vector<Finding> solve(Analyses &Of, const SolverOptions &Options);

} // namespace airlock

#endif
