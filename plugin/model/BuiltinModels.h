// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The models of annotations/models as the plugin holds them. The model of the kernel has some
// three thousand functions and slots; a translation unit names a few dozen of them, and only the
// entries of those are ever parsed. So tools/embed-models joins the parts of a model when Airlock
// is built, takes its families apart, and writes hash tables by name.

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
  struct EntryName {
    llvm::StringLiteral Name;
    uint16_t Entry;
  };
  struct Section {
    llvm::ArrayRef<Entry> Entries;
    llvm::ArrayRef<EntryName> Names;
    /// Of the places in Names (support/NameTable.h).
    llvm::ArrayRef<uint16_t> Buckets;

    /// The entry of a name; null if it has none.
    const Entry *find(llvm::StringRef Name) const;
  };
  llvm::StringLiteral Name;
  /// The model without its functions and slots.
  llvm::StringRef Rest;
  Section Functions, Slots;
  uint64_t Hash;
};

llvm::ArrayRef<BuiltinModel> builtinModels();

} // namespace airlock

#endif
