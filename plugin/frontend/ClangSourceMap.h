// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang's source locations as places of a report: the file as a path relative
// to the source root, what comes from a macro at the place it is expanded.

#ifndef AIRLOCK_FRONTEND_CLANGSOURCEMAP_H
#define AIRLOCK_FRONTEND_CLANGSOURCEMAP_H

#include "frontend/Locations.h"
#include "report/Report.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

/// The file that a place of a file is in, as Clang names it; in a source that was sent, by the
/// marks that preprocessing has left.
llvm::StringRef fileNameAt(clang::SourceLocation L, const clang::SourceManager &SM);

class ClangSourceMap : public SourceMap {
public:
  /// Root may be empty: the working directory. Directory is that, where it is not this process's.
  ClangSourceMap(const clang::SourceManager &SM, llvm::StringRef Root,
                 llvm::StringRef Directory = "");
  Place placeOf(Location At) const override;
  /// The location of a place in any file.
  Location elsewhere(const Place &At) {
    Elsewhere.push_back(At);
    return {static_cast<uint32_t>(ElsewhereBegin + Elsewhere.size() - 1)};
  }
  /// A path as reports write it: relative to the root if it is below it, or else
  /// to the working directory, where builds put what they generate; empty if it
  /// is the root.
  std::string relative(llvm::StringRef File) const;
  /// The file that the unit was made from.
  std::string mainFile() const;
  bool isSystem(Location At) const;

private:
  std::string absolute(llvm::StringRef File) const;

  const clang::SourceManager &SM;
  const std::string Directory, Root, WorkingDirectory;
  std::vector<Place> Elsewhere;
  /// By the name that Clang gives, which `#line` may change within one file.
  mutable llvm::DenseMap<const char *, std::string> Files;
};

} // namespace airlock

#endif
