// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Evaluate.h"
#include "FlowsByHand.h"

using namespace airlock;

namespace {

constexpr auto Nothing = std::nullopt;

class EvaluateTest : public testing::Test {
protected:
  std::optional<bool> truth(ExprId Id) { return Eval.evaluate(Id, S).truth(); }
  std::optional<bool> truth(ValueId V, const PathState &Path) const {
    return Path.known(V, B.Body).truth();
  }
  bool refine(ExprId Id, bool Truth) { return Eval.refine(Id, Truth, S); }
  uint8_t signs(ValueId V) const { return S.known(V, B.Body).signs(); }
  ExprId not_(ExprId A) { return B.expr(FlowExpr::Not, {A}); }
  ExprId less(ExprId A, ExprId C) { return B.expr(FlowExpr::Less, {A, C}); }

  BodyBuilder B;
  llvm::DenseMap<CallId, bool> Acting;
  Budget Spent;
  Evaluator Eval{B.Body, Acting, Spent};
  PathState S;
};

TEST_F(EvaluateTest, ConstantsAddressesAndTheUnknown) {
  EXPECT_EQ(Eval.evaluate(B.number(-3), S).number(), -3);
  EXPECT_EQ(truth(B.expr(FlowExpr::Address)), true);
  EXPECT_EQ(Eval.evaluate(B.expr(FlowExpr::Address), S).number(), Nothing);
  EXPECT_TRUE(Eval.evaluate(B.expr(FlowExpr::Unknown), S).saysNothing());
  EXPECT_TRUE(Eval.evaluate(NoExpr, S).saysNothing());
}

TEST_F(EvaluateTest, AVariableIsACopyOfItself) {
  ValueId V = B.local();
  S.learn(V, Known::number(2));
  EXPECT_EQ(Eval.evaluate(B.use(V), S).number(), 2);
  EXPECT_EQ(Eval.evaluate(B.use(V), S).Copy, V);
}

TEST_F(EvaluateTest, AndAndOrNeedOnlyTheOperandThatDecides) {
  ExprId T = B.number(1), F = B.number(0), U = B.anything();
  struct {
    ExprId A, C;
    std::optional<bool> And, Or;
  } Table[] = {{T, T, true, true},    {T, F, false, true},    {F, F, false, false},
               {T, U, Nothing, true}, {F, U, false, Nothing}, {U, U, Nothing, Nothing}};
  for (const auto &Row : Table) {
    EXPECT_EQ(truth(B.expr(FlowExpr::And, {Row.A, Row.C})), Row.And);
    EXPECT_EQ(truth(B.expr(FlowExpr::And, {Row.C, Row.A})), Row.And);
    EXPECT_EQ(truth(B.expr(FlowExpr::Or, {Row.A, Row.C})), Row.Or);
    EXPECT_EQ(truth(B.expr(FlowExpr::Or, {Row.C, Row.A})), Row.Or);
  }
  EXPECT_EQ(truth(not_(F)), true);
  EXPECT_EQ(truth(not_(U)), Nothing);
}

TEST_F(EvaluateTest, ASelectionIsOneArmOrWhatBothShare) {
  ExprId A = B.number(12), C = B.number(4);
  EXPECT_EQ(Eval.evaluate(B.expr(FlowExpr::Select, {B.number(1), A, C}), S).number(), 12);
  EXPECT_EQ(Eval.evaluate(B.expr(FlowExpr::Select, {B.number(0), A, C}), S).number(), 4);
  Known Either = Eval.evaluate(B.expr(FlowExpr::Select, {B.anything(), A, C}), S);
  EXPECT_EQ(Either.number(), Nothing);
  EXPECT_EQ(Either.has(4), true);
}

TEST_F(EvaluateTest, ComparisonsKnowNumbersAndSigns) {
  ValueId V = B.local();
  ExprId X = B.use(V), Zero = B.number(0), Five = B.number(5);
  EXPECT_EQ(truth(B.expr(FlowExpr::Equal, {X, Five})), Nothing);
  S.learn(V, Known::signs(Known::Negative));
  EXPECT_EQ(truth(B.expr(FlowExpr::Equal, {X, Five})), false);
  EXPECT_EQ(truth(B.expr(FlowExpr::Equal, {Five, X})), false);
  EXPECT_EQ(truth(less(X, Zero)), true);
  EXPECT_EQ(truth(less(Zero, X)), false);
  S.learn(V, Known::number(5));
  EXPECT_EQ(truth(B.expr(FlowExpr::Equal, {X, Five})), true);
  EXPECT_EQ(truth(less(X, Five)), false);
  EXPECT_EQ(truth(less(B.number(4), X)), true);
}

TEST_F(EvaluateTest, APointerIntoAnObjectIsNullOrAnErrorAsTheObjectIs) {
  ValueId V = B.local();
  ExprId Moved = B.expr(FlowExpr::Offset, {B.use(V)});
  EXPECT_EQ(truth(Moved), Nothing);
  ASSERT_TRUE(refine(Moved, true));
  EXPECT_EQ(truth(V, S), true);
  S.learn(V, Known::number(-22));
  EXPECT_EQ(Eval.evaluate(Moved, S).signs(), Known::Negative);
  EXPECT_EQ(Eval.evaluate(Moved, S).number(), Nothing);
}

TEST_F(EvaluateTest, BitsOfAParameter) {
  ExprId P = B.use(B.parameter(0));
  Known Added = Eval.evaluate(B.expr(FlowExpr::BitOr, {P, B.number(4)}), S);
  EXPECT_EQ(Added.has(4), true);
  EXPECT_EQ(Added.parameterIn(8), 0u);
  Known Left = Eval.evaluate(B.expr(FlowExpr::BitAnd, {B.number(~4), P}), S);
  EXPECT_EQ(Left.has(4), false);
  EXPECT_EQ(Left.parameterIn(8), 0u);
}

TEST_F(EvaluateTest, AnExpansionIsItsInsidesUnlessItActs) {
  ValueId Answer = B.result();
  ExprId E = B.expr(FlowExpr::Expansion, {B.number(1)});
  B.Body.Exprs[E].Var = Answer;
  B.Body.Exprs[E].Call = 3;
  EXPECT_EQ(truth(E), true);
  Acting[3] = true;
  EXPECT_EQ(truth(E), Nothing);
  S.learn(Answer, Known::number(0));
  EXPECT_EQ(truth(E), false);
}

TEST_F(EvaluateTest, AConditionLeavesItsValueOrNoPath) {
  ValueId V = B.local();
  ASSERT_TRUE(refine(B.use(V), true));
  EXPECT_EQ(truth(V, S), true);
  EXPECT_FALSE(refine(B.use(V), false));
}

TEST_F(EvaluateTest, NegationTurnsItRound) {
  ValueId V = B.local();
  ASSERT_TRUE(refine(not_(not_(not_(B.use(V)))), true));
  EXPECT_EQ(truth(V, S), false);
}

TEST_F(EvaluateTest, AConjunctionThatHoldsHoldsInBothParts) {
  ValueId V = B.local(), W = B.local();
  ASSERT_TRUE(refine(B.expr(FlowExpr::And, {B.use(V), not_(B.use(W))}), true));
  EXPECT_EQ(truth(V, S), true);
  EXPECT_EQ(truth(W, S), false);
}

TEST_F(EvaluateTest, AConjunctionThatFailsFailsInTheOtherPart) {
  ValueId V = B.local(), W = B.local();
  ExprId Both = B.expr(FlowExpr::And, {B.use(V), B.use(W)});
  ASSERT_TRUE(refine(Both, false));
  EXPECT_EQ(truth(V, S), Nothing);
  EXPECT_EQ(truth(W, S), Nothing);
  ASSERT_TRUE(refine(B.use(V), true));
  ASSERT_TRUE(refine(Both, false));
  EXPECT_EQ(truth(W, S), false);
}

TEST_F(EvaluateTest, ADisjunctionIsTheDual) {
  ValueId V = B.local(), W = B.local();
  ExprId Any = B.expr(FlowExpr::Or, {B.use(V), B.use(W)});
  PathState Before = S;
  ASSERT_TRUE(refine(Any, false));
  EXPECT_EQ(truth(V, S), false);
  EXPECT_EQ(truth(W, S), false);
  S = Before;
  ASSERT_TRUE(refine(B.use(W), false));
  ASSERT_TRUE(refine(Any, true));
  EXPECT_EQ(truth(V, S), true);
}

TEST_F(EvaluateTest, AnAnswerIsRememberedWhereItsPartsAreNot) {
  ValueId V = B.memory(), W = B.memory(), Whole = B.result();
  ExprId Both = B.expr(FlowExpr::And, {B.use(V), B.use(W)});
  B.Body.Exprs[Both].Var = Whole;
  ASSERT_TRUE(refine(Both, false));
  EXPECT_EQ(truth(Both), false);
  EXPECT_FALSE(refine(Both, true));
}

TEST_F(EvaluateTest, ASelectionWithAConstantArmTellsItsCondition) {
  ValueId C = B.local(), V = B.local();
  ExprId Choice = B.expr(FlowExpr::Select, {B.use(C), B.use(V), B.number(0)});
  ASSERT_TRUE(refine(Choice, true));
  EXPECT_EQ(truth(C, S), true);
  EXPECT_EQ(truth(V, S), true);
}

TEST_F(EvaluateTest, AnEqualityGivesTheNumber) {
  ValueId V = B.local(), W = B.local();
  ASSERT_TRUE(refine(B.expr(FlowExpr::Equal, {B.number(3), B.use(V)}), true));
  EXPECT_EQ(S.known(V, B.Body).number(), 3);
  ASSERT_TRUE(refine(B.expr(FlowExpr::Equal, {B.use(W), B.number(0)}), false));
  EXPECT_EQ(truth(W, S), true);
  EXPECT_FALSE(refine(B.expr(FlowExpr::Equal, {B.use(V), B.number(4)}), true));
}

TEST_F(EvaluateTest, ASwitchTakesOneCase) {
  ValueId V = B.local();
  ExprId X = B.use(V);
  PathState Default = S;
  ASSERT_TRUE(Eval.refineEqual(X, 2, true, S));
  EXPECT_EQ(S.known(V, B.Body).number(), 2);
  EXPECT_FALSE(Eval.refineEqual(X, 3, true, S));
  ASSERT_TRUE(Eval.refineEqual(X, 0, false, Default));
  EXPECT_EQ(truth(V, Default), true);
}

TEST_F(EvaluateTest, ASwitchOverATruthValue) {
  ValueId V = B.local();
  ExprId Is = not_(B.use(V));
  ASSERT_TRUE(Eval.refineEqual(Is, 0, true, S));
  EXPECT_EQ(truth(V, S), true);
  EXPECT_FALSE(Eval.refineEqual(Is, 1, true, S));
}

TEST_F(EvaluateTest, AComparisonLeavesTheSigns) {
  constexpr uint8_t N = Known::Negative, Z = Known::Zero, P = Known::Positive;
  struct {
    bool NumberFirst;
    int64_t Number;
    uint8_t IfTrue, IfFalse;
  } Table[] = {
      {false, 0, N, Z | P},      // x < 0
      {false, 1, N | Z, P},      // x < 1
      {false, 7, N | Z | P, P},  // x < 7
      {false, -7, N, N | Z | P}, // x < -7
      {true, 0, P, N | Z},       // 0 < x
      {true, -1, Z | P, N},      // -1 < x
      {true, 7, P, N | Z | P},   // 7 < x
      {true, -7, N | Z | P, N},  // -7 < x
  };
  for (const auto &Row : Table)
    for (bool Truth : {true, false}) {
      SCOPED_TRACE(Row.Number);
      ValueId V = B.local();
      ExprId X = B.use(V), Number = B.number(Row.Number);
      ASSERT_TRUE(refine(Row.NumberFirst ? less(Number, X) : less(X, Number), Truth));
      EXPECT_EQ(signs(V), Truth ? Row.IfTrue : Row.IfFalse) << Truth;
    }
}

TEST_F(EvaluateTest, BitsThatAreTestedAreKnownOfTheVariable) {
  ValueId P = B.parameter(0), Bit = B.masked(P, 4);
  PathState Clear = S;
  ASSERT_TRUE(refine(B.use(Bit), true));
  EXPECT_EQ(S.known(P, B.Body).has(4), true);
  EXPECT_EQ(truth(P, S), true);
  ASSERT_TRUE(Eval.refine(B.use(Bit), false, Clear));
  EXPECT_EQ(Clear.known(P, B.Body).has(4), false);
  EXPECT_EQ(truth(P, Clear), Nothing);
}

TEST_F(EvaluateTest, CopiesShareWhatATestFindsOut) {
  ValueId V = B.local(), W = B.local();
  S.assign(W, Eval.evaluate(B.use(V), S), B.Body);
  PathState Other = S;
  ASSERT_TRUE(refine(B.use(W), true));
  EXPECT_EQ(truth(V, S), true);
  EXPECT_FALSE(refine(B.use(V), false));
  ASSERT_TRUE(Eval.refine(B.use(V), false, Other));
  EXPECT_EQ(truth(W, Other), false);
}

TEST_F(EvaluateTest, SharedOperandsAreLookedAtOnce) {
  for (FlowExpr::Kind Kind :
       {FlowExpr::And, FlowExpr::Or, FlowExpr::Select, FlowExpr::Equal, FlowExpr::Less,
        FlowExpr::BitAnd, FlowExpr::BitOr, FlowExpr::Expansion}) {
    ExprId X = not_(B.use(B.local()));
    for (unsigned Level = 0; Level < 60; ++Level) {
      X = B.expr(FlowExpr::And, {X, X});
      if (Kind == FlowExpr::Expansion) {
        X = B.expr(Kind, {X});
        X = B.expr(FlowExpr::Equal, {B.expr(FlowExpr::And, {X, X}), B.number(Level % 2)});
      } else {
        X = B.expr(Kind, {X, X, X});
      }
    }
    truth(X);
    PathState False = S;
    refine(X, true);
    Eval.refine(X, false, False);
    EXPECT_EQ(Spent.broken(), Nothing) << Kind;
  }
}

/// As of `return;`, in a function that has shared operands elsewhere: the build with assertions
/// stops at a table that is asked for it.
TEST_F(EvaluateTest, NothingIsNotLookedForAmongWhatIsShared) {
  ExprId X = not_(B.use(B.local()));
  truth(B.expr(FlowExpr::And, {X, X}));
  EXPECT_TRUE(Eval.evaluate(NoExpr, S).saysNothing());
  EXPECT_TRUE(refine(NoExpr, true));
}

TEST_F(EvaluateTest, WhatIsSharedIsLookedAtAgainOnceMoreIsKnown) {
  // (a || b) && !a && (a || b), with one node for the two.
  ValueId V = B.local(), W = B.local();
  ExprId Either = B.expr(FlowExpr::Or, {not_(B.use(V)), B.use(W)});
  ExprId All = B.expr(FlowExpr::And, {B.expr(FlowExpr::And, {Either, B.use(V)}), Either});
  ASSERT_TRUE(refine(All, true));
  EXPECT_EQ(truth(V, S), true);
  EXPECT_EQ(truth(W, S), true);
}

TEST_F(EvaluateTest, WhatCannotBePaidIsNotKnown) {
  ExprId One = B.number(1);
  ASSERT_FALSE(Spent.step(Budget::Steps + 1));
  EXPECT_TRUE(Eval.evaluate(One, S).saysNothing());
  EXPECT_TRUE(refine(One, false));
}

} // namespace
