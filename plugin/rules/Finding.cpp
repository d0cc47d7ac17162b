// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "rules/Finding.h"

namespace airlock {

std::string Text::str() const {
  std::string Out;
  for (const char *At = Format.c_str(); *At; ++At) {
    if (*At != '%') {
      Out += *At;
      continue;
    }
    unsigned Argument = static_cast<unsigned>(*++At - '0');
    assert(Argument < Arguments.size() && "a format names an argument it was not given");
    Out += Arguments[Argument];
  }
  return Out;
}

} // namespace airlock
