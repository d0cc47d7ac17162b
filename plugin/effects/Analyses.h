// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What can be asked of one set of facts beyond the facts themselves. Each
// analysis is built when it is first needed. The same for a translation unit,
// whose regions come from its flows, and for a whole program, whose regions come
// from summaries.

#ifndef AIRLOCK_EFFECTS_ANALYSES_H
#define AIRLOCK_EFFECTS_ANALYSES_H

#include "effects/Effects.h"
#include "facts/WrittenCode.h"
#include "pointers/UnitPointers.h"
#include "regions/UnitRegions.h"
#include <optional>

namespace airlock {

class Analyses {
public:
  /// For a unit. Without flows nobody's body is known. Keeps references to all of them.
  Analyses(const Facts &F, const Model &M, FlowSource *Flows, RegionSet Strict,
           UserFlowSource *UserFlows = nullptr, const WrittenCode *Code = nullptr)
      : F(F), M(M), Strict(Strict), Flows(Flows), UserFlows(UserFlows), Code(Code) {}
  /// For a program.
  Analyses(const Facts &F, const Model &M, RegionSource &Regions, RegionSet Strict,
           PointerResults *Pointers = nullptr, const WrittenCode *Code = nullptr)
      : F(F), M(M), Strict(Strict), Regions(&Regions), OfProgram(Pointers), Code(Code) {}

  const Facts &F;
  const Model &M;
  /// Regions in which what nothing is known of is taken for the worst.
  const RegionSet Strict;

  /// What is known of other units, if anything; to be told before anything is asked.
  void setElsewhere(EffectsElsewhere Known) { Elsewhere = std::move(Known); }
  const EffectsElsewhere &elsewhere() const { return Elsewhere; }

  const CallGraph &graph();
  RegionSource &regions();
  Effects &effects();
  /// Those that are known of other units, too; the same, if nothing is.
  Effects &effectsEverywhere();
  PointerResults &pointers();
  /// Of a unit; null for a program, which knows only what functions say of themselves.
  UnitPointers *unitPointers();
  /// Null where nobody has the text.
  const WrittenCode *code() const { return Code; }

  /// What the analyses could not finish until now, each function once for each of them.
  std::vector<GivenUp> givenUp() const;

private:
  void infer(std::optional<Effects> &Into, const EffectsElsewhere *Known);

  FlowSource *Flows = nullptr;
  UserFlowSource *UserFlows = nullptr;
  std::optional<CallGraph> Graph;
  std::optional<UnitRegions> OfUnit;
  RegionSource *Regions = nullptr;
  EffectsElsewhere Elsewhere;
  std::optional<Effects> Inferred, InferredEverywhere;
  std::optional<UnitPointers> Pointers;
  PointerResults *OfProgram = nullptr;
  const WrittenCode *Code = nullptr;
};

} // namespace airlock

#endif
