// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One entry of a model for a family of names, as a shell writes it: what stands
// in braces is a choice, and the family has every combination.
//
//   {raw_,}spin_lock{,_irq}    raw_spin_lock raw_spin_lock_irq spin_lock spin_lock_irq

#ifndef AIRLOCK_MODEL_NAMEFAMILY_H
#define AIRLOCK_MODEL_NAMEFAMILY_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace airlock {

inline bool isFamily(llvm::StringRef Key) { return Key.find_first_of("{}") != Key.npos; }

/// The names of a family, in the order of its choices. Of what is none: nothing, and in Problem
/// what is wrong with it.
std::vector<std::string> namesOfFamily(llvm::StringRef Key, std::string &Problem);

/// The names that the entries of a section are for: no two may have one.
class FamilyNames {
public:
  /// Notes a name of an entry; what is wrong with that, or nothing.
  std::string add(llvm::StringRef Name, llvm::StringRef Key);

private:
  llvm::StringMap<std::string> KeyOf;
};

} // namespace airlock

#endif
