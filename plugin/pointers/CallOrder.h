// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which calls of a flow come before which, whatever way control takes.

#ifndef AIRLOCK_POINTERS_CALLORDER_H
#define AIRLOCK_POINTERS_CALLORDER_H

#include "facts/UserFlow.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

/// Refers to the flow. Works on demand: few are asked for.
class CallOrder {
public:
  explicit CallOrder(const UserFlow &Flow) : Flow(Flow) {}

  /// Whether each way to an event leads through a call. Calls by their numbers.
  bool isBefore(uint32_t Call, const UserEvent &E) const;
  /// The same for where a block begins.
  bool isBefore(uint32_t Call, uint32_t Block) const;

private:
  struct Position {
    uint32_t Block, Index;
  };
  void number() const;
  const llvm::BitVector &reachedWithout(uint32_t Block) const;

  const UserFlow &Flow;
  mutable llvm::DenseMap<uint32_t, Position> Calls;
  mutable llvm::DenseMap<const UserEvent *, Position> Events;
  /// By block: where control gets without it.
  mutable llvm::DenseMap<uint32_t, llvm::BitVector> Reached;
};

} // namespace airlock

#endif
