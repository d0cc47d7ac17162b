// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Commands that another compiler was given, as Clang takes them: a database that
// was recorded with GCC has flags that Clang does not know, or not for this target.

#ifndef AIRLOCK_TOOLS_CLANGFLAGS_H
#define AIRLOCK_TOOLS_CLANGFLAGS_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace airlock {

/// Other compilers, and other versions, have other warnings and optimizations: nothing to
/// tell a user.
std::vector<std::string> quietFlags();

class ClangFlags {
public:
  /// Warnings: whoever compiles with another compiler wants to hear Clang's, too.
  explicit ClangFlags(bool Warnings) : Warnings(Warnings) {}

  /// The command without what Clang would refuse, and without plugins, which are
  /// GCC's or would run twice. What would write the compiler's dependency file goes
  /// without a word. Code for another compiler is parsed without Clang's warnings.
  clang::tooling::CompileCommand adapt(clang::tooling::CompileCommand Command);

  /// The flags that were left out so far, in alphabetical order, without their values.
  std::vector<llvm::StringRef> leftOut() const;

private:
  const bool Warnings;
  llvm::StringSet<> LeftOut;
  /// By all options about the machine in a command: those that it does not have.
  /// There are few sets of them in a project, and the driver is slow to ask.
  llvm::StringMap<llvm::StringSet<>> Unsupported;
};

} // namespace airlock

#endif
