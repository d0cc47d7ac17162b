// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/PathGraph.h"
#include "gtest/gtest.h"
#include <random>
#include <set>

using namespace airlock;

namespace {

using Labels = std::vector<uint32_t>;
using Vertex = PathGraph::Vertex;

/// A graph from its edges; the label of an edge is its number.
PathGraph graphOf(unsigned Size, std::vector<std::pair<Vertex, Vertex>> Edges,
                  std::set<Vertex> Goals) {
  PathGraph G;
  for (Vertex V = 0; V < Size; ++V)
    G.add(Goals.count(V));
  for (uint32_t I = 0; I < Edges.size(); ++I)
    G.connect(Edges[I].first, Edges[I].second, I);
  G.finish();
  return G;
}

std::vector<Labels> labelsOf(const FoundPaths &Found) {
  std::vector<Labels> All;
  for (const FoundPath &Path : Found.Paths)
    All.push_back(Path.Labels);
  return All;
}

/// All simple paths in the plainest way.
void tryAll(const PathGraph &G, Vertex At, std::vector<bool> &OnPath, Labels &Path,
            std::vector<Labels> &Into) {
  if (G.isGoal(At))
    return Into.push_back(Path);
  OnPath[At] = true;
  for (const PathGraph::Edge &E : G.edgesOf(At))
    if (!OnPath[E.To]) {
      Path.push_back(E.Label);
      tryAll(G, E.To, OnPath, Path, Into);
      Path.pop_back();
    }
  OnPath[At] = false;
}

std::vector<Labels> tryAll(const PathGraph &G, Vertex Start) {
  std::vector<bool> OnPath(G.size());
  Labels Path;
  std::vector<Labels> All;
  tryAll(G, Start, OnPath, Path, All);
  return All;
}

/// Chains of such squares: each doubles the number of paths.
PathGraph squares(unsigned Count) {
  std::vector<std::pair<Vertex, Vertex>> Edges;
  for (unsigned I = 0; I < Count; ++I) {
    Vertex At = 3 * I;
    Edges.insert(Edges.end(), {{At, At + 1}, {At, At + 2}, {At + 1, At + 3}, {At + 2, At + 3}});
  }
  return graphOf(3 * Count + 1, Edges, {3 * Count});
}

/// Every vertex leads to every other one; the last is the goal, which only the one before leads to.
PathGraph complete(unsigned Size) {
  std::vector<std::pair<Vertex, Vertex>> Edges;
  for (Vertex A = 0; A + 1 < Size; ++A)
    for (Vertex B = 0; B + 1 < Size; ++B)
      if (A != B)
        Edges.push_back({A, B});
  Edges.push_back({Size - 2, Size - 1});
  return graphOf(Size, Edges, {Size - 1});
}

} // namespace

TEST(PathGraph, TheShortestPathOfSeveralStarts) {
  PathGraph G = graphOf(5, {{0, 1}, {1, 4}, {2, 3}, {3, 1}}, {4});
  FoundPaths Found = shortestPath(G, {2, 0});
  ASSERT_EQ(Found.Paths.size(), 1u);
  EXPECT_EQ(Found.Paths[0].Start, 0u);
  EXPECT_EQ(Found.Paths[0].Labels, (Labels{0, 1}));
  EXPECT_EQ(Found.How, Ending::Done);
}

TEST(PathGraph, NoPath) {
  PathGraph G = graphOf(4, {{0, 1}, {1, 0}, {2, 3}}, {3});
  for (const FoundPaths &Found :
       {shortestPath(G, {0}), allPaths(G, {0}, 10), longestPath(G, {0}), longestPath(G, {})}) {
    EXPECT_TRUE(Found.Paths.empty());
    EXPECT_EQ(Found.How, Ending::Done);
  }
}

TEST(PathGraph, AStartMayBeAGoal) {
  PathGraph G = graphOf(2, {{0, 1}}, {0, 1});
  for (const FoundPaths &Found : {shortestPath(G, {0}), allPaths(G, {0}, 10), longestPath(G, {0})})
    EXPECT_EQ(labelsOf(Found), (std::vector<Labels>{{}}));
}

TEST(PathGraph, AGoalEndsAPath) {
  PathGraph G = graphOf(4, {{0, 1}, {1, 2}}, {1, 2});
  EXPECT_EQ(labelsOf(allPaths(G, {0}, 10)), (std::vector<Labels>{{0}}));
  EXPECT_EQ(labelsOf(longestPath(G, {0})), (std::vector<Labels>{{0}}));
}

TEST(PathGraph, AllPathsShortestFirstThenInTheOrderOfEdges) {
  // 0 -> 1 -> 2 -> 3 -> 4 with ways around; and a cycle from 2 to 1.
  PathGraph G = graphOf(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {1, 3}, {0, 3}, {2, 1}, {0, 2}}, {4});
  EXPECT_EQ(labelsOf(allPaths(G, {0}, 10)),
            (std::vector<Labels>{{5, 3}, {0, 4, 3}, {7, 2, 3}, {0, 1, 2, 3}, {7, 6, 4, 3}}));
}

TEST(PathGraph, OfParallelEdgesTheFirstCounts) {
  PathGraph G = graphOf(2, {{0, 1}, {0, 1}}, {1});
  EXPECT_EQ(labelsOf(allPaths(G, {0}, 10)), (std::vector<Labels>{{0}}));
}

TEST(PathGraph, TheLimitSaysWhetherThereAreMore) {
  PathGraph G = squares(3);
  FoundPaths Exactly = allPaths(G, {0}, 8), Fewer = allPaths(G, {0}, 7);
  EXPECT_EQ(Exactly.Paths.size(), 8u);
  EXPECT_EQ(Exactly.How, Ending::Done);
  EXPECT_EQ(Fewer.Paths.size(), 7u);
  EXPECT_EQ(Fewer.How, Ending::AtLimit);
}

TEST(PathGraph, AGraphOfManyPathsIsLeftAtTheLimit) {
  FoundPaths Found = allPaths(squares(1000), {0}, 100);
  EXPECT_EQ(Found.Paths.size(), 100u);
  EXPECT_EQ(Found.How, Ending::AtLimit);
}

TEST(PathGraph, WorkIsBounded) {
  PathGraph G = complete(30);
  FoundPaths All = allPaths(G, {0}, ~size_t(0), /*Work=*/10000);
  EXPECT_EQ(All.How, Ending::OutOfWork);
  EXPECT_FALSE(All.Paths.empty());
}

TEST(PathGraph, TheLongestPathOfACycleIsProvenOrSaidNotToBe) {
  // Round the ring and off it again where it was entered last.
  std::vector<std::pair<Vertex, Vertex>> Ring;
  for (Vertex V = 0; V < 50; ++V)
    Ring.push_back({V, (V + 1) % 50});
  Ring.push_back({49, 50});
  FoundPaths Round = longestPath(graphOf(51, Ring, {50}), {0});
  EXPECT_EQ(Round.How, Ending::Done);
  ASSERT_EQ(Round.Paths.size(), 1u);
  EXPECT_EQ(Round.Paths[0].Labels.size(), 50u);

  FoundPaths Given = longestPath(complete(40), {0}, /*Work=*/30);
  EXPECT_EQ(Given.How, Ending::OutOfWork);
  ASSERT_EQ(Given.Paths.size(), 1u);
  EXPECT_GE(Given.Paths[0].Labels.size(), 2u);
}

TEST(PathGraph, TheLongestPathWithoutCyclesIsLinear) {
  // 2^1000 paths.
  FoundPaths Found = longestPath(squares(1000), {0}, /*Work=*/0);
  EXPECT_EQ(Found.How, Ending::Done);
  ASSERT_EQ(Found.Paths.size(), 1u);
  EXPECT_EQ(Found.Paths[0].Labels.size(), 2000u);
}

TEST(PathGraph, ALongChainDoesNotOverflowTheStack) {
  constexpr unsigned Size = 200000;
  std::vector<std::pair<Vertex, Vertex>> Edges;
  for (Vertex V = 0; V + 1 < Size; ++V)
    Edges.push_back({V, V + 1});
  PathGraph G = graphOf(Size, Edges, {Size - 1});
  for (const FoundPaths &Found :
       {shortestPath(G, {0}), allPaths(G, {0}, 10), longestPath(G, {0})}) {
    ASSERT_EQ(Found.Paths.size(), 1u);
    EXPECT_EQ(Found.Paths[0].Labels.size(), Size - 1);
    EXPECT_EQ(Found.How, Ending::Done);
  }
}

/// Against the plainest search, on small graphs with all kinds of cycles.
TEST(PathGraph, AgreesWithTryingEverything) {
  std::mt19937 Random(4);
  for (unsigned Round = 0; Round < 2000; ++Round) {
    unsigned Size = 2 + Random() % 7;
    std::vector<std::pair<Vertex, Vertex>> Edges;
    for (unsigned Left = Random() % (3 * Size); Left; --Left)
      Edges.push_back({Random() % Size, Random() % Size});
    std::set<Vertex> Goals = {Vertex(Random() % Size)};
    PathGraph G = graphOf(Size, Edges, Goals);
    std::vector<Labels> Want = tryAll(G, 0);

    FoundPaths All = allPaths(G, {0}, 100000), Longest = longestPath(G, {0});
    EXPECT_EQ(All.How, Ending::Done);
    EXPECT_EQ(Longest.How, Ending::Done);
    std::vector<Labels> Have = labelsOf(All);
    EXPECT_TRUE(std::is_sorted(Have.begin(), Have.end(), [](const Labels &A, const Labels &B) {
      return A.size() < B.size();
    }));
    EXPECT_EQ(std::multiset<Labels>(Have.begin(), Have.end()),
              std::multiset<Labels>(Want.begin(), Want.end()));
    ASSERT_EQ(Longest.Paths.empty(), Want.empty());
    if (Want.empty())
      continue;
    // The longest is one of them, and none is longer.
    EXPECT_TRUE(std::find(Want.begin(), Want.end(), Longest.Paths[0].Labels) != Want.end());
    EXPECT_EQ(Longest.Paths[0].Labels.size(), Have.back().size());
    EXPECT_EQ(labelsOf(shortestPath(G, {0})).front(), Have.front());
  }
}
