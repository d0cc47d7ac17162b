// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock summary`: what a whole program knows of a function, a macro or a slot.
//
//   regions     what calling it opens and closes: as declared, or else as its body does. Summaries
//               say what a body may do, not on which condition
//   effects     those of the model that come about, each with its conditions and its primitive
//   user        what it reads of user memory behind its arguments, and which addresses it hands on
//   callers     all, by how far they are away
//   stores      where a pointer to it is made
//
// Linear in the calls and stores of the program, but for effects (effects/Effects.h).

#ifndef AIRLOCK_QUERY_FUNCTIONSUMMARY_H
#define AIRLOCK_QUERY_FUNCTIONSUMMARY_H

#include "effects/Analyses.h"
#include "query/Callers.h"

namespace airlock {

struct RegionChange {
  unsigned Region;
  enum Kind : uint8_t { Opens, Closes, ClosesAll, Saves, Restores } Is;
  enum When : uint8_t { Always, Sometimes, IfTrue, IfFalse } If;
  /// The call in the body that does it; NoCall for what is declared.
  CallId By = NoCall;
};

struct EffectSummary {
  unsigned Effect;
  llvm::SmallVector<ArgumentCondition, 0> If;
  /// What has it by itself, and how many calls away that is; the first of these, or NoCall.
  EntityId Primitive;
  unsigned Distance;
  CallId Via;
  /// See EffectWay.
  unsigned Guesses;
};

struct FunctionSummary {
  EntityId Function;
  std::vector<RegionChange> Regions;
  /// Those that it opens itself and in which it calls others.
  RegionSet CallsIn;
  std::vector<EffectSummary> Effects;
  /// Null if there is nothing to say.
  std::shared_ptr<const FunctionPointers> User;
  CallersAnswer Callers;
  std::vector<const Store *> Stores;
};

/// One for each of them.
std::vector<FunctionSummary> summarizeFunctions(Analyses &Of, llvm::ArrayRef<EntityId> Functions);

} // namespace airlock

#endif
