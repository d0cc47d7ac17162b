// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Contracts, brought to a program and told. An input is a summary without its frame, and
// contracts behind it; two bytes say how long the summary is.

#include "contracts/Contracts.h"
#include "Harness.h"
#include "link/Link.h"

namespace airlock {

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  llvm::StringRef Bytes = textOf(Data, Size);
  if (Size < 2)
    return 0;
  const size_t First = Data[0] | Data[1] << 8;
  Bytes = Bytes.drop_front(2);
  const Model &M = kernelModels();
  llvm::Expected<Contracts> Known = Contracts::read(
      llvm::MemoryBuffer::getMemBufferCopy(Bytes.drop_front(std::min(First, Bytes.size()))), "it");
  if (!Known) {
    llvm::consumeError(Known.takeError());
    return 0;
  }
  SummaryFiles Files;
  Files.addFrames(
      llvm::MemoryBuffer::getMemBufferCopy(frameSummary(Bytes.take_front(First)), "unit.airlock"));
  Files.finish();
  Report R;
  Program P;
  loadProgram(Files, M, P, R);
  if (llvm::Error E = P.add(*Known))
    R.addNotification("it", llvm::toString(std::move(E)));
  reportAndRender(P, R);
  // Those of a program that anybody may have written.
  Analyses Of(P.facts(), M, P, RegionSet());
  if (llvm::Expected<std::string> Again = encodeContracts(Of, P.places()))
    llvm::nulls() << *Again;
  else
    llvm::consumeError(Again.takeError());
  return 0;
}

} // namespace airlock
