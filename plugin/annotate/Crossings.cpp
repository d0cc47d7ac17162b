// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Crossings.h"
#include "annotate/VertexCut.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

namespace {

class Proposer {
public:
  Proposer(const Facts &F, IsGranted Granted, const SourceMap &Places,
           const AnnotateRequest &Request, const llvm::StringSet<> &Writable)
      : F(F), Granted(Granted), Places(Places), Request(Request), Writable(Writable),
        Callers(F.Entities.size()), CalledFromOutside(F.Entities.size()),
        CalledInside(F.Entities.size()) {}

  CrossingProposals run();

private:
  bool isSeed(const Entity &E) const {
    return isNamed(Request.Seeds, F, E) || E.Needs.contains(Request.Context);
  }
  void findCallers();
  void findVertices();
  void findRoots(CrossingProposals &Into);
  CrossingChoice choiceOf(llvm::ArrayRef<unsigned> Cut) const;
  void addChoice(CrossingProposals &To, llvm::ArrayRef<unsigned> Cut) const;
  std::vector<std::string> dominatorsOf(unsigned Seed) const;

  const Facts &F;
  IsGranted Granted;
  const SourceMap &Places;
  const AnnotateRequest &Request;
  const llvm::StringSet<> &Writable;
  /// By entity: who would have to carry the context if it does.
  std::vector<llvm::SmallVector<EntityId, 2>> Callers;
  std::vector<bool> CalledFromOutside, CalledInside;
  /// What reaches a seed, as vertices of a graph.
  std::vector<EntityId> Vertices;
  llvm::DenseMap<EntityId, unsigned> Numbers;
  CutGraph Graph;
};

/// Who is in the context by now, enters it, or has asked whether it is, asks nothing of
/// others.
void Proposer::findCallers() {
  auto Add = [&](EntityId Of, EntityId Caller) {
    const Entity &E = F.Entities[Caller];
    if (E.Provides.contains(Request.Context))
      CalledInside[Of] = true;
    else if (isInScope(Places.placeOf(E.Declared).File, Request.Scope))
      Callers[Of].push_back(Caller);
    else
      CalledFromOutside[Of] = true;
  };
  for (CallId Id = 0; Id < F.Calls.size(); ++Id) {
    const Call &C = F.Calls[Id];
    if (Granted(Id))
      CalledInside[C.Callee] = true;
    else
      Add(C.Callee, C.In);
  }
  for (const Store &S : F.Stores)
    Add(S.Stored, S.Slot);
}

void Proposer::findVertices() {
  auto Add = [&](EntityId E) {
    if (Numbers.try_emplace(E, Vertices.size()).second)
      Vertices.push_back(E);
  };
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    if (isSeed(F.Entities[E]))
      Add(E);
  for (size_t I = 0; I < Vertices.size(); ++I)
    for (EntityId Caller : Callers[Vertices[I]])
      Add(Caller);
  Graph.Next.resize(Vertices.size());
  for (unsigned V = 0; V < Vertices.size(); ++V) {
    const Entity &E = F.Entities[Vertices[V]];
    bool Seed = isSeed(E);
    Graph.MayCut.push_back(!Seed && E.Kind == EntityKind::Function &&
                           Writable.contains(keyOf(F, E)));
    if (Seed)
      Graph.Sinks.push_back(V);
    for (EntityId Caller : Callers[Vertices[V]])
      Graph.Next[Numbers.lookup(Caller)].push_back(V);
  }
}

/// Where nothing leads on, the way begins; but not at a seed, nor where all who call are
/// in the context. Where no function on a way can be an entry, no choice mends it.
void Proposer::findRoots(CrossingProposals &Into) {
  std::vector<bool> Hopeless(Vertices.size());
  std::vector<unsigned> Queue = Graph.Sinks;
  for (size_t I = 0; I < Queue.size(); ++I)
    for (EntityId Caller : Callers[Vertices[Queue[I]]])
      if (unsigned V = Numbers.lookup(Caller); !Hopeless[V] && !Graph.MayCut[V]) {
        Hopeless[V] = true;
        Queue.push_back(V);
      }
  for (unsigned V = 0; V < Vertices.size(); ++V) {
    EntityId E = Vertices[V];
    bool Begins = CalledFromOutside[E] || (Callers[E].empty() && !CalledInside[E]);
    if (!Begins || isSeed(F.Entities[E]))
      continue;
    if (Hopeless[V])
      Into.OnlyCasts = true;
    else
      Graph.Sources.push_back(V);
  }
}

CrossingChoice Proposer::choiceOf(llvm::ArrayRef<unsigned> Cut) const {
  CrossingChoice Choice;
  std::vector<bool> Seen(Vertices.size());
  for (unsigned V : Cut) {
    Choice.Entries.push_back(keyOf(F, F.Entities[Vertices[V]]));
    Seen[V] = true;
  }
  llvm::sort(Choice.Entries);
  std::vector<unsigned> Queue = Graph.Sinks;
  for (size_t I = 0; I < Queue.size(); ++I) {
    const Entity &E = F.Entities[Vertices[Queue[I]]];
    Choice.Annotated += !isSeed(E) && E.Kind != EntityKind::Macro;
    for (EntityId Caller : Callers[Vertices[Queue[I]]]) {
      unsigned V = Numbers.lookup(Caller);
      if (!Seen[V] && !isSeed(F.Entities[Caller])) {
        Seen[V] = true;
        Queue.push_back(V);
      }
    }
  }
  return Choice;
}

void Proposer::addChoice(CrossingProposals &To, llvm::ArrayRef<unsigned> Cut) const {
  CrossingChoice New = choiceOf(Cut);
  if (llvm::none_of(To.Choices, [&](const auto &Old) { return Old.Entries == New.Entries; }))
    To.Choices.push_back(std::move(New));
}

/// The one nearest to the seed first.
std::vector<std::string> Proposer::dominatorsOf(unsigned Seed) const {
  std::vector<std::string> All;
  const std::vector<unsigned> Always = onEveryPath(Graph, Seed);
  for (unsigned V : llvm::reverse(Always))
    if (Graph.MayCut[V])
      All.push_back(keyOf(F, F.Entities[Vertices[V]]));
  return All;
}

CrossingProposals Proposer::run() {
  findCallers();
  findVertices();
  CrossingProposals All;
  findRoots(All);
  All.Roots = Graph.Sources.size();
  std::optional<VertexCuts> Cuts = smallestCuts(Graph);
  if (!Cuts || Cuts->NearSinks.empty())
    return All;
  addChoice(All, Cuts->NearSinks);
  addChoice(All, Cuts->NearSources);
  // At the roots themselves, where all of them can be entries.
  if (llvm::all_of(Graph.Sources, [&](unsigned V) { return Graph.MayCut[V]; }))
    addChoice(All, Graph.Sources);
  for (unsigned Seed : Graph.Sinks)
    if (std::vector<std::string> Through = dominatorsOf(Seed); !Through.empty())
      All.Dominators.push_back({F.Entities[Vertices[Seed]].Name.str(), std::move(Through)});
  return All;
}

} // namespace

CrossingProposals proposeCrossings(const Facts &Program, IsGranted Granted, const SourceMap &Places,
                                   const AnnotateRequest &Request,
                                   const llvm::StringSet<> &Writable) {
  return Proposer(Program, Granted, Places, Request, Writable).run();
}

} // namespace airlock
