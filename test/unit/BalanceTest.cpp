// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Balance.h"
#include "RegionTest.h"

using namespace airlock;

namespace {

class BalanceTest : public RegionTest {};

TEST_F(BalanceTest, AForgottenReturnIsCertain) {
  CallId Opener;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Opener = Do.call(Take);
    Do.branch(Do.anything(), [&] { Do.returns(); });
    Do.call(Drop);
  });
  ASSERT_EQ(problems(R), Texts{"open at return: lock"});
  EXPECT_EQ(R.Problems[0].By, Opener);
  EXPECT_FALSE(R.Problems[0].Fails);
}

TEST_F(BalanceTest, AtASharedReturnItIsSometimes) {
  CallId Joined;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.branch(Do.anything(), [&] { Do.call(Take); });
    Joined = Do.call(Work);
  });
  EXPECT_EQ(at(R, Joined), (Texts{"", "lock"}));
  EXPECT_EQ(problems(R), Texts{"open at return: lock, sometimes"});
}

TEST_F(BalanceTest, HeldOnlyOnErrorIsForgotten) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Take);
    Do.branch(Do.anything(), [&] { Do.returns(Do.number(-22)); });
    Do.call(Drop);
    Do.returns(Do.number(0));
  });
  ASSERT_EQ(problems(R), Texts{"open at return: lock"});
  EXPECT_TRUE(R.Problems[0].Fails);
}

TEST_F(BalanceTest, OpenedInEachRound) {
  const FunctionRegions &R =
      regionsOf([&](BodyBuilder &Do) { Do.loop(Do.anything(), [&] { Do.call(Take); }); });
  EXPECT_EQ(problems(R), Texts{"opened in loop: lock"});
}

TEST_F(BalanceTest, APathThatDoesNotReturnLeavesNothingOpen) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Take);
    Do.branch(Do.anything(), [&] { Do.stops(); });
    Do.call(Drop);
  });
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(BalanceTest, AConfinedRegionLeavesOnlyAnInlineFunctionOpen) {
  EntityId Inlined = define("inlined", [&](BodyBuilder &Do) { Do.call(Open); });
  B.F.Entities[Inlined].Inline = true;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) { Do.call(Inlined); });
  EXPECT_TRUE(regionsOf(Inlined).Problems.empty());
  EXPECT_EQ(problems(R), Texts{"open at return: door"});
}

TEST_F(BalanceTest, WhatDoesNotNestIsOpenedOnce) {
  CallId Second;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Open);
    Second = Do.call(Open);
    Do.call(Close);
  });
  ASSERT_EQ(problems(R), Texts{"opened twice: door"});
  EXPECT_EQ(R.Problems[0].By, Second);
}

TEST_F(BalanceTest, ACalleeMayBeTheOneThatOpensTwice) {
  EntityId Whole = define("whole", [&](BodyBuilder &Do) {
    Do.call(Open);
    Do.call(Close);
  });
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Open);
    Do.call(Whole);
    Do.call(Close);
  });
  EXPECT_TRUE(regionsOf(Whole).Problems.empty());
  EXPECT_EQ(problems(R), Texts{"opened twice: door"});
}

TEST_F(BalanceTest, SaveAndRestoreGoTogether) {
  EntityId Forgets = define("forgets", [&](BodyBuilder &Do) { Do.call(Save); });
  EntityId Invents = define("invents", [&](BodyBuilder &Do) { Do.call(Restore); });
  EXPECT_EQ(problems(regionsOf(Forgets)), Texts{"not restored: door, sometimes"});
  EXPECT_EQ(problems(regionsOf(Invents)), Texts{"restored, not saved: door"});
}

TEST_F(BalanceTest, ASafeFunctionMayNotCloseTheRegion) {
  B.behaviour(F).SafeIn.insert(Door);
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Close);
    Do.call(Open);
  });
  EXPECT_EQ(problems(R), Texts{"safe, closes: door"});
}

TEST_F(BalanceTest, AnAnnotatedFunctionKeepsItsWord) {
  Behaviour &Says = B.behaviour(F);
  Says.Regions.Enters.insert(Lock);
  Says.RegionsWritten = true;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Take);
    Do.call(Drop);
  });
  EXPECT_EQ(problems(R), Texts{"declared, does not open: lock"});
}

TEST_F(BalanceTest, AnAnnotationByTheReturnedValue) {
  Behaviour &Says = B.behaviour(F);
  Says.Regions.EntersIfTrue.insert(Lock);
  Says.RegionsWritten = true;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Take);
    Do.branch(Do.anything(), [&] { Do.returns(Do.number(0)); });
    Do.returns(Do.number(1));
  });
  EXPECT_EQ(problems(R), Texts{"open at return: lock, sometimes"});
}

TEST_F(BalanceTest, AnUnbalancedRegionIsOpenAndNotReported) {
  EntityId Wait = changing("wait", &RegionChanges::Enters, Mutex);
  CallId Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.branch(Do.anything(), [&] {
      Do.call(Wait);
      Inside = Do.call(Work);
    });
  });
  EXPECT_EQ(at(R, Inside), Texts{"mutex"});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(BalanceTest, WithTooManyStatesNothingIsSaid) {
  CallId Last;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    llvm::StringRef Regions[] = {"a", "b", "c", "d", "e", "lock"};
    std::vector<ExprId> Conditions;
    for (llvm::StringRef Region : Regions) {
      Conditions.push_back(Do.anything());
      EntityId Opener = changing("open", &RegionChanges::Enters, *M.findRegion(Region));
      Do.branch(Conditions.back(), [&] { Do.call(Opener); });
    }
    Last = Do.call(Work);
    for (const llvm::StringRef &Region : Regions) {
      EntityId Closer = changing("close", &RegionChanges::Exits, *M.findRegion(Region));
      Do.branch(Conditions[&Region - Regions], [&] { Do.call(Closer); });
    }
  });
  EXPECT_FALSE(at(R, Last).empty());
  EXPECT_TRUE(R.Problems.empty());
}

} // namespace
