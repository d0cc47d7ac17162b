// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/CallOrder.h"
#include "pointers/Loops.h"
#include "pointers/PointerState.h"
#include "pointers/Terms.h"
#include "summary/PointerRecords.h"
#include "gtest/gtest.h"

using namespace airlock;

static UserFlow flowOf(std::vector<std::vector<uint32_t>> Next) {
  UserFlow Flow;
  for (const std::vector<uint32_t> &To : Next) {
    UserBlock &B = Flow.Blocks.emplace_back();
    for (uint32_t Id : To)
      B.Next.push_back({UserEdge::Always, Id});
  }
  return Flow;
}

TEST(Loops, ThereAreNone) { EXPECT_TRUE(loopsOf(flowOf({{1, 2}, {2}, {}})).empty()); }

TEST(Loops, ALoopHasItsHeadAndItsExits) {
  std::vector<UserLoop> All = loopsOf(flowOf({{1}, {2, 4}, {3}, {1, 4}, {}}));
  ASSERT_EQ(All.size(), 1u);
  EXPECT_EQ(All[0].Head, 1u);
  EXPECT_EQ(All[0].Blocks.count(), 3u);
  EXPECT_EQ(All[0].Exits, (llvm::SmallVector<uint32_t, 4>{1, 3}));
}

TEST(Loops, AnInnerOneComesAfterTheOneAroundIt) {
  std::vector<UserLoop> All = loopsOf(flowOf({{1}, {2}, {2, 3}, {1, 4}, {}}));
  ASSERT_EQ(All.size(), 2u);
  EXPECT_EQ(All[0].Head, 1u);
  EXPECT_EQ(All[1].Head, 2u);
  EXPECT_TRUE(All[0].Blocks.test(2));
  EXPECT_FALSE(All[1].Blocks.test(1));
}

TEST(Loops, ABlockCanBeOne) {
  std::vector<UserLoop> All = loopsOf(flowOf({{1}, {1, 2}, {}}));
  ASSERT_EQ(All.size(), 1u);
  EXPECT_EQ(All[0].Blocks.count(), 1u);
}

TEST(PointerState, AFactIsNewsOnce) {
  PointerState S;
  EXPECT_TRUE(S.add({PointerFact::Checked, 1, {0, 8}, NoTerm, 0, 5}));
  EXPECT_FALSE(S.add({PointerFact::Checked, 1, {0, 8}, NoTerm, 0, 5}));
  EXPECT_TRUE(S.add({PointerFact::Aligned, 1}));
  EXPECT_EQ(S.all(PointerFact::Checked).size(), 1u);
  EXPECT_EQ(S.all(PointerFact::Aligned).size(), 1u);
  EXPECT_TRUE(S.all(PointerFact::Barrier).empty());
}

TEST(PointerState, WhatHoldsOnOnePathIsKept) {
  PointerState A, B;
  A.add({PointerFact::Checked, 1, {0, 8}});
  B.add({PointerFact::Checked, 2, {0, 4}});
  EXPECT_TRUE(A.join(B));
  EXPECT_FALSE(A.join(B));
  EXPECT_EQ(A.all(PointerFact::Checked).size(), 2u);
}

TEST(PointerState, ASecondCopyIsCutWhereItIsOverwritten) {
  PointerState S;
  S.add({PointerFact::Refetched, 1, {0, 16}, 2, 0, 7, 3});
  S.cutRefetched(9, {0, 16});
  S.cutRefetched(1, {4, 8});
  llvm::ArrayRef<PointerFact> Left = S.all(PointerFact::Refetched);
  ASSERT_EQ(Left.size(), 2u);
  EXPECT_EQ(Left[0].Bytes.Lo, 0);
  EXPECT_EQ(Left[0].Bytes.Hi, 4);
  EXPECT_EQ(Left[1].Bytes.Lo, 8);
  EXPECT_EQ(Left[1].Bytes.Hi, 16);
  S.cutRefetched(1, {});
  EXPECT_TRUE(S.all(PointerFact::Refetched).empty());
}

TEST(ByteRange, TheHullOfTwo) {
  ByteRange R{0, 0};
  EXPECT_TRUE(R.isEmpty());
  R.include({4, 8});
  R.include({0, 0});
  EXPECT_EQ(R.Lo, 4);
  R.include({16, ByteRange::Most});
  EXPECT_EQ(R.Lo, 4);
  EXPECT_FALSE(R.isBounded());
  EXPECT_FALSE(R.overlaps({0, 4}));
  EXPECT_EQ(R.moved(4).Lo, 8);
  EXPECT_EQ(R.moved(4).Hi, ByteRange::Most);
}

TEST(Terms, AnAddressIsABaseAndAnOffset) {
  Facts F;
  UserFlow Flow;
  Term P;
  P.Is = Term::Parameter;
  Term Field;
  Field.Is = Term::Offset;
  Field.A = 0;
  Field.Number = 8;
  Term N;
  N.Is = Term::Load;
  N.A = 0;
  Term Element;
  Element.Is = Term::Index;
  Element.A = 1;
  Element.B = 2;
  Element.Number = 4;
  Flow.Terms = {P, Field, N, Element};
  Budget Spend;
  Terms T(F, Flow, Spend);
  EXPECT_EQ(T.written(1).Base, 0u);
  EXPECT_EQ(T.written(1).Offset, 8);
  EXPECT_TRUE(T.written(1).Exact);
  EXPECT_EQ(T.written(3).Base, 0u);
  EXPECT_FALSE(T.written(3).Exact);
  EXPECT_EQ(T.written(3, Terms::Themselves).Base, 3u);
  EXPECT_TRUE(T.mentions(3, 2));

  // An index that is one number is an offset.
  Term Two;
  Two.Is = Term::Constant;
  Two.Number = 2;
  Flow.Terms.push_back(Two);
  PointerState S;
  S.add({PointerFact::Alias, 2, {0, 0}, 4});
  Terms::Addresses All = T.addresses(S, 3);
  ASSERT_EQ(All.size(), 1u);
  EXPECT_TRUE(All[0].Exact);
  EXPECT_EQ(All[0].Offset, 16);
}

namespace {
class Nowhere : public SourceMap {
  Place placeOf(Location) const override { return {"f.c", 12, 3}; }
};
TEST(CallOrder, OnEachWay) {
  UserFlow Flow = flowOf({{1, 2}, {3}, {3}, {1}});
  auto Add = [&](uint32_t Block, uint32_t Number) {
    UserEvent E;
    E.Number = Number;
    Flow.Blocks[Block].Events.push_back(E);
  };
  Add(0, 0);
  Add(0, 1);
  Add(1, 2);
  Add(2, 3);
  Add(3, 4);
  CallOrder Order(Flow);
  const UserEvent &First = Flow.Blocks[0].Events[0], &Second = Flow.Blocks[0].Events[1],
                  &Arm = Flow.Blocks[1].Events[0], &Join = Flow.Blocks[3].Events[0];
  EXPECT_TRUE(Order.isBefore(0, Second));
  EXPECT_FALSE(Order.isBefore(1, First));
  EXPECT_TRUE(Order.isBefore(1, Join));
  EXPECT_TRUE(Order.isBefore(0, Arm));
  EXPECT_FALSE(Order.isBefore(2, Join)); // the other arm
  EXPECT_FALSE(Order.isBefore(3, Arm));  // straight from the beginning
  EXPECT_FALSE(Order.isBefore(4, Arm));  // only once around
  EXPECT_TRUE(Order.isBefore(1, uint32_t(3)));
  EXPECT_FALSE(Order.isBefore(3, uint32_t(3)));
  EXPECT_FALSE(Order.isBefore(9, Join)); // no such call
}

} // namespace

/// For what names no entity.
static std::optional<EntityId> nobody(uint64_t) { return std::nullopt; }

TEST(PointerRecords, WhatIsWrittenIsReadBack) {
  FunctionPointers Before;
  Passing P;
  P.Call = 12;
  P.Argument = 2;
  P.From = Origin::Parameter;
  P.Parameter = 1;
  P.Bytes = {-4, ByteRange::Most};
  P.Checked = true;
  P.Decided.include({0, 4});
  P.Decided.include({8, 12});
  P.FirstFetch = 11;
  P.Text = "p->x";
  Before.Passings.push_back(P);
  Passing Filling;
  Filling.Promised = true;
  Filling.From = Origin::User;
  Filling.At = {1};
  Before.Passings.push_back(Filling);
  ParameterFetch Fetch;
  Fetch.Call = 12;
  Fetch.Parameter = 3;
  Fetch.Bytes = {0, 8};
  Fetch.Used.include({4, 8});
  Fetch.IntoResult = true;
  Before.Fetches.push_back(Fetch);

  Nowhere Map;
  UnitWriter Out(nullptr, Map, [](EntityId E) { return uint64_t(E); });
  codePointers(Out, std::as_const(Before), 10);
  FunctionPointers After;
  Facts None;
  UnitReader In(Out.bytes(), {}, nullptr, {None, nobody, IdCounts(), /*CallCount=*/3});
  codePointers(In, After, 10);
  ASSERT_TRUE(In.ok());
  EXPECT_EQ(In.left(), 0u);
  ASSERT_EQ(After.Passings.size(), 2u);
  const Passing &Q = After.Passings[0];
  EXPECT_EQ(Q.Call, P.Call);
  EXPECT_EQ(Q.Argument, P.Argument);
  EXPECT_EQ(Q.Parameter, P.Parameter);
  EXPECT_EQ(Q.Bytes.Lo, -4);
  EXPECT_EQ(Q.Bytes.Hi, ByteRange::Most);
  EXPECT_TRUE(Q.Checked);
  EXPECT_FALSE(Q.Aligned);
  ASSERT_EQ(Q.Decided.size(), 2u);
  EXPECT_EQ(Q.Decided[0].Hi, 4);
  EXPECT_EQ(Q.Decided[1].Lo, 8);
  EXPECT_EQ(Q.FirstFetch, P.FirstFetch);
  EXPECT_EQ(Q.Text, "p->x");
  EXPECT_EQ(After.Passings[1].Call, NoCall);
  EXPECT_EQ(OwnLine::line(After.Passings[1].At), 12u);
  EXPECT_EQ(OwnLine::column(After.Passings[1].At), 3u);
  ASSERT_EQ(After.Fetches.size(), 1u);
  ASSERT_EQ(After.Fetches[0].Used.size(), 1u);
  EXPECT_EQ(After.Fetches[0].Used[0].Lo, 4);
  EXPECT_TRUE(After.Fetches[0].Decided.empty());
  EXPECT_TRUE(After.Fetches[0].IntoResult);
}

TEST(PointerRecords, BrokenBytesAreNoticed) {
  FunctionPointers After;
  Facts None;
  UnitReader In(llvm::StringRef("\x05\xff\xff\xff", 4), {}, nullptr, {None, nobody});
  codePointers(In, After, 0);
  EXPECT_FALSE(In.ok());
}
