// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Decisions.h"
#include "RegionTest.h"

using namespace airlock;

namespace {

class DecisionsTest : public RegionTest {
protected:
  unsigned decisions(const FunctionRegions &R, CallId Call) {
    for (const CallSituations &Here : R.Calls)
      if (Here.Call == Call)
        return Here.Decisions;
    ADD_FAILURE() << "not called";
    return ~0u;
  }
};

TEST_F(DecisionsTest, EachBranchAroundACallIsOne) {
  CallId Before, One, Two, After;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Before = Do.call(Work);
    Do.branch(Do.anything(), [&] {
      One = Do.call(Work);
      Do.branch(Do.anything(), [&] { Two = Do.call(Work); });
    });
    After = Do.call(Work);
  });
  EXPECT_EQ(decisions(R, Before), 0u);
  EXPECT_EQ(decisions(R, One), 1u);
  EXPECT_EQ(decisions(R, Two), 2u);
  EXPECT_EQ(decisions(R, After), 0u);
}

TEST_F(DecisionsTest, BothArmsAreDecided) {
  CallId Then, Else;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.branch(Do.anything(), [&] { Then = Do.call(Work); }, [&] { Else = Do.call(Work); });
  });
  EXPECT_EQ(decisions(R, Then), 1u);
  EXPECT_EQ(decisions(R, Else), 1u);
}

TEST_F(DecisionsTest, WhatTheCallerPassesIsNot) {
  CallId Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.branch(Do.use(Do.parameter(0)), [&] { Inside = Do.call(Work); });
  });
  EXPECT_EQ(decisions(R, Inside), 0u);
}

TEST_F(DecisionsTest, AnAnswerThatIsKnownIsNotAskedAgain) {
  CallId Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Ready = Do.memory();
    Do.branch(Do.use(Ready), [&] { Do.branch(Do.use(Ready), [&] { Inside = Do.call(Work); }); });
  });
  EXPECT_EQ(decisions(R, Inside), 1u);
}

TEST_F(DecisionsTest, WhatAVariableRemembersWasDecided) {
  CallId Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Mapped = Do.local();
    Do.assign(Mapped, Do.number(0));
    Do.branch(Do.anything(), [&] { Do.assign(Mapped, Do.number(1)); });
    Do.branch(Do.use(Mapped), [&] { Inside = Do.call(Work); });
  });
  EXPECT_EQ(decisions(R, Inside), 1u);
}

TEST_F(DecisionsTest, AFailureOnTheOtherSideIsNot) {
  CallId Failing, Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.branch(Do.anything(), [&] {
      Failing = Do.call(Work);
      Do.returns(Do.number(-22));
    });
    Do.branch(Do.anything(), [&] { Do.stops(); });
    Inside = Do.call(Work);
  });
  EXPECT_EQ(decisions(R, Failing), 1u);
  EXPECT_EQ(decisions(R, Inside), 0u);
}

TEST_F(DecisionsTest, ASuccessOnTheOtherSideIs) {
  CallId Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.branch(Do.anything(), [&] { Do.returns(Do.number(0)); });
    Inside = Do.call(Work);
  });
  EXPECT_EQ(decisions(R, Inside), 1u);
}

TEST_F(DecisionsTest, ALoopGoesRound) {
  CallId Inside, After;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.loop(Do.anything(), [&] { Inside = Do.call(Work); });
    After = Do.call(Work);
  });
  EXPECT_EQ(decisions(R, Inside), 0u);
  EXPECT_EQ(decisions(R, After), 0u);
}

TEST_F(DecisionsTest, CountingEnds) {
  CallId Inside = NoCall;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    auto Nest = [&](auto &Self, unsigned Depth) -> void {
      if (Depth)
        Do.branch(Do.anything(), [&] { Self(Self, Depth - 1); });
      else
        Inside = Do.call(Work);
    };
    Nest(Nest, MaxDecisions + 2);
  });
  EXPECT_EQ(decisions(R, Inside), MaxDecisions);
}

/// Blocks and edges as they come, for shapes that no structured code has.
std::vector<uint8_t> decisions(llvm::ArrayRef<std::pair<BlockId, BlockId>> Edges, BlockId Exit) {
  Flow Body;
  Body.Blocks.resize(Exit + 1);
  Body.Blocks[Exit].IsExit = true;
  for (auto [From, To] : Edges) {
    FlowEdge E;
    E.To = To;
    Body.Blocks[From].Next.push_back(E);
  }
  return decisionsBefore(Body, llvm::BitVector(Body.Blocks.size()));
}

TEST(Decisions, OfTwoWaysTheOneWithFewer) {
  // if (a || b) 2;
  EXPECT_EQ(decisions({{0, 2}, {0, 1}, {1, 2}, {1, 3}, {2, 3}}, 3),
            (std::vector<uint8_t>{0, 1, 1, 0}));
}

TEST(Decisions, WhatRunsOnceBeforeItIsAskedIsCertain) {
  // do 1; while (2);
  EXPECT_EQ(decisions({{0, 1}, {1, 2}, {2, 1}, {2, 3}}, 3), (std::vector<uint8_t>{0, 0, 0, 0}));
}

TEST(Decisions, WhatNeverEndsIsCounted) {
  // if (0) for (;;) { 1; 2; } -- and no way at all to the exit.
  EXPECT_EQ(decisions({{0, 1}, {0, 3}, {1, 2}, {2, 1}}, 3), (std::vector<uint8_t>{0, 1, 1, 0}));
  EXPECT_EQ(decisions({{0, 1}, {1, 2}, {2, 1}}, 3), (std::vector<uint8_t>{0, 0, 0, 0}));
}

} // namespace
