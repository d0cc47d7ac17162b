// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/VertexCut.h"
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
  };
  void connect(unsigned From, unsigned To, bool Endless);
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
      if (Seen[To] || !(Used.Endless || Used.Left))
        continue;
      Seen[To] = true;
      By[To] = A;
      Queue.push_back(To);
    }
  By[From] = None;
  return By;
}

std::optional<VertexCuts> Flow::run() {
  while (true) {
    std::vector<unsigned> By = search(Source, /*Backwards=*/false);
    if (By[Sink] == None)
      break;
    bool Endless = true;
    for (unsigned At = Sink; At != Source; At = Arcs[By[At] ^ 1].To)
      Endless &= Arcs[By[At]].Endless;
    if (Endless)
      return std::nullopt;
    for (unsigned At = Sink; At != Source; At = Arcs[By[At] ^ 1].To) {
      Arc &Forth = Arcs[By[At]];
      Forth.Left -= !Forth.Endless;
      ++Arcs[By[At] ^ 1].Left;
    }
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

} // namespace airlock
