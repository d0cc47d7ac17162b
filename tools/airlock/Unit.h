// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One translation unit: how it is compiled, and what becomes of it.

#ifndef AIRLOCK_TOOLS_UNIT_H
#define AIRLOCK_TOOLS_UNIT_H

#include "model/Model.h"
#include "report/Report.h"
#include "solver/Options.h"
#include "support/Contents.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringMap.h"

namespace clang::tooling {
class FrontendActionFactory;
}

namespace airlock {

/// A file that was read, absolute, and what was in it when it was.
struct UnitInput {
  std::string File;
  /// 0: it cannot be told whether it is the same another time.
  uint64_t Hash = 0;
};

struct UnitResult {
  /// The unit was parsed; what it includes can change without that.
  bool Parsed = false;
  /// In its frame; also of a unit that was not parsed.
  std::string Summary;
  /// What the compiler said.
  std::string Messages;
  std::vector<UnitInput> Inputs;

  /// As one string, and back; false if it is broken.
  std::string pack() const;
  bool unpack(llvm::StringRef Bytes);
};

/// The absolute path of a command's file, whatever folder it is compiled in.
std::string fileOf(const clang::tooling::CompileCommand &Command);

/// Parses and analyses a unit in this process, whose working directory changes.
UnitResult runUnit(const clang::tooling::CompileCommand &Command, const Options &Wanted,
                   const Model &M);

struct ParsedUnit {
  std::string Messages;
  Problem FirstError;
  /// What was read before the preprocessor began.
  std::vector<UnitInput> Inputs;
};

/// Parses a unit in this process, whose working directory changes. Overlay: what files
/// hold in place of what is on the disk, by absolute path.
ParsedUnit parseUnit(const clang::tooling::CompileCommand &Command,
                     clang::tooling::FrontendActionFactory &Factory,
                     const llvm::StringMap<std::string> &Overlay);

/// The summary, in its frame, of a unit that came to nothing.
std::string failedSummary(const clang::tooling::CompileCommand &Command, const Problem &Why,
                          const Options &Wanted, const Model &M);

} // namespace airlock

#endif
