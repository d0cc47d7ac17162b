// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Graphs as pictures, by Graphviz, if the machine has it.

#ifndef AIRLOCK_TOOLS_DRAW_H
#define AIRLOCK_TOOLS_DRAW_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace airlock {

/// SVG of what 'dot' reads.
llvm::Expected<std::string> drawDot(llvm::StringRef Graph);

} // namespace airlock

#endif
