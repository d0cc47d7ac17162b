// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where in a JSON text a value stands, for error messages: nlohmann/json keeps
// no positions in its values, so a text that is at fault is scanned once more.

#ifndef AIRLOCK_MODEL_JSONLINES_H
#define AIRLOCK_MODEL_JSONLINES_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace airlock {

class JsonLines {
public:
  /// Scans Text; error() says if it is not JSON, or names one key twice in an object.
  explicit JsonLines(llvm::StringRef Text);

  /// The line of the value at a path such as "functions.get_user.effects[1]".
  /// For a path that is not there, the line of its nearest parent.
  unsigned lineOf(llvm::StringRef Path) const;

  /// Empty for well-formed text.
  const std::string &error() const { return Error; }
  unsigned errorLine() const { return ErrorLine; }

private:
  friend class JsonLineScanner;
  llvm::StringMap<unsigned> Lines;
  std::string Error;
  unsigned ErrorLine = 0;
};

} // namespace airlock

#endif
