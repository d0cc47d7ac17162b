// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Summaries, from the bytes to whatever shows them. An input is one or two of them without
// their frames, so that no checksum keeps the fuzzer out: two bytes say how long the first is.

#include "Harness.h"
#include "link/Link.h"
#include "query/Render.h"
#include "query/UnitJson.h"

namespace airlock {

namespace {

void dump(llvm::StringRef Bytes, const Model &M) {
  llvm::raw_null_ostream Out;
  for (const Model *Known : {static_cast<const Model *>(nullptr), &M}) {
    llvm::Expected<std::unique_ptr<UnitSummary>> Unit = decodeUnit(Bytes, nullptr);
    if (!Unit)
      return llvm::consumeError(Unit.takeError());
    if (llvm::Expected<OrderedJson> Json = makeUnit(**Unit, Known))
      writeJson(*Json, Out);
    else
      llvm::consumeError(Json.takeError());
  }
}

void askAll(Program &P, const Model &M) {
  const Facts &F = P.facts();
  QueryFacts Facts{F, M, P.places()};
  llvm::raw_null_ostream Out;
  std::vector<EntityId> Functions, Slots;
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    (F.Entities[E].isSlot() ? Slots : Functions).push_back(E);
  if (Functions.empty())
    return;
  CallersAnswer Callers = askCallers(F, Functions.back(), std::nullopt);
  sortByPlace(Facts, Callers);
  renderCallersJson(Facts, Callers, Out);
  for (SlotAnswer &Answer : askSlots(F, Slots)) {
    sortByPlace(Facts, Answer);
    renderSlotsText(Facts, Answer, Out);
  }
  Analyses Of(F, M, P, RegionSet());
  WhyQuestion Question;
  Question.From = {Functions.front()};
  Question.Wanted = WhyQuestion::All;
  Question.Limit = 10;
  Question.Effect = M.findEffect("sleep");
  renderWhyJson(Facts, askWhy(Of, Question), Out);
  Question.Effect.reset();
  Question.To = {Functions.back()};
  renderWhyText(Facts, Question, askWhy(Of, Question), "f", "g", Out);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  llvm::StringRef Bytes = textOf(Data, Size);
  if (Size < 2)
    return 0;
  size_t First = Data[0] | Data[1] << 8;
  Bytes = Bytes.drop_front(2);
  const Model &M = kernelModels();
  SummaryFiles Files;
  for (llvm::StringRef Unit :
       {Bytes.take_front(First), Bytes.drop_front(std::min(First, Bytes.size()))}) {
    Files.addFrames(llvm::MemoryBuffer::getMemBufferCopy(frameSummary(Unit), "unit.airlock"));
    dump(Unit, M);
  }
  Files.finish();
  Report R;
  Program P;
  loadProgram(Files, M, P, R);
  reportAndRender(P, R);
  askAll(P, M);
  return 0;
}

} // namespace airlock
