// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "FactsBuilder.h"
#include "query/Callers.h"
#include "query/Lookup.h"
#include "query/Slots.h"
#include "query/Why.h"

using namespace airlock;

namespace {

using Names = std::vector<std::string>;

class QueryTest : public ::testing::Test {
protected:
  FactsBuilder B;
  Model M = linuxModel();

  WhyAnswer ask(WhyQuestion Question) {
    Analyses Of(B.F, M, nullptr, RegionSet());
    return askWhy(Of, Question);
  }
  WhyAnswer ask(EntityId From, EntityId To, WhyQuestion::Choice Wanted = WhyQuestion::All) {
    WhyQuestion Question;
    Question.From = {From};
    Question.To = {To};
    Question.Wanted = Wanted;
    return ask(Question);
  }
  /// Each path as the names on it.
  std::vector<Names> namesOf(const WhyAnswer &Answer) const {
    std::vector<Names> All;
    for (const WhyPath &Path : Answer.Paths) {
      Names &Of = All.emplace_back(Names{fullName(B.F, Path.From)});
      for (const QueryStep &S : Path.Steps)
        if (S.To != NoEntity)
          Of.push_back(fullName(B.F, S.To));
    }
    return All;
  }
  EntityId parameter(llvm::StringRef Name, EntityId Owner) {
    EntityId Id = B.field(Name);
    B.F.Entities[Id].Kind = EntityKind::Parameter;
    B.F.Entities[Id].Owner = Owner;
    return Id;
  }
  std::vector<EntityId> find(llvm::StringRef Name) const {
    return findNamed(B.F, LineMap(), Name, [](const Entity &) { return true; });
  }
};

} // namespace

TEST_F(QueryTest, FunctionsAndSlotsAreOnPaths) {
  EntityId F = B.function("f"), G = B.function("g"), H = B.function("h"), Z = B.function("z"),
           Slot = B.field("ops.run");
  B.call(F, Slot);
  B.store(G, Slot);
  B.store(H, Slot);
  B.call(G, Z);
  B.call(H, Z);
  EXPECT_EQ(namesOf(ask(F, Z)),
            (std::vector<Names>{{"f", "ops.run", "g", "z"}, {"f", "ops.run", "h", "z"}}));
  EXPECT_EQ(namesOf(ask(Slot, Z, WhyQuestion::Shortest)),
            (std::vector<Names>{{"ops.run", "g", "z"}}));
  EXPECT_EQ(namesOf(ask(F, Slot)), (std::vector<Names>{{"f", "ops.run"}}));
}

TEST_F(QueryTest, AMacroLeadsToWhatItsExpansionHereCalls) {
  EntityId F = B.function("f"), G = B.function("g"), Wait = B.macro("wait"), Z = B.function("z");
  B.call(F, Wait); // with nothing in it
  B.call(G, Z, B.call(G, Wait));
  EXPECT_TRUE(ask(F, Z).Paths.empty());
  EXPECT_EQ(namesOf(ask(G, Z)), (std::vector<Names>{{"g", "wait", "z"}}));
  EXPECT_EQ(namesOf(ask(Wait, Z)), (std::vector<Names>{{"wait", "z"}}));
}

TEST_F(QueryTest, TwoExpansionsOfOneMacroAreOnePath) {
  EntityId F = B.function("f"), Outer = B.macro("outer"), Inner = B.macro("inner"),
           Z = B.function("z");
  CallId Empty = B.call(F, Outer);
  CallId Second = B.call(F, Outer);
  B.call(F, Z, B.call(F, Inner, Second));
  B.call(F, Z, B.call(F, Inner, B.call(F, Outer)));
  WhyAnswer Answer = ask(F, Z);
  EXPECT_EQ(namesOf(Answer), (std::vector<Names>{{"f", "outer", "inner", "z"}}));
  // The place is that of the expansion that has the call.
  EXPECT_EQ(Answer.Paths[0].Steps[0].What.At.Raw, B.F.Calls[Second].At.Raw);
  EXPECT_NE(Answer.Paths[0].Steps[0].What.At.Raw, B.F.Calls[Empty].At.Raw);
}

TEST_F(QueryTest, AMacroMayBeTheGoal) {
  EntityId F = B.function("f"), Around = B.macro("around"), Access = B.macro("access");
  B.call(F, Access, B.call(F, Around));
  B.call(F, Access);
  EXPECT_EQ(namesOf(ask(F, Access)),
            (std::vector<Names>{{"f", "access"}, {"f", "around", "access"}}));
}

TEST_F(QueryTest, RecursionIsOnNoPathButTheOneThatIsAskedFor) {
  EntityId F = B.function("f"), G = B.function("g"), Z = B.function("z");
  B.call(F, F);
  B.call(F, G);
  B.call(G, F);
  B.call(G, Z);
  EXPECT_EQ(namesOf(ask(F, Z)), (std::vector<Names>{{"f", "g", "z"}}));
  EXPECT_EQ(namesOf(ask(F, F)), (std::vector<Names>{{"f", "f"}, {"f", "g", "f"}}));
  EXPECT_TRUE(ask(Z, Z).Paths.empty());
}

TEST_F(QueryTest, TheLongestPath) {
  EntityId F = B.function("f"), G = B.function("g"), H = B.function("h"), Z = B.function("z");
  B.call(F, Z);
  B.call(F, G);
  B.call(G, H);
  B.call(H, G);
  B.call(H, Z);
  EXPECT_EQ(namesOf(ask(F, Z, WhyQuestion::Longest)), (std::vector<Names>{{"f", "g", "h", "z"}}));
}

TEST_F(QueryTest, EachFunctionOfANameIsAnsweredAndTheLimitIsForAll) {
  EntityId First = B.function("init"), Second = B.function("init"), Z = B.function("z");
  B.call(First, Z);
  B.call(Second, Z);
  WhyQuestion Question;
  Question.From = find("init");
  Question.To = {Z};
  EXPECT_EQ(ask(Question).Paths.size(), 2u);
  Question.Wanted = WhyQuestion::All;
  Question.Limit = 1;
  WhyAnswer Answer = ask(Question);
  EXPECT_EQ(Answer.Paths.size(), 1u);
  EXPECT_EQ(Answer.How, Ending::AtLimit);
}

TEST_F(QueryTest, APathToAContextEndsAtIt) {
  ContextSet Uaccess = ContextSet::of(0);
  EntityId F = B.function("f"), Needs = B.function("needs", Uaccess), Entry = B.function("entry"),
           Deep = B.function("deep", Uaccess), G = B.function("g");
  B.F.Entities[Entry].Provides = Uaccess;
  B.call(F, Needs);
  B.call(Needs, Deep);
  B.call(F, G);
  B.call(G, Entry);
  B.call(Entry, Deep);
  WhyQuestion Question;
  Question.From = {F};
  Question.Context = 0;
  Question.Wanted = WhyQuestion::All;
  EXPECT_EQ(namesOf(ask(Question)), (std::vector<Names>{{"f", "needs"}}));
  // What crosses into it on purpose is no reason, but has one.
  Question.From = {G};
  EXPECT_TRUE(ask(Question).Paths.empty());
  Question.From = {Entry};
  EXPECT_EQ(namesOf(ask(Question)), (std::vector<Names>{{"entry", "deep"}}));
}

TEST_F(QueryTest, CallersByDepthUpToTheContext) {
  ContextSet Uaccess = ContextSet::of(0);
  EntityId Z = B.function("z"), A = B.function("a"), Above = B.function("above"),
           Inside = B.function("inside", Uaccess), Beyond = B.function("beyond"),
           Entry = B.function("entry"), Outside = B.function("outside");
  B.F.Entities[Entry].Provides = Uaccess;
  CallId First = B.call(A, Z);
  B.call(A, Z);
  B.call(Above, A);
  B.call(Above, Z);
  B.call(Z, Z);
  B.call(Z, A);
  B.call(Inside, Z);
  B.call(Beyond, Inside);
  B.call(Entry, A);
  B.call(Outside, Entry);
  auto Told = [&](std::optional<unsigned> Context) {
    std::vector<std::pair<std::string, unsigned>> Callers;
    for (const CallersAnswer::Caller &C : askCallers(B.F, {Z}, Context).Callers)
      Callers.push_back({B.F.Entities[C.Function].Name.str(), C.Depth});
    return Callers;
  };
  using Callers = std::vector<std::pair<std::string, unsigned>>;
  EXPECT_EQ(Told(0), (Callers{{"a", 1}, {"above", 1}}));
  EXPECT_EQ(askCallers(B.F, {Z}, 0).Callers[0].By, First);
  EXPECT_EQ(
      Told(std::nullopt),
      (Callers{
          {"a", 1}, {"above", 1}, {"inside", 1}, {"entry", 2}, {"beyond", 2}, {"outside", 3}}));
}

TEST_F(QueryTest, CallersInAMacroOfTheContextAreInside) {
  EntityId Z = B.function("z"), F = B.function("f"), G = B.function("g"),
           Begin = B.macro("begin", ContextSet::of(0));
  B.call(F, Z, B.call(F, Begin));
  B.call(G, Z);
  CallersAnswer Answer = askCallers(B.F, {Z}, 0);
  ASSERT_EQ(Answer.Callers.size(), 1u);
  EXPECT_EQ(Answer.Callers[0].Function, G);
}

TEST_F(QueryTest, CallersStopAtSlotsAndNameThem) {
  EntityId Z = B.function("z"), F = B.function("f"), Through = B.function("through"),
           Plain = B.field("ops.plain"), Carries = B.field("ops.carries", ContextSet::of(0));
  B.call(F, Z);
  B.store(F, Plain);
  B.store(F, Carries);
  B.store(Through, Plain);
  B.call(Through, Plain);
  CallersAnswer Answer = askCallers(B.F, {Z}, 0);
  EXPECT_EQ(Answer.Callers.size(), 1u);
  ASSERT_EQ(Answer.Stores.size(), 1u);
  EXPECT_EQ(Answer.Stores[0]->Slot, Plain);
  EXPECT_EQ(Answer.Stores[0]->Stored, F);
  EXPECT_EQ(askCallers(B.F, {Z}, std::nullopt).Stores.size(), 2u);
}

TEST_F(QueryTest, ASlotHoldsWhatItsParametersGet) {
  EntityId Init = B.function("init"), F = B.function("f"), G = B.function("g"),
           Slot = B.field("work.fn"), Parameter = parameter("fn", Init), Other = B.field("other");
  B.store(Parameter, Slot);
  B.store(F, Parameter);
  B.store(G, Other);
  CallId Run = B.call(G, Slot);
  std::vector<SlotAnswer> Answers = askSlots(B.F, {Slot});
  ASSERT_EQ(Answers.size(), 1u);
  ASSERT_EQ(Answers[0].Stores.size(), 2u);
  EXPECT_EQ(Answers[0].Stores[0]->Stored, Parameter);
  EXPECT_EQ(Answers[0].Stores[1]->Stored, F);
  EXPECT_EQ(Answers[0].Calls, (std::vector<CallId>{Run}));
}

TEST_F(QueryTest, ThingsAreFoundByName) {
  EntityId External = B.function("init"), Static = B.function("init"), Other = B.function("exit"),
           Parameter = parameter("fn", Other), Field = B.field("ops.run");
  B.F.Entities[Static].File = "drivers/net.c";
  using Ids = std::vector<EntityId>;
  EXPECT_EQ(find("init"), (Ids{External, Static}));
  EXPECT_EQ(find("net.c:init"), (Ids{Static}));
  EXPECT_EQ(find("drivers/net.c:init"), (Ids{Static}));
  EXPECT_EQ(find("et.c:init"), (Ids{}));
  EXPECT_EQ(find("a.c:init"), (Ids{External})); // where it is declared
  EXPECT_EQ(find("exit.fn"), (Ids{Parameter}));
  EXPECT_EQ(find("fn"), (Ids{}));
  EXPECT_EQ(find("ops.run"), (Ids{Field}));
  EXPECT_EQ(find(""), (Ids{}));
}

TEST_F(QueryTest, ANameThatIsAlmostRight) {
  B.function("vhost_signal");
  B.function("vhost_notify");
  auto Any = [](const Entity &) { return true; };
  EXPECT_EQ(similarName(B.F, "vhost_singal", Any), "vhost_signal");
  EXPECT_EQ(similarName(B.F, "vhost.c:vhost_notifi", Any), "vhost_notify");
  EXPECT_EQ(similarName(B.F, "x", Any), "");
  EXPECT_EQ(similarName(B.F, "vhost_signal_", [](const Entity &E) { return E.isSlot(); }), "");
}
