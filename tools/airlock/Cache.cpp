// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An entry: a mark, the checksum of all behind it, the size, then the result as it
// came, compressed.

#include "Cache.h"
#include "report/Renderers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using clang::tooling::CompileCommand;

namespace airlock {

namespace {

constexpr llvm::StringLiteral Mark("AIRUNIT2");

struct EntryHead {
  char Mark[8];
  llvm::support::ulittle64_t Checksum, Size;
};

/// What the entry's checksum is of.
llvm::StringRef behindChecksum(llvm::StringRef Entry) {
  return Entry.drop_front(offsetof(EntryHead, Size));
}

} // namespace

llvm::Expected<Cache> Cache::open(llvm::StringRef Folder, const Options &Wanted, const Model &M) {
  if (Folder.empty())
    return Cache("", 0);
  if (std::error_code Error = llvm::sys::fs::create_directories(Folder))
    return llvm::createStringError(Error,
                                   "cannot make the cache '" + Folder + "': " + Error.message());
  // Airlock itself is part of what a result depends on, to the byte.
  std::string Self = llvm::sys::fs::getMainExecutable(nullptr, nullptr);
  auto Program = llvm::MemoryBuffer::getFile(Self, /*IsText=*/false,
                                             /*RequiresNullTerminator=*/false);
  uint64_t Version = Program ? llvm::xxh3_64bits((*Program)->getBuffer()) : 0;
  std::string Text = std::to_string(Version) + " " + std::to_string(M.fingerprint()) + " " +
                     Wanted.Root + " " + llvm::join(Wanted.Strict, ",");
  return Cache(Folder, llvm::xxh3_64bits(Text));
}

std::string Cache::fileOf(const CompileCommand &Command) const {
  std::string Text = std::to_string(Setting) + '\0' + Command.Directory + '\0' + Command.Filename;
  for (const std::string &Argument : Command.CommandLine)
    Text += '\0' + Argument;
  llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Text));
  llvm::SmallString<256> Path = llvm::StringRef(Folder);
  llvm::sys::path::append(Path, llvm::utohexstr(Hash.high64, /*LowerCase=*/true, 16) +
                                    llvm::utohexstr(Hash.low64, /*LowerCase=*/true, 16) + ".unit");
  return Path.str().str();
}

bool Cache::isAsItWas(const UnitInput &Input) {
  if (!Input.Hash)
    return false;
  auto [It, New] = Contents.try_emplace(Input.File, 0);
  // A pipe would keep us waiting.
  if (New && llvm::sys::fs::is_regular_file(Input.File))
    if (auto Buffer = llvm::MemoryBuffer::getFile(Input.File, /*IsText=*/false,
                                                  /*RequiresNullTerminator=*/false))
      It->second = hashOfInput((*Buffer)->getBuffer());
  return It->second == Input.Hash;
}

std::optional<UnitResult> Cache::find(const CompileCommand &Command) {
  if (Folder.empty())
    return std::nullopt;
  auto Buffer = llvm::MemoryBuffer::getFile(fileOf(Command), /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return std::nullopt;
  llvm::StringRef Entry = (*Buffer)->getBuffer();
  if (Entry.size() < sizeof(EntryHead) || !Entry.starts_with(Mark))
    return std::nullopt;
  const auto *Head = reinterpret_cast<const EntryHead *>(Entry.data());
  if (Head->Checksum != llvm::xxh3_64bits(behindChecksum(Entry)))
    return std::nullopt;
  llvm::SmallVector<uint8_t, 0> Unpacked;
  llvm::StringRef Packed = Entry.drop_front(sizeof(EntryHead));
  if (llvm::Error E = llvm::compression::zlib::decompress(llvm::arrayRefFromStringRef(Packed),
                                                          Unpacked, Head->Size)) {
    llvm::consumeError(std::move(E));
    return std::nullopt;
  }
  UnitResult Result;
  bool Good = Result.unpack(llvm::toStringRef(Unpacked)) &&
              llvm::all_of(Result.Inputs, [&](const UnitInput &I) { return isAsItWas(I); });
  if (!Good)
    return std::nullopt;
  return Result;
}

llvm::Error Cache::keep(const CompileCommand &Command, const UnitResult &Result) {
  if (Folder.empty() || !Result.Parsed)
    return llvm::Error::success();
  std::string Packed = Result.pack();
  llvm::SmallVector<uint8_t, 0> Small;
  llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(Packed), Small,
                                    llvm::compression::zlib::BestSpeedCompression);
  EntryHead Head;
  std::copy(Mark.begin(), Mark.end(), Head.Mark);
  Head.Size = Packed.size();
  std::string Entry(reinterpret_cast<const char *>(&Head), sizeof(Head));
  Entry += llvm::toStringRef(Small);
  Head.Checksum = llvm::xxh3_64bits(behindChecksum(Entry));
  std::copy_n(reinterpret_cast<const char *>(&Head), sizeof(Head), Entry.begin());
  return writeFile(fileOf(Command), [&](llvm::raw_ostream &Out) { Out << Entry; });
}

} // namespace airlock
