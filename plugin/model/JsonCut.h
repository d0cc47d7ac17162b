// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Cuts one section of a JSON text into its entries without parsing them. The
// built-in model of the kernel has some two thousand functions; a translation
// unit calls a few dozen of them, and only those are worth reading.

#ifndef AIRLOCK_MODEL_JSONCUT_H
#define AIRLOCK_MODEL_JSONCUT_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace airlock {

struct JsonCut {
  struct Entry {
    llvm::StringRef Name, Text;
  };
  /// The entries of the section, in order; they point into the text.
  std::vector<Entry> Entries;
  /// The text with an empty section.
  std::string Rest;
};

/// Text is valid JSON, an object of objects; names have no escapes.
JsonCut cutSection(llvm::StringRef Text, llvm::StringRef Section);

} // namespace airlock

#endif
