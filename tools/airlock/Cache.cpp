// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cache.h"
#include "CacheEntry.h"
#include "report/Renderers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using clang::tooling::CompileCommand;

namespace airlock {

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
  // The name that llvm::pruneCache looks for.
  llvm::sys::path::append(Path, "llvmcache-" +
                                    llvm::utohexstr(Hash.high64, /*LowerCase=*/true, 16) +
                                    llvm::utohexstr(Hash.low64, /*LowerCase=*/true, 16));
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
  std::optional<std::string> Packed = readEntry((*Buffer)->getBuffer());
  if (!Packed)
    return std::nullopt;
  UnitResult Result;
  bool Good = Result.unpack(*Packed) &&
              llvm::all_of(Result.Inputs, [&](const UnitInput &I) { return isAsItWas(I); });
  if (!Good)
    return std::nullopt;
  return Result;
}

llvm::Error Cache::keep(const CompileCommand &Command, const UnitResult &Result) {
  if (Folder.empty() || !Result.Parsed)
    return llvm::Error::success();
  std::string Entry = makeEntry(Result.pack());
  return writeFile(fileOf(Command), [&](llvm::raw_ostream &Out) { Out << Entry; });
}

void Cache::prune() {
  if (Folder.empty())
    return;
  llvm::CachePruningPolicy Policy;
  Policy.Expiration = std::chrono::hours(24 * 28);
  Policy.MaxSizeFiles = 0; // as many as a kernel has units, times its configurations
  llvm::pruneCache(Folder, Policy);
}

} // namespace airlock
