// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The fewest vertices of a graph without which no path leads from its sources to its
// sinks. By Menger's theorem there are as many as there are paths that share none of
// them; they are found as paths are (Ford and Fulkerson), one augmenting path at a time:
// cuts that anybody wants to read are small.

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

} // namespace airlock

#endif
