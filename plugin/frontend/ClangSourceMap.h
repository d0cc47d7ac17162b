// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang's source locations as places of a report: the file as a path relative
// to the source root, what comes from a macro at the place it is expanded.

#ifndef AIRLOCK_FRONTEND_CLANGSOURCEMAP_H
#define AIRLOCK_FRONTEND_CLANGSOURCEMAP_H

#include "report/Report.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

inline clang::SourceLocation toClang(Location L) {
  return clang::SourceLocation::getFromRawEncoding(L.Raw);
}

class ClangSourceMap : public SourceMap {
public:
  /// Root may be empty: the working directory.
  ClangSourceMap(const clang::SourceManager &SM, llvm::StringRef Root);
  Place placeOf(Location At) const override;

private:
  std::string relative(llvm::StringRef File) const;

  const clang::SourceManager &SM;
  std::string Root;
  mutable llvm::DenseMap<clang::FileID, std::string> Files;
};

} // namespace airlock

#endif
