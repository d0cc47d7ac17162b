// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The Clang that loads the plugin has to be the one that it was built for: classes change
// their shape from version to version, and whoever calls through them crashes. Asked before
// anything of ours is registered, and in a way that no version has changed: a function that
// takes nothing and returns a string.

#include "clang/Basic/Version.h"
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>

namespace {

/// "19.1" of "Debian clang version 19.1.7 (3~deb12u1)"; the whole text if it is another.
std::string majorAndMinor(const std::string &Version) {
  const char Before[] = "clang version ";
  size_t At = Version.find(Before);
  if (At == std::string::npos)
    return Version;
  At += std::strlen(Before);
  size_t End = Version.find_first_not_of("0123456789", Version.find('.', At) + 1);
  return Version.substr(At, End - At);
}

/// Ahead of the other static constructors, which register attributes and the plugin. There is
/// no way to refuse from here but to end the compiler; nothing is open yet.
__attribute__((constructor(101))) void checkHost() {
  const std::string Built = majorAndMinor("clang version " CLANG_VERSION_STRING),
                    Host = majorAndMinor(clang::getClangFullVersion());
  if (Built == Host)
    return;
  std::fprintf(stderr, "airlock: error: built for Clang %s, loaded into Clang %s\n", Built.c_str(),
               Host.c_str());
  std::fflush(stderr);
  _exit(1);
}

} // namespace
