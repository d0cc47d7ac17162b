// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a context could be entered: the functions of a program by which those outside
// the context get to those that need it, as few as there can be, and what each choice
// costs. Works on the call graph of the units in scope; what is stored in a slot is
// called by whoever calls through the slot.

#ifndef AIRLOCK_ANNOTATE_CROSSINGS_H
#define AIRLOCK_ANNOTATE_CROSSINGS_H

#include "annotate/Plan.h"

namespace airlock {

/// One way to separate those who need the context from the rest.
struct CrossingChoice {
  /// The functions that become entries; keys, in order.
  std::vector<std::string> Entries;
  /// The functions and slots between them and the seeds.
  unsigned Annotated = 0;
};

struct CrossingProposals {
  /// The functions that somebody outside calls, or nobody that is known.
  unsigned Roots = 0;
  /// Of the fewest crossings, those that annotate the least, and those that are nearest
  /// to the roots; and a crossing at each root. Without those that are the same again.
  std::vector<CrossingChoice> Choices;
  /// By seed: the functions that each way to it leads through, nearest to it first.
  std::vector<std::pair<std::string, std::vector<std::string>>> Dominators;
  /// Some way to a seed has no function that can be an entry.
  bool OnlyCasts = false;
};

/// Writable: keys of the functions that a qualifier can be written on. What is out of
/// scope does not get the context: who is called from there is a root.
CrossingProposals proposeCrossings(const Facts &Program, IsGranted Granted, const SourceMap &Places,
                                   const AnnotateRequest &Request,
                                   const llvm::StringSet<> &Writable);

} // namespace airlock

#endif
