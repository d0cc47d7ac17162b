// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/VertexCut.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

namespace {

/// Each vertex is an arc, from where one comes in to where one goes out: a unit of flow
/// through it uses it up if it may be cut.
class Flow {
public:
  explicit Flow(const CutGraph &G);
  std::optional<VertexCuts> run();

private:
  static constexpr unsigned None = ~0U;
  struct Arc {
    unsigned To;
    bool Endless;
    int Left;
    bool isOpen() const { return Endless || Left; }
  };
  void connect(unsigned From, unsigned To, bool Endless);
  std::vector<unsigned> levels() const;
  std::optional<size_t> augment(llvm::ArrayRef<unsigned> Path);
  bool fill(std::vector<unsigned> Level);
  /// Nodes that flow can still reach from one, or that can still reach it.
  std::vector<unsigned> search(unsigned From, bool Backwards) const;
  unsigned size() const { return G.Next.size(); }
  static unsigned in(unsigned V) { return 2 * V; }
  static unsigned out(unsigned V) { return 2 * V + 1; }

  const CutGraph &G;
  const unsigned Source, Sink;
  /// An arc and its reverse stand side by side.
  std::vector<Arc> Arcs;
  std::vector<llvm::SmallVector<unsigned, 4>> Out;
};

Flow::Flow(const CutGraph &G)
    : G(G), Source(2 * G.Next.size()), Sink(Source + 1), Out(2 * G.Next.size() + 2) {
  for (unsigned V = 0; V < size(); ++V) {
    connect(in(V), out(V), !G.MayCut[V]);
    for (unsigned Next : G.Next[V])
      connect(out(V), in(Next), /*Endless=*/true);
  }
  for (unsigned V : G.Sources)
    connect(Source, in(V), /*Endless=*/true);
  for (unsigned V : G.Sinks)
    connect(out(V), Sink, /*Endless=*/true);
}

void Flow::connect(unsigned From, unsigned To, bool Endless) {
  Out[From].push_back(Arcs.size());
  Arcs.push_back({To, Endless, 1});
  Out[To].push_back(Arcs.size());
  Arcs.push_back({From, false, 0});
}

/// By node, the arc that it was reached by; None if it was not.
std::vector<unsigned> Flow::search(unsigned From, bool Backwards) const {
  std::vector<unsigned> By(Out.size(), None);
  std::vector<bool> Seen(Out.size());
  std::vector<unsigned> Queue = {From};
  Seen[From] = true;
  for (size_t I = 0; I < Queue.size(); ++I)
    for (unsigned A : Out[Queue[I]]) {
      const Arc &Used = Arcs[Backwards ? A ^ 1 : A];
      unsigned To = Arcs[A].To;
      if (Seen[To] || !Used.isOpen())
        continue;
      Seen[To] = true;
      By[To] = A;
      Queue.push_back(To);
    }
  By[From] = None;
  return By;
}

/// By node, how far it is from the source; None if flow cannot reach it.
std::vector<unsigned> Flow::levels() const {
  std::vector<unsigned> Level(Out.size(), None), Queue = {Source};
  Level[Source] = 0;
  for (size_t I = 0; I < Queue.size() && Level[Sink] == None; ++I)
    for (unsigned A : Out[Queue[I]])
      if (Arcs[A].isOpen() && Level[Arcs[A].To] == None) {
        Level[Arcs[A].To] = Level[Queue[I]] + 1;
        Queue.push_back(Arcs[A].To);
      }
  return Level;
}

/// One unit of flow along a path. Returns how much of it can be used again; nothing if
/// there is no end to what it can take.
std::optional<size_t> Flow::augment(llvm::ArrayRef<unsigned> Path) {
  if (llvm::all_of(Path, [&](unsigned A) { return Arcs[A].Endless; }))
    return std::nullopt;
  size_t Kept = Path.size();
  for (size_t I = Path.size(); I-- > 0;) {
    Arc &Forth = Arcs[Path[I]];
    Forth.Left -= !Forth.Endless;
    ++Arcs[Path[I] ^ 1].Left;
    if (!Forth.isOpen())
      Kept = I;
  }
  return Kept;
}

/// Uses up the paths that go up by one level with each arc; false if one never is.
bool Flow::fill(std::vector<unsigned> Level) {
  std::vector<unsigned> Next(Out.size()); // the arc to try
  std::vector<unsigned> Path;
  while (true) {
    const unsigned Here = Path.empty() ? Source : Arcs[Path.back()].To;
    if (Here == Sink) {
      std::optional<size_t> Kept = augment(Path);
      if (!Kept)
        return false;
      Path.resize(*Kept);
      continue;
    }
    auto Leads = [&](unsigned A) {
      return Arcs[A].isOpen() && Level[Arcs[A].To] == Level[Here] + 1;
    };
    while (Next[Here] < Out[Here].size() && !Leads(Out[Here][Next[Here]]))
      ++Next[Here];
    if (Next[Here] < Out[Here].size()) {
      Path.push_back(Out[Here][Next[Here]]);
    } else if (Path.empty()) {
      return true;
    } else {
      Level[Here] = None; // a dead end
      Path.pop_back();
    }
  }
}

std::optional<VertexCuts> Flow::run() {
  while (true) {
    std::vector<unsigned> Level = levels();
    if (Level[Sink] == None)
      break;
    if (!fill(std::move(Level)))
      return std::nullopt;
  }
  VertexCuts Cuts;
  std::vector<unsigned> Reached = search(Source, false), Reaching = search(Sink, true);
  for (unsigned V = 0; V < size(); ++V) {
    if (Reached[in(V)] != None && Reached[out(V)] == None)
      Cuts.NearSources.push_back(V);
    if (Reaching[out(V)] != None && Reaching[in(V)] == None)
      Cuts.NearSinks.push_back(V);
  }
  return Cuts;
}

} // namespace

std::optional<VertexCuts> smallestCuts(const CutGraph &G) { return Flow(G).run(); }

/// Some path from the sources to a sink, or nothing.
static std::vector<unsigned> somePath(const CutGraph &G, unsigned Sink) {
  constexpr unsigned None = ~0U;
  std::vector<unsigned> By(G.Next.size(), None), Queue = G.Sources;
  for (unsigned V : Queue)
    By[V] = V;
  for (size_t I = 0; I < Queue.size() && By[Sink] == None; ++I)
    for (unsigned To : G.Next[Queue[I]])
      if (By[To] == None) {
        By[To] = Queue[I];
        Queue.push_back(To);
      }
  std::vector<unsigned> Path;
  if (By[Sink] == None)
    return Path;
  Path.push_back(Sink);
  while (By[Path.back()] != Path.back())
    Path.push_back(By[Path.back()]);
  std::reverse(Path.begin(), Path.end());
  return Path;
}

std::vector<unsigned> onEveryPath(const CutGraph &G, unsigned Sink) {
  const std::vector<unsigned> Path = somePath(G, Sink);
  constexpr size_t None = ~size_t(0);
  std::vector<size_t> Place(G.Next.size(), None); // on the path
  for (size_t I = 0; I < Path.size(); ++I)
    Place[Path[I]] = I;
  // Goes along the path, and from each vertex of it wherever one gets without it. What is
  // next is on every path if nobody has come to a later one by then.
  std::vector<bool> Seen(G.Next.size());
  std::vector<unsigned> Left;
  size_t Farthest = 0;
  auto Reach = [&](unsigned V) {
    if (Place[V] != None)
      Farthest = std::max(Farthest, Place[V]);
    else if (!Seen[V])
      Left.push_back(V);
    Seen[V] = true;
  };
  llvm::for_each(G.Sources, Reach);
  std::vector<unsigned> Always;
  for (size_t I = 0; I < Path.size(); ++I) {
    while (!Left.empty()) {
      unsigned V = Left.back();
      Left.pop_back();
      llvm::for_each(G.Next[V], Reach);
    }
    if (Farthest == I)
      Always.push_back(Path[I]);
    llvm::for_each(G.Next[Path[I]], Reach);
  }
  return Always;
}

} // namespace airlock
