// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The fewest vertices of a graph without which no path leads from its sources to its
// sinks. By Menger's theorem there are as many as there are paths that share none of
// them; they are found as paths are, all of one length at a time (Dinitz, 1970), in time
// that grows with edges times the root of the number of vertices.

#ifndef AIRLOCK_ANNOTATE_VERTEXCUT_H
#define AIRLOCK_ANNOTATE_VERTEXCUT_H

#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <vector>

namespace airlock {

struct CutGraph {
  /// By vertex: where it leads, and whether it may be in a cut.
  std::vector<llvm::SmallVector<unsigned, 2>> Next;
  std::vector<bool> MayCut;
  std::vector<unsigned> Sources, Sinks;
};

/// Of all smallest cuts the one that is nearest to the sources, and to the sinks; in the
/// order of their numbers.
struct VertexCuts {
  std::vector<unsigned> NearSources, NearSinks;
};

/// Nothing if some path has no vertex that may be in a cut.
std::optional<VertexCuts> smallestCuts(const CutGraph &G);

/// The vertices without which no path leads from the sources to one sink, in the order in
/// which all paths pass them, the sink last; empty if none leads there. Linear.
std::vector<unsigned> onEveryPath(const CutGraph &G, unsigned Sink);

} // namespace airlock

#endif
