// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The strongly connected components of a graph whose vertices are numbers: llvm::scc_iterator
// for those who have no nodes to point at. Linear in vertices and edges, and not recursive.

#ifndef AIRLOCK_SUPPORT_COMPONENTS_H
#define AIRLOCK_SUPPORT_COMPONENTS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <cstdint>
#include <vector>

namespace airlock {

/// A graph as two questions; it only refers to who answers them.
struct NumberedGraph {
  uint32_t Vertices;
  llvm::function_ref<uint32_t(uint32_t Vertex)> CountSuccessors;
  llvm::function_ref<uint32_t(uint32_t Vertex, uint32_t Which)> Successor;
};

class Components {
public:
  static constexpr uint32_t None = ~uint32_t(0);

  /// Of what Starts reach, a vertex or more.
  Components(const NumberedGraph &G, llvm::ArrayRef<uint32_t> Starts);

  /// A component comes after those that it leads to.
  uint32_t count() const { return Begins.size() - 1; }
  llvm::ArrayRef<uint32_t> membersOf(uint32_t Component) const {
    return llvm::ArrayRef(Order).slice(Begins[Component],
                                       Begins[Component + 1] - Begins[Component]);
  }
  /// The component of a vertex; None if no start reaches it.
  uint32_t of(uint32_t Vertex) const { return Component[Vertex]; }

private:
  std::vector<uint32_t> Order, Begins, Component;
};

} // namespace airlock

#endif
