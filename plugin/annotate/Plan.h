// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// "Propagate the annotations until the warnings stop": which functions and
// pointers of one unit must carry a context, given what carries it now, and where
// the context is entered. A fixpoint over the facts; each step is one that a
// context rule would ask for. What other units have to say about it they say when
// they see the edited headers.

#ifndef AIRLOCK_ANNOTATE_PLAN_H
#define AIRLOCK_ANNOTATE_PLAN_H

#include "facts/Facts.h"
#include "report/Report.h"
#include "llvm/ADT/StringSet.h"

namespace airlock {

class Model;

struct AnnotateRequest {
  unsigned Context = 0;
  /// Functions, macros and slots that carry the context to begin with.
  llvm::StringSet<> Seeds;
  /// Functions that enter the context; slots ("struct.field", "field") that do not
  /// get it, so that what goes there is cast.
  llvm::StringSet<> Entries;
  /// Only below this path are files edited; as reports write paths, "" for all.
  std::string Scope;
};

/// Text to be put in front of what stands at a place.
struct Edit {
  enum Kind : uint8_t { Qualifier, Entry, Crossing };
  Kind Is = Qualifier;
  Place At;
  std::string Text;
  /// What is annotated, or what is cast, and into what.
  std::string Name, Into;

  auto key() const { return std::tie(At.File, At.Line, At.Column, Text); }
  bool operator<(const Edit &O) const { return key() < O.key(); }
};

struct UnitPlan {
  std::vector<Edit> Edits;
  /// What the rules will still say, and nobody can mend here: one sentence each.
  std::vector<std::string> Left;
  /// The seeds that the unit has, or that carry the context already.
  std::vector<std::string> Seen;
};

UnitPlan planUnit(const Facts &F, const Model &M, const SourceMap &Map,
                  const AnnotateRequest &Request);

} // namespace airlock

#endif
