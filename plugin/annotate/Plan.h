// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// "Propagate the annotations until the warnings stop": which functions and
// pointers of one unit must carry a context, given what carries it now, and where
// the context is entered. A fixpoint over the facts; each step is one that a
// context rule would ask for. What other units have to say about it they say when
// they see the edited headers.

#ifndef AIRLOCK_ANNOTATE_PLAN_H
#define AIRLOCK_ANNOTATE_PLAN_H

#include "annotate/Edit.h"
#include "facts/Facts.h"
#include "llvm/ADT/StringSet.h"

namespace airlock {

class Model;

struct AnnotateRequest {
  unsigned Context = 0;
  /// Functions, macros and slots that carry the context to begin with.
  llvm::StringSet<> Seeds;
  /// Functions that enter the context, by name or key; slots ("struct.field", "field")
  /// that are as far as it goes: what leaves them is cast, and who calls through them
  /// enters it. Out of scope, what goes to a slot is cast.
  llvm::StringSet<> Entries;
  /// Keys of what carries it in other units, and is to carry it where this one declares it.
  llvm::StringSet<> Elsewhere;
  /// Only below this path are files edited; as reports write paths, "" for all.
  std::string Scope;
};

struct UnitPlan {
  std::vector<Edit> Edits;
  /// What the rules will still say, and nobody can mend here: one sentence each.
  std::vector<std::string> Left;
  /// The seeds and entries that the unit has.
  std::vector<std::string> Seen;
  /// The keys of the functions and variables in scope that a qualifier can be written on.
  std::vector<std::string> Writable;
};

/// Whether a file, as places have it, is below a path, as reports write it.
bool isInScope(llvm::StringRef File, llvm::StringRef Scope);

/// The name of an entity, with the file of a static and the function of a parameter.
std::string keyOf(const Facts &F, const Entity &E);

UnitPlan planUnit(const Facts &F, const Model &M, const SourceMap &Map,
                  const AnnotateRequest &Request);

} // namespace airlock

#endif
