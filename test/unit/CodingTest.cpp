// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "FactsBuilder.h"
#include "summary/RegionRecords.h"

using namespace airlock;

namespace {

constexpr uint64_t MaxNumber = ~uint64_t(0);

/// Places that say what they are.
class NamedMap : public SourceMap {
public:
  std::vector<Place> All;
  Location add(std::string File, unsigned Line, unsigned Column) {
    All.push_back({std::move(File), Line, Column});
    return {static_cast<uint32_t>(All.size())};
  }
  Place placeOf(Location At) const override { return All[At.Raw - 1]; }
};

/// Writes with one function, reads with another.
class CodingTest : public testing::Test {
protected:
  NamedMap Map;
  StringTable Strings;
  PlaceTable Places;
  std::vector<llvm::StringRef> Names;
  llvm::BumpPtrAllocator Allocator;
  llvm::StringSaver Memory{Allocator};

  static uint64_t sameNumber(EntityId E) { return E; }
  static std::optional<EntityId> sameEntity(uint64_t N) { return static_cast<EntityId>(N); }
  /// Who has ten entities, each a question.
  Facts TenEntities;
  Behaviour Question;

  /// As many calls as any body here has.
  static constexpr CallId Calls = 5;

  CodingTest() {
    Entity E;
    E.Kind = EntityKind::Function;
    E.More = &Question;
    TenEntities.Entities.assign(10, E);
  }

  std::string write(llvm::function_ref<void(UnitWriter &)> Fn) {
    UnitWriter Out(&Strings, Map, sameNumber);
    Fn(Out);
    return Out.bytes().str();
  }
  UnitReader reader(llvm::StringRef Bytes) {
    std::string Table = Strings.bytes();
    ByteReader From(Table, {}, nullptr);
    Names = readStrings(From, Memory);
    EXPECT_TRUE(From.ok() && From.left() == 0);
    return UnitReader(Bytes, Names, &Places, {TenEntities, sameEntity, IdCounts(), Calls});
  }
  /// Every number of bytes but the last: Read must notice that something is
  /// missing. Each is a buffer of its own, so that a sanitizer sees a byte too far.
  void expectTruncationsNoticed(llvm::StringRef Bytes,
                                llvm::function_ref<void(UnitReader &)> Read) {
    for (size_t Size = 0; Size < Bytes.size(); ++Size) {
      std::vector<char> Part(Bytes.begin(), Bytes.begin() + Size);
      UnitReader In = reader(llvm::StringRef(Part.data(), Part.size()));
      Read(In);
      EXPECT_FALSE(In.ok()) << Size << " of " << Bytes.size() << " bytes";
    }
  }
};

/// The largest number takes ten bytes. More of them are none, even where they add nothing.
TEST_F(CodingTest, ANumberOfTooManyBytes) {
  std::string Largest(9, char(0xff));
  Largest += 1;
  ByteReader Good(Largest, {}, nullptr);
  uint64_t N = 0;
  Good.number(N);
  EXPECT_TRUE(Good.ok());
  EXPECT_EQ(N, MaxNumber);
  std::string Endless(12, char(0x80));
  Endless += char(0);
  ByteReader Bad(Endless, {}, nullptr);
  Bad.number(N);
  EXPECT_FALSE(Bad.ok());
}

TEST_F(CodingTest, NumbersOfEverySize) {
  for (uint64_t N : {uint64_t(0), uint64_t(1), uint64_t(127), uint64_t(128), uint64_t(1) << 32,
                     MaxNumber - 1, MaxNumber}) {
    std::string Bytes = write([&](UnitWriter &Out) { Out.number(N); });
    uint64_t Read = ~N;
    UnitReader In = reader(Bytes);
    In.number(Read);
    EXPECT_EQ(Read, N);
    EXPECT_TRUE(In.ok());
    EXPECT_EQ(In.left(), 0u);
  }
}

TEST_F(CodingTest, SignedNumbers) {
  for (int64_t N : {int64_t(0), int64_t(-1), int64_t(63), int64_t(-64), INT64_MAX, INT64_MIN}) {
    std::string Bytes = write([&](UnitWriter &Out) { Out.signedNumber(N); });
    int64_t Read = ~N;
    UnitReader In = reader(Bytes);
    In.signedNumber(Read);
    EXPECT_EQ(Read, N);
  }
  // Small ones are short, on both sides of zero.
  EXPECT_EQ(write([](UnitWriter &Out) { Out.signedNumber(-64); }).size(), 1u);
}

TEST_F(CodingTest, ANumberThatDoesNotEndIsNone) {
  UnitReader In = reader("\xff\xff");
  uint64_t N = 7;
  In.number(N);
  EXPECT_FALSE(In.ok());
  EXPECT_EQ(N, 0u);
}

TEST_F(CodingTest, NothingIsReadAfterAFailure) {
  UnitReader In = reader(llvm::StringRef("\x63\x01", 2)); // string 99, then a number
  llvm::StringRef Text = "old";
  In.text(Text);
  EXPECT_EQ(Text, "");
  uint64_t N = 7;
  In.number(N);
  EXPECT_EQ(N, 0u);
  EXPECT_FALSE(In.ok());
  EXPECT_EQ(In.left(), 0u);
}

TEST_F(CodingTest, ATextIsKeptOnce) {
  std::string Bytes = write([](UnitWriter &Out) {
    Out.text("again");
    Out.text("");
    Out.text("again");
  });
  EXPECT_EQ(Bytes.size(), 3u);
  UnitReader In = reader(Bytes);
  EXPECT_EQ(Names.size(), 2u);
  for (llvm::StringRef Expected : {"again", "", "again"}) {
    std::string Text;
    In.text(Text);
    EXPECT_EQ(Text, Expected);
  }
}

TEST_F(CodingTest, NamesShareTheirBeginnings) {
  for (llvm::StringRef Name :
       {"kmalloc_node", "copy", "kmalloc", "kmalloc_node_noprof", "", "copyright"})
    Strings.indexOf(Name);
  std::string Table = Strings.bytes();
  EXPECT_EQ(llvm::StringRef(Table).count("kmalloc"), 1u);
  reader("");
  EXPECT_EQ(Names, (std::vector<llvm::StringRef>{"kmalloc_node", "copy", "kmalloc",
                                                 "kmalloc_node_noprof", "", "copyright"}));
  for (size_t Size = 0; Size < Table.size(); ++Size) {
    std::vector<char> Part(Table.begin(), Table.begin() + Size);
    ByteReader From(llvm::StringRef(Part.data(), Part.size()), {}, nullptr);
    readStrings(From, Memory);
    EXPECT_FALSE(From.ok()) << Size;
  }
}

TEST_F(CodingTest, ANameThatSharesMoreThanThereIsIsNone) {
  for (llvm::StringRef Table : {llvm::StringRef("\1\0\1\1x", 5),    // the first one shares
                                llvm::StringRef("\1\1\0\1x", 5)}) { // number 1 of one
    ByteReader From(Table, {}, nullptr);
    readStrings(From, Memory);
    EXPECT_FALSE(From.ok());
  }
}

TEST_F(CodingTest, ANameIsNoCommandForATerminal) {
  Strings.indexOf("a\x1b[2Jb\x7f");
  Strings.indexOf("two\n\tlines");
  reader("");
  EXPECT_EQ(Names, (std::vector<llvm::StringRef>{"a?[2Jb?", "two\n\tlines"}));
  ByteReader From(llvm::StringRef("\1\0\0\2a\x1b", 6), {}, nullptr);
  readStrings(From, Memory);
  EXPECT_FALSE(From.ok());
}

TEST_F(CodingTest, ABlockThatClaimsTooMuchIsNone) {
  std::string Bytes = write([](UnitWriter &Out) {
    Out.block("inside");
    Out.number(MaxNumber);
  });
  UnitReader In = reader(Bytes);
  EXPECT_EQ(In.block(), "inside");
  EXPECT_EQ(In.block(), "");
  EXPECT_FALSE(In.ok());
}

TEST_F(CodingTest, AListThatClaimsTooMuchIsNotMade) {
  std::string Bytes = write([](UnitWriter &Out) { Out.number(MaxNumber); });
  UnitReader In = reader(Bytes);
  std::vector<uint64_t> List;
  codeList(In, List, [&](uint64_t &N) { In.number(N); });
  EXPECT_TRUE(List.empty());
}

TEST_F(CodingTest, PlacesAreStepsFromTheOneBefore) {
  std::vector<Location> All = {Map.add("a.c", 10, 3), Map.add("a.c", 10, 3),
                               Map.add("a.c", 7, 80), Location(),
                               Map.add("b.h", 1, 1),  Map.add("a.c", 4000000, 65535)};
  std::string Bytes = write([&](UnitWriter &Out) {
    for (Location At : All)
      Out.place(At);
  });
  UnitReader In = reader(Bytes);
  for (Location Expected : All) {
    Location Read;
    In.place(Read);
    ASSERT_EQ(Read.isValid(), Expected.isValid());
    if (Read.isValid()) {
      EXPECT_TRUE(Places.placeOf(Read) == Map.placeOf(Expected));
    }
  }
  EXPECT_TRUE(In.ok());
  EXPECT_EQ(In.left(), 0u);
}

TEST_F(CodingTest, AColumnFarToTheRightIsFarToTheRight) {
  Location Far = Map.add("a.c", 1, 1000000);
  std::string Bytes = write([&](UnitWriter &Out) { Out.place(Far); });
  UnitReader In = reader(Bytes);
  Location Read;
  In.place(Read);
  EXPECT_EQ(Places.placeOf(Read).Line, 1u);
  EXPECT_GT(Places.placeOf(Read).Column, 65000u);
}

TEST_F(CodingTest, APlaceInAFileThatHasNoNameIsNone) {
  UnitReader In = reader(llvm::StringRef("\x05\x63\x01", 3)); // another file, by string 99
  Location Read;
  In.place(Read);
  EXPECT_FALSE(In.ok());
}

TEST_F(CodingTest, WhatIsKnownOfAValue) {
  Known Masked = Known::parameter(3).masked(0xf0);
  Known NotSeven;
  NotSeven.setNumber(7, false);
  Known Positive = Known::signs(Known::Positive);
  Known Function;
  Function.Function = 5;
  Known Answer = Known::boolean(std::nullopt);
  Answer.Answer = 6;
  for (const Known &K :
       {Known(), Known::number(0), Known::number(-22), Known::number(INT64_MIN),
        Known::parameter(0), Masked, Masked.with(1), NotSeven, Positive, Function, Answer}) {
    std::string Bytes = write([&](UnitWriter &Out) { KnownRecord::code(Out, K); });
    Known Read = Known::number(99);
    UnitReader In = reader(Bytes);
    KnownRecord::code(In, Read);
    EXPECT_TRUE(Read == K);
    EXPECT_TRUE(In.ok());
    EXPECT_EQ(In.left(), 0u);
    expectTruncationsNoticed(Bytes, [](UnitReader &Part) {
      Known Nobody;
      KnownRecord::code(Part, Nobody);
    });
  }
}

TEST_F(CodingTest, TheSituationsOfAFunction) {
  constexpr CallId First = 100;
  FunctionRegions R;
  // Two ways to one call; calls in another order than that of their numbers.
  Situation Held, NotHeld;
  Held.Open.push_back({2, First + 1});
  Held.Open.push_back({0, NoCall});
  Held.If.push_back({ArgumentCondition::NonZero, 1, 0xff00});
  Held.If.push_back({ArgumentCondition::Equal, 0, ~uint64_t(0), -1});
  Held.Arguments = {Known::number(7), Known()}; // the last one says nothing
  NotHeld.Maybe.insert(63);
  NotHeld.Dropped.insert(1);
  NotHeld.Lifted.insert(2);
  R.Calls.push_back({First + 1, {Situation()}, 0});
  R.Calls.push_back({First + 4, {Held, NotHeld}, MaxDecisions});
  R.Calls.push_back({First, {Held}, 1});
  R.Outcomes.push_back({{}, Known(), {{2, -1, 1, First}, {63, 127, 127, NoCall}}, {}, {}});
  R.Outcomes.emplace_back();

  std::string Bytes = write([&](UnitWriter &Out) { codeRegions(Out, R, First); });
  // Where it is read, the first call has another number.
  constexpr CallId Here = 5000;
  FunctionRegions Read;
  UnitReader In = reader(Bytes);
  codeRegions(In, Read, Here);
  ASSERT_TRUE(In.ok());
  EXPECT_EQ(In.left(), 0u);

  ASSERT_EQ(Read.Calls.size(), 3u);
  EXPECT_EQ(Read.Calls[0].Call, Here + 1);
  EXPECT_EQ(Read.Calls[1].Call, Here + 4);
  EXPECT_EQ(Read.Calls[2].Call, Here);
  EXPECT_EQ(Read.Calls[1].Decisions, MaxDecisions);
  ASSERT_EQ(Read.Calls[1].Ways.size(), 2u);
  const Situation &A = Read.Calls[1].Ways[0], &B = Read.Calls[1].Ways[1];
  ASSERT_EQ(A.Open.size(), 2u);
  EXPECT_EQ(A.Open[0].Region, 2u);
  EXPECT_EQ(A.Open[0].By, Here + 1);
  EXPECT_EQ(A.Open[1].By, NoCall);
  ASSERT_EQ(A.If.size(), 2u);
  EXPECT_TRUE(A.If[0] == Held.If[0]);
  EXPECT_TRUE(A.If[1] == Held.If[1]);
  ASSERT_EQ(A.Arguments.size(), 1u);
  EXPECT_TRUE(A.Arguments[0] == Known::number(7));
  EXPECT_EQ(B.Maybe, RegionSet::of(63));
  EXPECT_EQ(B.Dropped, RegionSet::of(1));
  EXPECT_EQ(B.Lifted, EffectSet::of(2));
  EXPECT_TRUE(B.If.empty());
  ASSERT_EQ(Read.Outcomes.size(), 2u);
  ASSERT_EQ(Read.Outcomes[0].Deltas.size(), 2u);
  const RegionDelta &D = Read.Outcomes[0].Deltas[0];
  EXPECT_EQ(D.Region, 2u);
  EXPECT_EQ(D.Lo, -1);
  EXPECT_EQ(D.Hi, 1);
  EXPECT_EQ(D.By, Here);
  EXPECT_EQ(Read.Outcomes[0].Deltas[1].By, NoCall);
  EXPECT_TRUE(Read.Outcomes[1].Deltas.empty());

  expectTruncationsNoticed(Bytes, [](UnitReader &Part) {
    FunctionRegions Nobody;
    codeRegions(Part, Nobody, Here);
  });
}

TEST_F(CodingTest, EveryFieldOfABehaviour) {
  Behaviour B;
  B.When = {{{ArgumentCondition::NotEqual, 2, ~uint64_t(0), INT64_MIN, true},
             "argument 3 is not the least number"},
            {{ArgumentCondition::Below, 0, ~uint64_t(0), -7}, "argument 1 is below -7"}};
  unsigned Next = 0;
  for (RegionSet RegionChanges::*Of :
       {&RegionChanges::Enters, &RegionChanges::Exits, &RegionChanges::EntersIfTrue,
        &RegionChanges::EntersIfFalse, &RegionChanges::ExitsIfTrue, &RegionChanges::ExitsIfFalse,
        &RegionChanges::Saves, &RegionChanges::Restores})
    (B.Regions.*Of).insert(Next++);
  B.RegionsWritten = B.Acquires = true;
  B.SafeIn.insert(Next++);
  B.RunsIn.insert(Next++);
  B.Never.insert(Next++);
  B.NeverAt = Map.add("promise.h", 3, 1);
  B.NeverModel = "linux";
  B.Lifts.insert(Next++);
  B.LiftsOn = false;

  std::string Bytes = write([&](UnitWriter &Out) { codeBehaviour(Out, B); });
  Behaviour Read;
  UnitReader In = reader(Bytes);
  codeBehaviour(In, Read);
  ASSERT_TRUE(In.ok());
  EXPECT_EQ(In.left(), 0u);
  ASSERT_EQ(Read.When.size(), 2u);
  for (unsigned I : {0, 1}) {
    EXPECT_TRUE(Read.When[I].If == B.When[I].If);
    EXPECT_EQ(Read.When[I].If.IsFlag, B.When[I].If.IsFlag);
    EXPECT_EQ(Read.When[I].Text, B.When[I].Text);
  }
  for (RegionSet RegionChanges::*Of :
       {&RegionChanges::Enters, &RegionChanges::Exits, &RegionChanges::EntersIfTrue,
        &RegionChanges::EntersIfFalse, &RegionChanges::ExitsIfTrue, &RegionChanges::ExitsIfFalse,
        &RegionChanges::Saves, &RegionChanges::Restores})
    EXPECT_EQ(Read.Regions.*Of, B.Regions.*Of);
  EXPECT_TRUE(Read.RegionsWritten);
  EXPECT_TRUE(Read.Acquires);
  EXPECT_FALSE(Read.Releases);
  EXPECT_EQ(Read.SafeIn, B.SafeIn);
  EXPECT_EQ(Read.RunsIn, B.RunsIn);
  EXPECT_EQ(Read.Never, B.Never);
  EXPECT_EQ(Places.placeOf(Read.NeverAt).File, "promise.h");
  EXPECT_EQ(Read.NeverModel, "linux");
  EXPECT_EQ(Read.Lifts, B.Lifts);
  EXPECT_FALSE(Read.LiftsOn);

  expectTruncationsNoticed(Bytes, [](UnitReader &Part) {
    Behaviour Nobody;
    codeBehaviour(Part, Nobody);
  });
}

} // namespace
