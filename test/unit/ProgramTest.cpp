// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "link/Program.h"
#include "FlowsByHand.h"
#include "rules/Rule.h"

using namespace airlock;

namespace {

using Texts = std::vector<std::string>;

/// A location is a line of a file of one's choice.
class FileMap : public SourceMap {
public:
  explicit FileMap(std::string File) : File(std::move(File)) {}
  Place placeOf(Location At) const override { return {File, At.Raw ? At.Raw : 1, 1}; }
  std::string File;
};

/// A translation unit made by hand.
class UnitByHand {
public:
  UnitByHand(const Model &M, std::string File) : Map(std::move(File)), M(M) {
    B.F.MainFile = Map.File;
  }
  FactsBuilder B;
  FlowsByHand Flows{B};
  FileMap Map;

  EntityId define(llvm::StringRef Name, llvm::ArrayRef<EntityId> Callees) {
    EntityId Id = B.function(Name);
    Flows.define(Id, [&](BodyBuilder &Do) {
      for (EntityId Callee : Callees)
        Do.call(Callee);
    });
    return Id;
  }
  EntityId defineStatic(llvm::StringRef Name, llvm::ArrayRef<EntityId> Callees) {
    EntityId Id = define(Name, Callees);
    B.F.Entities[Id].File = Map.File;
    return Id;
  }
  std::string encode() {
    Analyses Of(B.F, M, &Flows, RegionSet());
    SolverOptions Everything;
    Everything.Advice = true;
    Everything.Wanted = [](const Rule &R) { return R.Needs == Reach::Unit; };
    return encodeUnit({Of, Map, solve(Of, Everything)});
  }

private:
  const Model &M;
};

class ProgramTest : public testing::Test {
protected:
  const Model M = modelOf(R"({
    "airlock_model": 1, "name": "test",
    "contexts": {"uaccess": {"description": "user memory is accessed", "spelling": "__uaccess"}},
    "effects": {"sleep": {"description": "may sleep"}},
    "regions": {"lock": {"description": "a lock is held", "forbids": ["sleep"]}}})");
  const unsigned Sleep = *M.findEffect("sleep"), Lock = *M.findRegion("lock");
  Program P;
  std::vector<std::unique_ptr<std::string>> Kept;

  void add(std::string Bytes) {
    Kept.push_back(std::make_unique<std::string>(std::move(Bytes)));
    EXPECT_EQ(llvm::toString(P.add(*Kept.back(), M)), "");
  }
  void add(UnitByHand &Unit) { add(Unit.encode()); }

  /// The entities of a name.
  std::vector<EntityId> named(llvm::StringRef Name) {
    std::vector<EntityId> All;
    for (EntityId E = 0; E < P.facts().Entities.size(); ++E)
      if (P.facts().Entities[E].Name == Name)
        All.push_back(E);
    return All;
  }
  EntityId only(llvm::StringRef Name) {
    std::vector<EntityId> All = named(Name);
    EXPECT_EQ(All.size(), 1u) << Name.str();
    return All.empty() ? NoEntity : All[0];
  }
  Texts callees(EntityId Of) {
    Texts Names;
    for (const Call &C : P.facts().Calls)
      if (C.In == Of)
        Names.push_back(P.facts().callee(C).Name.str());
    return Names;
  }
  Texts callees(llvm::StringRef Name) { return callees(only(Name)); }

  void addWeakAndStrong(bool WeakFirst) {
    UnitByHand A(M, "a.c"), B(M, "b.c"), C(M, "c.c");
    EntityId Weak = A.define("f", {A.B.function("by_default")});
    A.B.F.Entities[Weak].Weak = true;
    B.define("f", {B.B.function("on_purpose")});
    C.define("user", {C.B.function("f")});
    add(C);
    add(WeakFirst ? A : B);
    add(WeakFirst ? B : A);
    P.finish();
  }
  void expectStrong() {
    EXPECT_EQ(callees("f"), Texts{"on_purpose"});
    const Entity &F = P.facts().Entities[only("f")];
    EXPECT_FALSE(F.Weak);
    EXPECT_EQ(P.places().placeOf(F.Declared).File, "b.c");
  }
};

TEST_F(ProgramTest, ACallMeetsTheDefinition) {
  UnitByHand A(M, "a.c"), B(M, "b.c");
  A.define("caller", {A.B.function("callee")});
  B.define("callee", {B.B.function("leaf")});
  add(A);
  add(B);
  P.finish();
  EXPECT_EQ(callees("caller"), Texts{"callee"});
  EXPECT_EQ(callees("callee"), Texts{"leaf"});
  const Entity &Callee = P.facts().Entities[only("callee")];
  EXPECT_TRUE(Callee.HasBody);
  EXPECT_EQ(P.places().placeOf(Callee.Declared).File, "b.c");
  EXPECT_FALSE(P.facts().Entities[only("leaf")].HasBody);
}

TEST_F(ProgramTest, AWeakDefinitionGivesWayToOneThatComesLater) {
  addWeakAndStrong(/*WeakFirst=*/true);
  expectStrong();
}

TEST_F(ProgramTest, AWeakDefinitionGivesWayToOneThatCameBefore) {
  addWeakAndStrong(/*WeakFirst=*/false);
  expectStrong();
}

TEST_F(ProgramTest, AWeakDefinitionAloneIsTheDefinition) {
  UnitByHand A(M, "a.c"), B(M, "b.c");
  EntityId Weak = A.define("f", {A.B.function("by_default")});
  A.B.F.Entities[Weak].Weak = true;
  B.define("user", {B.B.function("f")});
  add(A);
  add(B);
  P.finish();
  EXPECT_EQ(callees("f"), Texts{"by_default"});
}

TEST_F(ProgramTest, AnInlineFunctionOfAHeaderIsStoredOnce) {
  for (int I = 0; I < 3; ++I) {
    UnitByHand Unit(M, "header.h");
    Unit.defineStatic("in_header", {Unit.B.function("leaf")});
    Unit.define("unit" + std::to_string(I), {Unit.B.function("other")});
    add(Unit);
  }
  P.finish();
  EXPECT_EQ(callees("in_header"), Texts{"leaf"});
  EXPECT_EQ(P.units().size(), 3u);
}

TEST_F(ProgramTest, AnInlineFunctionThatTheUnitsCompileDifferentlyIsStoredForEach) {
  for (const char *Leaf : {"configured", "not_configured", "configured"}) {
    UnitByHand Unit(M, "header.h");
    EntityId Inline = Unit.defineStatic("in_header", {Unit.B.function(Leaf)});
    Unit.define(std::string("user_of_") + Leaf, {Inline});
    add(Unit);
  }
  P.finish();
  ASSERT_EQ(named("in_header").size(), 2u);
  for (EntityId E : named("in_header")) {
    std::string Leaf = callees(E).at(0);
    // Each is called by the unit that compiled it so.
    bool Called = false;
    for (const Call &C : P.facts().Calls)
      Called |= C.Callee == E && P.facts().Entities[C.In].Name == "user_of_" + Leaf;
    EXPECT_TRUE(Called) << Leaf;
  }
}

TEST_F(ProgramTest, StaticFunctionsOfOneNameInTwoFilesAreTwo) {
  for (const char *File : {"a.c", "b.c"}) {
    UnitByHand Unit(M, File);
    Unit.defineStatic("init", {Unit.B.function("leaf")});
    add(Unit);
  }
  P.finish();
  EXPECT_EQ(named("init").size(), 2u);
  EXPECT_EQ(named("leaf").size(), 1u);
}

TEST_F(ProgramTest, TwoStrongDefinitionsAreEachForTheirUnit) {
  for (const char *File : {"a.c", "b.c"}) {
    UnitByHand Unit(M, File);
    EntityId F = Unit.define("init_module", {Unit.B.function(std::string("of_") + File)});
    Unit.define(std::string("user_") + File, {F});
    add(Unit);
  }
  P.finish();
  ASSERT_EQ(named("init_module").size(), 2u);
  for (const Call &C : P.facts().Calls) {
    llvm::StringRef User = P.facts().Entities[C.In].Name;
    if (!User.consume_front("user_"))
      continue;
    EXPECT_EQ(callees(C.Callee), Texts{("of_" + User).str()});
  }
}

TEST_F(ProgramTest, WhatUnitsAreToldDifferentlyIsAClaim) {
  UnitByHand A(M, "a.c"), B(M, "b.c"), C(M, "c.c");
  A.define("user_a", {A.B.function("f", ContextSet::of(0))});
  B.define("user_b", {B.B.function("f")});
  C.define("user_c", {C.B.function("f")});
  add(A);
  add(B);
  add(C);
  P.finish();
  EXPECT_EQ(P.facts().Entities[only("f")].Needs, ContextSet::of(0));
  ASSERT_EQ(P.facts().Claims.size(), 2u);
  EXPECT_EQ(P.facts().Claims[0].Needs, ContextSet::of(0));
  EXPECT_TRUE(P.facts().Claims[1].Needs.empty());
}

TEST_F(ProgramTest, AFunctionIsStoredInASlotOnce) {
  for (const char *File : {"a.c", "b.c"}) {
    UnitByHand Unit(M, File);
    Unit.B.store(Unit.B.function("handler"), Unit.B.field("ops.open"));
    Unit.Map.File = "ops.h"; // where the field is declared, for both
    add(Unit);
  }
  P.finish();
  EXPECT_EQ(P.facts().Stores.size(), 1u);
}

TEST_F(ProgramTest, RegionsCrossUnits) {
  UnitByHand A(M, "a.c"), B(M, "b.c");
  EntityId Sleeps = A.B.function("sleeps");
  A.B.F.Entities[Sleeps].Effects.insert(Sleep);
  A.define("helper", {Sleeps});
  EntityId Take = B.B.function("take");
  B.B.behaviour(Take).Regions.Enters.insert(Lock);
  EntityId Drop = B.B.function("drop");
  B.B.behaviour(Drop).Regions.Exits.insert(Lock);
  B.define("user", {Take, B.B.function("helper"), Drop});
  add(A);
  add(B);
  P.finish();
  std::shared_ptr<const FunctionRegions> R = P.of(only("user"));
  ASSERT_TRUE(R);
  ASSERT_EQ(R->Calls.size(), 3u);
  EXPECT_EQ(R->Calls[1].Ways[0].open(), RegionSet::of(Lock));
  EXPECT_EQ(P.facts().callee(P.facts().Calls[R->Calls[1].Ways[0].Open[0].By]).Name, "take");
  EXPECT_TRUE(llvm::is_contained(P.touching(), only("user")));
}

TEST_F(ProgramTest, AnotherModelIsRefused) {
  const Model Other = modelOf(R"({"airlock_model": 1, "name": "another"})");
  UnitByHand Unit(Other, "a.c");
  std::string Bytes = Unit.encode();
  EXPECT_NE(llvm::toString(P.add(Bytes, M)).find("was made with another model ("),
            std::string::npos);
  EXPECT_TRUE(P.units().empty());
}

TEST_F(ProgramTest, UnitsThatCameToNothingAreCounted) {
  add(encodeUnit("broken.c", UnitStatus::Failed, {"no such thing", {"broken.h", 7, 9}}, M));
  add(encodeUnit("other.cc", UnitStatus::Skipped, {"it is C++", {}}, M));
  P.finish();
  ASSERT_EQ(P.units().size(), 2u);
  EXPECT_EQ(P.units()[0].File, "broken.c");
  EXPECT_EQ(P.units()[0].Status, UnitStatus::Failed);
  EXPECT_EQ(P.units()[0].Why.Text, "no such thing");
  EXPECT_EQ(P.units()[0].Why.At, (Place{"broken.h", 7, 9}));
  EXPECT_EQ(P.units()[1].Status, UnitStatus::Skipped);
  EXPECT_EQ(P.units()[1].Why.Text, "it is C++");
}

/// One with something of everything.
std::string richUnit(const Model &M) {
  UnitByHand Unit(M, "rich.c");
  FactsBuilder &B = Unit.B;
  EntityId In = B.function("in", ContextSet::of(0)), Sleeps = B.function("sleeps");
  B.F.Entities[Sleeps].Effects.insert(*M.findEffect("sleep"));
  B.behaviour(Sleeps).When = {
      {{ArgumentCondition::NonZero, 0, 4, 0, true}, "argument 1 has the bit"}};
  EntityId Take = B.function("take"), Drop = B.function("drop");
  B.behaviour(Take).Regions.Enters.insert(*M.findRegion("lock"));
  B.behaviour(Drop).Regions.Exits.insert(*M.findRegion("lock"));
  EntityId Slot = B.field("ops.run"), Macro = B.macro("wrapper");
  EntityId Never = Unit.define("never", {Sleeps});
  B.behaviour(Never).Never.insert(*M.findEffect("sleep"));
  B.behaviour(Never).NeverAt = B.here();
  EntityId Helper = B.function("helper");
  B.F.Entities[Helper].File = "rich.c";
  Unit.Flows.define(
      Helper, [&](BodyBuilder &Do) { Do.branch(Do.use(Do.parameter(0)), [&] { Do.call(Take); }); });
  EntityId Main = B.function("main");
  Unit.Flows.define(Main, [&](BodyBuilder &Do) {
    Do.call(Helper, {Do.number(1)});
    Do.call(Sleeps, {Do.number(12)});
    Do.expands(Macro, [&] { Do.call(In); });
    Do.call(Slot, {Do.use(Do.parameter(1))});
    Do.call(Drop);
    Do.branch(Do.anything(), [&] { Do.call(Never); });
  });
  B.store(Never, Slot);
  AllowId Outer = B.allow("context-call", "outer");
  B.F.Calls.back().Allow = B.allow("sleep-in-region", "inner", Outer);
  return Unit.encode();
}

/// The checksum of a frame tells what went wrong on the way; that a summary was
/// made wrong, it does not tell. Whatever it says, it is used or refused.
TEST_F(ProgramTest, NoSummaryBringsTheLinkDown) {
  const std::string Rich = richUnit(M);
  unsigned Refused = 0, Used = 0;
  auto Try = [&](llvm::StringRef Part) {
    std::vector<char> Bytes(Part.begin(), Part.end()); // a sanitizer sees a byte too far
    Program Broken;
    if (llvm::Error E = Broken.add({Bytes.data(), Bytes.size()}, M)) {
      llvm::consumeError(std::move(E));
      ++Refused;
      return;
    }
    ++Used;
    Broken.finish();
    Analyses Of(Broken.facts(), M, Broken, RegionSet());
    SolverOptions Everything;
    Everything.Advice = true;
    for (const Finding &Found : solve(Of, Everything))
      wordFinding(Found, Broken.places());
  };
  Try(Rich);
  ASSERT_EQ(Used, 1u);
  for (size_t Size = 0; Size < Rich.size(); ++Size)
    Try(llvm::StringRef(Rich).take_front(Size));
  EXPECT_EQ(Refused, Rich.size()) << "a part is never a whole";
  for (size_t At = 0; At < Rich.size(); ++At)
    for (unsigned Value = 0; Value < 256; ++Value) {
      std::string Changed = Rich;
      Changed[At] = char(Value);
      Try(Changed);
    }
}

} // namespace
