// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All files that a unit reads, those of the system among them.

#ifndef AIRLOCK_TOOLS_INPUTCOLLECTOR_H
#define AIRLOCK_TOOLS_INPUTCOLLECTOR_H

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/Utils.h"

namespace airlock {

/// To be attached to the preprocessor.
class InputCollector : public clang::DependencyCollector {
public:
  /// Visit is told each file as the unit names it, and the absolute path.
  void forEachFile(clang::CompilerInstance &CI,
                   llvm::function_ref<void(llvm::StringRef, llvm::StringRef)> Visit) {
    for (llvm::StringRef File : getDependencies()) {
      llvm::SmallString<256> Path = File;
      CI.getFileManager().makeAbsolutePath(Path);
      Visit(File, Path);
    }
  }

private:
  bool needSystemDependencies() override { return true; }
};

} // namespace airlock

#endif
