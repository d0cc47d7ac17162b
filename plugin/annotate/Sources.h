// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files that are edited in memory, and the patch that makes the one out of the
// other. Edits put text into lines; a line is never split, so that what the
// compiler makes of line numbers stays what it is. Only an #include is a line of
// its own.

#ifndef AIRLOCK_ANNOTATE_SOURCES_H
#define AIRLOCK_ANNOTATE_SOURCES_H

#include "annotate/Plan.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

namespace airlock {

class EditedSources {
public:
  /// Root: what places are relative to.
  explicit EditedSources(llvm::StringRef Root) : Root(Root) {}

  /// Adds the edits, whose places are those of what is there by now; an error if a
  /// file cannot be read, or has no such place.
  llvm::Error apply(std::vector<Edit> Edits);
  /// Puts a line behind the last #include of each edited file that does not have it.
  void include(llvm::StringRef Header);

  /// By absolute path, what is in it by now.
  const llvm::StringMap<std::string> &contents() const { return Now; }
  /// As a unified diff, in the order of the paths, with "a/" and "b/".
  std::string patch() const;
  /// Writes all of them, each whole or not at all.
  llvm::Error write() const;

private:
  llvm::Expected<std::string *> open(llvm::StringRef File);

  std::string Root, IncludeLine;
  llvm::StringMap<std::string> Before, Now;
  /// By absolute path: as places have it.
  llvm::StringMap<std::string> Names;
};

} // namespace airlock

#endif
