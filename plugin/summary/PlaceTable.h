// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The places of facts that were read back: a location is a row of this table.

#ifndef AIRLOCK_SUMMARY_PLACETABLE_H
#define AIRLOCK_SUMMARY_PLACETABLE_H

#include "report/Report.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include <algorithm>
#include <vector>

namespace airlock {

class PlaceTable : public SourceMap {
public:
  struct Entry {
    uint32_t File = 0, Line = 0, Column = 0;
  };

  /// The number of a file's name.
  uint32_t file(llvm::StringRef Name) {
    auto [It, New] = Numbers.try_emplace(Name, Files.size());
    if (New)
      Files.push_back(It->getKey());
    return It->second;
  }
  llvm::ArrayRef<llvm::StringRef> files() const { return Files; }
  bool hasFile(uint32_t File) const { return File < Files.size(); }
  llvm::StringRef fileName(uint32_t File) const { return Files[File]; }

  void reserve(size_t Count) { Rows.reserve(Count); }
  Location add(Entry E) {
    Row New{E.File, E.Line, std::min(E.Column, MaxColumn)};
    if (Rows.empty() || !(Rows.back() == New))
      Rows.push_back(New);
    return {static_cast<uint32_t>(Rows.size())};
  }
  Entry entry(Location At) const {
    const Row &R = Rows[At.Raw - 1];
    return {uint32_t(R.File), uint32_t(R.Line), uint32_t(R.Column)};
  }

  Place placeOf(Location At) const override {
    if (!At.isValid())
      return {"<unknown>", 1, 1};
    Entry E = entry(At);
    return {Files[E.File].str(), E.Line, E.Column};
  }

private:
  /// A whole kernel has a million of them. A column that does not fit is far to
  /// the right, and that is all anybody needs to know.
  static constexpr uint32_t MaxColumn = (1 << 16) - 1;
  struct Row {
    uint64_t File : 24, Line : 24, Column : 16;
    bool operator==(const Row &O) const {
      return File == O.File && Line == O.Line && Column == O.Column;
    }
  };
  static_assert(sizeof(Row) == 8, "a row is one word");

  llvm::StringMap<uint32_t> Numbers;
  std::vector<llvm::StringRef> Files;
  std::vector<Row> Rows;
};

} // namespace airlock

#endif
