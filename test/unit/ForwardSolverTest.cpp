// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The solver, over a domain of its own: the set of numbers that were met on some way.

#include "support/ForwardSolver.h"
#include "gtest/gtest.h"
#include <set>

using namespace airlock;

namespace {

struct Edge {
  uint32_t To;
  bool IsTaken = true;
};

struct Block {
  std::vector<int> Events;
  std::vector<Edge> Next;
};

struct Met {
  using State = std::set<int>;
  unsigned Left = 1000, Looks = 0;
  bool step(const State &) {
    ++Looks;
    return Left && Left--;
  }
  void apply(int Event, State &S) { S.insert(Event); }
  void leave(const Block &, State &) {}
  std::optional<State> along(const Block &, const Edge &E, const State &S) {
    return E.IsTaken ? std::optional(S) : std::nullopt;
  }
  bool join(State &Into, State &&From) {
    const size_t Before = Into.size();
    Into.insert(From.begin(), From.end());
    return Into.size() != Before;
  }
};

/// Writes down what it is told.
struct Notes {
  std::vector<std::string> All;
  static std::string text(const std::set<int> &S) {
    std::string Text;
    for (int Each : S)
      Text += std::to_string(Each) + " ";
    return Text;
  }
  void enter(uint32_t Id) { All.push_back("block " + std::to_string(Id)); }
  void before(int Event, const std::set<int> &S) {
    All.push_back(text(S) + "before " + std::to_string(Event));
  }
  void after(int, const std::set<int> &) {}
  void decide(uint32_t, const std::set<int> &S) { All.push_back(text(S) + "decides"); }
  void leave(uint32_t, const std::set<int> &) {}
};

// 0 -> 1 <-> 2, 1 -> 3; 4 is where nobody comes.
std::vector<Block> loop() {
  return {{{1}, {{1}}}, {{2}, {{2}, {3}}}, {{3}, {{1}}}, {{4}, {}}, {{5}, {{3}}}};
}

TEST(ForwardSolver, WhatALoopFindsComesRound) {
  Met D;
  BlockStates<Met> At = solveForward(loop(), D, {});
  EXPECT_EQ(*At[0], (std::set<int>{}));
  EXPECT_EQ(*At[1], (std::set<int>{1, 2, 3}));
  EXPECT_EQ(*At[3], (std::set<int>{1, 2, 3}));
  EXPECT_FALSE(At[4]);
}

TEST(ForwardSolver, AnEdgeThatIsNotTakenLeadsNowhere) {
  std::vector<Block> All = loop();
  All[1].Next[0].IsTaken = false;
  Met D;
  BlockStates<Met> At = solveForward(All, D, {});
  EXPECT_FALSE(At[2]);
  EXPECT_EQ(*At[1], (std::set<int>{1}));
}

// Even if nothing is known there, it is looked at once.
TEST(ForwardSolver, APlaceIsReachedWithoutNews) {
  std::vector<Block> All = {{{}, {{1}}}, {{}, {}}};
  Met D;
  EXPECT_TRUE(solveForward(All, D, {})[1].has_value());
}

TEST(ForwardSolver, ItIsThroughWithALoopFirst) {
  Met D;
  solveForward(loop(), D, {});
  const unsigned Looks = D.Looks;
  std::vector<Block> Longer = loop();
  Longer[3].Events.assign(100, 4);
  Met Again;
  solveForward(Longer, Again, {});
  EXPECT_EQ(Again.Looks, Looks + 99) << "what is behind it is looked at once, with all of it";
}

TEST(ForwardSolver, ItEndsWithTheBudget) {
  for (unsigned Left = 0; Left < 8; ++Left) {
    Met D;
    D.Left = Left;
    solveForward(loop(), D, {});
    EXPECT_EQ(D.Left, 0u);
    EXPECT_EQ(D.Looks, Left + 1);
  }
}

TEST(ForwardSolver, AnObserverSeesEachPlaceOnceAndChangesNothing) {
  Met D;
  const std::vector<Block> All = loop();
  const BlockStates<Met> At = solveForward(All, D, {});
  Notes Seen;
  EXPECT_TRUE(observe(All, D, At, Seen));
  EXPECT_EQ(Seen.All, (std::vector<std::string>{"block 0", "before 1", "1 decides", "block 1",
                                                "1 2 3 before 2", "1 2 3 decides", "block 2",
                                                "1 2 3 before 3", "1 2 3 decides", "block 3",
                                                "1 2 3 before 4", "1 2 3 4 decides"}));
  D.Left = 2;
  EXPECT_FALSE(observe(All, D, At, Notes()));
}

} // namespace
