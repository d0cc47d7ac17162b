// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/RegionAnalysis.h"
#include "RegionTest.h"
#include "regions/PathState.h"

using namespace airlock;

namespace {

class RegionAnalysisTest : public RegionTest {};

TEST_F(RegionAnalysisTest, BetweenOpenerAndCloserItIsOpen) {
  CallId Before, Between, After;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Before = Do.call(Work);
    Do.call(Take);
    Between = Do.call(Work);
    Do.call(Drop);
    After = Do.call(Work);
  });
  EXPECT_EQ(at(R, Before), Texts{""});
  EXPECT_EQ(at(R, Between), Texts{"lock"});
  EXPECT_EQ(at(R, After), Texts{""});
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(R.Outcomes.empty());
}

TEST_F(RegionAnalysisTest, LevelsAreCounted) {
  CallId Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Take);
    Do.call(Take);
    Do.call(Drop);
    Inside = Do.call(Work);
    Do.call(Drop);
  });
  EXPECT_EQ(at(R, Inside), Texts{"lock"});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, TheSameConditionTwiceIsOnePath) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Remembered = Do.memory();
    Do.branch(Do.use(Remembered), [&] { Do.call(Take); });
    Do.call(Work);
    Do.branch(Do.use(Remembered), [&] { Do.call(Drop); });
  });
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(R.Outcomes.empty());
}

TEST_F(RegionAnalysisTest, AConditionThatChangedIsAnother) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Remembered = Do.memory();
    Do.branch(Do.use(Remembered), [&] { Do.call(Take); });
    Do.forget(Remembered);
    Do.branch(Do.use(Remembered), [&] { Do.call(Drop); });
  });
  EXPECT_EQ(problems(R),
            (Texts{"open at return: lock, sometimes", "closed, not open: lock, sometimes"}));
}

TEST_F(RegionAnalysisTest, AFlagRemembersThePath) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Locked = Do.local();
    Do.assign(Locked, Do.number(0));
    Do.branch(Do.anything(), [&] {
      Do.call(Take);
      Do.assign(Locked, Do.number(1));
    });
    Do.branch(Do.use(Locked), [&] { Do.call(Drop); });
  });
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, TwoFlagsRememberTheSamePath) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId First = Do.local(), Second = Do.local();
    Do.assign(First, Do.number(0));
    Do.assign(Second, Do.number(0));
    Do.branch(Do.anything(), [&] {
      Do.assign(First, Do.number(1));
      Do.assign(Second, Do.number(1));
    });
    Do.branch(Do.use(First), [&] { Do.call(Take); });
    Do.branch(Do.use(Second), [&] { Do.call(Drop); });
  });
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(R.Outcomes.empty());
}

TEST_F(RegionAnalysisTest, AConditionalOpenerOpensWhereItSaysSo) {
  CallId Held, Failed;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.branch(
        Do.asks(Try),
        [&] {
          Held = Do.call(Work);
          Do.call(Drop);
        },
        [&] { Failed = Do.call(Work); });
  });
  EXPECT_EQ(at(R, Held), Texts{"lock"});
  EXPECT_EQ(at(R, Failed), Texts{""});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, ItsAnswerMayBeKept) {
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Failed = Do.local();
    Do.assign(Failed, Do.expr(FlowExpr::Not, {Do.asks(Try)}));
    Do.call(Work);
    Do.branch(Do.use(Failed), [&] { Do.returns(); });
    Do.call(Drop);
  });
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, ARoundEndsAsItBegan) {
  CallId Inside, After;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.loop(Do.anything(), [&] {
      Do.call(Take);
      Inside = Do.call(Work);
      Do.call(Drop);
    });
    After = Do.call(Work);
  });
  EXPECT_EQ(at(R, Inside), Texts{"lock"});
  EXPECT_EQ(at(R, After), Texts{""});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, WhatIsSavedIsClosedUntilItIsRestored) {
  CallId Saved, Restored;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Open);
    Do.call(Save);
    Saved = Do.call(Work);
    Do.call(Restore);
    Restored = Do.call(Work);
    Do.call(Close);
  });
  EXPECT_EQ(at(R, Saved), Texts{""});
  EXPECT_EQ(at(R, Restored), Texts{"door"});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, ASafeFunctionBeginsInTheRegion) {
  B.behaviour(F).SafeIn.insert(Door);
  CallId First;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) { First = Do.call(Work); });
  ASSERT_EQ(at(R, First), Texts{"door"});
  EXPECT_EQ(R.Calls[0].Ways[0].Open[0].By, NoCall);
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, AMacroActsUnlessSomethingInItDoes) {
  EntityId Macro = B.macro("take");
  B.behaviour(Macro).Regions.Enters.insert(Lock);
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.expands(Macro, [&] { Do.call(Take); });
    Do.call(Drop);
    Do.expands(Macro, [&] { Do.call(Work); });
    Do.call(Drop);
  });
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(R.Outcomes.empty());
}

TEST_F(RegionAnalysisTest, WhatIsAcquiredIsNamedAtTheCall) {
  EntityId Acquire = B.function("acquire");
  B.behaviour(Acquire).Acquires = true;
  CallId Inside;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Acquire);
    Do.last().Regions = RegionSet::of(Lock);
    Inside = Do.call(Work);
    Do.call(Drop);
  });
  EXPECT_EQ(at(R, Inside), Texts{"lock"});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, APointerThatIsFollowedIsNotNull) {
  CallId Reached = NoCall;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Pointer = Do.parameter(0);
    Do.follow(Pointer);
    Do.branch(Do.use(Pointer), [&] { Do.call(Work); }, [&] { Reached = Do.call(Work); });
  });
  EXPECT_TRUE(at(R, Reached).empty());
}

TEST_F(RegionAnalysisTest, WhatTheCodeHasAskedForIsLifted) {
  EntityId MaySleep = B.function("may_sleep");
  unsigned Sleep = *M.findEffect("sleep");
  B.behaviour(MaySleep).Lifts.insert(Sleep);
  CallId Asked, Refused;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ExprId Answer = Do.asks(MaySleep);
    Do.Body.Values[Do.Body.Exprs[Answer].Var].Test = MaySleep;
    Do.branch(Answer, [&] { Asked = Do.call(Work); }, [&] { Refused = Do.call(Work); });
  });
  for (const CallSituations &Here : R.Calls) {
    if (Here.Call == Asked || Here.Call == Refused) {
      EXPECT_EQ(Here.Ways[0].Lifted.contains(Sleep), Here.Call == Asked);
    }
  }
}

TEST_F(RegionAnalysisTest, ThePathSaysWhatHoldsOfTheParameters) {
  CallId Here;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    ValueId Flags = Do.parameter(1);
    Do.branch(Do.use(Do.masked(Flags, 4)), [&] { Here = Do.call(Work, {Do.use(Flags)}); });
  });
  ASSERT_EQ(R.Calls.size(), 1u);
  const Situation &Way = R.Calls[0].Ways[0];
  bool Told = false;
  for (const ArgumentCondition &If : Way.If)
    Told |= If.Is == ArgumentCondition::NonZero && If.Parameter == 1 && If.Mask == 4;
  EXPECT_TRUE(Told);
  EXPECT_EQ(Way.Arguments[0].has(4), true);
}

TEST_F(RegionAnalysisTest, ManyConditionsDoNotMakeManyPaths) {
  CallId Last;
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    Do.call(Take);
    for (int I = 0; I < 64; ++I)
      Do.branch(Do.anything(), [&] { Do.call(Work); });
    Last = Do.call(Work);
    Do.call(Drop);
  });
  EXPECT_EQ(at(R, Last), Texts{"lock"});
  EXPECT_TRUE(R.Problems.empty());
}

TEST_F(RegionAnalysisTest, ManyRoundsAreWalked) {
  // Each round lets one more variable go.
  const FunctionRegions &R = regionsOf([&](BodyBuilder &Do) {
    std::vector<ValueId> Values;
    for (unsigned I = 0; I < 100; ++I) {
      Values.push_back(Do.local());
      Do.assign(Values.back(), Do.number(1));
    }
    Do.loop(Do.anything(), [&] {
      for (size_t I = Values.size() - 1; I > 0; --I)
        Do.assign(Values[I], Do.use(Values[I - 1]));
      Do.forget(Values[0]);
    });
    Do.branch(Do.use(Values.back()), [&] { Do.call(Take); });
  });
  EXPECT_EQ(R.GivenUp, std::nullopt);
  EXPECT_EQ(problems(R), Texts{"open at return: lock, sometimes"});
}

TEST_F(RegionAnalysisTest, LevelsAreCountedUpToALimit) {
  std::vector<CallId> Calls;
  auto Levels = [&](llvm::StringRef Name, int Count) {
    return define(Name, [&](BodyBuilder &Do) {
      Do.loop(Do.anything(), [] {}); // is not to blame
      for (int I = 0; I < Count; ++I)
        Do.call(Take);
      Calls.push_back(Do.call(Work));
      for (int I = 0; I < Count; ++I)
        Do.call(Drop);
      Do.branch(Do.anything(), [&] { Do.call(Take); });
    });
  };
  EntityId Most = Levels("most", MaxDepth), More = Levels("more", MaxDepth + 1);
  EXPECT_EQ(regionsOf(Most).GivenUp, std::nullopt);
  EXPECT_EQ(problems(regionsOf(Most)), Texts{"open at return: lock, sometimes"});
  EXPECT_EQ(regionsOf(More).GivenUp, Limit::Depth);
  EXPECT_TRUE(regionsOf(More).Problems.empty());
  // What is held more often than that is held.
  EXPECT_EQ(at(regionsOf(Most), Calls[0]), Texts{"lock"});
  EXPECT_EQ(at(regionsOf(More), Calls[1]), Texts{"lock"});
}

TEST_F(RegionAnalysisTest, ALoopThatOpensInEachRoundIsTold) {
  const FunctionRegions &R =
      regionsOf([&](BodyBuilder &Do) { Do.loop(Do.anything(), [&] { Do.call(Take); }); });
  EXPECT_EQ(R.GivenUp, std::nullopt);
  EXPECT_EQ(problems(R), Texts{"opened in loop: lock"});
}

TEST_F(RegionAnalysisTest, WithTooManyStatesItIsOnlyKnownWhatMayBe) {
  std::vector<EntityId> Openers;
  for (const char *Name : {"a", "b", "c", "d", "e", "mutex", "lock"})
    Openers.push_back(
        changing(std::string("open_") + Name, &RegionChanges::Enters, *M.findRegion(Name)));
  CallId Few = NoCall, Many = NoCall;
  auto Body = [&](size_t Count, CallId &Last) {
    return [&, Count](BodyBuilder &Do) {
      Do.call(Open);
      for (size_t I = 0; I < Count; ++I)
        Do.branch(Do.anything(), [&] { Do.call(Openers[I]); });
      Last = Do.call(Work);
    };
  };
  EntityId G = define("g", Body(4, Few)), H = define("h", Body(7, Many));
  EntityId CallsIt = define("calls_it", [&](BodyBuilder &Do) {
    Do.call(H);
    Do.call(Close);
  });
  EXPECT_EQ(regionsOf(G).GivenUp, std::nullopt);
  EXPECT_EQ(at(regionsOf(G), Few).size(), 16u);
  const FunctionRegions &R = regionsOf(H);
  EXPECT_EQ(R.GivenUp, Limit::States);
  EXPECT_TRUE(R.Problems.empty());
  for (const CallSituations &Here : R.Calls)
    for (const Situation &At : Here.Ways)
      EXPECT_TRUE(At.Open.empty());
  // It opens the door, or it does not.
  EXPECT_TRUE(regionsOf(CallsIt).Problems.empty());
}

TEST_F(RegionAnalysisTest, WhatTakesTooLongIsGivenUpAndItsCallersBlameNobody) {
  EntityId Long = define("long", [&](BodyBuilder &Do) {
    std::vector<ValueId> Values;
    Do.call(Take);
    for (unsigned I = 0; I < 2000; ++I) {
      Values.push_back(Do.local());
      Do.assign(Values.back(), Do.number(1));
    }
    Do.loop(Do.anything(), [&] {
      for (size_t I = Values.size() - 1; I > 0; --I)
        Do.assign(Values[I], Do.use(Values[I - 1]));
      Do.forget(Values[0]);
    });
  });
  EntityId CallsIt = define("calls_it", [&](BodyBuilder &Do) {
    Do.call(Long);
    Do.call(Drop);
  });
  EntityId Safe = define("safe", [&](BodyBuilder &Do) { Do.call(Long); });
  B.behaviour(Safe).SafeIn.insert(Lock);
  const FunctionRegions &R = regionsOf(Long);
  EXPECT_EQ(R.GivenUp, Limit::Steps);
  EXPECT_TRUE(R.Calls.empty());
  EXPECT_TRUE(R.Problems.empty());
  EXPECT_TRUE(regionsOf(CallsIt).Problems.empty());
  EXPECT_TRUE(regionsOf(Safe).Problems.empty());
  EXPECT_EQ(regionsOf(CallsIt).GivenUp, std::nullopt);
}

} // namespace
