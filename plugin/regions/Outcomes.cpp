// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Outcomes.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

llvm::SmallVector<Outcome, 2> declaredOutcomes(const Behaviour &Is, RegionSet Named) {
  const RegionChanges &Changes = Is.Regions;
  Outcome Always;
  auto Add = [](Outcome &To, RegionSet Set, int8_t By) {
    Set.forEach([&](unsigned Region) { To.Deltas.push_back({Region, By, By}); });
  };
  Add(Always, Changes.Enters, 1);
  Add(Always, Changes.Exits, -1);
  for (RegionDelta &Delta : Always.Deltas)
    Delta.All = Delta.Hi < 0 && Changes.ExitsAll.contains(Delta.Region);
  if (Is.Acquires)
    Add(Always, Named, 1);
  if (Is.Releases)
    Add(Always, Named, -1);
  Always.Saves = Changes.Saves;
  Always.Restores = Changes.Restores;
  if ((Changes.EntersIfTrue | Changes.EntersIfFalse | Changes.ExitsIfTrue | Changes.ExitsIfFalse)
          .empty())
    return {Always};
  Outcome True = Always, False = Always;
  // Where 0 is success, what is true is an error.
  bool ZeroIsSuccess = !(Changes.EntersIfFalse | Changes.ExitsIfFalse).empty();
  True.Returns = ZeroIsSuccess ? Known::signs(Known::Negative) : Known::number(1);
  False.Returns = Known::number(0);
  Add(True, Changes.EntersIfTrue, 1);
  Add(True, Changes.ExitsIfTrue, -1);
  Add(False, Changes.EntersIfFalse, 1);
  Add(False, Changes.ExitsIfFalse, -1);
  return {True, False};
}

llvm::SmallVector<Outcome, 1> anyOutcome(RegionSet Regions) {
  llvm::SmallVector<Outcome, 1> All;
  if (Regions.empty())
    return All;
  Outcome &Any = All.emplace_back();
  Regions.forEach([&](unsigned Region) { Any.Deltas.push_back({Region, -AnyDepth, AnyDepth}); });
  return All;
}

void unite(llvm::MutableArrayRef<Outcome> All, RegionSet Regions) {
  auto DeltaIn = [](Outcome &O, unsigned Region) {
    return llvm::find_if(O.Deltas, [&](const RegionDelta &D) { return D.Region == Region; });
  };
  Regions.forEach([&](unsigned Region) {
    RegionDelta Both{Region, INT8_MAX, INT8_MIN};
    for (Outcome &O : All) {
      auto Found = DeltaIn(O, Region);
      RegionDelta D = Found == O.Deltas.end() ? RegionDelta{Region, 0, 0} : *Found;
      Both.Lo = std::min(Both.Lo, D.Lo);
      Both.Hi = std::max(Both.Hi, D.Hi);
      Both.By = D.By == NoCall ? Both.By : D.By;
    }
    for (Outcome &O : All) {
      auto Found = DeltaIn(O, Region);
      if (Found == O.Deltas.end())
        O.Deltas.push_back(Both);
      else
        *Found = Both;
    }
  });
}

llvm::SmallVector<ArgumentCondition, 0> conditionsOn(const PathState &S, const Flow &F) {
  llvm::SmallVector<ArgumentCondition, 0> All;
  for (const auto &[V, K] : S.facts()) {
    const FlowValue &Value = F.Values[V];
    bool Masked = Value.Is == FlowValue::Masked;
    const FlowValue &Whole = Masked ? F.Values[Value.Base] : Value;
    if (Whole.Is != FlowValue::Variable || !Whole.Parameter)
      continue;
    // Only while it still is what the caller passed.
    uint64_t Bits = Masked ? Value.Mask : ~uint64_t(0);
    if (!S.known(Masked ? Value.Base : V, F).cameFrom(*Whole.Parameter, Bits))
      continue;
    ArgumentCondition If{ArgumentCondition::NonZero, *Whole.Parameter, Bits, 0,
                         Masked || Whole.IsFlag,     Whole.IsPointer};
    auto Add = [&](ArgumentCondition::Kind Is, int64_t Value) {
      ArgumentCondition &One = All.emplace_back(If);
      One.Is = Is;
      One.Value = Value;
    };
    std::optional<bool> T = K.truth();
    if (std::optional<int64_t> N = K.number(); N && *N != 0 && !Masked) {
      Add(ArgumentCondition::Equal, *N);
      continue;
    }
    if (!Masked && T != false) {
      if (std::optional<int64_t> Not = K.isNot(); Not && *Not != 0)
        Add(ArgumentCondition::NotEqual, *Not);
      constexpr unsigned MaxCases = 4; // of a `default`: each is one more to compare
      uint64_t Left = K.isNoneOf();
      for (unsigned I = 0; Left && I < MaxCases; ++I, Left &= Left - 1)
        Add(ArgumentCondition::NotEqual, llvm::countr_zero(Left));
    }
    if (T)
      Add(*T ? ArgumentCondition::NonZero : ArgumentCondition::Zero, 0);
  }
  return All;
}

/// Where the answer is the other one, callers have nothing open that would have made it this
/// one: what absorbs all that it lifts.
static void closeDenied(EffectSet Lifts, const Model &M, Situation &Into) {
  for (unsigned Region = 0; Region < M.regions().size() && !Lifts.empty(); ++Region)
    if ((Lifts - M.regions()[Region].Absorbs).empty()) {
      Into.Dropped.insert(Region);
      Into.DroppedDeep.insert(Region);
    }
}

void answer(const PathState &S, const Facts &Facts, const Model &M, const Flow &F,
            Situation &Into) {
  for (const auto &[V, K] : S.facts()) {
    EntityId Test = S.known(V, F).Answer;
    std::optional<bool> Truth = Test == NoEntity ? std::nullopt : K.truth();
    if (!Truth)
      continue;
    const Behaviour &Question = *Facts.Entities[Test].More;
    if (*Truth != Question.LiftsOn) {
      Into.Outside |= Question.Grants;
      closeDenied(Question.Lifts, M, Into);
      continue;
    }
    Into.Lifted |= Question.Lifts;
    Into.Inside |= Question.Grants;
  }
}

/// Above and Below, of a number or of what only its sign is known.
static std::optional<bool> isBeyond(const ArgumentCondition &If, const Known &Argument) {
  const bool Up = If.Is == ArgumentCondition::Above;
  if (std::optional<int64_t> N = Argument.number())
    return Up ? *N > If.Value : *N < If.Value;
  const uint8_t Far = Up ? Known::Positive : Known::Negative;
  const uint8_t Near = Up ? Known::Negative : Known::Positive;
  if (!(Argument.signs() & Far) && (Up ? If.Value >= 0 : If.Value <= 0))
    return false;
  if (!(Argument.signs() & Near) && (Up ? If.Value < 0 : If.Value > 0))
    return true;
  return std::nullopt;
}

std::optional<bool> holds(const ArgumentCondition &If, const Known &Argument) {
  std::optional<bool> Answer;
  switch (If.Is) {
  case ArgumentCondition::NonZero:
  case ArgumentCondition::Zero:
    Answer = If.Mask == ~uint64_t(0) ? Argument.truth() : Argument.has(If.Mask);
    if (Answer && If.Is == ArgumentCondition::Zero)
      Answer = !*Answer;
    return Answer;
  case ArgumentCondition::Above:
  case ArgumentCondition::Below:
    return isBeyond(If, Argument);
  case ArgumentCondition::Equal:
  case ArgumentCondition::NotEqual:
    Answer = Argument.equals(If.Value);
    if (Answer && If.Is == ArgumentCondition::NotEqual)
      Answer = !*Answer;
    return Answer;
  }
  return std::nullopt;
}

bool conjoin(llvm::SmallVectorImpl<ArgumentCondition> &All, const ArgumentCondition &More) {
  using C = ArgumentCondition;
  for (const C &Old : All) {
    if (Old == More)
      return true;
    if (Old.Parameter != More.Parameter)
      continue;
    bool OldBits = Old.Is == C::NonZero || Old.Is == C::Zero;
    bool NewBits = More.Is == C::NonZero || More.Is == C::Zero;
    if (OldBits && NewBits && Old.Mask == More.Mask && Old.Is != More.Is)
      return false;
    // Zero altogether, and yet with one of the bits; or the other way round.
    if (Old.Is == C::Zero && More.Is == C::NonZero && (Old.Mask & More.Mask) == More.Mask)
      return false;
    if (More.Is == C::Zero && Old.Is == C::NonZero && (Old.Mask & More.Mask) == Old.Mask)
      return false;
    if (Old.Is == C::Equal && holds(More, Known::number(Old.Value)) == false)
      return false;
    if (More.Is == C::Equal && holds(Old, Known::number(More.Value)) == false)
      return false;
  }
  All.push_back(More);
  return true;
}

} // namespace airlock
