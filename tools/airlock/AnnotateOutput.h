// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `airlock annotate` says, for people and for clang-apply-replacements.

#ifndef AIRLOCK_TOOLS_ANNOTATEOUTPUT_H
#define AIRLOCK_TOOLS_ANNOTATEOUTPUT_H

#include "annotate/Crossings.h"
#include "annotate/Sources.h"
#include "llvm/Support/raw_ostream.h"

namespace airlock {

/// "1 unit", "2 units".
std::string countOf(size_t N, const char *One, const char *Many);

/// The choices, the first of which is taken.
void tellProposals(const CrossingProposals &Found, llvm::raw_ostream &Out);
/// The crossings, each with its reason, and how many edits there are of each kind.
/// Removed: they were taken out.
void tellEdits(llvm::ArrayRef<Edit> Made, bool Removed, llvm::raw_ostream &Out);
/// All edits, as YAML.
std::string replacementsOf(const EditedSources &Sources);

} // namespace airlock

#endif
