// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expressions of a flow, on a path: what one is worth there, and what
// follows for the path when a condition turns out true or false.
//
// Expressions share their operands: what a one-line function is called with stands
// wherever its body names the parameter. So what has several users is looked at once
// for each state of the path, not once for each way that leads to it.

#ifndef AIRLOCK_REGIONS_EVALUATE_H
#define AIRLOCK_REGIONS_EVALUATE_H

#include "regions/PathState.h"
#include "support/Budget.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

class Evaluator {
public:
  /// Acting: the expansions that change a region by themselves, by call. Keeps
  /// references to all of them. What cannot be paid any more is not known.
  Evaluator(const Flow &F, const llvm::DenseMap<CallId, bool> &Acting, Budget &Spent)
      : F(F), Acting(Acting), Spent(Spent) {}

  Known evaluate(ExprId Id, const PathState &In) {
    begin();
    return valueOf(Id, In);
  }
  /// Adds to the path that the expression is true (or false); false if the
  /// path cannot be.
  bool refine(ExprId Id, bool Truth, PathState &In) {
    begin();
    return narrow(Id, Truth, In);
  }
  bool refineTruth(ValueId V, bool Truth, PathState &In) {
    begin();
    return refineValue(V, Truth, In);
  }
  /// The same for "has any of the bits", of a variable or of bits of one.
  bool refineBits(ExprId Id, uint64_t Bits, bool Set, PathState &In);
  /// The same for "is Number".
  bool refineEqual(ExprId Id, int64_t Number, bool Truth, PathState &In) {
    begin();
    return narrowEqual(Id, Number, Truth, In);
  }

private:
  /// Of an expression with several users; good while its number is Now.
  struct Remembered {
    Known Value;
    uint32_t ValueAt = 0;
    /// When it was last found false, and true.
    uint32_t NarrowedAt[2] = {0, 0};
  };

  void begin();
  void findShared();
  Remembered *remembered(ExprId Id);
  ExprId resolve(ExprId Id) const;
  Known valueOf(ExprId Id, const PathState &In);
  Known structure(const FlowExpr &E, const PathState &In);
  bool narrow(ExprId Id, bool Truth, PathState &In);
  bool narrowStructure(const FlowExpr &E, bool Truth, PathState &In);
  bool narrowEqual(ExprId Id, int64_t Number, bool Truth, PathState &In);
  bool narrowLess(const FlowExpr &E, bool Truth, PathState &In);
  bool refineCopies(ValueId Original, bool Truth, PathState &In);
  bool refineValue(ValueId V, bool Truth, PathState &In);
  bool learnBits(ValueId V, uint64_t Bits, bool Set, PathState &In);
  bool keepSigns(ExprId Id, uint8_t Signs, PathState &In);
  void learn(ValueId V, const Known &K, PathState &In) { Now += In.learn(V, K); }

  const Flow &F;
  const llvm::DenseMap<CallId, bool> &Acting;
  Budget &Spent;
  /// Counts questions, and what changes on the path while one is answered.
  uint32_t Now = 0;
  /// The operands of the first so many expressions have been counted.
  ExprId Counted = 0;
  llvm::BitVector Used;
  llvm::DenseMap<ExprId, Remembered> Shared;
};

} // namespace airlock

#endif
