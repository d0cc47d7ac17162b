// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The models of annotations/models as the plugin holds them. The model of the kernel has some
// two thousand functions; a translation unit calls a few dozen of them, and only the entries of
// those are ever parsed. So tools/embed-models joins the parts of a model when Airlock is built,
// takes its families apart, and writes a table by name.

#ifndef AIRLOCK_MODEL_BUILTINMODELS_H
#define AIRLOCK_MODEL_BUILTINMODELS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace airlock {

struct BuiltinModel {
  struct Entry {
    /// As the model writes it: a name, or a family of them.
    llvm::StringLiteral Key, Text;
    /// It is one that somebody looks for without knowing its name.
    bool ReadAtOnce;
    /// It is about user addresses: an access, a check, a barrier.
    bool TouchesUser;
  };
  struct FunctionName {
    llvm::StringLiteral Name;
    uint16_t Entry;
  };
  llvm::StringLiteral Name;
  /// The model without its functions.
  llvm::StringRef Rest;
  llvm::ArrayRef<Entry> Entries;
  /// In order.
  llvm::ArrayRef<FunctionName> Names;
  uint64_t Hash;

  /// The entry that a function or macro has; null if it has none.
  const Entry *find(llvm::StringRef Function) const;
};

llvm::ArrayRef<BuiltinModel> builtinModels();

} // namespace airlock

#endif
