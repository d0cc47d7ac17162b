// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a rule reports: data, worded only when a renderer asks. Locations are
// those of the facts; report/Report.h turns findings into text and places.

#ifndef AIRLOCK_RULES_FINDING_H
#define AIRLOCK_RULES_FINDING_H

#include "facts/Facts.h"
#include <string>
#include <vector>

namespace airlock {

enum class Severity : uint8_t { Advice, Warning };

/// A sentence with its arguments: "%0 calls %1".
struct Text {
  std::string Format;
  llvm::SmallVector<std::string, 4> Arguments;
  std::string str() const;
};

/// Text in place of what stands from At up to End; End is nowhere if nothing does.
struct FixIt {
  Location At;
  std::string Insert;
  Location End = {};
};

/// One step of the story; the steps in order prove the finding.
struct Step {
  Location At;
  llvm::StringRef Function;
  Text What;
  /// An alternative the reader may choose; never applied by itself.
  std::vector<FixIt> FixIts;
};

struct Finding {
  llvm::StringRef Rule;
  Severity Level = Severity::Warning;
  Location At;
  Text Message;
  /// The function to edit; empty at file scope.
  llvm::StringRef Function;
  EntityId In = NoEntity;
  /// The file that tells the function from others of its name; empty if it has no others.
  llvm::StringRef File;
  /// What it is about: one of the two, or neither.
  llvm::StringRef Context, Region;
  std::vector<Step> Path;
  std::vector<FixIt> FixIts;
  AllowId Allow = NoAllow;
  /// The suppression that covers it, filled in by the solver.
  const struct Allow *Suppressed = nullptr;
  /// What identifies the finding across unrelated edits, beside its rule, severity and
  /// function: names and words, no numbers; the calls that it is about, as they are
  /// written; or, of a rule that judges units alone, a line as it is written.
  llvm::SmallVector<llvm::StringRef, 4> Key;
  llvm::SmallVector<CallId, 2> Calls;
  Location Line = {};
  /// What the solver makes of that: 16 hex digits.
  std::string Id;
};

} // namespace airlock

#endif
