// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the numbers in a summary may stand for. A summary is somebody else's bytes: each
// number in it is held against this once, where it is read (Records.h).

#ifndef AIRLOCK_SUMMARY_SCOPE_H
#define AIRLOCK_SUMMARY_SCOPE_H

#include "facts/Facts.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace airlock {

class Model;

/// How many ids there are of each kind: those of a model, or, where nobody knows which
/// one, as many as any may have.
struct IdCounts {
  IdCounts() = default;
  explicit IdCounts(const Model &M);
  unsigned of(ContextSet) const { return Contexts; }
  unsigned of(EffectSet) const { return Effects; }
  unsigned of(RegionSet) const { return Regions; }
  unsigned of(FlavourSet) const { return Flavours; }

private:
  unsigned Contexts = ContextSet::MaxIds, Effects = EffectSet::MaxIds, Regions = RegionSet::MaxIds,
           Flavours = FlavourSet::MaxIds;
};

/// What an entity's number in a unit stands for: NoEntity for one that nobody wanted,
/// nothing for a number that the unit has not.
using EntityNumbering = llvm::function_ref<std::optional<EntityId>(uint64_t)>;

struct ReadScope {
  /// The facts that entities are of, once they have their ids.
  const Facts &Of;
  EntityNumbering IdOf;
  IdCounts Ids = {};
  /// In a body: how many calls it has.
  CallId CallCount = 0;
};

} // namespace airlock

#endif
