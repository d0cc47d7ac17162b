// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "UnitResult.h"
#include "support/Leb.h"
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
    const uint8_t *At = Bytes.bytes_begin();
    uint64_t N = 0;
    bool IsOne = readLeb(At, Bytes.bytes_end(), N);
    Good &= IsOne;
    Bytes = Bytes.drop_front(IsOne ? At - Bytes.bytes_begin() : Bytes.size());
    return IsOne ? N : 0;
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
