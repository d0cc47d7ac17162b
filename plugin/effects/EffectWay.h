// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One way in which calling something has an effect; and the parameters that a function calls.

#ifndef AIRLOCK_EFFECTS_EFFECTWAY_H
#define AIRLOCK_EFFECTS_EFFECTWAY_H

#include "regions/Decisions.h"
#include "regions/FunctionRegions.h"

namespace airlock {

/// One way in which calling an entity has an effect.
struct EffectWay {
  /// On the arguments of the call.
  llvm::SmallVector<ArgumentCondition, 0> If;
  /// Regions of the caller that are closed by then.
  RegionSet Dropped;
  /// Those of them that are closed more than once, for all that is known.
  RegionSet DroppedDeep;
  /// The call in the body that leads there; NoCall for what is declared, and for
  /// a slot.
  CallId Via = NoCall;
  /// What is called there, or what is stored in the slot, and which of its
  /// ways; NoEntity for what is declared.
  EntityId Next = NoEntity;
  uint16_t NextWay = 0;
  uint8_t Effect = 0;
  /// The call hands a function on that is called there: Next is that function, not
  /// the one that Via calls.
  bool HandedOn = false;
  /// Nobody knows what is called in the end; taken for the worst (strict).
  bool Unknown = false;
  /// It goes through other units (Elsewhere.h). Where it leaves the facts, Next is NoEntity, and
  /// these are its place and number there.
  bool Far = false;
  uint32_t FarRow = 0;
  /// How many times on the way it has to be guessed that it comes to this: for each
  /// decision that no caller makes (Decisions.h), and at a slot of which not all
  /// functions do it. Counted up to MaxGuesses + 1.
  uint8_t Guesses = 0;
  /// How many calls away the primitive is.
  uint16_t Distance = 0;

  /// With more guesses than this nobody can say that it happens.
  static constexpr uint8_t MaxGuesses = MaxDecisions - 1;
  bool isUnlikely() const { return Guesses > MaxGuesses; }
  void guess(size_t Times) { Guesses = std::min<size_t>(Guesses + Times, MaxGuesses + 1); }
};

/// A parameter that a function calls.
struct CalledParameter {
  unsigned Number;
  /// The guesses before it does.
  unsigned Guesses;
  /// What it passes, in terms of its own parameters: all that its calls of it share.
  llvm::SmallVector<Known, 0> Arguments;
};
using CalledParameters = llvm::SmallVector<CalledParameter, 1>;

} // namespace airlock

#endif
