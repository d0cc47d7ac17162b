// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All files that a unit reads, those of the system among them.

#ifndef AIRLOCK_TOOLS_INPUTCOLLECTOR_H
#define AIRLOCK_TOOLS_INPUTCOLLECTOR_H

#include "support/Contents.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/Utils.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace airlock {

/// To be attached to the preprocessor.
class InputCollector : public clang::DependencyCollector {
public:
  /// Visit is told the absolute path of each file, and what was in it; 0 of what is no
  /// plain file.
  void forEachFile(clang::CompilerInstance &CI,
                   llvm::function_ref<void(llvm::StringRef, uint64_t)> Visit) {
    for (llvm::StringRef File : getDependencies()) {
      llvm::SmallString<256> Path = File;
      CI.getFileManager().makeAbsolutePath(Path);
      auto Status = CI.getVirtualFileSystem().status(Path);
      bool IsPlain = Status && Status->isRegularFile(); // and no pipe
      Visit(Path, IsPlain ? hashOf(File, CI) : 0);
    }
  }

private:
  /// Of what the compiler has in memory: the file may have changed since.
  static uint64_t hashOf(llvm::StringRef File, clang::CompilerInstance &CI) {
    clang::OptionalFileEntryRef Entry = CI.getFileManager().getOptionalFileRef(File);
    if (!Entry)
      return 0;
    std::optional<llvm::MemoryBufferRef> Content =
        CI.getSourceManager().getMemoryBufferForFileOrNone(*Entry);
    return Content ? hashOfInput(Content->getBuffer()) : 0;
  }

  bool needSystemDependencies() override { return true; }
};

} // namespace airlock

#endif
