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

class FlowSource;
class Model;
struct Rule;

struct SolverOptions {
  /// Whether a rule runs; all do by default.
  std::function<bool(const Rule &)> Wanted;
  bool Advice = false;
  /// Regions in which what nothing is known of is taken for the worst.
  RegionSet Strict;
};

/// Findings keep references to names in the facts and the model. Flows gives
/// the bodies of the functions; without it, only declarations count.
std::vector<Finding> solve(const Facts &F, const Model &M, FlowSource *Flows,
                           const SolverOptions &Options);

} // namespace airlock

#endif
