// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One translation unit: how it is compiled, and what becomes of it.

#ifndef AIRLOCK_TOOLS_UNIT_H
#define AIRLOCK_TOOLS_UNIT_H

#include "model/Model.h"
#include "solver/Options.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringSet.h"

namespace airlock {

struct UnitResult {
  /// The unit was parsed; what it includes can change without that.
  bool Parsed = false;
  /// In its frame; also of a unit that was not parsed.
  std::string Summary;
  /// What the compiler said.
  std::string Messages;
  /// Every file that was read, absolute.
  std::vector<std::string> Inputs;

  /// As one string, and back; false if it is broken.
  std::string pack() const;
  bool unpack(llvm::StringRef Bytes);
};

/// The absolute path of a command's file, whatever folder it is compiled in.
std::string fileOf(const clang::tooling::CompileCommand &Command);

/// The flags that Clang does not know, as GCC has many, are left out and noted in
/// Dropped; so are plugins, which are GCC's or would run twice. What would write
/// the compiler's dependency file goes without a word.
clang::tooling::CompileCommand forClang(clang::tooling::CompileCommand Command,
                                        llvm::StringSet<> &Dropped);

/// Parses and analyses a unit in this process, whose working directory changes.
UnitResult runUnit(const clang::tooling::CompileCommand &Command, const Options &Wanted,
                   const Model &M);

/// The summary, in its frame, of a unit that came to nothing.
std::string failedSummary(const clang::tooling::CompileCommand &Command, const Options &Wanted,
                          const Model &M);

} // namespace airlock

#endif
