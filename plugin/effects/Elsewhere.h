// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What calling functions of other units may do, as far as somebody knows: the contracts of a
// program (contracts/). The facts do not have these functions' bodies. How it comes about is told
// call by call, and looked up only for who asks.

#ifndef AIRLOCK_EFFECTS_ELSEWHERE_H
#define AIRLOCK_EFFECTS_ELSEWHERE_H

#include "effects/EffectWay.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include <functional>

namespace airlock {

/// One step of how an effect comes about there.
struct FarStep {
  enum Kind : uint8_t { Calls, HandsOn, Stores, Has };
  Kind Is;
  /// A call: who makes it, and what is called. HandsOn: what is passed, and to whom. Stores:
  /// what is stored, and in which slot. Has: what has the effect by itself.
  llvm::StringRef Who, Whom;
  EntityKind WhomKind = EntityKind::Function;
  Location At;
  /// Has: on which conditions.
  llvm::SmallVector<StatedCondition, 1> When;
};

struct EffectsElsewhere {
  struct Stored {
    /// How many functions are stored in a slot in the whole program, and of them, by effect, how
    /// many have it.
    unsigned Count = 0;
    llvm::SmallVector<std::pair<unsigned, unsigned>, 1> Having;
    unsigned having(unsigned Effect) const {
      const auto *Is = llvm::find_if(Having, [&](auto &Each) { return Each.first == Effect; });
      return Is == Having.end() ? 0 : Is->second;
    }
  };
  /// Of functions and slots of the facts that have no body there. Each is Far.
  llvm::DenseMap<EntityId, llvm::SmallVector<EffectWay, 1>> Ways;
  llvm::DenseMap<EntityId, CalledParameters> Calls;
  llvm::DenseMap<EntityId, Stored> Slots;
  bool knows(EntityId E) const {
    return Ways.contains(E) || Calls.contains(E) || Slots.contains(E);
  }
  bool empty() const { return Ways.empty() && Calls.empty() && Slots.empty(); }
  /// Visits the steps of one of these ways.
  std::function<void(const EffectWay &, llvm::function_ref<void(const FarStep &)>)> Tell;
};

} // namespace airlock

#endif
