// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Graphs of calls, as Graphviz reads them. What an entity is in the answer is its shape; a
// slot and a macro have theirs.

#ifndef AIRLOCK_QUERY_DOT_H
#define AIRLOCK_QUERY_DOT_H

#include "query/Lists.h"
#include "query/Render.h"
#include "llvm/ADT/MapVector.h"

namespace airlock {

class DotGraph {
public:
  explicit DotGraph(const Facts &F) : F(F) {}
  enum Role : uint8_t { Plain, Start, Goal, Annotated, Entry, Missing };
  /// The first role that a node gets is its role.
  void add(EntityId E, Role Is) { Nodes.insert({E, Is}); }
  bool has(EntityId E) const { return Nodes.contains(E); }
  /// Both must be there. Of several edges between two nodes there is one. Stored: no call.
  void connect(EntityId From, EntityId To, bool Stored = false) {
    Edges.insert({{From, To}, Stored});
  }
  void write(llvm::StringRef Name, llvm::raw_ostream &Out) const;

private:
  std::string labelOf(EntityId E) const;

  const Facts &F;
  llvm::MapVector<EntityId, Role> Nodes;
  llvm::MapVector<std::pair<EntityId, EntityId>, bool> Edges;
};

/// All paths in one graph.
void renderWhyDot(const QueryFacts &Of, const WhyAnswer &Answer, llvm::raw_ostream &Out);
/// Who belongs to the context, or is missing, and who calls whom of them.
void renderContextDot(const QueryFacts &Of, const ContextAnswer &Answer, llvm::raw_ostream &Out);
/// Of each function its example: the chains form a forest.
void renderRegionDot(const QueryFacts &Of, unsigned Region, const RegionAnswer &Answer,
                     llvm::raw_ostream &Out);

} // namespace airlock

#endif
