// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lines of the source, for a report that shows them. Nothing is read but plain
// files below the root: a saved report may name any file, and whoever gets the
// page would get that.

#ifndef AIRLOCK_REPORT_SOURCELINES_H
#define AIRLOCK_REPORT_SOURCELINES_H

#include "report/JsonParts.h"
#include <map>
#include <set>

namespace airlock {

class SourceLines {
public:
  /// An empty root is the working directory.
  explicit SourceLines(llvm::StringRef Root);

  /// A line with a few around it.
  void want(const Place &At);
  /// All from one line to the other, unless they are far apart.
  void wantBetween(const Place &From, const Place &To);

  /// {file: {"runs": [[first line, text...]...]} or {"missing": why}}. A line that the file does
  /// not have is in no run; one that is very long is cut.
  OrderedJson read() const;

private:
  OrderedJson readFile(llvm::StringRef File, const std::set<unsigned> &Lines) const;

  std::string Root;
  std::map<std::string, std::set<unsigned>> Wanted;
};

} // namespace airlock

#endif
