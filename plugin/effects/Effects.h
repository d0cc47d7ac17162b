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

#include "effects/Elsewhere.h"
#include "facts/CallGraph.h"
#include "facts/GivenUp.h"
#include "regions/Decisions.h"
#include "regions/RegionSource.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

class Model;

/// What becomes of an effect of a callee at a call.
struct Arrival {
  /// On the parameters of the function that calls.
  llvm::SmallVector<ArgumentCondition, 2> If;
  /// Whether it depends on a flag that the caller of the function passes.
  bool OnFlag = false;
};

/// A way that may be taken at a call: of what is called, or of a function that is
/// handed on there.
struct CallWay {
  EntityId Of;
  unsigned Way; // the number of it
  bool HandedOn;
  /// Handed on: the guesses before it is called.
  unsigned Guesses;
  /// Handed on: who calls it, as which of its parameters.
  EntityId By = NoEntity;
  unsigned Parameter = 0;
};

class Effects {
public:
  /// Tracked: the effects that anybody forbids. OfUnknown: those that anything
  /// has of which nothing is known. Elsewhere: what is known of other units; it stays where it is.
  Effects(const Facts &F, const Model &M, const CallGraph &Graph, RegionSource &Regions,
          EffectSet Tracked, EffectSet OfUnknown, const EffectsElsewhere *Elsewhere = nullptr);

  /// The ways of an entity, whatever it promises; good until the next question.
  llvm::ArrayRef<EffectWay> of(EntityId E);
  /// The parameters that a function calls, once of() was asked about it.
  CalledParameters calledParameters(EntityId E) const { return Calls.lookup(E); }
  /// Of the functions in a slot, here or elsewhere, how many do what, once of() was asked about
  /// it; by effect. What is unlikely, and what is promised never to be, does not count.
  EffectsElsewhere::Stored storedIn(EntityId Slot) const;
  /// What may happen at a call, promises trusted; good until the next question.
  llvm::SmallVector<CallWay, 2> ofCall(const CallSituations &Here);

  const EffectWay &wayOf(const CallWay &Taken) const { return Ways[Taken.Of][Taken.Way]; }
  /// The way that a way goes on by; nothing where it ends.
  std::optional<CallWay> next(const CallWay &Taken) const {
    const EffectWay &Way = wayOf(Taken);
    if (Way.Next == NoEntity)
      return std::nullopt;
    return CallWay{Way.Next, Way.NextWay, Way.HandedOn, 0};
  }

  /// Whether a way of a callee happens in a situation at its call; nothing if
  /// it does not.
  /// Asked: what the code asked for counts; it does for what its callers have
  /// open, not for what is opened here.
  std::optional<Arrival> arrives(const EffectWay &Way, const Situation &At,
                                 bool Asked = true) const;

  /// The same for what may happen at a call.
  std::optional<Arrival> arrives(const CallWay &Way, const Situation &At, bool Asked = true) const;
  /// The situation at a call as what is called there, or handed on, finds it.
  Situation foundBy(const CallWay &Way, const Situation &At) const;

  llvm::ArrayRef<GivenUp> givenUp() const { return Unfinished; }

private:
  void compute(EntityId Root);
  std::vector<EntityId> reachedFrom(EntityId Root);
  void forEachAffected(EntityId E, llvm::function_ref<void(EntityId)> Visit) const;
  bool update(EntityId E);
  bool updateCall(EntityId E, const CallSituations &Here);
  bool updateHandedOn(EntityId E, const CallSituations &Here);
  void addDropped(EffectWay &Way, const EffectWay &Theirs, const Situation &At) const;
  bool addThrough(EntityId E, const CallSituations &Here, const CallWay &Theirs);
  bool addCalled(EntityId E, CalledParameter New);
  const CalledParameter *calledBy(EntityId E, unsigned Parameter) const;
  bool isOwnParameter(EntityId E, EntityId Callee) const;
  bool updateSlot(EntityId E);
  bool add(EntityId To, EffectWay Way);
  void addDeclared(EntityId E);
  bool isUnknown(EntityId E) const;
  bool reaches(EntityId E) const { return E < Reaches.size() && Reaches[E]; }

  const Facts &F;
  const Model &M;
  const CallGraph &Graph;
  RegionSource &Regions;
  const EffectSet OfUnknown;
  const EffectsElsewhere *Elsewhere;
  /// Whether an entity reaches a primitive on the graph, whatever the conditions.
  std::vector<bool> Reaches;
  std::vector<llvm::SmallVector<EffectWay, 0>> Ways;
  std::vector<bool> Done;
  /// Of what is being computed: to be looked at again.
  std::vector<bool> News;
  /// By entity: what has been spent on its ways.
  std::vector<Budget> Spent;
  /// By slot, what is stored in it; and by what is stored, the slots.
  llvm::DenseMap<EntityId, llvm::SmallVector<EntityId, 1>> StoredIn, SlotsOf;
  /// By function: the parameters that it calls, or hands on to who calls them.
  llvm::DenseMap<EntityId, CalledParameters> Calls;
  std::vector<GivenUp> Unfinished;
};

} // namespace airlock

#endif
