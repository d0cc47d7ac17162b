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
  llvm::hash_code Hash(0);
  for (const airlock::SummaryFiles::Summary &One : Files.summaries())
    Hash = llvm::hash_combine(Hash, One.Bytes); // a sanitizer sees a byte too far
  volatile size_t Read = Hash;
  (void)Read;
  return 0;
}
