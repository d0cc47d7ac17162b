// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where in a JSON text a value stands, for error messages: nlohmann/json keeps
// no positions in its values, so a text that is at fault is scanned once more. Takes
// memory for what it is in the midst of, not for the paths of all that it has seen.

#ifndef AIRLOCK_MODEL_JSONLINES_H
#define AIRLOCK_MODEL_JSONLINES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace airlock {

class JsonLines {
public:
  /// Scans Text, which must stay; error() says if it is not JSON, or names one key twice in
  /// an object.
  explicit JsonLines(llvm::StringRef Text);

  /// The line of the value at a path such as "functions.get_user.effects[1]".
  /// For a path that is not there, the line of its nearest parent.
  unsigned lineOf(llvm::StringRef Path) const;

  /// Empty for well-formed text.
  const std::string &error() const { return Error; }
  unsigned errorLine() const { return ErrorLine; }

private:
  llvm::StringRef Text;
  std::string Error;
  unsigned ErrorLine = 0;
};

} // namespace airlock

#endif
