// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `airlock annotate` says, for people, for git and for clang-apply-replacements.

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
/// What a patch is sent with: as 'git am' reads it, with what was done and why, and who enters the
/// context or leaves it. Nobody has signed it off.
struct Letter {
  /// As git has it; may be empty.
  std::string Author;
  llvm::StringRef Context;
  /// Of --scope, relative to the root; may be empty.
  std::string Scope;
  /// The file that defines the macros, if the patch puts it there.
  llvm::StringRef Header;
  /// Those of which the code was compared.
  size_t Units;
};
std::string write(const Letter &L, llvm::ArrayRef<Edit> Made);
/// All edits, as YAML.
std::string replacementsOf(const EditedSources &Sources);

} // namespace airlock

#endif
