// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the plugin writes, in a compiler that has an output of its own, or none.

#ifndef AIRLOCK_FRONTEND_OUTPUTPLACES_H
#define AIRLOCK_FRONTEND_OUTPUTPLACES_H

#include "solver/Options.h"
#include "clang/Frontend/CompilerInstance.h"

namespace airlock {

struct SummaryPlace {
  enum Kind { Nowhere, InFile, InObject } Is = Nowhere;
  std::string File;
};

/// Where the summary of a unit goes; an error if there is no such place, or if one file would
/// have to hold two things.
llvm::Expected<SummaryPlace> placeSummary(const Options &Wanted, const clang::CompilerInstance &CI);

} // namespace airlock

#endif
