// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What an editor sends: frames of JSON, which say the same wherever they are cut. The first byte
// says where.

#include "Harness.h"
#include "LspTransport.h"

namespace airlock {

/// What a reader makes of the bytes, fed in pieces of so many.
static std::string read(llvm::StringRef Bytes, size_t Piece) {
  std::string Said;
  llvm::raw_string_ostream Out(Said);
  MessageReader Reader;
  for (; !Bytes.empty(); Bytes = Bytes.drop_front(std::min(Piece, Bytes.size())))
    Reader.feed(
        Bytes.take_front(Piece), [&](const nlohmann::json &Message) { writeMessage(Message, Out); },
        [&](RpcError Code, llvm::StringRef Text) { Out << int(Code) << ' ' << Text << '\n'; });
  return Said;
}

} // namespace airlock

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  using namespace airlock;
  if (Size == 0)
    return 0;
  llvm::StringRef Bytes = textOf(Data, Size).drop_front();
  if (read(Bytes, Data[0] + 1) != read(Bytes, Bytes.size() + 1))
    broken("a message depends on where it is cut");
  return 0;
}
