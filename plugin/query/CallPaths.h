// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The call graph as people ask about it, from some functions on: functions, macros
// that a model knows, slots. Its vertices are
//
//   a function     it leads to what it calls, and to the macros that it expands
//   a macro        as it is expanded in one function, inside of the same macros: it
//                  leads only to what is called there, not in other expansions
//   a slot         it leads to what is stored there, whoever does
//
// so that a path is a chain of calls that the source has. Takes time linear in the
// calls and stores that can be reached.

#ifndef AIRLOCK_QUERY_CALLPATHS_H
#define AIRLOCK_QUERY_CALLPATHS_H

#include "facts/CallLists.h"
#include "query/PathGraph.h"
#include "query/Steps.h"

namespace airlock {

enum class Turn : uint8_t { GoOn, Goal, Avoid };

class CallPaths {
public:
  /// Judge says what becomes of a path that comes to an entity.
  CallPaths(const Facts &F, llvm::ArrayRef<EntityId> Starts,
            llvm::function_ref<Turn(EntityId)> Judge);

  const PathGraph &graph() const { return Graph; }
  /// Where a path from one of the starts begins.
  PathGraph::Vertex vertexOf(EntityId Start) const { return Inner.lookup(Start); }

private:
  PathGraph::Vertex inner(EntityId E);
  PathGraph::Vertex reach(EntityId E);
  void expand(EntityId E);
  void expandMacro(EntityId Macro);
  void addCalls(EntityId In, CallId Root, PathGraph::Vertex RootVertex);

  const Facts &F;
  llvm::function_ref<Turn(EntityId)> Judge;
  const CallLists ByBody;
  /// By slot: what is stored, as indices into Stores.
  std::vector<llvm::SmallVector<uint32_t, 0>> StoredIn;
  PathGraph Graph;
  llvm::DenseMap<EntityId, PathGraph::Vertex> Inner, Goals;
  llvm::DenseMap<std::pair<PathGraph::Vertex, EntityId>, PathGraph::Vertex> Expansions;
  std::vector<EntityId> ToExpand;
};

} // namespace airlock

#endif
