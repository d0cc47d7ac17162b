// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/CallGraph.h"
#include "FactsBuilder.h"

using namespace airlock;
using Names = std::vector<std::string>;

TEST(CallGraph, NobodyCallsARoot) {
  FactsBuilder B;
  EntityId A = B.function("a");
  EXPECT_TRUE(CallGraph(B.F).longestChainTo(A).empty());
}

TEST(CallGraph, TheLongerOfTwoWaysIsTheChain) {
  FactsBuilder B;
  EntityId A = B.function("a"), Mid = B.function("mid"), Z = B.function("z");
  B.call(A, Z);
  B.call(A, Mid);
  B.call(Mid, Z);
  EXPECT_EQ(B.names(CallGraph(B.F).longestChainTo(Z)), (Names{"a", "mid", "z"}));
}

TEST(CallGraph, EquallyLongChainsAreChosenByNameNotByOrder) {
  for (bool Swap : {false, true}) {
    FactsBuilder B;
    EntityId Z = B.function("z"), First = B.function(Swap ? "b" : "a"),
             Second = B.function(Swap ? "a" : "b");
    B.call(First, Z);
    B.call(Second, Z);
    EXPECT_EQ(B.names(CallGraph(B.F).longestChainTo(Z)), (Names{"b", "z"}));
  }
}

TEST(CallGraph, ACycleIsCrossedByTheShortestWay) {
  FactsBuilder B;
  EntityId Root = B.function("root"), A = B.function("a"), C = B.function("c"), D = B.function("d"),
           Z = B.function("z");
  B.call(Root, A);
  B.call(A, C);
  B.call(C, D);
  B.call(D, A);
  B.call(C, Z);
  EXPECT_EQ(B.names(CallGraph(B.F).longestChainTo(Z)), (Names{"root", "a", "c", "z"}));
}

TEST(CallGraph, ACycleThatNobodyCallsHasNoChain) {
  FactsBuilder B;
  EntityId A = B.function("a"), C = B.function("c");
  B.call(A, C);
  B.call(C, A);
  // No root leads here, and nothing loops for ever.
  EXPECT_TRUE(CallGraph(B.F).longestChainTo(C).empty());
}

TEST(CallGraph, RecursionOfOneFunctionAddsNothing) {
  FactsBuilder B;
  EntityId A = B.function("a"), Z = B.function("z");
  B.call(A, Z);
  B.call(Z, Z);
  EXPECT_EQ(B.names(CallGraph(B.F).longestChainTo(Z)), (Names{"a", "z"}));
}

TEST(CallGraph, MacrosAreFrames) {
  FactsBuilder B;
  EntityId F = B.function("f"), Avail = B.macro("avail"), User = B.macro("user");
  CallId Outer = B.call(F, Avail);
  B.call(F, User, Outer);
  EXPECT_EQ(B.names(CallGraph(B.F).longestChainTo(User)), (Names{"f", "avail", "user"}));
}

TEST(CallGraph, TheNearestPrimitiveEndsTheChain) {
  FactsBuilder B;
  EntityId F = B.function("f"), Far = B.function("far"), P = B.function("p"), Q = B.function("q");
  B.F.Entities[P].Effects.insert(0);
  B.F.Entities[Q].Effects.insert(0);
  B.call(F, Far);
  B.call(Far, P);
  B.call(F, Q);
  CallGraph G(B.F);
  EXPECT_EQ(B.names(G.chainToEffect(F, 0)), (Names{"f", "q"}));
  EXPECT_TRUE(G.chainToEffect(P, 0).empty());
  EXPECT_TRUE(G.chainToEffect(F, 1).empty());
}

TEST(CallGraph, ALongChainDoesNotOverflowTheStack) {
  FactsBuilder B;
  EntityId Last = B.function("f");
  for (int I = 0; I < 200000; ++I) {
    EntityId Next = B.function("f");
    B.call(Last, Next);
    Last = Next;
  }
  EXPECT_EQ(CallGraph(B.F).longestChainTo(Last).size(), 200000u);
}

TEST(CallGraph, EachCalleeIsVisitedOnce) {
  FactsBuilder B;
  EntityId A = B.function("a"), C = B.function("c"), D = B.function("d"), Z = B.function("z");
  B.call(A, C);
  B.call(C, D);
  B.call(C, D);
  B.call(D, A);
  B.call(D, Z);
  CallGraph G(B.F);
  using Walk = CallGraph::Walk;
  std::vector<EntityId> Seen;
  auto Visit = [&](EntityId Last, Walk AtLast) {
    Seen.clear();
    return G.visitCallees(A, [&](EntityId E) {
      Seen.push_back(E);
      return E == Last ? AtLast : Walk::Into;
    });
  };
  EXPECT_TRUE(Visit(Z, Walk::Into));
  EXPECT_EQ(Seen, (std::vector<EntityId>{A, C, D, Z}));
  EXPECT_TRUE(Visit(D, Walk::Past));
  EXPECT_EQ(Seen, (std::vector<EntityId>{A, C, D}));
  EXPECT_FALSE(Visit(C, Walk::Stop));
  EXPECT_EQ(Seen, (std::vector<EntityId>{A, C}));
}
