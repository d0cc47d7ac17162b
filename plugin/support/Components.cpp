// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Components.h"
#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/iterator.h"

namespace airlock {

namespace {

struct Search {
  const NumberedGraph &G;
  llvm::ArrayRef<uint32_t> Starts;
};

/// A vertex as scc_iterator wants it; without a number, the one that leads to all starts.
struct Node {
  const Search *In = nullptr;
  uint32_t Number = Components::None;
  bool operator==(const Node &O) const { return Number == O.Number; }
  bool operator!=(const Node &O) const { return Number != O.Number; }

  uint32_t countSuccessors() const {
    return Number == Components::None ? In->Starts.size() : In->G.CountSuccessors(Number);
  }
  Node successor(uint32_t Which) const {
    return {In, Number == Components::None ? In->Starts[Which] : In->G.Successor(Number, Which)};
  }
};

class SuccessorIterator
    : public llvm::iterator_facade_base<SuccessorIterator, std::forward_iterator_tag, Node> {
public:
  SuccessorIterator() = default;
  SuccessorIterator(Node Of, uint32_t At) : Of(Of), At(At) {}
  bool operator==(const SuccessorIterator &O) const { return At == O.At; }
  Node operator*() const { return Of.successor(At); }
  using iterator_facade_base::operator++;
  SuccessorIterator &operator++() {
    ++At;
    return *this;
  }

private:
  Node Of;
  uint32_t At = 0;
};

} // namespace
} // namespace airlock

template <> struct llvm::GraphTraits<airlock::Node> {
  using NodeRef = airlock::Node;
  using ChildIteratorType = airlock::SuccessorIterator;
  static NodeRef getEntryNode(NodeRef N) { return N; }
  static ChildIteratorType child_begin(NodeRef N) { return {N, 0}; }
  static ChildIteratorType child_end(NodeRef N) { return {N, N.countSuccessors()}; }
};

template <> struct llvm::DenseMapInfo<airlock::Node> {
  static airlock::Node getEmptyKey() { return {nullptr, airlock::Components::None - 1}; }
  static airlock::Node getTombstoneKey() { return {nullptr, airlock::Components::None - 2}; }
  static unsigned getHashValue(const airlock::Node &N) {
    return llvm::DenseMapInfo<uint32_t>::getHashValue(N.Number);
  }
  static bool isEqual(const airlock::Node &A, const airlock::Node &B) { return A == B; }
};

namespace airlock {

Components::Components(const NumberedGraph &G, llvm::ArrayRef<uint32_t> Starts)
    : Component(G.Vertices, None) {
  const Search In = {G, Starts};
  for (auto It = llvm::scc_begin(Node{&In, None}); !It.isAtEnd(); ++It) {
    if (It->front().Number == None)
      continue; // the last: nothing leads to it
    Begins.push_back(Order.size());
    for (const Node &N : *It) {
      Component[N.Number] = Begins.size() - 1;
      Order.push_back(N.Number);
    }
  }
  Begins.push_back(Order.size());
}

} // namespace airlock
