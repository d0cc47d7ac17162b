// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The text of annotations/include/airlock.h, built in, so that whoever writes its macros into a
// file knows what it defines, and can put it there.

#ifndef AIRLOCK_SUPPORT_HEADER_H
#define AIRLOCK_SUPPORT_HEADER_H

#include "llvm/ADT/StringRef.h"

namespace airlock {

llvm::StringRef headerText();

/// Its macro that drops a context on purpose.
inline constexpr llvm::StringLiteral CrossMacro = "__airlock_cross";

} // namespace airlock

#endif
