// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Summaries whose bytes are whole and say what cannot be: somebody else made them.
// What is broken is refused where it is read; nobody behind that meets it.

#include "FactsBuilder.h"
#include "link/Link.h"
#include "report/Renderers.h"
#include "summary/FindingRecords.h"
#include "summary/PointerRecords.h"
#include "summary/Summary.h"

using namespace airlock;

namespace {

/// Every place is a line of one file; the one line that is nowhere is 0.
class OneFile : public SourceMap {
  Place placeOf(Location At) const override { return {"a.c", At.Raw, 1}; }
};

struct CraftedBody {
  EntityId Function = 0;
  std::vector<Call> Calls;
  FunctionRegions Regions;
  FunctionPointers Pointers;
};

/// A unit written record by record: 'f' calls 'g', which sleeps, with a lock held.
class BrokenSummary : public testing::Test {
protected:
  const Model M = modelOf(R"({
    "airlock_model": 1, "name": "test",
    "contexts": {"uaccess": {"description": "user memory is accessed"}},
    "effects": {"sleep": {"description": "may sleep"}},
    "regions": {"lock": {"description": "a lock is held", "forbids": ["sleep"]}}})");
  OneFile Map;
  StringTable Strings;
  std::vector<Allow> Allows;
  std::vector<Entity> Entities;
  std::vector<CraftedBody> Bodies;
  std::vector<Store> Stores;
  std::vector<ReportedFinding> Findings;
  std::deque<Behaviour> Behaviours;
  unsigned Status = 0;
  /// Of the unit; its summary.
  Program P;
  std::string Bytes;

  BrokenSummary() {
    entity("f", 10).HasBody = true;
    entity("g", 20).Effects.insert(0);
    CraftedBody Body;
    Body.Calls.push_back({0, 1, {11}, NoCall, NoAllow, {11}});
    Situation At;
    At.Open.push_back({0, NoCall});
    Body.Regions.Calls.push_back({0, {At}});
    Bodies.push_back(Body);
  }

  Entity &entity(llvm::StringRef Name, uint32_t Line) {
    Entity E;
    E.Kind = EntityKind::Function;
    E.Name = Name;
    E.Declared = {Line};
    Entities.push_back(E);
    return Entities.back();
  }
  Behaviour &behaviour(EntityId Of) {
    Behaviour &B = Behaviours.emplace_back();
    Entities[Of].More = &B;
    return B;
  }
  Situation &situation() { return Bodies[0].Regions.Calls[0].Ways[0]; }

  void write(UnitWriter &Into) const;
  static uint64_t sameNumber(EntityId E) { return E; }
  void encode();
  std::string link(std::string *Text = nullptr);
};

void BrokenSummary::write(UnitWriter &Into) const {
  Into.number(Status);
  Into.text("a.c");
  Into.number(1u);
  Into.text("test");
  Into.number(M.fingerprint());
  for (unsigned I = 0; I < 4; ++I)
    Into.number(I);
  Into.number(Allows.size());
  for (const Allow &A : Allows) {
    Into.text(A.Rule);
    Into.text(A.Why);
    Into.number(AllowId(A.Outer + 1));
    Into.place(A.At);
    Into.number(A.Used);
  }
  Into.number(Entities.size());
  for (const Entity &E : Entities) {
    bool HasMore = E.More;
    codeEntity(Into, E, HasMore);
    if (HasMore)
      codeBehaviour(Into, *E.More);
  }
  Into.number(0u); // no insertions
  Into.number(0u); // no macros that they need
  Into.number(Bodies.size());
  for (const CraftedBody &Body : Bodies) {
    Into.entity(Body.Function);
    Into.number(Body.Calls.size() << 1 | 1);
    StringTable &Names = const_cast<StringTable &>(Strings);
    UnitWriter Calls(&Names, Map, sameNumber), Regions(&Names, Map, sameNumber),
        Pointers(&Names, Map, sameNumber);
    for (const Call &C : Body.Calls)
      codeCall(Calls, C, 0);
    codeRegions(Regions, Body.Regions, 0);
    codeWritten(Regions, Body.Regions.Written, 0);
    codePointers(Pointers, Body.Pointers, 0);
    Into.block(Calls.bytes());
    Into.block(Regions.bytes());
    Into.block(Pointers.bytes());
  }
  Into.number(Stores.size());
  for (const Store &S : Stores) {
    Into.entity(S.Stored);
    Into.entity(S.Slot);
    Into.entity(S.PassedTo);
    Into.place(S.At);
  }
  Into.number(Findings.size());
  for (const ReportedFinding &F : Findings)
    codeFinding(Into, F);
  Into.number(0u); // nothing given up
}

void BrokenSummary::encode() {
  UnitWriter Whole(&Strings, Map, sameNumber);
  write(Whole);
  Bytes = Strings.bytes() + Whole.bytes().str();
}

/// What is said of the summary by who links it: why it is refused.
std::string BrokenSummary::link(std::string *Text) {
  encode();
  SummaryFiles Files;
  Files.addFrames(llvm::MemoryBuffer::getMemBufferCopy(frameSummary(Bytes), "bad.sum"));
  Files.finish();
  Report R;
  Options Wanted;
  Wanted.Advice = true;
  loadProgram(Files, M, P, R);
  reportProgram(P, M, Wanted, R);
  R.sort();
  std::string Rendered;
  llvm::raw_string_ostream Out(Text ? *Text : Rendered);
  renderText(R, Out);
  renderJson(R, Out);
  renderSarif(R, Out);
  std::string Said;
  for (const Notification &N : R.ledger().Notifications)
    Said += N.File + ": " + N.Text;
  return Said;
}

constexpr llvm::StringLiteral Broken("bad.sum: summary refused: its records are broken"),
    BrokenBody("bad.sum: summary refused: the body of 'f' is broken");

TEST_F(BrokenSummary, WhatIsNotBrokenIsLinked) {
  std::string Text;
  EXPECT_EQ(link(&Text), "");
  EXPECT_NE(Text.find("'f' calls 'g', which may sleep, while a lock is held"), std::string::npos);
}

TEST_F(BrokenSummary, AStatusThatThereIsNot) {
  Status = 3;
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, AContextOfNoModel) {
  Entities[0].Provides.insert(1);
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, AnEffectOfNoModel) {
  Entities[1].Effects.insert(63);
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, ARegionOfNoModel) {
  behaviour(1).Regions.Saves.insert(1);
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, AnOriginOfNoContext) {
  Entities[0].Provides.insert(0);
  Entities[0].Origins.push_back({1, {3}, ""});
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, AConditionOnNoParameter) {
  behaviour(1).When = {{{ArgumentCondition::NonZero, 1 << 20}, ""}};
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, AnEntityThatThereIsNot) {
  Stores.push_back({1, 2, NoEntity, {5}});
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, AStoreOfNobody) {
  Stores.push_back({NoEntity, 1, NoEntity, {5}});
  EXPECT_EQ(link(), Broken);
}

/// However long: nobody follows owners without end.
TEST_F(BrokenSummary, AnOwnerThatIsOwned) {
  entity("p", 10).Kind = EntityKind::Parameter;
  Entities[2].Owner = 0;
  EXPECT_EQ(link(), "");
  entity("q", 10).Kind = EntityKind::Parameter;
  Entities[3].Owner = 2;
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, AnOwnerOfItself) {
  entity("p", 10).Kind = EntityKind::Parameter;
  Entities[2].Owner = 2;
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, AFieldWithABody) {
  Entities[1].Kind = EntityKind::Field;
  Entities[1].HasBody = true;
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, ABodyOfNoFunction) {
  Entities[0].Kind = EntityKind::Macro;
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, ABodyOfAFunctionThatIsNowhere) {
  Entities[0].Declared = {};
  Passing Fills;
  Fills.Promised = true;
  Fills.At = {12};
  Bodies[0].Pointers.Passings.push_back(Fills);
  EXPECT_EQ(link(), Broken);
}

/// A suppression further out stands before the one further in; so there is an end.
TEST_F(BrokenSummary, ASuppressionInItself) {
  Allows.push_back({"sleep-in-region", "why", 0, {11}});
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, SuppressionsNestedWithoutEnd) {
  auto Nest = [&](unsigned Depth) {
    for (unsigned I = Allows.size(); I < Depth; ++I)
      Allows.push_back({"sleep-in-region", "why", I ? I - 1 : NoAllow, {11}});
  };
  Nest(1000);
  EXPECT_EQ(link(), "");
  Nest(1001);
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, ASeverityThatThereIsNot) {
  Findings.emplace_back();
  Findings.back().At = {"a.c", 1, 1};
  Findings.back().Level = static_cast<Severity>(2);
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, ACallOfNobody) {
  Bodies[0].Calls[0].Callee = NoEntity;
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, ACallInOneThatComesLater) {
  Bodies[0].Calls[0].Outer = 0;
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, ACallWithoutItsSuppression) {
  Bodies[0].Calls[0].Allow = 0;
  EXPECT_EQ(link(), Broken);
}

TEST_F(BrokenSummary, ASituationOfAnotherBodysCall) {
  Bodies[0].Regions.Calls[0].Call = 1;
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, ACallThatNobodyComesTo) {
  Bodies[0].Regions.Calls[0].Ways.clear();
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, AnOpenRegionOfNoModel) {
  situation().Open[0].Region = 1;
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, ARegionOpenedByAnotherBodysCall) {
  situation().Open[0].By = 1;
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, TheAnswerOfNoQuestion) {
  behaviour(1).When = {{{ArgumentCondition::NonZero, 0}, ""}};
  Known Argument;
  Argument.Answer = 0;
  situation().Arguments.push_back(Argument);
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, MoreDecisionsThanAreCounted) {
  Bodies[0].Regions.Calls[0].Decisions = MaxDecisions + 1;
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, AnOutcomeOfAnotherBodysCall) {
  Outcome O;
  O.Deltas.push_back({0, 1, 1, 1});
  Bodies[0].Regions.Outcomes.push_back(O);
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, APointerPassedNowhere) {
  Bodies[0].Pointers.Passings.emplace_back(); // no call, and no promise
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, AFetchInAnotherBodysCall) {
  Bodies[0].Pointers.Fetches.emplace_back().Call = 1;
  EXPECT_EQ(link(), BrokenBody);
}

TEST_F(BrokenSummary, WhatStandsBehindItsRecords) {
  encode();
  Bytes += '\0';
  EXPECT_EQ(llvm::toString(decodeUnit(Bytes, &M).takeError()), "its records are broken");
}

/// Names share their beginnings: each one byte longer than the one before, they would
/// come to a thousand times the file.
TEST_F(BrokenSummary, NamesThatUnpackToFarMoreThanThereIs) {
  std::string Table;
  llvm::raw_string_ostream Out(Table);
  constexpr unsigned Count = 60000;
  llvm::encodeULEB128(Count, Out);
  for (unsigned I = 0; I < Count; ++I) {
    llvm::encodeULEB128(I, Out);
    llvm::encodeULEB128(I, Out);
    Out << "\1x";
  }
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Names(Memory);
  ByteReader From(Table, {}, nullptr);
  readStrings(From, Names);
  EXPECT_FALSE(From.ok());
  EXPECT_LT(Memory.getBytesAllocated(), 2 * mostUnpacked(Table.size()));
}

/// A count of records that are not there makes none of them.
TEST_F(BrokenSummary, ManyRecordsThatAreNotThere) {
  UnitWriter Whole(&Strings, Map, sameNumber);
  write(Whole);
  std::string Body = Whole.bytes().str();
  Body.pop_back(); // no findings
  Bytes = Strings.bytes() + Body;
  llvm::raw_string_ostream Out(Bytes);
  llvm::encodeULEB128(100000, Out);
  Bytes += std::string(100000, '\xff');
  EXPECT_EQ(llvm::toString(decodeUnit(Bytes, &M).takeError()), "its records are broken");
}

/// Two findings whose paths end on the same lines, but not at the same places.
TEST_F(BrokenSummary, PathsThatEndOnTheSameLines) {
  for (unsigned Last : {1, 7}) {
    ReportedFinding F;
    F.Id = "id" + std::to_string(Last);
    F.Rule = "call-in-uaccess";
    F.Message = "m";
    F.Region = "lock";
    F.At = {"a.c", Last, 1};
    for (unsigned Line : {50, 51, 52})
      F.Path.push_back({{"a.c", Line, Line == 52 ? Last : 1}, "", "x"});
    Findings.push_back(F);
  }
  std::string Text;
  EXPECT_EQ(link(&Text), "");
  EXPECT_NE(Text.find("a.c:52:7: note: x\n"), std::string::npos);
}

} // namespace
