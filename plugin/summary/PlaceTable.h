// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The places of facts that were read back: a location is a row of this table.

#ifndef AIRLOCK_SUMMARY_PLACETABLE_H
#define AIRLOCK_SUMMARY_PLACETABLE_H

#include "report/Report.h"
#include "llvm/ADT/StringMap.h"
#include <vector>

namespace airlock {

class PlaceTable : public SourceMap {
public:
  struct Entry {
    uint32_t File = 0, Line = 0, Column = 0;
    bool operator==(const Entry &O) const {
      return File == O.File && Line == O.Line && Column == O.Column;
    }
  };

  /// The number of a file's name.
  uint32_t file(llvm::StringRef Name) {
    auto [It, New] = Numbers.try_emplace(Name, Files.size());
    if (New)
      Files.push_back(It->getKey());
    return It->second;
  }
  llvm::StringRef fileName(uint32_t File) const { return Files[File]; }

  Location add(Entry E) {
    if (Entries.empty() || !(Entries.back() == E))
      Entries.push_back(E);
    return {static_cast<uint32_t>(Entries.size())};
  }
  const Entry &entry(Location At) const { return Entries[At.Raw - 1]; }

  Place placeOf(Location At) const override {
    if (!At.isValid())
      return {"<unknown>", 1, 1};
    const Entry &E = entry(At);
    return {Files[E.File].str(), E.Line, E.Column};
  }

private:
  llvm::StringMap<uint32_t> Numbers;
  std::vector<llvm::StringRef> Files;
  std::vector<Entry> Entries;
};

} // namespace airlock

#endif
