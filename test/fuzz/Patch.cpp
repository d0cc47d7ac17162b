// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Patches, and a file that they are undone in: the text up to a zero byte, and what is behind it.

#include "support/Patch.h"
#include "Harness.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  using namespace airlock;
  auto [Text, Now] = textOf(Data, Size).split('\0');
  llvm::Expected<std::vector<PatchedFile>> Files = readPatch(Text);
  if (!Files) {
    llvm::consumeError(Files.takeError());
    return 0;
  }
  for (const PatchedFile &File : *Files) {
    std::vector<LineRange> Lines;
    for (const PatchHunk &Hunk : File.Hunks)
      addChangedLines(Hunk, Lines);
    if (llvm::Expected<std::string> Old = undo(File, Now); !Old)
      llvm::consumeError(Old.takeError());
    else if (Old->size() > Text.size() + Now.size())
      broken("there is more in a file than in it now and in the patch");
  }
  return 0;
}
