// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Contents.h"
#include "llvm/Support/FileSystem.h"

namespace airlock {

std::unique_ptr<llvm::MemoryBuffer> readPlainFile(llvm::StringRef Path) {
  if (!llvm::sys::fs::is_regular_file(Path))
    return nullptr;
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  return Buffer ? std::move(*Buffer) : nullptr;
}

uint64_t hashOfFile(llvm::StringRef Path) {
  std::unique_ptr<llvm::MemoryBuffer> Buffer = readPlainFile(Path);
  return Buffer ? hashOfInput(Buffer->getBuffer()) : 0;
}

} // namespace airlock
