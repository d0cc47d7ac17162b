// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/BuiltinModels.h"
#include <array>

namespace airlock {

#include "BuiltinModels.inc"

llvm::ArrayRef<BuiltinModel> builtinModels() { return Models; }

const BuiltinModel::Entry *BuiltinModel::Section::find(llvm::StringRef Name) const {
  for (size_t At = bucketOf(Name, Buckets.size()); Buckets[At];
       At = (At + 1) & (Buckets.size() - 1)) {
    const EntryName &There = Names[Buckets[At] - 1];
    if (There.Name == Name)
      return &Entries[There.Entry];
  }
  return nullptr;
}

} // namespace airlock
