// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cache.h"
#include "CacheEntry.h"
#include "report/Renderers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/xxhash.h"

using clang::tooling::CompileCommand;

namespace airlock {

void goOnWithoutCache(llvm::Error Why) {
  llvm::WithColor::warning(llvm::errs(), "airlock")
      << llvm::toString(std::move(Why)) << "; going on without the cache\n";
}

Cache Cache::open(llvm::StringRef Folder, const Options &Wanted, const Model &M,
                  const Change *About) {
  if (Folder.empty())
    return Cache("", 0, About);
  if (std::error_code Error = llvm::sys::fs::create_directories(Folder)) {
    goOnWithoutCache(llvm::createStringError(Error, "cannot make the cache '" + Folder +
                                                        "': " + Error.message()));
    return Cache("", 0, About);
  }
  // Airlock itself is part of what a result depends on, to the byte.
  std::string Self = llvm::sys::fs::getMainExecutable(nullptr, nullptr);
  auto Program = llvm::MemoryBuffer::getFile(Self, /*IsText=*/false,
                                             /*RequiresNullTerminator=*/false);
  uint64_t Version = Program ? llvm::xxh3_64bits((*Program)->getBuffer()) : 0;
  std::string Text = std::to_string(Version) + " " + std::to_string(M.fingerprint()) + " " +
                     Wanted.Root + " " + llvm::join(Wanted.Strict, ",");
  return Cache(Folder, llvm::xxh3_64bits(Text), About);
}

std::string Cache::fileOf(const CompileCommand &Command, Writer By) const {
  std::string Text = std::to_string(Setting) + '\0' + Command.Directory + '\0' + Command.Filename;
  for (const std::string &Argument : Command.CommandLine)
    Text += '\0' + Argument;
  if (By != Seen)
    Text += '\0' + std::to_string(By);
  llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Text));
  llvm::SmallString<256> Path = llvm::StringRef(Folder);
  // The name that llvm::pruneCache looks for.
  llvm::sys::path::append(Path, "llvmcache-" +
                                    llvm::utohexstr(Hash.high64, /*LowerCase=*/true, 16) +
                                    llvm::utohexstr(Hash.low64, /*LowerCase=*/true, 16));
  return Path.str().str();
}

const Cache::Content &Cache::contentOf(llvm::StringRef File) {
  auto [It, New] = Contents.try_emplace(File);
  Content &Is = It->second;
  if (!New)
    return Is;
  Is.Now = hashOfFile(File);
  Is.Without = Is.Now;
  if (const ChangedFile *Changed = About ? About->find(File) : nullptr) {
    Touching[File] = Changed;
    if (!About->isList())
      Is.Without = Changed->Without ? hashOfInput(*Changed->Without) : 0;
    Is.Changes = About->isList() || Is.Without != Is.Now;
  }
  return Is;
}

std::optional<UnitResult> Cache::read(const CompileCommand &Command, Writer By) const {
  auto Buffer = llvm::MemoryBuffer::getFile(fileOf(Command, By), /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return std::nullopt;
  std::optional<std::string> Packed = readEntry((*Buffer)->getBuffer());
  UnitResult Result;
  if (!Packed || !Result.unpack(*Packed))
    return std::nullopt;
  return Result;
}

Cache::Standing Cache::standingOf(const UnitResult &Result) {
  Standing Is;
  for (const UnitInput &Input : Result.Inputs) {
    const Content &Of = contentOf(Input.File);
    Is.IsNow &= Input.Hash && Input.Hash == Of.Now;
    Is.IsWithout &= Input.Hash && Input.Hash == Of.Without;
    Is.IsTouched |= Of.Changes;
    if (!Is.IsNow && !About)
      break;
  }
  return Is;
}

bool Cache::isTouched(const CompileCommand &Command, const UnitResult &Result) {
  // Where a parse died, nobody knows what it had read.
  return standingOf(Result).IsTouched || contentOf(airlock::fileOf(Command)).Changes;
}

bool Cache::isWithout(const UnitResult &Result) {
  return llvm::all_of(Result.Inputs, [&](const UnitInput &Input) {
    const Content &Of = contentOf(Input.File);
    return !Of.Changes || Input.Hash == Of.Without;
  });
}

Cache::Known Cache::find(const CompileCommand &Command) {
  Known Of;
  if (Folder.empty())
    return Of;
  Writer NowBy = Seen, WithoutBy = Seen;
  for (Writer By : {Seen, Changed, Without}) {
    std::optional<UnitResult> Result = read(Command, By);
    if (!Result)
      continue;
    const Standing Is = standingOf(*Result);
    const bool IsWithout = About && About->isList() ? By == Seen : Is.IsWithout;
    if (Is.IsTouched && IsWithout && !Of.Without) {
      Of.Without = Result;
      WithoutBy = By;
    }
    if (Is.IsNow && !Of.Now) {
      Of.Now = std::move(Result);
      Of.IsTouched = Is.IsTouched || contentOf(airlock::fileOf(Command)).Changes;
      NowBy = By;
    }
    // Most units read nothing that changes, and have one entry.
    if (Of.Now && (Of.Without || !Is.IsTouched))
      break;
  }
  // Where it stands, the next state goes.
  if (Of.Without && WithoutBy == Changed)
    llvm::consumeError(keepWithout(Command, *Of.Without));
  if (Of.Now && Keeps == Seen && NowBy != Seen)
    llvm::consumeError(keep(Command, *Of.Now, Seen));
  return Of;
}

llvm::Error Cache::keep(const CompileCommand &Command, const UnitResult &Result, Writer By) {
  if (Folder.empty() || !Result.Parsed)
    return llvm::Error::success();
  std::string Entry = makeEntry(Result.pack());
  return writeFile(fileOf(Command, By), [&](llvm::raw_ostream &Out) { Out << Entry; });
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
