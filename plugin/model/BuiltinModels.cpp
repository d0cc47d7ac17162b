// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/BuiltinModels.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

#include "BuiltinModels.inc"

llvm::ArrayRef<BuiltinModel> builtinModels() { return Models; }

const BuiltinModel::Entry *BuiltinModel::find(llvm::StringRef Function) const {
  auto Found = llvm::lower_bound(
      Names, Function, [](const FunctionName &Each, llvm::StringRef N) { return Each.Name < N; });
  return Found != Names.end() && Found->Name == Function ? &Entries[Found->Entry] : nullptr;
}

} // namespace airlock
