// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock slots`: what is stored in a slot, where, and who calls through it. Linear
// in calls and stores.

#ifndef AIRLOCK_QUERY_SLOTS_H
#define AIRLOCK_QUERY_SLOTS_H

#include "facts/Facts.h"
#include "llvm/ADT/ArrayRef.h"

namespace airlock {

struct SlotAnswer {
  EntityId Slot;
  /// What is stored in the slot; and behind a parameter that is, what is passed there.
  std::vector<const Store *> Stores;
  /// The calls through the slot.
  std::vector<CallId> Calls;
};

/// An answer for each slot.
std::vector<SlotAnswer> askSlots(const Facts &F, llvm::ArrayRef<EntityId> Slots);

} // namespace airlock

#endif
