// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files that are said to hold summaries: of frames, objects, archives.

#include "Harness.h"
#include "summary/SummaryFile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  static airlock::MemoryFile File;
  File.fill(airlock::textOf(Data, Size));
  airlock::SummaryFiles Files;
  if (llvm::Error E = Files.add(File.path()))
    airlock::broken(llvm::toString(std::move(E)));
  Files.finish();
  volatile char Last = 0;
  for (const airlock::SummaryFiles::Summary &One : Files.summaries())
    for (char C : One.Bytes) // a sanitizer sees a byte too far
      Last = C;
  return 0;
}
