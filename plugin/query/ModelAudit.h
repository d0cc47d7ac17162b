// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock model audit`: what a model says of functions, macros and slots, against what the
// bodies of a program do. A model that says less than a body is no mistake for the analysis,
// which takes both; one that says more, or says it of nobody, is a finding on somebody's code, or
// none.
//
//   Unused        nothing of that name is called, or stored in, in the program
//   SaysLess      a body has an effect, on every way that its caller cannot rule out, and the entry
//                 does not have it
//   SaysMore      no way through the body has an effect of the entry
//   NoParameter   the entry speaks of an argument that no call passes
//
// Entries that vouch ("opaque") are not compared: their bodies are not in a summary. A family of
// names is one entry: it is unused if none of its names is used. What an entry has decided
// ("audited") is counted, and is no remark.

#ifndef AIRLOCK_QUERY_MODELAUDIT_H
#define AIRLOCK_QUERY_MODELAUDIT_H

#include "effects/Analyses.h"
#include "llvm/ADT/StringSet.h"

namespace airlock {

struct AuditRemark {
  enum Kind : uint8_t { Unused, SaysLess, SaysMore, NoParameter } Is;
  /// Of the entry, as the model writes it.
  std::string Name;
  /// The body; nowhere if there is none.
  Location At = {};
  /// SaysLess, SaysMore: what the two do not agree on.
  std::optional<unsigned> Effect = {};
  /// SaysLess: the call that leads there.
  CallId Via = NoCall;
  /// Unused: a name that the program has; may be empty.
  std::string Similar = {};
  /// NoParameter: the condition that it is in.
  llvm::StringRef Condition = {};
};

struct AuditAnswer {
  /// By kind, then by name.
  std::vector<AuditRemark> Remarks;
  size_t Entries = 0;
  /// Entries that were compared with a body; those that have one and vouch for it.
  size_t Compared = 0, Vouched = 0;
  /// What would have been remarks, and has been decided.
  size_t Decided = 0;
};

/// Of the entries in which one of these models says something, by name.
AuditAnswer auditModel(Analyses &Of, const llvm::StringSet<> &Models);

} // namespace airlock

#endif
