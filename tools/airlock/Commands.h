// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The subcommands of `airlock` that have a file of their own. Each returns the
// exit status of the process.

#ifndef AIRLOCK_TOOLS_COMMANDS_H
#define AIRLOCK_TOOLS_COMMANDS_H

#include "solver/Options.h"
#include "clang/Tooling/CompilationDatabase.h"

namespace airlock {

enum ExitStatus {
  NothingFound = 0,
  FoundSomething = 1,
  BadUsage = 2,
  Incomplete = 3,
};

struct CheckRequest {
  Options Wanted;
  std::string Format; // "text" or "json"
  std::string Output; // "-" for standard output
  std::vector<std::string> Files;
};

/// Analyses files with the flags that Database gives them.
int runCheck(const CheckRequest &Request, const clang::tooling::CompilationDatabase &Database);

} // namespace airlock

#endif
