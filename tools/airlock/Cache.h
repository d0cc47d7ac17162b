// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The results of units that were parsed before, by content: a result is good for
// the same command, model and Airlock as long as every file that was read holds
// what was read then. A header that would be found earlier on the include path than the one
// that was read is not noticed, as in ccache.
//
// One file an entry, written whole or not at all; two runs may share a cache. An
// entry that is broken counts as none; one that nobody asked for in four weeks goes.

#ifndef AIRLOCK_TOOLS_CACHE_H
#define AIRLOCK_TOOLS_CACHE_H

#include "Unit.h"
#include "llvm/ADT/StringMap.h"

namespace airlock {

class Cache {
public:
  /// Makes the folder if need be. An empty one is no cache: nothing is found, nothing kept.
  static llvm::Expected<Cache> open(llvm::StringRef Folder, const Options &Wanted, const Model &M);

  /// The result of a unit as it is now; nothing if it must be parsed.
  std::optional<UnitResult> find(const clang::tooling::CompileCommand &Command);
  /// Keeps a result, if the unit was parsed.
  llvm::Error keep(const clang::tooling::CompileCommand &Command, const UnitResult &Result);
  /// Takes out what is old, and the oldest where the cache fills the disk; looks now and then.
  void prune();

private:
  Cache(llvm::StringRef Folder, uint64_t Setting) : Folder(Folder), Setting(Setting) {}
  std::string fileOf(const clang::tooling::CompileCommand &Command) const;
  bool isAsItWas(const UnitInput &Input);

  std::string Folder;
  /// What is the same for all units.
  uint64_t Setting;
  /// By path: the hash of what is in it now, 0 if it cannot be read. A header is
  /// read once.
  llvm::StringMap<uint64_t> Contents;
};

} // namespace airlock

#endif
