// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock why`: the calls that lead from a function to another one, to an effect,
// or to what needs a context. What it takes to find them: see PathGraph.h, for
// the paths, CallPaths.h and EffectPaths.h, for the graphs that they are in.
//
//   to an effect     a path whose conditions cannot hold is none. What is declared of
//                    the function itself is the answer only if its body gives none
//   to a context     it ends at what needs the context, and does not go through
//                    what crosses into it on purpose (`__context_entry`)

#ifndef AIRLOCK_QUERY_WHY_H
#define AIRLOCK_QUERY_WHY_H

#include "effects/Analyses.h"
#include "query/PathGraph.h"
#include "query/Steps.h"

namespace airlock {

struct WhyQuestion {
  /// Of one name; each is answered for itself.
  std::vector<EntityId> From;
  /// One of the three.
  std::vector<EntityId> To;
  std::optional<unsigned> Effect, Context;

  enum Choice : uint8_t { Shortest, Longest, All } Wanted = Shortest;
  /// Of all paths, how many.
  size_t Limit = 1000;
};

struct WhyPath {
  EntityId From;
  /// What the path depends on: "argument 2 of 'f' is true".
  std::vector<std::string> If;
  std::vector<QueryStep> Steps;
};

struct WhyAnswer {
  std::vector<WhyPath> Paths;
  Ending How = Ending::Done;
};

WhyAnswer askWhy(Analyses &Of, const WhyQuestion &Question);

} // namespace airlock

#endif
