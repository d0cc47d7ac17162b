// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Models, and what is asked of one that was read.

#include "Harness.h"
#include "model/ModelReader.h"
#include "rules/PointerStory.h"
#include "summary/Summary.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  using namespace airlock;
  static MemoryFile File;
  File.fill(textOf(Data, Size));
  ModelReader Reader;
  if (llvm::Error E = Reader.add(File.path())) {
    llvm::consumeError(std::move(E));
    return 0;
  }
  const Model M = Reader.take();
  for (unsigned Effect = 0; Effect < M.effects().size(); ++Effect)
    M.withKinds(EffectSet::of(Effect));
  (void)offeredNames(M); // reads every function
  llvm::Expected<std::unique_ptr<UnitSummary>> Unit =
      decodeUnit(encodeUnit("a.c", UnitStatus::Failed, Problem(), M), &M);
  if (!Unit)
    broken(llvm::toString(Unit.takeError()));
  return 0;
}
