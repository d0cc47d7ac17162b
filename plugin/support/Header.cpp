// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Header.h"

namespace airlock {

static const struct {
  llvm::StringRef Stem, Text;
} Header[] = {
#include "Header.inc"
};

llvm::StringRef headerText() { return Header[0].Text; }

} // namespace airlock
