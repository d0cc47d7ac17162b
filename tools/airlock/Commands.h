// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The subcommands of `airlock` that have a file of their own. Each returns the
// exit status of the process.

#ifndef AIRLOCK_TOOLS_COMMANDS_H
#define AIRLOCK_TOOLS_COMMANDS_H

#include "Deliver.h"
#include "solver/Options.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/Twine.h"

namespace airlock {

enum ExitStatus {
  NothingFound = 0,
  FoundSomething = 1,
  BadUsage = 2,
  Incomplete = 3,
};

/// Says on standard error what is wrong; returns the status for it.
int fail(const llvm::Twine &Text);

struct CheckRequest {
  Options Wanted;
  ReportRequest Reporting;
  std::vector<std::string> Files;
};

/// Analyses files with the flags that Database gives them.
int runCheck(const CheckRequest &Request, const clang::tooling::CompilationDatabase &Database);

struct DiffRequest {
  std::string Before, After;
  std::string Format; // "text" or "json"
  std::string Output; // "-" for standard output
};

/// Compares two JSON reports.
int runDiff(const DiffRequest &Request);

} // namespace airlock

#endif
