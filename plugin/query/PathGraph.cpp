// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/PathGraph.h"
#include "support/Components.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"

namespace airlock {

using Vertex = PathGraph::Vertex;
using Edge = PathGraph::Edge;

/// Turns a count for each vertex, one place further on, into where its list begins.
static void addUp(std::vector<uint32_t> &Counts) {
  for (size_t I = 1; I < Counts.size(); ++I)
    Counts[I] += Counts[I - 1];
}

void PathGraph::turnAround() {
  FirstBack.assign(size() + 1, 0);
  for (const Edge &E : Edges)
    ++FirstBack[E.To + 1];
  addUp(FirstBack);
  Back.resize(Edges.size());
  std::vector<uint32_t> Next(FirstBack.begin(), FirstBack.end() - 1);
  for (Vertex V = 0; V < size(); ++V)
    for (const Edge &E : edgesOf(V))
      Back[Next[E.To]++] = V;
}

void PathGraph::measure() {
  Distances.assign(size(), Infinite);
  std::vector<Vertex> Queue;
  for (Vertex V = 0; V < size(); ++V)
    if (isGoal(V)) {
      Distances[V] = 0;
      Queue.push_back(V);
    }
  for (size_t I = 0; I < Queue.size(); ++I)
    for (Vertex From : comingTo(Queue[I]))
      if (Distances[From] == Infinite) {
        Distances[From] = Distances[Queue[I]] + 1;
        Queue.push_back(From);
      }
}

void PathGraph::finish() {
  First.assign(size() + 1, 0);
  for (const auto &[From, E] : Added)
    ++First[From + 1];
  addUp(First);
  Edges.resize(Added.size());
  std::vector<uint32_t> Next(First.begin(), First.end() - 1);
  for (const auto &[From, E] : Added)
    Edges[Next[From]++] = E;
  std::vector<std::pair<Vertex, Edge>>().swap(Added);
  turnAround();
  measure();

  // Once more, with what is left.
  std::vector<Vertex> SeenFrom(size(), NoVertex);
  size_t Kept = 0;
  for (Vertex V = 0; V < size(); ++V) {
    uint32_t Begin = First[V];
    First[V] = Kept;
    for (uint32_t I = Begin; I < First[V + 1]; ++I) {
      Edge E = Edges[I];
      if (Distances[E.To] == Infinite || SeenFrom[E.To] == V || E.To == V || isGoal(V))
        continue;
      SeenFrom[E.To] = V;
      Edges[Kept++] = E;
    }
  }
  First[size()] = Kept;
  Edges.resize(Kept);
  turnAround();
}

namespace {

/// A depth-first walk along simple paths, without recursion: paths get long.
class Walk {
public:
  explicit Walk(const PathGraph &G) : G(G), OnPath(G.size()) {}
  /// How many edges may be looked at from now on.
  void allow(uint64_t Work) { Left = Work; }
  uint64_t left() const { return Left; }

  size_t length() const { return Stack.size() - 1; }
  bool empty() const { return Stack.empty(); }
  Vertex at() const { return Stack.back().At; }
  bool passes(Vertex V) const { return OnPath[V]; }

  void push(Vertex V) {
    Stack.push_back({V, 0});
    OnPath[V] = true;
  }
  void pop() {
    OnPath[at()] = false;
    Stack.pop_back();
  }
  void clear() {
    while (!empty())
      pop();
  }
  /// The next edge to try from here; null if there is none, or no work left.
  const Edge *next() {
    llvm::ArrayRef<Edge> Edges = G.edgesOf(at());
    if (Stack.back().Next == Edges.size() || Left == 0)
      return nullptr;
    --Left;
    return &Edges[Stack.back().Next++];
  }
  std::vector<uint32_t> labels() const {
    std::vector<uint32_t> Labels;
    for (const Step &S : llvm::ArrayRef(Stack).drop_back())
      Labels.push_back(G.edgesOf(S.At)[S.Next - 1].Label);
    return Labels;
  }
  /// The edges, by their number at each vertex of the path.
  std::vector<uint32_t> choices() const {
    std::vector<uint32_t> Choices;
    for (const Step &S : llvm::ArrayRef(Stack).drop_back())
      Choices.push_back(S.Next - 1);
    return Choices;
  }

private:
  struct Step {
    Vertex At;
    uint32_t Next;
  };
  const PathGraph &G;
  std::vector<Step> Stack;
  std::vector<bool> OnPath;
  uint64_t Left = 0;
};

/// All paths of one length, then those of the next one that there may be: a way on
/// which the goal is too far for that length is left at once, so few are tried in vain.
class Enumeration {
public:
  Enumeration(const PathGraph &G, llvm::ArrayRef<Vertex> Starts, size_t Limit, uint64_t Work)
      : G(G), Starts(Starts), Limit(Limit), Path(G) {
    Path.allow(Work);
  }

  FoundPaths run() {
    Longer = 0;
    while (Longer != PathGraph::Infinite && Found.How == Ending::Done) {
      Length = Longer;
      Longer = PathGraph::Infinite;
      for (Vertex Start : Starts)
        if (Found.How == Ending::Done)
          walk(Start);
    }
    return std::move(Found);
  }

private:
  /// Whether a path of the length can go on there; otherwise of which it can.
  bool reaches(uint32_t Before, Vertex V) {
    if (G.distance(V) == PathGraph::Infinite)
      return false;
    uint32_t Whole = Before + G.distance(V);
    if (Whole > Length)
      Longer = std::min(Longer, Whole);
    return Whole <= Length;
  }

  void walk(Vertex Start) {
    if (!reaches(0, Start))
      return;
    Path.push(Start);
    while (!Path.empty() && Found.How == Ending::Done) {
      if (G.isGoal(Path.at())) {
        if (Path.length() == Length)
          take(Start);
        Path.pop();
      } else if (const Edge *E = Path.next()) {
        if (!Path.passes(E->To) && reaches(Path.length() + 1, E->To))
          Path.push(E->To);
      } else if (Path.left() == 0) {
        Found.How = Ending::OutOfWork;
      } else {
        Path.pop();
      }
    }
    Path.clear();
  }

  void take(Vertex Start) {
    std::vector<uint32_t> Labels = Path.labels();
    llvm::ArrayRef<uint8_t> Bytes(reinterpret_cast<const uint8_t *>(Labels.data()),
                                  Labels.size() * sizeof(uint32_t));
    if (!Seen.insert(llvm::xxh3_64bits(Bytes)).second)
      return;
    if (Found.Paths.size() == Limit)
      Found.How = Ending::AtLimit;
    else
      Found.Paths.push_back({Start, std::move(Labels)});
  }

  const PathGraph &G;
  llvm::ArrayRef<Vertex> Starts;
  const size_t Limit;
  Walk Path;
  /// Of the paths to be found now, and the next one after it.
  uint32_t Length = 0, Longer = 0;
  llvm::DenseSet<uint64_t> Seen;
  FoundPaths Found;
};

} // namespace

FoundPaths allPaths(const PathGraph &G, llvm::ArrayRef<Vertex> Starts, size_t Limit,
                    uint64_t Work) {
  return Enumeration(G, Starts, Limit, Work).run();
}

FoundPaths shortestPath(const PathGraph &G, llvm::ArrayRef<Vertex> Starts, uint64_t Work) {
  FoundPaths Found = allPaths(G, Starts, /*Limit=*/1, Work);
  if (!Found.Paths.empty())
    Found.How = Ending::Done;
  return Found;
}

namespace {

/// Longest paths from the goals on backwards, a component at a time.
class LongestSearch {
public:
  LongestSearch(const PathGraph &G, llvm::ArrayRef<Vertex> Starts, uint64_t Work)
      : G(G), Starts(Starts), Parts(partsOf(G, Starts)), Lengths(G.size(), None),
        Toward(G.size(), None), Ways(G.size()), Out(G.size()), Path(G), Work(Work) {}

  FoundPaths run();

private:
  static constexpr uint32_t None = ~uint32_t(0);
  /// How a path leaves a component: by which edge, and how long it is from there.
  struct Exit {
    uint32_t Choice = None;
    uint32_t Length = 0;
  };

  static Components partsOf(const PathGraph &G, llvm::ArrayRef<Vertex> Starts) {
    auto CountEdges = [&](Vertex V) -> uint32_t { return G.edgesOf(V).size(); };
    auto Next = [&](Vertex V, uint32_t Which) { return G.edgesOf(V)[Which].To; };
    return Components({static_cast<uint32_t>(G.size()), CountEdges, Next}, Starts);
  }
  size_t countEntrances() const;
  Exit exitOf(Vertex V) const;
  void solve(llvm::ArrayRef<Vertex> Members);
  void leadTo(Vertex Last);
  bool isEntered(Vertex V) const;
  void search(Vertex From, uint32_t Bound);
  std::vector<uint32_t> labelsFrom(Vertex V) const;

  const PathGraph &G;
  llvm::ArrayRef<Vertex> Starts;
  /// Of what a start reaches.
  const Components Parts;
  /// How long the path is from here, if the component is entered here.
  std::vector<uint32_t> Lengths;
  /// The next edge on the shortest way to the best exit of the component, and through it.
  std::vector<uint32_t> Toward;
  /// By entrance: a longer way, out of the component; empty where none was found.
  std::vector<std::vector<uint32_t>> Ways;
  std::vector<Exit> Out;
  Walk Path;
  uint64_t Work;
  /// That still want a share of the work.
  size_t Entrances = 0;
  bool Complete = true;
};

/// How often search() will be called.
size_t LongestSearch::countEntrances() const {
  size_t Count = 0;
  for (uint32_t I = 0; I < Parts.count(); ++I)
    if (llvm::ArrayRef<Vertex> Members = Parts.membersOf(I); Members.size() > 1)
      Count += llvm::count_if(Members, [&](Vertex V) { return isEntered(V); });
  return Count;
}

LongestSearch::Exit LongestSearch::exitOf(Vertex V) const {
  Exit Best;
  llvm::ArrayRef<Edge> Edges = G.edgesOf(V);
  for (uint32_t I = 0; I < Edges.size(); ++I) {
    Vertex To = Edges[I].To;
    if (Parts.of(To) != Parts.of(V) && Lengths[To] + 1 > Best.Length)
      Best = {I, Lengths[To] + 1};
  }
  return Best;
}

/// The shortest way to one exit, from everywhere in its component.
void LongestSearch::leadTo(Vertex Last) {
  Lengths[Last] = Out[Last].Length;
  Toward[Last] = Out[Last].Choice;
  std::vector<Vertex> Queue = {Last};
  for (size_t I = 0; I < Queue.size(); ++I)
    for (Vertex From : G.comingTo(Queue[I]))
      if (Parts.of(From) == Parts.of(Last) && Lengths[From] == None) {
        llvm::ArrayRef<Edge> Edges = G.edgesOf(From);
        Toward[From] =
            llvm::find_if(Edges, [&](Edge E) { return E.To == Queue[I]; }) - Edges.begin();
        Lengths[From] = Lengths[Queue[I]] + 1;
        Queue.push_back(From);
      }
}

bool LongestSearch::isEntered(Vertex V) const {
  return llvm::is_contained(Starts, V) || llvm::any_of(G.comingTo(V), [&](Vertex From) {
           return Parts.of(From) != Components::None && Parts.of(From) != Parts.of(V);
         });
}

/// Tries all ways from one entrance to every exit, until one is as long as any can be.
void LongestSearch::search(Vertex From, uint32_t Bound) {
  uint32_t Best = Lengths[From];
  size_t BestAt = None; // the path so far is on the best way up to this length
  auto Reach = [&](Vertex V) {
    Path.push(V);
    if (Out[V].Choice != None && Path.length() + Out[V].Length > Best) {
      Best = Path.length() + Out[V].Length;
      BestAt = Path.length();
    }
  };
  Reach(From);
  while (!Path.empty()) {
    if (const Edge *E = Best < Bound ? Path.next() : nullptr) {
      if (Parts.of(E->To) == Parts.of(From) && !Path.passes(E->To))
        Reach(E->To);
      continue;
    }
    if (Path.length() == BestAt) { // it is about to be left: keep it
      Ways[From] = Path.choices();
      Ways[From].push_back(Out[Path.at()].Choice);
      BestAt = None;
    }
    Path.pop();
  }
  Lengths[From] = Best;
  Complete &= Best == Bound || Path.left() > 0;
}

void LongestSearch::solve(llvm::ArrayRef<Vertex> Members) {
  if (G.isGoal(Members.front())) {
    Lengths[Members.front()] = 0;
    return;
  }
  for (Vertex V : Members)
    Out[V] = exitOf(V);
  Vertex Last = *std::max_element(Members.begin(), Members.end(), [&](Vertex A, Vertex B) {
    return Out[A].Length < Out[B].Length;
  });
  leadTo(Last);
  if (Members.size() == 1)
    return;
  for (Vertex V : Members)
    if (isEntered(V)) {
      // No entrance uses up what the others need.
      uint64_t Allowed = Work / Entrances--;
      Path.allow(Allowed);
      search(V, Members.size() - 1 + Out[Last].Length);
      Work -= Allowed - Path.left();
    }
}

std::vector<uint32_t> LongestSearch::labelsFrom(Vertex V) const {
  std::vector<uint32_t> Labels;
  auto Take = [&](uint32_t Choice) {
    const Edge &E = G.edgesOf(V)[Choice];
    Labels.push_back(E.Label);
    V = E.To;
  };
  while (!G.isGoal(V)) {
    const uint32_t Here = Parts.of(V);
    if (!Ways[V].empty())
      llvm::for_each(Ways[V], Take);
    else
      while (Parts.of(V) == Here)
        Take(Toward[V]);
  }
  return Labels;
}

FoundPaths LongestSearch::run() {
  Entrances = countEntrances();
  for (uint32_t I = 0; I < Parts.count(); ++I)
    solve(Parts.membersOf(I));
  FoundPaths Found;
  const Vertex *Best = std::max_element(
      Starts.begin(), Starts.end(), [&](Vertex A, Vertex B) { return Lengths[A] < Lengths[B]; });
  Found.Paths.push_back({*Best, labelsFrom(*Best)});
  if (!Complete)
    Found.How = Ending::OutOfWork;
  return Found;
}

} // namespace

FoundPaths longestPath(const PathGraph &G, llvm::ArrayRef<Vertex> Starts, uint64_t Work) {
  llvm::SmallVector<Vertex, 4> Leading; // to a goal
  llvm::copy_if(Starts, std::back_inserter(Leading),
                [&](Vertex V) { return G.distance(V) != PathGraph::Infinite; });
  if (Leading.empty())
    return FoundPaths();
  return LongestSearch(G, Leading, Work).run();
}

} // namespace airlock
