// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expressions of a flow, on a path: what one is worth there, and what
// follows for the path when a condition turns out true or false.

#ifndef AIRLOCK_REGIONS_EVALUATE_H
#define AIRLOCK_REGIONS_EVALUATE_H

#include "regions/PathState.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

struct Evaluator {
  const Flow &F;
  /// The expansions that change a region by themselves, by call.
  const llvm::DenseMap<CallId, bool> &Acting;

  Known evaluate(ExprId Id, const PathState &In) const;
  /// Adds to the path that the expression is true (or false); false if the
  /// path cannot be.
  bool refine(ExprId Id, bool Truth, PathState &In) const;
  bool refineTruth(ValueId V, bool Truth, PathState &In) const { return refineValue(V, Truth, In); }
  /// The same for "is Number".
  bool refineEqual(ExprId Id, int64_t Number, bool Truth, PathState &In) const;

private:
  ExprId resolve(ExprId Id) const;
  Known structure(const FlowExpr &E, const PathState &In) const;
  bool refineStructure(const FlowExpr &E, bool Truth, PathState &In) const;
  bool refineCopies(ValueId Original, bool Truth, PathState &In) const;
  bool refineValue(ValueId V, bool Truth, PathState &In) const;
  bool refineLess(const FlowExpr &E, bool Truth, PathState &In) const;
  bool keepSigns(ExprId Id, uint8_t Signs, PathState &In) const;
};

} // namespace airlock

#endif
