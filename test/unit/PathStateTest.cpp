// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/PathState.h"
#include "FlowsByHand.h"

using namespace airlock;

namespace {

constexpr uint64_t AllBits = ~uint64_t(0);
constexpr auto Nothing = std::nullopt;

class PathStateTest : public testing::Test {
protected:
  BodyBuilder B;
  const Flow &F = B.Body;
  PathState S, Other;

  static RegionDepth deep(unsigned Region, int8_t Depth) { return {Region, Depth, Depth, 1}; }
};

TEST_F(PathStateTest, AParameterBeginsAsTheCallerPassedIt) {
  ValueId P = B.parameter(1), V = B.local();
  EXPECT_EQ(S.known(P, F).parameterIn(AllBits), 1u);
  EXPECT_TRUE(S.known(V, F).saysNothing());
}

TEST_F(PathStateTest, WhatIsLearntLastIsKnown) {
  ValueId A = B.local(), C = B.local();
  S.learn(C, Known::number(3));
  S.learn(A, Known::number(1));
  S.learn(C, Known::number(4));
  EXPECT_EQ(S.known(A, F).number(), 1);
  EXPECT_EQ(S.known(C, F).number(), 4);
}

TEST_F(PathStateTest, AnAssignedParameterIsNotTheCallersAnyMore) {
  ValueId P = B.parameter(0);
  S.assign(P, Known(), F);
  EXPECT_FALSE(S.known(P, F).cameFrom(0, 1));
}

TEST_F(PathStateTest, BitsFollowTheirVariable) {
  ValueId P = B.parameter(0), Bit = B.masked(P, 4);
  EXPECT_EQ(S.known(Bit, F).truth(), Nothing);
  EXPECT_EQ(S.known(Bit, F).parameterIn(4), 0u);
  S.learn(P, Known::number(6));
  EXPECT_EQ(S.known(Bit, F).truth(), true);
}

TEST_F(PathStateTest, AnAssignmentForgetsWhatDepends) {
  ValueId V = B.local(), Bit = B.masked(V, 4);
  S.learn(Bit, Known::number(4));
  S.assign(V, Known(), F);
  EXPECT_EQ(S.known(Bit, F).truth(), Nothing);
}

TEST_F(PathStateTest, ACopyOfWhatChangedIsACopyNoMore) {
  ValueId V = B.local(), Copy = B.local();
  Known K = Known::number(1);
  K.Copy = V;
  S.learn(Copy, K);
  S.assign(V, Known::number(2), F);
  EXPECT_EQ(S.known(Copy, F).number(), 1);
  EXPECT_EQ(S.known(Copy, F).Copy, NoValue);
}

TEST_F(PathStateTest, AQuestionKnowsItsAnswer) {
  ValueId V = B.result();
  B.Body.Values[V].Test = 7;
  EXPECT_EQ(S.known(V, F).Answer, 7u);
}

TEST_F(PathStateTest, ARegionIsClosedUntilItIsOpened) {
  EXPECT_EQ(S.depth(2).Lo, 0);
  EXPECT_EQ(S.depth(2).Hi, 0);
  EXPECT_EQ(S.depth(2).By, NoCall);
  S.setDepth(deep(2, 1));
  EXPECT_EQ(S.depth(2).Lo, 1);
  S.setDepth(deep(2, 0));
  EXPECT_TRUE(S.depths().empty());
}

TEST_F(PathStateTest, TheOrderOfOpeningDoesNotTellStatesApart) {
  S.setDepth(deep(1, 1));
  S.setDepth(deep(0, 2));
  Other.setDepth(deep(0, 2));
  Other.setDepth(deep(1, 1));
  EXPECT_TRUE(S.sameRegions(Other));
  Other.setDepth(deep(1, 2));
  EXPECT_FALSE(S.sameRegions(Other));
}

TEST_F(PathStateTest, ASavedRegionTellsStatesApart) {
  S.Saved.push_back({0, 1, 1, 1});
  EXPECT_FALSE(S.sameRegions(Other));
  Other.Saved.push_back({0, 1, 1, 2});
  EXPECT_TRUE(S.sameRegions(Other));
}

TEST_F(PathStateTest, StatesAgreeInRegionsReturnsAndTellingValues) {
  ValueId Telling = B.local(), Silent = B.local();
  S.learn(Silent, Known::number(1));
  EXPECT_TRUE(S.agrees(Other, {Telling}, F));
  S.learn(Telling, Known::number(1));
  EXPECT_FALSE(S.agrees(Other, {Telling}, F));
  Other.learn(Telling, Known::number(1));
  EXPECT_TRUE(S.agrees(Other, {Telling}, F));
  Other.ReturnedAt = {5};
  EXPECT_FALSE(S.agrees(Other, {Telling}, F));
}

TEST_F(PathStateTest, AJoinKeepsWhatBothKnowAndComesToAnEnd) {
  ValueId A = B.local(), C = B.local(), D = B.local();
  S.learn(A, Known::number(1));
  S.learn(C, Known::number(2));
  Other.learn(A, Known::number(1));
  Other.learn(D, Known::number(3));
  EXPECT_TRUE(S.join(Other, F));
  EXPECT_EQ(S.known(A, F).number(), 1);
  EXPECT_TRUE(S.known(C, F).saysNothing());
  EXPECT_TRUE(S.known(D, F).saysNothing());
  EXPECT_FALSE(S.join(Other, F));
}

TEST_F(PathStateTest, AJoinWithAPathThatChangedTheParameterForgetsWhoseItIs) {
  ValueId P = B.parameter(0);
  Other.assign(P, Known::number(1), F);
  PathState Changed = Other;
  EXPECT_TRUE(S.join(Other, F));
  EXPECT_FALSE(S.known(P, F).cameFrom(0, 1));
  EXPECT_TRUE(Changed.join(PathState(), F));
  EXPECT_FALSE(Changed.known(P, F).cameFrom(0, 1));
}

TEST_F(PathStateTest, DepthsThatDifferPart) {
  S.setDepth(deep(0, 1));
  Other.setDepth(deep(1, 2));
  EXPECT_TRUE(S.join(Other, F));
  EXPECT_EQ(S.depth(0).Lo, 0);
  EXPECT_EQ(S.depth(0).Hi, 1);
  EXPECT_EQ(S.depth(1).Lo, 0);
  EXPECT_EQ(S.depth(1).Hi, 2);
}

TEST_F(PathStateTest, WhatOpenedIsKnownWhereBothAgree) {
  ValueId A = B.local(), C = B.local();
  for (ValueId V : {C, A}) {
    S.setOpened(V, true);
    Other.setOpened(V, V == A);
  }
  EXPECT_TRUE(S.join(Other, F));
  EXPECT_EQ(S.opened(A), true);
  EXPECT_EQ(S.opened(C), Nothing);
}

} // namespace
