// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One translation unit: how it is compiled, and what becomes of it.

#ifndef AIRLOCK_TOOLS_UNIT_H
#define AIRLOCK_TOOLS_UNIT_H

#include "UnitResult.h"
#include "model/Model.h"
#include "report/Report.h"
#include "solver/Options.h"
#include "support/Contents.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace clang {
class CompilerInvocation;
}
namespace clang::tooling {
class FrontendActionFactory;
}

namespace airlock {

/// The absolute path of a command's file, whatever folder it is compiled in.
std::string fileOf(const clang::tooling::CompileCommand &Command);

/// Parses and analyses a unit in this process, whose working directory changes. Overlay: what
/// files hold in place of what is on the disk, by absolute path; Absent: files that are not there.
UnitResult runUnit(const clang::tooling::CompileCommand &Command, const Options &Wanted,
                   const Model &M, const llvm::StringMap<std::string> &Overlay = {},
                   const llvm::StringSet<> &Absent = {});

struct ParsedUnit {
  std::string Messages;
  Problem FirstError;
  /// What was read before the preprocessor began.
  std::vector<UnitInput> Inputs;
};

/// Parses a unit in this process, whose working directory changes. Overlay and Absent are as
/// for runUnit().
ParsedUnit parseUnit(const clang::tooling::CompileCommand &Command,
                     clang::tooling::FrontendActionFactory &Factory,
                     const llvm::StringMap<std::string> &Overlay,
                     const llvm::StringSet<> &Absent = {});

/// The summary of a unit in another language than C: skipped. Nothing for C.
std::optional<std::string> summaryOfOther(const clang::CompilerInvocation &Invocation,
                                          const Options &Wanted, const Model &M);

/// The summary, in its frame, of a unit that came to nothing.
std::string failedSummary(const clang::tooling::CompileCommand &Command, const Problem &Why,
                          const Options &Wanted, const Model &M);

} // namespace airlock

#endif
