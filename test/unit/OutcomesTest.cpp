// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Outcomes.h"
#include "RegionTest.h"

using namespace airlock;

namespace {

class OutcomesTest : public RegionTest {};

TEST(Conditions, HoldForAnArgumentOrNotOrNobodyKnows) {
  using C = ArgumentCondition;
  C Set{C::NonZero, 0, 4}, Clear{C::Zero, 0, 4}, Two{C::Equal, 0, ~uint64_t(0), 2};
  EXPECT_EQ(holds(Set, Known::number(12)), true);
  EXPECT_EQ(holds(Set, Known::number(8)), false);
  EXPECT_EQ(holds(Clear, Known::number(8)), true);
  EXPECT_EQ(holds(Set, Known()), std::nullopt);
  EXPECT_EQ(holds(Two, Known::number(2)), true);
  EXPECT_EQ(holds(Two, Known::signs(Known::Zero)), false);
  Two.Is = C::NotEqual;
  EXPECT_EQ(holds(Two, Known::number(2)), false);
}

TEST(Conditions, MayContradictEachOther) {
  using C = ArgumentCondition;
  constexpr uint64_t All = ~uint64_t(0);
  C Zero{C::Zero, 0}, NonZero{C::NonZero, 0}, Set{C::NonZero, 0, 4}, Clear{C::Zero, 0, 4},
      Two{C::Equal, 0, All, 2}, NotTwo{C::NotEqual, 0, All, 2}, Three{C::Equal, 0, All, 3},
      Other{C::Zero, 1};
  auto Meet = [](const C &A, const C &B) {
    llvm::SmallVector<C, 2> Both;
    return conjoin(Both, A) && conjoin(Both, B);
  };
  std::pair<C, C> Never[] = {{Zero, NonZero}, {Zero, Set},   {Set, Clear},
                             {Two, Three},    {Two, NotTwo}, {Two, Set}};
  std::pair<C, C> Possible[] = {{NonZero, Clear}, {Zero, Clear},   {NonZero, Set},
                                {Two, Clear},     {NotTwo, Three}, {Set, Other}};
  for (const auto &[A, B] : Never)
    EXPECT_FALSE(Meet(A, B) || Meet(B, A));
  for (const auto &[A, B] : Possible)
    EXPECT_TRUE(Meet(A, B) && Meet(B, A));
}

TEST_F(OutcomesTest, AHelperOpensForItsCallers) {
  EntityId Helper = define("helper", [&](BodyBuilder &Do) { Do.call(Take); });
  CallId Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Helper);
    Inside = Do.call(Work);
    Do.call(Drop);
  });
  EXPECT_EQ(outcomes(regionsOf(Helper)), Texts{"+1 lock"});
  EXPECT_TRUE(regionsOf(Helper).Problems.empty());
  EXPECT_EQ(at(R, Inside), Texts{"lock"});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(OutcomesTest, AHelperMaySayByWhatItReturns) {
  EntityId Helper = define("helper", [&](BodyBuilder &Do) {
    Do.call(Take);
    Do.branch(Do.anything(), [&] {
      Do.call(Drop);
      Do.returns(Do.number(-22));
    });
    Do.returns(Do.number(0));
  });
  CallId Held;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.branch(Do.asks(Helper), [&] { Do.returns(); });
    Held = Do.call(Work);
    Do.call(Drop);
  });
  EXPECT_EQ(outcomes(regionsOf(Helper)), (Texts{"", "+1 lock"}));
  EXPECT_TRUE(regionsOf(Helper).Problems.empty());
  EXPECT_EQ(at(R, Held), Texts{"lock"});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(OutcomesTest, AHelperMayGoByItsParameter) {
  EntityId TakeIf = defineTakeIf();
  CallId Held, Free;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(TakeIf, {Do.number(1)});
    Held = Do.call(Work);
    Do.call(Drop);
    Do.call(TakeIf, {Do.number(0)});
    Free = Do.call(Work);
  });
  EXPECT_TRUE(regionsOf(TakeIf).Problems.empty());
  EXPECT_EQ(at(R, Held), Texts{"lock"});
  EXPECT_EQ(at(R, Free), Texts{""});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(OutcomesTest, AnArgumentMayBeTheCallersOwnParameter) {
  EntityId TakeIf = defineTakeIf();
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ExprId Own = Do.use(Do.parameter(2));
    Do.call(TakeIf, {Own});
    Do.branch(Own, [&] { Do.call(Drop); });
  });
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(R.Outcomes.empty());
}

TEST_F(OutcomesTest, ADecidingParameterIsHandedOn) {
  EntityId TakeIf = defineTakeIf();
  const FunctionRegions &R =
      regionsOf([&](BodyBuilder &Do) { Do.call(TakeIf, {Do.use(Do.parameter(2))}); });
  EXPECT_TRUE(R.Problems.empty());
  ASSERT_EQ(outcomes(R), (Texts{"", "+1 lock"}));
  for (const Outcome &O : R.Outcomes) {
    ASSERT_EQ(O.If.size(), 1u);
    EXPECT_EQ(O.If[0].Parameter, 2u);
    EXPECT_EQ(O.If[0].Is, O.Deltas.empty() ? ArgumentCondition::Zero : ArgumentCondition::NonZero);
  }
}

TEST_F(OutcomesTest, WhatOnlyClosesIsSomebodysHelper) {
  const FunctionRegions &R =
      regionsOf([&](BodyBuilder &Do) { Do.branch(Do.anything(), [&] { Do.call(Drop); }); });
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(R.Unclear.contains(Lock));
}

TEST_F(OutcomesTest, InlineFunctionsSaveAndRestoreForTheirCallers) {
  EntityId Saves = define("saves", [&](BodyBuilder &Do) { Do.call(Save); });
  EntityId Restores = define("restores", [&](BodyBuilder &Do) { Do.call(Restore); });
  B.F.Entities[Saves].Inline = B.F.Entities[Restores].Inline = true;
  CallId Saved;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Open);
    Do.call(Saves);
    Saved = Do.call(Work);
    Do.call(Restores);
    Do.call(Close);
  });
  EXPECT_EQ(at(R, Saved), Texts{""});
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(regionsOf(Saves).Problems.empty());
  EXPECT_TRUE(regionsOf(Restores).Problems.empty());
}

TEST_F(OutcomesTest, TheEndOfAScopeUndoesWhatItsBeginningDid) {
  // A guard that tries, and a destructor that knows from the variable whether to unlock.
  EntityId Construct = define("construct", [&](BodyBuilder &Do) { Do.returns(Do.asks(Try)); });
  EntityId Destruct = define(
      "destruct", [&](BodyBuilder &Do) { Do.branch(Do.anything(), [&] { Do.call(Drop); }); });
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Made = Do.result(), Scope = Do.local();
    Do.call(Construct, {}, Made);
    Do.assign(Scope, Do.use(Made));
    Do.call(Work);
    Do.call(Destruct);
    Do.last().Scope = Scope;
  });
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(R.Outcomes.empty());
}

TEST_F(OutcomesTest, NobodyTakesALockAtNull) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Pointer = Do.parameter(0);
    Do.Body.Values[Pointer].IsPointer = true;
    Do.call(Take, {Do.use(Pointer)});
    Do.branch(Do.use(Pointer), [&] { Do.call(Drop, {Do.use(Pointer)}); });
  });
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(R.Outcomes.empty());
}

TEST_F(OutcomesTest, RecursionComesToAnEnd) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Take);
    Do.branch(Do.anything(), [&] { Do.call(F); });
    Do.call(Drop);
  });
  EXPECT_TRUE(R.Problems.empty());
}

} // namespace
