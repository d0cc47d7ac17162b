// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `airlock check --diff` and `--changed` are about: the files of a change, and what they
// were without it.
//
// A diff says both: it is undone, in memory, in the files as they are. So what is found
// without the change is found in the very sources without it, and it does not matter which
// state of them anybody saw last. A list says nothing of what was; there, the last run that
// was about no change tells (Cache.h).

#ifndef AIRLOCK_TOOLS_CHANGE_H
#define AIRLOCK_TOOLS_CHANGE_H

#include "support/Patch.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

namespace airlock {

struct ChangedFile {
  /// Absolute.
  std::string Path;
  /// What it was; nothing if it was not there. Of a renamed file, what was in the other one.
  std::optional<std::string> Without;
  /// It is the old name of another one.
  bool IsRenamed = false;
  /// The lines that a diff shows, and those of them that it changes, as they are now.
  std::vector<LineRange> Shown, Lines;
};

class Change {
public:
  /// Where: a file, "-" for standard input, or what `git diff` takes, a revision or a range.
  /// Names in it start at Root, or at the top of its work tree; an error says what is wrong
  /// with it, also if the files are not what it leads to.
  static llvm::Expected<Change> read(llvm::StringRef Where, llvm::StringRef Root);
  /// Of a list of files, one a line.
  static llvm::Expected<Change> readList(llvm::StringRef Where, llvm::StringRef Root);

  /// As the user named it.
  const std::string &name() const { return Name; }
  bool isList() const { return IsList; }
  llvm::ArrayRef<ChangedFile> files() const { return Files; }

  /// By any name that leads there; null if it does not change.
  const ChangedFile *find(llvm::StringRef Path) const;
  /// Whether a diff shows a line, and whether it changes it: puts it there, or takes something
  /// out beside it. In a list, files are taken whole.
  bool showsLine(llvm::StringRef Path, unsigned Line) const {
    return hasLine(Path, Line, &ChangedFile::Shown);
  }
  bool changesLine(llvm::StringRef Path, unsigned Line) const {
    return hasLine(Path, Line, &ChangedFile::Lines);
  }

private:
  Change(llvm::StringRef Name, bool IsList) : Name(Name), IsList(IsList) {}
  ChangedFile &file(llvm::StringRef Path);
  bool hasLine(llvm::StringRef Path, unsigned Line,
               std::vector<LineRange> ChangedFile::*Lines) const;
  /// Of patches whose names are absolute.
  llvm::Error undoAll(llvm::ArrayRef<PatchedFile> Patches);
  void describe(const PatchedFile &Patch);

  std::string Name;
  bool IsList;
  std::vector<ChangedFile> Files;
  /// Where in Files, by the last part of the name.
  llvm::StringMap<llvm::SmallVector<unsigned, 1>> ByName;
};

} // namespace airlock

#endif
