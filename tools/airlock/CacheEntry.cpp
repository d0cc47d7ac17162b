// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "CacheEntry.h"
#include "summary/Coding.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/xxhash.h"

namespace airlock {

namespace {

constexpr llvm::StringLiteral Mark("AIRUNIT2");

struct EntryHead {
  char Mark[8];
  llvm::support::ulittle64_t Checksum, Size;
};
constexpr size_t BeforeSize = offsetof(EntryHead, Size);

} // namespace

std::string sealEntry(llvm::StringRef Rest) {
  llvm::support::ulittle64_t Checksum(llvm::xxh3_64bits(Rest));
  std::string Entry = Mark.str();
  Entry.append(reinterpret_cast<const char *>(&Checksum), sizeof(Checksum));
  return Entry += Rest;
}

std::string makeEntry(llvm::StringRef Content) {
  llvm::SmallVector<uint8_t, 0> Packed;
  llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(Content), Packed,
                                    llvm::compression::zlib::BestSpeedCompression);
  llvm::support::ulittle64_t Size(Content.size());
  std::string Rest(reinterpret_cast<const char *>(&Size), sizeof(Size));
  Rest += llvm::toStringRef(Packed);
  return sealEntry(Rest);
}

std::optional<std::string> readEntry(llvm::StringRef Entry) {
  if (Entry.size() < sizeof(EntryHead) || !Entry.starts_with(Mark))
    return std::nullopt;
  const auto *Head = reinterpret_cast<const EntryHead *>(Entry.data());
  llvm::StringRef Packed = Entry.drop_front(sizeof(EntryHead));
  if (Head->Size > mostUnpacked(Packed.size()) ||
      Head->Checksum != llvm::xxh3_64bits(Entry.drop_front(BeforeSize)))
    return std::nullopt;
  llvm::SmallVector<uint8_t, 0> Content;
  if (llvm::Error E = llvm::compression::zlib::decompress(llvm::arrayRefFromStringRef(Packed),
                                                          Content, Head->Size)) {
    llvm::consumeError(std::move(E));
    return std::nullopt;
  }
  return llvm::toStringRef(Content).str();
}

} // namespace airlock
