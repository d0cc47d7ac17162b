// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The chains of calls from some functions on that end in an effect, as the rules
// see them: what a call passes, and where in its function it stands, decides
// whether the effect arrives (effects/Effects.h). A vertex of the graph is
//
//   a function with the conditions on its arguments under which it has the effect,
//   a slot with those of what is stored there,
//   a macro that the next call comes out of
//
// so a function comes up once for each set of conditions, and on one path again only
// under other conditions. Goals are primitives. What is handed on to a function
// that calls it counts where it is handed on, and nowhere else.
//
// Takes time linear in calls and sets of conditions: a function has few of these,
// and no more than Budget::States are followed, next to having no condition at all.

#ifndef AIRLOCK_QUERY_EFFECTPATHS_H
#define AIRLOCK_QUERY_EFFECTPATHS_H

#include "effects/Analyses.h"
#include "query/PathGraph.h"
#include "query/Steps.h"

namespace airlock {

class EffectPaths {
public:
  /// Any of the wanted effects will do.
  EffectPaths(Analyses &Of, llvm::ArrayRef<EntityId> Starts, EffectSet Wanted);

  const PathGraph &graph() const { return Graph; }
  /// Where the paths from one of the starts begin, those with fewest conditions first.
  /// Declared: the start is itself a primitive, and they end there.
  std::vector<PathGraph::Vertex> verticesOf(EntityId Start, bool Declared) const;

  using Conditions = llvm::SmallVector<ArgumentCondition, 0>;
  /// Under which the path that begins there has the effect.
  const Conditions &conditionsAt(PathGraph::Vertex Start) const;
  /// What a path comes to.
  unsigned effectOf(PathGraph::Vertex Start) const;
  /// There were more sets of conditions than are followed.
  bool isBounded() const { return Bounded || !Inferred.givenUp().empty(); }

private:
  struct State {
    EntityId Of;
    /// Its effect, and If.
    EffectWay Way;
    PathGraph::Vertex At;
    bool IsDeclared;
  };
  /// From where an entity may be run: a call of a function, or the slot that it is in.
  struct Site {
    EntityId From;
    const CallSituations *Here = nullptr;
    uint32_t Store = 0;
    CallWay Taken = {NoEntity, 0, /*HandedOn=*/false, 0};
  };

  void collect(llvm::ArrayRef<EntityId> Starts);
  void collectBody(EntityId From, EntityId Function, CallId Root, bool IsStart);
  void collectMacro(EntityId Macro);
  bool has(EntityId E);
  void want(EntityId E);
  void spread(size_t Index);
  void spreadToCall(const State &Theirs, const Site &From);
  PathGraph::Vertex state(EntityId Of, unsigned Effect, Conditions If, bool IsDeclared);
  PathGraph::Vertex expansion(PathGraph::Vertex Of, EntityId Macro);
  PathGraph::Vertex handingOn(PathGraph::Vertex Of, CallId Id);
  PathGraph::Vertex child(PathGraph::Vertex Of, uint64_t Key, uint32_t Label);
  const State *stateAt(PathGraph::Vertex V) const;

  const Facts &F;
  RegionSource &Regions;
  const EffectSet Wanted;
  Effects Inferred;
  std::vector<EntityId> Entities;
  /// What the sites are of.
  std::vector<std::shared_ptr<const FunctionRegions>> Bodies;
  llvm::DenseMap<EntityId, std::vector<Site>> Sites;
  /// Where a function is passed to another.
  llvm::DenseMap<std::pair<EntityId, EntityId>, uint32_t> Passed;
  std::vector<llvm::SmallVector<uint32_t, 0>> StoredIn;
  std::deque<State> States;
  llvm::DenseMap<EntityId, llvm::SmallVector<uint32_t, 2>> StatesOf;
  llvm::DenseMap<PathGraph::Vertex, uint32_t> StateAt;
  llvm::DenseMap<std::pair<PathGraph::Vertex, uint64_t>, PathGraph::Vertex> Children;
  PathGraph Graph;
  bool Bounded = false;
};

} // namespace airlock

#endif
