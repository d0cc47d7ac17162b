// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "effects/Effects.h"
#include "FlowsByHand.h"

using namespace airlock;

namespace {

using Texts = std::vector<std::string>;
using Condition = ArgumentCondition;

/// The bit that lets an allocation sleep, and one that says nothing.
constexpr uint64_t Wait = 4, Zeroed = 8;

class EffectsTest : public testing::Test {
protected:
  const Model M = modelOf(R"({
    "airlock_model": 1, "name": "test",
    "effects": {"sleep": {"description": "may sleep"},
                "fault": {"description": "may sleep in a fault", "kind_of": "sleep"},
                "other": {"description": "does something else"}},
    "regions": {"lock": {"description": "a lock is held", "forbids": ["sleep"]},
                "nofault": {"description": "page faults are disabled", "absorbs": ["fault"]}}})");
  const unsigned Sleep = *M.findEffect("sleep"), Fault = *M.findEffect("fault"),
                 Lock = *M.findRegion("lock"), NoFault = *M.findRegion("nofault");

  FactsBuilder B;
  FlowsByHand Flows{B};
  EntityId Sleeps = doing("sleeps", Sleep), Faults = doing("faults", Fault);
  /// Sleeps if its second argument has Wait.
  EntityId Alloc = doing("alloc", Sleep, Condition{Condition::NonZero, 1, Wait, 0, true});
  /// Sleeps if its first argument is true.
  EntityId SleepIf = doing("sleep_if", Sleep, Condition{Condition::NonZero, 0});

  EntityId doing(llvm::StringRef Name, unsigned Effect, std::optional<Condition> When = {}) {
    EntityId Id = B.function(Name);
    B.F.Entities[Id].Effects.insert(Effect);
    B.F.Entities[Id].Modelled = true;
    if (When)
      B.behaviour(Id).When.push_back({*When, ""});
    return Id;
  }
  EntityId define(llvm::StringRef Name, llvm::function_ref<void(BodyBuilder &)> Write) {
    EntityId Id = B.function(Name);
    Flows.define(Id, Write);
    return Id;
  }
  EntityId opening(llvm::StringRef Name, unsigned Region, bool Opens) {
    EntityId Id = B.function(Name);
    RegionChanges &Changes = B.behaviour(Id).Regions;
    (Opens ? Changes.Enters : Changes.Exits).insert(Region);
    return Id;
  }

  Effects &effects() {
    if (!Inferred) {
      Graph.emplace(B.F);
      Unit.emplace(B.F, M, *Graph, Flows);
      EffectSet Tracked = M.withKinds(EffectSet::of(Sleep));
      Inferred.emplace(B.F, M, *Graph, *Unit, Tracked, OfUnknown);
    }
    return *Inferred;
  }
  /// "sleep if p1&4, !p0", one for each way.
  Texts ways(EntityId E) {
    Texts All;
    for (const EffectWay &Way : effects().of(E)) {
      std::string Text = M.effects()[Way.Effect].Name;
      for (const Condition &If : Way.If) {
        Text += (&If == Way.If.begin() ? " if " : ", ");
        Text += (If.Is == Condition::Zero ? "!p" : "p") + std::to_string(If.Parameter);
        if (If.Mask != ~uint64_t(0))
          Text += "&" + std::to_string(If.Mask);
        if (If.Is == Condition::Equal || If.Is == Condition::NotEqual)
          Text += (If.Is == Condition::Equal ? "==" : "!=") + std::to_string(If.Value);
      }
      All.push_back(Text);
    }
    return All;
  }
  /// The names on the witness of the first way.
  Texts witness(EntityId E) {
    Texts Names = {B.F.Entities[E].Name.str()};
    if (effects().of(E).empty())
      return Names;
    const EffectWay *Way = &effects().of(E)[0];
    while (Way->Next != NoEntity && Names.size() < 10) {
      Names.push_back(B.F.Entities[Way->Next].Name.str());
      Way = &effects().of(Way->Next)[Way->NextWay];
    }
    return Names;
  }

  EffectSet OfUnknown;
  std::optional<CallGraph> Graph;
  std::optional<UnitRegions> Unit;
  std::optional<Effects> Inferred;
};

TEST_F(EffectsTest, WhatIsCalledSleeps) {
  CallId Call;
  EntityId Deeper = define("deeper", [&](BodyBuilder &Do) { Call = Do.call(Sleeps); });
  EntityId F = define("f", [&](BodyBuilder &Do) { Do.call(Deeper); });
  EntityId Quiet = define("quiet", [&](BodyBuilder &Do) { Do.call(B.function("nothing")); });
  ASSERT_EQ(ways(F), Texts{"sleep"});
  ASSERT_EQ(ways(Deeper), Texts{"sleep"});
  EXPECT_EQ(witness(F), (Texts{"f", "deeper", "sleeps"}));
  EXPECT_EQ(effects().of(F)[0].Distance, 2u);
  EXPECT_EQ(effects().of(Deeper)[0].Via, Call);
  EXPECT_TRUE(ways(Quiet).empty());
}

TEST_F(EffectsTest, EffectsThatNobodyForbidsAreNotFollowed) {
  EntityId Does = doing("does", *M.findEffect("other"));
  EntityId F = define("f", [&](BodyBuilder &Do) { Do.call(Does); });
  EXPECT_TRUE(ways(F).empty());
}

TEST_F(EffectsTest, AConstantArgumentDecides) {
  EntityId Atomic =
      define("atomic", [&](BodyBuilder &Do) { Do.call(Alloc, {Do.number(8), Do.number(Zeroed)}); });
  EntityId Waits = define(
      "waits", [&](BodyBuilder &Do) { Do.call(Alloc, {Do.number(8), Do.number(Wait | Zeroed)}); });
  EXPECT_TRUE(ways(Atomic).empty());
  EXPECT_EQ(ways(Waits), Texts{"sleep"});
}

TEST_F(EffectsTest, AParameterIsFollowedThroughEachLevel) {
  EntityId First = define(
      "first", [&](BodyBuilder &Do) { Do.call(Alloc, {Do.number(8), Do.use(Do.parameter(0))}); });
  EntityId Second = define("second", [&](BodyBuilder &Do) {
    ExprId More = Do.expr(FlowExpr::BitOr, {Do.use(Do.parameter(3)), Do.number(Zeroed)});
    Do.call(First, {More});
  });
  EntityId Waits = define("waits", [&](BodyBuilder &Do) {
    Do.call(Second, {NoExpr, NoExpr, NoExpr, Do.number(Wait)});
  });
  EntityId Atomic = define(
      "atomic", [&](BodyBuilder &Do) { Do.call(Second, {NoExpr, NoExpr, NoExpr, Do.number(0)}); });
  EXPECT_EQ(ways(First), Texts{"sleep if p0&4"});
  EXPECT_EQ(ways(Second), Texts{"sleep if p3&4"});
  EXPECT_EQ(ways(Waits), Texts{"sleep"});
  EXPECT_TRUE(ways(Atomic).empty());
}

TEST_F(EffectsTest, AFlagAddedOrTakenAwayOnTheWayDecides) {
  EntityId Adds = define("adds", [&](BodyBuilder &Do) {
    ExprId More = Do.expr(FlowExpr::BitOr, {Do.use(Do.parameter(0)), Do.number(Wait)});
    Do.call(Alloc, {Do.number(8), More});
  });
  EntityId Clears = define("clears", [&](BodyBuilder &Do) {
    ExprId Less = Do.expr(FlowExpr::BitAnd, {Do.use(Do.parameter(0)), Do.number(~Wait)});
    Do.call(Alloc, {Do.number(8), Less});
  });
  EXPECT_EQ(ways(Adds), Texts{"sleep"});
  EXPECT_TRUE(ways(Clears).empty());
}

TEST_F(EffectsTest, AFlagThatNobodyKnowsIsQuietAnotherConditionIsNot) {
  EntityId Flag =
      define("flag", [&](BodyBuilder &Do) { Do.call(Alloc, {Do.number(8), Do.anything()}); });
  EntityId Other = define("other", [&](BodyBuilder &Do) { Do.call(SleepIf, {Do.anything()}); });
  EXPECT_TRUE(ways(Flag).empty());
  EXPECT_EQ(ways(Other), Texts{"sleep"});
}

TEST_F(EffectsTest, AnArgumentChosenBetweenFlagsIsEach) {
  EntityId F = define("f", [&](BodyBuilder &Do) {
    ExprId Choice =
        Do.expr(FlowExpr::Select, {Do.use(Do.parameter(0)), Do.number(Zeroed), Do.number(Wait)});
    Do.call(Alloc, {Do.number(8), Choice});
  });
  EXPECT_EQ(ways(F), Texts{"sleep if !p0"});
}

TEST_F(EffectsTest, AVariableThatIsGivenOneOfTwoFlagsIsEach) {
  EntityId F = define("f", [&](BodyBuilder &Do) {
    ValueId Flags = Do.local();
    Do.assign(Flags, Do.number(Zeroed));
    Do.branch(Do.use(Do.parameter(0)), [&] { Do.assign(Flags, Do.number(Wait)); });
    Do.call(Alloc, {Do.number(8), Do.use(Flags)});
  });
  EXPECT_EQ(ways(F), Texts{"sleep if p0"});
}

TEST_F(EffectsTest, ATestOfAParameterIsACondition) {
  EntityId F = define(
      "f", [&](BodyBuilder &Do) { Do.branch(Do.use(Do.parameter(1)), [&] { Do.call(Sleeps); }); });
  EntityId Atomic = define("atomic", [&](BodyBuilder &Do) { Do.call(F, {NoExpr, Do.number(0)}); });
  EntityId May = define("may", [&](BodyBuilder &Do) { Do.call(F, {NoExpr, Do.number(1)}); });
  EXPECT_EQ(ways(F), Texts{"sleep if p1"});
  EXPECT_TRUE(ways(Atomic).empty());
  EXPECT_EQ(ways(May), Texts{"sleep"});
}

TEST_F(EffectsTest, ATestOfANumberIsACondition) {
  EntityId F = define("f", [&](BodyBuilder &Do) {
    ExprId Is = Do.expr(FlowExpr::Equal, {Do.use(Do.parameter(0)), Do.number(2)});
    Do.branch(Is, [&] { Do.call(Sleeps); });
  });
  EntityId Other = define("other", [&](BodyBuilder &Do) { Do.call(F, {Do.number(3)}); });
  EXPECT_EQ(ways(F), Texts{"sleep if p0==2"});
  EXPECT_TRUE(ways(Other).empty());
}

TEST_F(EffectsTest, ConditionsThatCannotMeetAreNoWay) {
  EntityId F = define("f", [&](BodyBuilder &Do) {
    ExprId P = Do.use(Do.parameter(0));
    Do.branch(Do.expr(FlowExpr::Not, {P}), [&] { Do.call(SleepIf, {P}); });
  });
  EXPECT_TRUE(ways(F).empty());
}

TEST_F(EffectsTest, AnAssignedParameterIsNotTheCallers) {
  EntityId F = define("f", [&](BodyBuilder &Do) {
    ValueId Flags = Do.parameter(0);
    Do.assign(Flags, Do.number(Wait));
    Do.call(Alloc, {Do.number(8), Do.use(Flags)});
  });
  EXPECT_EQ(ways(F), Texts{"sleep"});
}

TEST_F(EffectsTest, ARegionAbsorbsItsEffectAndNoOther) {
  EntityId Disable = opening("disable", NoFault, true), Enable = opening("enable", NoFault, false);
  auto Within = [&](llvm::StringRef Name, EntityId Callee) {
    return define(Name, [&](BodyBuilder &Do) {
      Do.call(Disable);
      Do.call(Callee);
      Do.call(Enable);
    });
  };
  EntityId F = Within("f", Faults), G = Within("g", Sleeps);
  EXPECT_TRUE(ways(F).empty());
  EXPECT_EQ(ways(G), Texts{"sleep"});
}

TEST_F(EffectsTest, WhatIsMaybeOpenAbsorbsToo) {
  EntityId Disable = opening("disable", NoFault, true);
  Situation At;
  At.Maybe.insert(NoFault);
  EntityId F = define("f", [&](BodyBuilder &Do) { Do.call(Disable); });
  EffectWay Way;
  Way.Effect = Fault;
  EXPECT_TRUE(ways(F).empty());
  EXPECT_FALSE(effects().arrives(Way, At));
  Way.Effect = Sleep;
  EXPECT_TRUE(effects().arrives(Way, At));
}

TEST_F(EffectsTest, WhatTheCodeAskedForIsLiftedForItsCallersOnly) {
  Situation At;
  At.Lifted.insert(Sleep);
  EffectWay Way;
  Way.Effect = Sleep;
  EXPECT_FALSE(effects().arrives(Way, At));
  EXPECT_TRUE(effects().arrives(Way, At, /*Asked=*/false));
}

TEST_F(EffectsTest, AnAnswerMayBePassedOn) {
  EntityId Question = B.function("may_sleep");
  B.behaviour(Question).Lifts.insert(Sleep);
  EntityId F = define("f", [&](BodyBuilder &Do) {
    ExprId Answer = Do.asks(Question);
    Do.Body.Values[Do.Body.Exprs[Answer].Var].Test = Question;
    Do.call(SleepIf, {Answer});
  });
  EXPECT_TRUE(ways(F).empty());
}

TEST_F(EffectsTest, TheLeastConditionIsKept) {
  EntityId F = define("f", [&](BodyBuilder &Do) {
    Do.call(Sleeps);
    Do.call(SleepIf, {Do.use(Do.parameter(0))});
  });
  EXPECT_EQ(ways(F), Texts{"sleep"});
}

TEST_F(EffectsTest, EachKindOfSleepIsAWayOfItsOwn) {
  EntityId F = define("f", [&](BodyBuilder &Do) {
    Do.call(Faults);
    Do.call(Sleeps);
  });
  EXPECT_EQ(ways(F), (Texts{"fault", "sleep"}));
}

TEST_F(EffectsTest, ACycleSleepsAsItsMembersDo) {
  EntityId F = B.function("f"), G = B.function("g");
  Flows.define(F, [&](BodyBuilder &Do) { Do.branch(Do.anything(), [&] { Do.call(G); }); });
  Flows.define(G, [&](BodyBuilder &Do) {
    Do.branch(Do.anything(), [&] { Do.call(F); });
    Do.call(Sleeps);
  });
  EXPECT_EQ(ways(F), Texts{"sleep"});
  EXPECT_EQ(ways(G), Texts{"sleep"});
  EXPECT_EQ(witness(F), (Texts{"f", "g", "sleeps"}));
}

TEST_F(EffectsTest, RecursionMayPassItsConditionRound) {
  EntityId F = B.function("f");
  Flows.define(F, [&](BodyBuilder &Do) {
    ExprId A = Do.use(Do.parameter(0)), C = Do.use(Do.parameter(1));
    Do.call(SleepIf, {A});
    Do.branch(Do.anything(), [&] { Do.call(F, {C, A}); });
  });
  Texts Ways = ways(F);
  llvm::sort(Ways);
  EXPECT_EQ(Ways, (Texts{"sleep if p0", "sleep if p1"}));
}

TEST_F(EffectsTest, ASlotDoesWhatIsStoredInIt) {
  EntityId Slot = B.field("ops.run"), Empty = B.field("ops.stop");
  EntityId Stored = define("stored", [&](BodyBuilder &Do) { Do.call(Sleeps); });
  EntityId F = define("f", [&](BodyBuilder &Do) { Do.call(Slot); });
  EntityId G = define("g", [&](BodyBuilder &Do) { Do.call(Empty); });
  B.store(Stored, Slot);
  EXPECT_EQ(ways(F), Texts{"sleep"});
  EXPECT_EQ(witness(F), (Texts{"f", "ops.run", "stored", "sleeps"}));
  EXPECT_TRUE(ways(G).empty());
}

TEST_F(EffectsTest, ASlotMayBeFilledFromAnother) {
  EntityId Slot = B.field("ops.run"), Parameter = B.field("init.fn");
  EntityId F = define("f", [&](BodyBuilder &Do) { Do.call(Slot); });
  B.store(Sleeps, Parameter);
  B.store(Parameter, Slot);
  EXPECT_EQ(ways(F), Texts{"sleep"});
}

TEST_F(EffectsTest, AStoredFunctionKeepsItsCondition) {
  EntityId Slot = B.field("ops.alloc");
  EntityId F =
      define("f", [&](BodyBuilder &Do) { Do.call(Slot, {Do.number(8), Do.use(Do.parameter(0))}); });
  B.store(Alloc, Slot);
  EXPECT_EQ(ways(F), Texts{"sleep if p0&4"});
}

TEST_F(EffectsTest, APromiseIsTrustedByCallersAndCheckedInTheBody) {
  EntityId Promises = define("promises", [&](BodyBuilder &Do) { Do.call(Sleeps); });
  B.behaviour(Promises).Never = M.withKinds(EffectSet::of(Sleep));
  EntityId F = define("f", [&](BodyBuilder &Do) { Do.call(Promises); });
  EXPECT_EQ(ways(Promises), Texts{"sleep"});
  EXPECT_TRUE(effects().ofCall(Unit->of(F)->Calls[0]).empty());
  EXPECT_TRUE(ways(F).empty());
}

TEST_F(EffectsTest, AHelperMayDropTheLockOfItsCallerFirst) {
  EntityId Take = opening("take", Lock, true), Drop = opening("drop", Lock, false);
  EntityId F = define("f", [&](BodyBuilder &Do) {
    Do.call(Drop);
    Do.call(Sleeps);
    Do.call(Take);
  });
  EntityId G = define("g", [&](BodyBuilder &Do) { Do.call(F); });
  ASSERT_EQ(ways(F), Texts{"sleep"});
  ASSERT_EQ(ways(G), Texts{"sleep"});
  EXPECT_TRUE(effects().of(F)[0].Dropped.contains(Lock));
  EXPECT_TRUE(effects().of(G)[0].Dropped.contains(Lock));
}

TEST_F(EffectsTest, TheUnknownIsQuietUnlessItIsTakenForTheWorst) {
  EntityId Unknown = B.function("unknown"), Slot = B.field("ops.unknown");
  EntityId Modelled = B.function("modelled");
  B.F.Entities[Modelled].Modelled = true;
  EntityId F = define("f", [&](BodyBuilder &Do) { Do.call(Unknown); });
  EntityId G = define("g", [&](BodyBuilder &Do) { Do.call(Slot); });
  EntityId H = define("h", [&](BodyBuilder &Do) { Do.call(Modelled); });
  EXPECT_TRUE(ways(F).empty());
  Inferred.reset();
  OfUnknown.insert(Sleep);
  for (EntityId E : {F, G}) {
    ASSERT_EQ(ways(E), Texts{"sleep"});
    EXPECT_TRUE(effects().of(E)[0].Unknown);
  }
  EXPECT_TRUE(ways(H).empty());
}

TEST_F(EffectsTest, MoreWaysThanAreFollowedAreGivenUp) {
  auto SleepsIfAny = [&](llvm::StringRef Name, unsigned Count) {
    return define(Name, [&](BodyBuilder &Do) {
      for (unsigned I = 0; I < Count; ++I)
        Do.call(SleepIf, {Do.use(Do.parameter(I))});
    });
  };
  EntityId Few = SleepsIfAny("few", 20), Many = SleepsIfAny("many", Budget::States + 1);
  EXPECT_EQ(ways(Few).size(), 20u);
  EXPECT_TRUE(effects().givenUp().empty());
  EXPECT_EQ(ways(Many).size(), size_t(Budget::States));
  ASSERT_EQ(effects().givenUp().size(), 1u);
  EXPECT_EQ(effects().givenUp()[0].Function, Many);
  EXPECT_EQ(effects().givenUp()[0].By, AnalysisKind::Effects);
  EXPECT_EQ(effects().givenUp()[0].Spent, Limit::States);
}

TEST_F(EffectsTest, ACycleIsFollowedToItsEnd) {
  std::vector<EntityId> Members;
  for (unsigned I = 0; I < 100; ++I)
    Members.push_back(B.function("member"));
  for (size_t I = 0; I < Members.size(); ++I)
    Flows.define(Members[I], [&](BodyBuilder &Do) {
      Do.call(I + 1 < Members.size() ? Members[I + 1] : Sleeps);
      Do.branch(Do.anything(), [&] { Do.call(Members[0]); });
    });
  for (EntityId E : Members)
    EXPECT_EQ(ways(E), Texts{"sleep"});
  EXPECT_TRUE(effects().givenUp().empty());
}

TEST_F(EffectsTest, AnyParameterMayBeCalled) {
  constexpr unsigned Last = 300;
  EntityId Runs = B.function("runs"), Parameter = B.field("fn");
  B.F.Entities[Parameter].Kind = EntityKind::Parameter;
  B.F.Entities[Parameter].Owner = Runs;
  B.F.Entities[Parameter].Index = Last;
  Flows.define(Runs, [&](BodyBuilder &Do) { Do.call(Parameter); });
  B.store(Sleeps, Parameter);
  EntityId F = define("f", [&](BodyBuilder &Do) {
    std::vector<ExprId> Arguments(Last, NoExpr);
    Arguments.push_back(Do.expr(FlowExpr::Address));
    Do.Body.Exprs[Arguments.back()].Function = Sleeps;
    Do.call(Runs, Arguments);
  });
  EXPECT_TRUE(ways(Runs).empty());
  EXPECT_EQ(ways(F), Texts{"sleep"});
}

} // namespace
