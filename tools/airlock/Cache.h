// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The results of units that were parsed before, by content: a result is good for
// the same command, model and Airlock as long as every file that was read holds
// what was read then. A header that would be found earlier on the include path than the one
// that was read is not noticed, as in ccache.
//
// One file an entry, written whole or not at all; two runs may share a cache. An
// entry that is broken counts as none; one that nobody asked for in four weeks goes.
//
// A run that is about a change (Change.h) needs two results of the units that read a changed
// file: with it, and without. A unit has up to three entries, by who wrote them:
//
//   Seen     a run that was about no change
//   Changed  a run that was about one, of what is
//   Without  the same, of what was without it
//
// Whatever is looked for is looked for in all of them, and taken for what the files say that
// it read. So the answer to a diff does not depend on which state the cache is of, whether
// it is empty, what ran last, or for which options: what does not fit is parsed. The three
// are but there so that one state need not throw out the other, as when a change is checked
// twice, or one commit after the other.
//
// A list of files does not say what was. There, "without" is Seen, whatever state that was:
// the last run that was about no change, with the same models, root and flags. Runs about
// changes leave it as it is, so that the same list gives the same answer again.

#ifndef AIRLOCK_TOOLS_CACHE_H
#define AIRLOCK_TOOLS_CACHE_H

#include "Change.h"
#include "Unit.h"

namespace airlock {

/// Says on standard error that the cache is of no use. A run does not need it; it takes longer.
void goOnWithoutCache(llvm::Error Why);

class Cache {
public:
  /// Makes the folder if need be. An empty one is no cache: nothing is found, nothing kept.
  /// About: what the run is about, and outlives the cache; null for no change.
  /// Where it cannot be opened, that is said, and there is none.
  static Cache open(llvm::StringRef Folder, const Options &Wanted, const Model &M,
                    const Change *About);
  /// The same for an editor: what it sees at each save is no state that a list is held against.
  static Cache openForEditor(llvm::StringRef Folder, const Options &Wanted, const Model &M) {
    Cache Opened = open(Folder, Wanted, M, nullptr);
    Opened.Keeps = Changed;
    return Opened;
  }

  struct Known {
    /// The result of a unit as it is; nothing if it must be parsed.
    std::optional<UnitResult> Now;
    /// What it is without the change, if it reads any of it.
    std::optional<UnitResult> Without;
    /// Of Now: see isTouched().
    bool IsTouched = false;
  };
  Known find(const clang::tooling::CompileCommand &Command);
  /// Whether what a unit gave depends on the change.
  bool isTouched(const clang::tooling::CompileCommand &Command, const UnitResult &Result);
  /// Whether all that a result has read of the change is as it is without it.
  bool isWithout(const UnitResult &Result);
  /// Which of the change's files were read by what find() and isTouched() have seen, by the names
  /// that they have there.
  const llvm::StringMap<const ChangedFile *> &touching() const { return Touching; }

  /// Keeps a result, if the unit was parsed.
  llvm::Error keep(const clang::tooling::CompileCommand &Command, const UnitResult &Result) {
    return keep(Command, Result, Keeps);
  }
  llvm::Error keepWithout(const clang::tooling::CompileCommand &Command, const UnitResult &Result) {
    return keep(Command, Result, Without);
  }
  /// Takes out what is old, and the oldest where the cache fills the disk; looks now and then.
  void prune();

private:
  enum Writer { Seen, Changed, Without };
  struct Content {
    /// The hash of what is in it, 0 if it cannot be read: now, and without the change.
    uint64_t Now = 0, Without = 0;
    bool Changes = false;
  };

  Cache(llvm::StringRef Folder, uint64_t Setting, const Change *About)
      : Folder(Folder), Setting(Setting), About(About), Keeps(About ? Changed : Seen) {}
  std::string fileOf(const clang::tooling::CompileCommand &Command, Writer By) const;
  std::optional<UnitResult> read(const clang::tooling::CompileCommand &Command, Writer By) const;
  llvm::Error keep(const clang::tooling::CompileCommand &Command, const UnitResult &Result,
                   Writer By);
  const Content &contentOf(llvm::StringRef File);
  /// What the files that a result depends on say of it.
  struct Standing {
    bool IsNow = true, IsWithout = true, IsTouched = false;
  };
  Standing standingOf(const UnitResult &Result);

  std::string Folder;
  /// What is the same for all units.
  uint64_t Setting;
  const Change *About;
  Writer Keeps;
  /// By path. A header is read once.
  llvm::StringMap<Content> Contents;
  llvm::StringMap<const ChangedFile *> Touching;
};

} // namespace airlock

#endif
