// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the user asked for, in the plugin's arguments or the command's: the
// same names in both. Free of Clang.

#ifndef AIRLOCK_SOLVER_OPTIONS_H
#define AIRLOCK_SOLVER_OPTIONS_H

#include "model/Model.h"
#include "solver/Solver.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace airlock {

struct Options {
  /// Built-in names or paths, in order; `linux` when nobody names one.
  std::vector<std::string> Models;
  /// The JSON report; empty for none.
  std::string Report;
  /// Where the unit's summary goes: a file, "beside" the output, "embed" in the
  /// object; empty for nowhere.
  std::string Summary;
  llvm::StringSet<> Only, Disabled;
  /// Names of regions; they are looked up once the models are loaded.
  std::vector<std::string> Strict;
  bool Advice = false;
  bool Werror = false;
  /// Report only under this path prefix; empty for everywhere.
  std::string Scope;
  /// Contracts of the whole program; empty for none.
  std::string Program;
  /// What paths in reports are relative to; empty for the working directory.
  std::string Root;

  /// Takes one argument, "NAME" or "NAME=VALUE".
  llvm::Error add(llvm::StringRef Argument);
  /// Whether all that were added make sense together.
  llvm::Error check() const;
  /// The same of those that name a place in the source, where that is at hand.
  llvm::Error checkRoot() const;
  llvm::Error checkScope() const;
  SolverOptions solverOptions() const;
  RegionSet strictRegions(const Model &M) const;
  /// Whether what is found in a file is reported; both as reports write paths.
  bool covers(llvm::StringRef File, llvm::StringRef RelativeScope) const;
};

/// What `add` takes, and the plugin's `help`, in words.
struct PluginArgument {
  llvm::StringLiteral Name, Value, Help;
};
llvm::ArrayRef<PluginArgument> pluginArguments();
/// A line or two of text each.
void writePluginHelp(llvm::raw_ostream &Out);

/// Adds the rules of a comma list.
llvm::Error addRules(llvm::StringRef List, llvm::StringSet<> &Into);

/// The models that the options name, composed; Notes gets what to tell the user.
llvm::Expected<Model> loadModels(const Options &Wanted, std::vector<std::string> &Notes);

} // namespace airlock

#endif
