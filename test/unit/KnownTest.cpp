// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Known.h"
#include "gtest/gtest.h"

using namespace airlock;

namespace {

constexpr uint64_t AllBits = ~uint64_t(0);
constexpr auto Nothing = std::nullopt;
/// Numbers of each sign, with bits that they share and bits that they do not.
constexpr int64_t Samples[] = {-8, -1, 0, 1, 2, 3, 4, 6, 12};

/// All that K says is true of N.
void expectHolds(const Known &K, int64_t N) {
  SCOPED_TRACE(N);
  EXPECT_EQ(K.truth().value_or(N != 0), N != 0);
  EXPECT_EQ(K.number().value_or(N), N);
  for (uint64_t Bits : {1, 2, 4, 6, 8, 15}) {
    bool Has = (N & Bits) != 0;
    EXPECT_EQ(K.has(Bits).value_or(Has), Has) << Bits;
  }
  for (int64_t Other : Samples)
    EXPECT_EQ(K.equals(Other).value_or(N == Other), N == Other) << Other;
}

TEST(Known, NothingIsKnownAtFirst) {
  Known K;
  EXPECT_TRUE(K.saysNothing());
  EXPECT_EQ(K.truth(), Nothing);
  EXPECT_EQ(K.number(), Nothing);
  EXPECT_EQ(K.has(1), Nothing);
  EXPECT_EQ(K.equals(0), Nothing);
  EXPECT_EQ(K.parameterIn(1), Nothing);
}

TEST(Known, ANumberAnswersEverything) {
  for (int64_t N : Samples) {
    Known K = Known::number(N);
    expectHolds(K, N);
    EXPECT_TRUE(K.truth() && K.number() && K.has(4) && K.equals(3)) << N;
  }
}

TEST(Known, ABooleanIsNotNegative) {
  EXPECT_EQ(Known::boolean(true).number(), 1);
  EXPECT_EQ(Known::boolean(false).number(), 0);
  Known Either = Known::boolean(Nothing);
  EXPECT_EQ(Either.truth(), Nothing);
  EXPECT_EQ(Either.equals(-1), false);
}

TEST(Known, AJoinSaysWhatHoldsOfBoth) {
  for (int64_t A : Samples)
    for (int64_t B : Samples) {
      Known K = Known::number(A).join(Known::number(B));
      expectHolds(K, A);
      expectHolds(K, B);
    }
}

TEST(Known, AJoinKeepsWhatIsShared) {
  Known K = Known::number(12).join(Known::number(4));
  EXPECT_EQ(K.truth(), true);
  EXPECT_EQ(K.has(4), true);
  EXPECT_EQ(K.has(8), Nothing);
  EXPECT_EQ(K.has(3), false);
  EXPECT_EQ(K.number(), Nothing);
}

TEST(Known, AJoinHasNoOrder) {
  for (int64_t A : Samples) {
    EXPECT_TRUE(Known::number(A).join(Known::number(A)) == Known::number(A));
    EXPECT_TRUE(Known::number(A).join(Known()) == Known().join(Known::number(A)));
    EXPECT_EQ(Known::number(A).join(Known()).truth(), Nothing);
    for (int64_t B : Samples)
      EXPECT_TRUE(Known::number(A).join(Known::number(B)) ==
                  Known::number(B).join(Known::number(A)));
  }
}

TEST(Known, MasksOfAJoinHoldOfBoth) {
  for (int64_t A : Samples)
    for (int64_t B : Samples)
      for (uint64_t Bits : {uint64_t(1), uint64_t(6), uint64_t(15), AllBits}) {
        Known K = Known::number(A).join(Known::number(B));
        expectHolds(K.masked(Bits), A & Bits);
        expectHolds(K.masked(Bits), B & Bits);
        expectHolds(K.with(Bits), A | Bits);
        expectHolds(K.with(Bits), B | Bits);
      }
}

TEST(Known, WhatATestFindsOutIsNotWrong) {
  for (int64_t N : Samples)
    for (int64_t Other : Samples) {
      Known K;
      K.setNumber(Other, N == Other);
      expectHolds(K, N);
      EXPECT_FALSE(K.contradicts());
      K.setBits(4, N & 4);
      expectHolds(K, N);
    }
}

TEST(Known, ItMayBeOnlyOneNumber) {
  Known K;
  K.setNumber(3, false);
  EXPECT_EQ(K.equals(3), false);
  EXPECT_EQ(K.equals(4), Nothing);
  EXPECT_EQ(K.truth(), Nothing);
}

TEST(Known, OfSmallNumbersItKnowsAllThatItIsNot) {
  Known K;
  for (int64_t N : {0, 1, 2, 63, 64, -1, 65})
    K.setNumber(N, false);
  for (int64_t N : {0, 1, 2, 63, 64})
    EXPECT_EQ(K.equals(N), false) << N;
  EXPECT_EQ(K.isNot(), 64); // one of those that are not small
  EXPECT_EQ(K.equals(3), Nothing);
  EXPECT_EQ(K.masked(~uint64_t(0)).equals(2), Nothing);
  Known Other;
  Other.setNumber(2, false);
  EXPECT_EQ(K.join(Other).equals(2), false);
  EXPECT_EQ(K.join(Other).equals(1), Nothing);
  EXPECT_EQ(Other.join(Known::number(5)).equals(2), false);
  EXPECT_EQ(Known::number(2).join(Other).equals(2), Nothing);
  EXPECT_EQ(Known::number(3).join(Known::number(5)).isNoneOf(), 0u);
}

TEST(Known, NotZeroIsTrue) {
  Known K;
  K.setNumber(0, false);
  EXPECT_EQ(K.truth(), true);
}

TEST(Known, ANumberOfTheWrongSignContradicts) {
  Known K = Known::signs(Known::Negative);
  K.setNumber(3, true);
  EXPECT_TRUE(K.contradicts());
}

TEST(Known, OfOneBitTheTestSaysAllOfSeveralOnlyThatOneIsSet) {
  Known One, Several, None;
  One.setBits(4, true);
  EXPECT_EQ(One.has(4), true);
  Several.setBits(6, true);
  EXPECT_EQ(Several.truth(), true);
  EXPECT_EQ(Several.has(4), Nothing);
  None.setBits(6, false);
  EXPECT_EQ(None.has(4), false);
  EXPECT_EQ(None.has(12), Nothing);
}

TEST(Known, FlagsAddedAreSetAndTheRestIsTheParameters) {
  Known K = Known::parameter(1).with(4);
  EXPECT_EQ(K.has(4), true);
  EXPECT_EQ(K.parameterIn(4), Nothing);
  EXPECT_EQ(K.has(8), Nothing);
  EXPECT_EQ(K.parameterIn(8), 1u);
}

TEST(Known, FlagsTakenAwayAreClearAndTheRestIsTheParameters) {
  Known K = Known::parameter(0).masked(~uint64_t(4));
  EXPECT_EQ(K.has(4), false);
  EXPECT_EQ(K.parameterIn(4), Nothing);
  EXPECT_EQ(K.parameterIn(8), 0u);
}

TEST(Known, ATestedParameterIsStillTheCallers) {
  Known K = Known::parameter(2);
  K.keepSigns(Known::Zero);
  EXPECT_EQ(K.truth(), false);
  EXPECT_TRUE(K.cameFrom(2, AllBits));
  EXPECT_FALSE(K.cameFrom(1, AllBits));
}

TEST(Known, TwoParametersJoinedAreNeither) {
  Known K = Known::parameter(0).join(Known::parameter(1));
  EXPECT_EQ(K.parameterIn(1), Nothing);
  Known Flagged = Known::parameter(0).join(Known::parameter(0).with(4));
  EXPECT_EQ(Flagged.parameterIn(4), Nothing);
  EXPECT_EQ(Flagged.parameterIn(8), 0u);
}

TEST(Known, WhatIsReturnedSaysNothingOfOurParameters) {
  Known K = Known::parameter(0);
  K.setNumber(5, false);
  EXPECT_EQ(K.asReturned().parameterIn(1), Nothing);
  EXPECT_EQ(K.asReturned().equals(5), false);
  EXPECT_EQ(Known::number(-22).asReturned().number(), -22);
}

TEST(Known, ChangedBitsMakeItSomethingElse) {
  Known K;
  K.Copy = 3;
  K.Answer = 7;
  EXPECT_NE(K.with(1).Copy, 3u);
  EXPECT_NE(K.masked(1).Copy, 3u);
  EXPECT_EQ(K.masked(1).Answer, NoEntity);
}

} // namespace
