// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a rule is about in the words of those who rank the findings of many tools.

#ifndef AIRLOCK_RULES_WEAKNESS_H
#define AIRLOCK_RULES_WEAKNESS_H

#include "llvm/ADT/StringRef.h"

namespace airlock {

struct Weakness {
  llvm::StringRef Rule;
  /// Of the CWE list: "CWE-367".
  llvm::StringRef Cwe;
  /// From "0.0" to "10.0", as CVSS has it.
  llvm::StringRef Score;
};

/// Null if the rule's findings harm nobody.
const Weakness *findWeakness(llvm::StringRef Rule);

} // namespace airlock

#endif
