// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One translation unit: how it is compiled, and what becomes of it.

#ifndef AIRLOCK_TOOLS_UNIT_H
#define AIRLOCK_TOOLS_UNIT_H

#include "UnitResult.h"
#include "model/Model.h"
#include "solver/Options.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringMap.h"

namespace clang::tooling {
class FrontendActionFactory;
}

namespace airlock {

/// The content of an input as one number, never 0.
uint64_t hashOfInput(llvm::StringRef Content);

/// The absolute path of a command's file, whatever folder it is compiled in.
std::string fileOf(const clang::tooling::CompileCommand &Command);

/// Parses and analyses a unit in this process, whose working directory changes.
UnitResult runUnit(const clang::tooling::CompileCommand &Command, const Options &Wanted,
                   const Model &M);

/// Parses a unit in this process, whose working directory changes. Overlay: what files
/// hold in place of what is on the disk, by absolute path.
void parseUnit(const clang::tooling::CompileCommand &Command,
               clang::tooling::FrontendActionFactory &Factory,
               const llvm::StringMap<std::string> &Overlay, std::string &Messages);

/// The summary, in its frame, of a unit that came to nothing.
std::string failedSummary(const clang::tooling::CompileCommand &Command, const Options &Wanted,
                          const Model &M);

} // namespace airlock

#endif
