// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What calling something may do, through everything it calls: declared for
// primitives, inferred for what has a body. Each effect comes with the
// conditions on the arguments that it depends on, and with its witness: the
// call that leads to it, and on to the primitive.
//
// Works on demand: only functions that reach a primitive on the call graph at
// all, and that somebody asks about, are looked into.

#ifndef AIRLOCK_EFFECTS_EFFECTS_H
#define AIRLOCK_EFFECTS_EFFECTS_H

#include "facts/CallGraph.h"
#include "regions/RegionSource.h"

namespace airlock {

class Model;

/// One way in which calling an entity has an effect.
struct EffectWay {
  unsigned Effect;
  /// On the arguments of the call.
  llvm::SmallVector<ArgumentCondition, 1> If;
  /// Regions of the caller that are closed by then.
  RegionSet Dropped;
  /// The call in the body that leads there; NoCall for what is declared, and for
  /// a slot.
  CallId Via = NoCall;
  /// What is called there, or what is stored in the slot, and which of its
  /// ways; NoEntity for what is declared.
  EntityId Next = NoEntity;
  unsigned NextWay = 0;
  /// Nobody knows what is called in the end; taken for the worst (strict).
  bool Unknown = false;
  /// How many calls away the primitive is.
  unsigned Distance = 0;
};

/// What becomes of an effect of a callee at a call.
struct Arrival {
  /// On the parameters of the function that calls.
  llvm::SmallVector<ArgumentCondition, 2> If;
  /// Whether it depends on a flag that the caller of the function passes.
  bool OnFlag = false;
};

class Effects {
public:
  /// Tracked: the effects that anybody forbids. OfUnknown: those that anything
  /// has of which nothing is known.
  Effects(const Facts &F, const Model &M, const CallGraph &Graph, RegionSource &Regions,
          EffectSet Tracked, EffectSet OfUnknown);

  /// The ways of an entity, whatever it promises; good until the next question.
  llvm::ArrayRef<EffectWay> of(EntityId E);
  /// The same for a callee whose promise is trusted.
  llvm::SmallVector<const EffectWay *, 2> ofCallee(EntityId E);

  /// Whether a way of a callee happens in a situation at its call; nothing if
  /// it does not.
  /// Asked: what the code asked for counts; it does for what its callers have
  /// open, not for what is opened here.
  std::optional<Arrival> arrives(const EffectWay &Way, const Situation &At,
                                 bool Asked = true) const;

private:
  void compute(EntityId Root);
  bool update(EntityId E);
  bool add(EntityId To, EffectWay Way);
  void addDeclared(EntityId E);
  bool isUnknown(EntityId E) const;

  const Facts &F;
  const Model &M;
  const CallGraph &Graph;
  RegionSource &Regions;
  const EffectSet OfUnknown;
  /// Whether an entity reaches a primitive on the graph, whatever the conditions.
  std::vector<bool> Reaches;
  std::vector<std::vector<EffectWay>> Ways;
  std::vector<bool> Done;
  std::vector<std::vector<EntityId>> StoredIn; // by slot
};

} // namespace airlock

#endif
