// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "solver/Solver.h"
#include "FactsBuilder.h"
#include "rules/Rule.h"

using namespace airlock;

namespace {

const ContextSet Uaccess = ContextSet::of(0);

class SolverTest : public testing::Test {
protected:
  std::vector<Finding> solveAll(bool Advice = false) {
    SolverOptions Options;
    Options.Advice = Advice;
    return solveFacts(B.F, M, Options);
  }
  FactsBuilder B;
  Model M = linuxModel();
};

TEST_F(SolverTest, ACallFromOutsideIsFound) {
  EntityId In = B.function("in", Uaccess), Out = B.function("out");
  B.call(Out, In);
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Rule, "context-call");
  EXPECT_EQ(Found[0].Function, "out");
  EXPECT_EQ(Found[0].Message.str(),
            "'out' calls 'in', which needs context 'uaccess', but is not in that context itself; "
            "annotate 'out' with '__uaccess'");
}

TEST_F(SolverTest, ACallFromInsideIsFine) {
  B.call(B.function("also_in", Uaccess), B.function("in", Uaccess));
  EXPECT_TRUE(solveAll().empty());
}

TEST_F(SolverTest, AnEntryMayBeCalledByAnyoneAndCallsIntoTheContext) {
  EntityId In = B.function("in", Uaccess), Entry = B.function("entry"), Out = B.function("out");
  B.F.Entities[Entry].Provides = Uaccess;
  B.call(Entry, In);
  B.call(Out, Entry);
  EXPECT_TRUE(solveAll().empty());
}

TEST_F(SolverTest, AQualifiedMacroIsReportedOnceForAllItsBody) {
  EntityId Out = B.function("out"), Macro = B.macro("accessor", Uaccess),
           In = B.function("in", Uaccess);
  CallId Expansion = B.call(Out, Macro);
  B.call(Out, In, Expansion);
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Key[0], "accessor");
}

TEST_F(SolverTest, ACallInATransparentMacroIsPlacedWhereTheMacroIsExpanded) {
  EntityId Out = B.function("out"), Macro = B.macro("wrapper"), In = B.function("in", Uaccess);
  CallId Expansion = B.call(Out, Macro);
  B.call(Out, In, Expansion);
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_TRUE(Found[0].At == B.F.Calls[Expansion].At);
}

TEST_F(SolverTest, ConversionsDropButNeverAdd) {
  EntityId In = B.function("in", Uaccess), Plain = B.function("plain");
  EntityId Slot = B.field("ops.plain"), Carries = B.field("ops.in", Uaccess);
  B.convert(Site::Assignment, Plain, In, Slot);
  B.convert(Site::Assignment, Plain, In, Carries);
  B.convert(Site::Assignment, Plain, Plain, Carries);
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Message.str(),
            "assigning 'in' to 'ops.plain' drops context 'uaccess'; declare 'ops.plain' with "
            "'__uaccess', or cast with '__force' on purpose");
}

TEST_F(SolverTest, ForceMakesACastACrossing) {
  EntityId In = B.function("in", Uaccess), Plain = B.function("plain");
  EntityId Type = B.field("void *");
  B.convert(Site::Cast, Plain, In, Type);
  B.convert(Site::Cast, Plain, In, Type).Forced = true;
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Rule, "context-cast");
}

TEST_F(SolverTest, UselessForceIsAdvice) {
  EntityId Plain = B.function("plain"), Type = B.field("void *");
  B.convert(Site::Cast, Plain, Plain, Type).Forced = true;
  EXPECT_TRUE(solveAll().empty());
  std::vector<Finding> Found = solveAll(/*Advice=*/true);
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Level, Severity::Advice);
}

TEST_F(SolverTest, ToMakeAUserPointerIsAdviceInACastAndAWarningElsewhere) {
  SpaceChange Change;
  Change.Is = SpaceChange::Adds;
  Change.Text = "p";
  Change.From = B.field("s.p");
  Change.To = B.field("t.q");
  Change.Where = Site::Assignment;
  Change.At = B.here();
  B.F.SpaceChanges = {Change, Change};
  B.F.SpaceChanges[1].Where = Site::Cast;
  std::vector<Finding> Found = solveAll(/*Advice=*/true);
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0].Level, Severity::Warning);
  EXPECT_EQ(Found[0].Message.str(),
            "assigning 'p' to 't.q' makes it a '__user' pointer; declare 's.p' with '__user' if it "
            "is one, or cast with '__force' if it is intended");
  EXPECT_EQ(Found[1].Level, Severity::Advice);
  EXPECT_EQ(solveAll().size(), 1u);
}

TEST_F(SolverTest, ASuppressionCoversItsOwnRuleOnly) {
  EntityId In = B.function("in", Uaccess), Out = B.function("out");
  AllowId Other = B.allow("context-cast", "another rule");
  AllowId Here = B.allow("context-call", "the reason", Other);
  AllowId Inner = B.allow("context-conversion", "further in", Here);
  B.F.Calls[B.call(Out, In)].Allow = Inner;
  B.F.Calls[B.call(Out, In)].Allow = Other;
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 2u);
  ASSERT_TRUE(Found[0].Suppressed);
  EXPECT_EQ(Found[0].Suppressed->Why, "the reason");
  EXPECT_FALSE(Found[1].Suppressed);
}

TEST_F(SolverTest, IdsDependOnNamesNotOnPlaces) {
  auto IdOf = [&](unsigned Before) {
    FactsBuilder Here;
    for (unsigned I = 0; I < Before; ++I)
      Here.function("unrelated");
    EntityId In = Here.function("in", Uaccess), Out = Here.function("out");
    Here.call(Out, In);
    return solveFacts(Here.F, M, SolverOptions())[0].Id;
  };
  EXPECT_EQ(IdOf(0), IdOf(7));
  // Pinned: baselines of the past must stay good.
  EXPECT_EQ(IdOf(0), "4a9b5978c79c49ab");
}

TEST_F(SolverTest, FindingsAlikeInEveryNameHaveIdsOfTheirOwn) {
  EntityId In = B.function("in", Uaccess), Out = B.function("out");
  B.call(Out, In);
  B.call(Out, In);
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_NE(Found[0].Id, Found[1].Id);
}

TEST_F(SolverTest, IdsDependOnNothingThatIsLeftOut) {
  EntityId Plain = B.function("plain"), Type = B.field("void *"), In = B.function("in", Uaccess);
  B.convert(Site::Cast, Plain, Plain, Type).Forced = true;
  B.convert(Site::Cast, Plain, In, Type);
  std::vector<Finding> All = solveAll(/*Advice=*/true), Warnings = solveAll();
  ASSERT_EQ(All.size(), 2u);
  ASSERT_EQ(Warnings.size(), 1u);
  EXPECT_NE(All[0].Id, All[1].Id);
  EXPECT_EQ(All[1].Id, Warnings[0].Id);
}

TEST_F(SolverTest, OfAFileTheFolderIsNoPartOfAnId) {
  auto IdOf = [&](llvm::StringRef File) {
    FactsBuilder Here;
    EntityId In = Here.function("in", Uaccess), Out = Here.function("out");
    Here.F.Entities[Out].File = File;
    Here.call(Out, In);
    return solveFacts(Here.F, M, SolverOptions())[0].Id;
  };
  EXPECT_EQ(IdOf("one/a.c"), IdOf("a.c"));
  EXPECT_NE(IdOf("a.c"), IdOf("b.c"));
}

TEST_F(SolverTest, OnlyTheFirstFindingOfAFunctionOffersTheFix) {
  EntityId In = B.function("in", Uaccess), Out = B.function("out");
  B.F.Entities[Out].Insertions.push_back({{42}, false});
  B.call(Out, In);
  B.call(Out, In);
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 2u);
  ASSERT_EQ(Found[0].FixIts.size(), 1u);
  EXPECT_EQ(Found[0].FixIts[0].Insert, "__uaccess ");
  EXPECT_TRUE(Found[1].FixIts.empty());
}

TEST_F(SolverTest, UnwantedRulesDoNotRun) {
  B.call(B.function("out"), B.function("in", Uaccess));
  SolverOptions Options;
  Options.Wanted = [](const Rule &R) { return R.Id != "context-call"; };
  EXPECT_TRUE(solveFacts(B.F, M, Options).empty());
}

TEST_F(SolverTest, ThePathEndsInAPrimitive) {
  EntityId Root = B.function("root"), Out = B.function("out"), In = B.function("in", Uaccess),
           Get = B.macro("__get_user");
  B.F.Entities[Get].Effects.insert(*M.findEffect("user_access"));
  B.call(Root, Out);
  B.call(Out, In);
  B.call(In, Get);
  std::vector<Finding> Found = solveAll();
  ASSERT_EQ(Found.size(), 1u);
  std::vector<std::string> Story;
  for (const Step &S : Found[0].Path)
    Story.push_back(S.What.str());
  EXPECT_EQ(Story, (std::vector<std::string>{
                       "'root' calls 'out' here", "'out' calls 'in' here",
                       "'in' expands '__get_user' here", "'__get_user' reads or writes user memory",
                       "'in' is declared here as needing context 'uaccess'"}));
}

TEST(Rules, EveryRuleHasAPage) {
  for (const Rule &R : allRules()) {
    EXPECT_TRUE(R.page().starts_with(("# " + R.Id).str())) << R.Id.str();
    EXPECT_EQ(findRule(R.Id), &R);
  }
  EXPECT_EQ(findRule("no-such-rule"), nullptr);
}

} // namespace
