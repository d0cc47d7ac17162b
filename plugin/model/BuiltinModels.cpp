// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/BuiltinModels.h"
#include "support/NameTable.h"
#include <array>

namespace airlock {

#include "BuiltinModels.inc"

llvm::ArrayRef<BuiltinModel> builtinModels() { return Models; }

const BuiltinModel::Entry *BuiltinModel::Section::find(llvm::StringRef Name) const {
  std::optional<uint32_t> Found = findByName(
      Name, Buckets.size(), [&](size_t At) { return Buckets[At]; },
      [&](uint32_t Number) { return Names[Number].Name == Name; });
  return Found ? &Entries[Names[*Found].Entry] : nullptr;
}

} // namespace airlock
