// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "UnitResult.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"

namespace airlock {

std::string UnitResult::pack() const {
  std::string Bytes;
  llvm::raw_string_ostream Out(Bytes);
  auto Put = [&](llvm::StringRef Text) {
    llvm::encodeULEB128(Text.size(), Out);
    Out << Text;
  };
  llvm::encodeULEB128(Parsed, Out);
  Put(Summary);
  Put(Messages);
  for (const UnitInput &Input : Inputs) {
    Put(Input.File);
    llvm::encodeULEB128(Input.Hash, Out);
  }
  return Bytes;
}

bool UnitResult::unpack(llvm::StringRef Bytes) {
  bool Good = true;
  auto Number = [&]() -> uint64_t {
    unsigned Size = 0;
    const char *Error = nullptr;
    uint64_t N = llvm::decodeULEB128(Bytes.bytes_begin(), &Size, Bytes.bytes_end(), &Error);
    Good &= !Error;
    Bytes = Bytes.drop_front(Error ? Bytes.size() : Size);
    return N;
  };
  auto Text = [&] {
    uint64_t Size = Number();
    Good &= Size <= Bytes.size();
    std::string Taken = Bytes.take_front(Size).str();
    Bytes = Bytes.drop_front(Taken.size());
    return Taken;
  };
  Parsed = Number();
  Summary = Text();
  Messages = Text();
  Inputs.clear();
  while (Good && !Bytes.empty()) {
    std::string File = Text();
    Inputs.push_back({std::move(File), Number()});
  }
  return Good;
}

} // namespace airlock
