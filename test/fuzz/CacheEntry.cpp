// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Entries of the cache of `airlock check`. The first byte of an input says what the others
// are: the result of a unit as it is packed (even), or what stands in an entry (odd).

#include "CacheEntry.h"
#include "Harness.h"
#include "UnitResult.h"
#include "summary/SummaryFile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  using namespace airlock;
  if (Size == 0)
    return 0;
  llvm::StringRef Bytes = textOf(Data, Size).drop_front();
  std::string Entry = Data[0] & 1 ? sealEntry(Bytes) : makeEntry(Bytes);
  std::optional<std::string> Packed = readEntry(Entry);
  if (!Packed)
    return 0;
  if (!(Data[0] & 1) && *Packed != Bytes)
    broken("what was kept is not what is found");
  UnitResult Result;
  if (!Result.unpack(*Packed))
    return 0;
  SummaryFiles Files;
  Files.addFrames(llvm::MemoryBuffer::getMemBufferCopy(Result.Summary, "unit"));
  Files.finish();
  UnitResult Again;
  if (!Again.unpack(Result.pack()) || Again.Summary != Result.Summary ||
      Again.Messages != Result.Messages || Again.Inputs.size() != Result.Inputs.size())
    broken("a result is not what it was packed as");
  return 0;
}
