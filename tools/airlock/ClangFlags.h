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

class ClangFlags {
public:
  /// The command without what Clang would refuse, and without plugins, which are
  /// GCC's or would run twice. What would write the compiler's dependency file goes
  /// without a word.
  clang::tooling::CompileCommand adapt(clang::tooling::CompileCommand Command);

  /// The flags that were left out so far, in alphabetical order, without their values.
  std::vector<llvm::StringRef> leftOut() const;

private:
  llvm::StringSet<> LeftOut;
  /// By all options about the machine in a command: those that it does not have.
  /// There are few sets of them in a project, and the driver is slow to ask.
  llvm::StringMap<llvm::StringSet<>> Unsupported;
};

} // namespace airlock

#endif
