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
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringSet.h"

namespace airlock {

class Model;

struct AnnotateRequest {
  unsigned Context = 0;
  /// Functions, macros and slots that carry the context to begin with.
  llvm::StringSet<> Seeds;
  /// Functions that enter the context, by name or key; slots ("struct.field", "field",
  /// "->field") that are as far as it goes: what leaves them is cast, and who calls
  /// through them enters it. Out of scope, what goes to a slot is cast.
  llvm::StringSet<> Entries;
  /// What other units make of something, by key: so it is to be where this one declares it.
  llvm::StringMap<Edit::Kind> Elsewhere;
  /// Only below this path are files edited; absolute, as the places of plans are.
  std::string Scope;
};

struct Remark {
  Place At;
  std::string Text;
};

struct UnitPlan {
  std::vector<Edit> Edits;
  /// What the rules will still say, and nobody can mend here.
  std::vector<Remark> Left;
  /// The seeds and entries that the unit has.
  std::vector<std::string> Seen;
  /// The keys of the functions and variables that other units may declare, and of the
  /// functions in scope that a qualifier can be written on.
  std::vector<std::string> Globals, Writable;
};

/// Whether a file is below a path, both absolute.
bool isInScope(llvm::StringRef File, llvm::StringRef Scope);

/// The name of an entity, with the file of a static and the function of a parameter.
std::string keyOf(const Facts &F, const Entity &E);

/// Whether something is named: by its name, its key, or as a field; and how.
bool isNamed(const llvm::StringSet<> &Names, const Facts &F, const Entity &E,
             std::vector<std::string> *How = nullptr);

/// Whether the code has made sure, at a call, that it is in the context (AskedContexts.h).
using IsGranted = llvm::function_ref<bool(CallId)>;

/// Map: gives absolute places.
UnitPlan planUnit(const Facts &F, const Model &M, IsGranted Granted, const SourceMap &Map,
                  const AnnotateRequest &Request);

} // namespace airlock

#endif
