// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A directed graph, some of whose vertices are goals, and the simple paths in it:
// no vertex comes twice, and the first goal ends a path. Knows nothing of what
// vertices and edges stand for; an edge has a label for whoever asked.
//
//   building               linear in vertices and edges
//   the shortest path      linear
//   all paths              by length, shortest first; as many as there are, and that
//                          can be exponential: bounded by a limit and by work
//   the longest path       linear where there are no cycles. A path leaves each cycle
//                          (strongly connected component) for good, so only inside of
//                          one all ways have to be tried; that is bounded by work, and
//                          what is found then may not be the longest
//
// Work is counted in edges looked at.

#ifndef AIRLOCK_QUERY_PATHGRAPH_H
#define AIRLOCK_QUERY_PATHGRAPH_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <vector>

namespace airlock {

class PathGraph {
public:
  using Vertex = uint32_t;
  static constexpr Vertex NoVertex = ~Vertex(0);
  struct Edge {
    Vertex To;
    uint32_t Label;
  };

  Vertex add(bool IsGoal = false) {
    Goals.push_back(IsGoal);
    return Goals.size() - 1;
  }
  /// Of several edges between two vertices the first one counts.
  void connect(Vertex From, Vertex To, uint32_t Label) { Added.push_back({From, {To, Label}}); }
  /// To be called once, before anything is asked. Drops the edges that lead to no goal.
  void finish();

  size_t size() const { return Goals.size(); }
  bool isGoal(Vertex V) const { return Goals[V]; }
  /// In the order of adding.
  llvm::ArrayRef<Edge> edgesOf(Vertex V) const {
    return llvm::ArrayRef(Edges).slice(First[V], First[V + 1] - First[V]);
  }
  /// The vertices that have an edge to it.
  llvm::ArrayRef<Vertex> comingTo(Vertex V) const {
    return llvm::ArrayRef(Back).slice(FirstBack[V], FirstBack[V + 1] - FirstBack[V]);
  }
  static constexpr uint32_t Infinite = ~uint32_t(0);
  /// The length of the shortest path to a goal.
  uint32_t distance(Vertex V) const { return Distances[V]; }

private:
  void measure();
  void turnAround();

  std::vector<bool> Goals;
  std::vector<std::pair<Vertex, Edge>> Added;
  std::vector<Edge> Edges;
  std::vector<Vertex> Back;
  std::vector<uint32_t> First, FirstBack, Distances;
};

struct FoundPath {
  PathGraph::Vertex Start;
  /// Of its edges.
  std::vector<uint32_t> Labels;
};

enum class Ending : uint8_t {
  Done,
  AtLimit, // there are more
  OutOfWork,
};

struct FoundPaths {
  std::vector<FoundPath> Paths;
  Ending How = Ending::Done;
};

constexpr uint64_t DefaultWork = uint64_t(1) << 25;

/// One path from any of the starts, if there is one.
FoundPaths shortestPath(const PathGraph &G, llvm::ArrayRef<PathGraph::Vertex> Starts,
                        uint64_t Work = DefaultWork);
/// Of paths with the same labels only the first.
FoundPaths allPaths(const PathGraph &G, llvm::ArrayRef<PathGraph::Vertex> Starts, size_t Limit,
                    uint64_t Work = DefaultWork);
/// One path. OutOfWork: there may be a longer one.
FoundPaths longestPath(const PathGraph &G, llvm::ArrayRef<PathGraph::Vertex> Starts,
                       uint64_t Work = DefaultWork);

} // namespace airlock

#endif
