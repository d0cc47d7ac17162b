// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock flags`: what `airlock check` makes of the flags of another compiler, for
// scripts that call Clang themselves (tools/airlock-kcheck).

#include "ClangFlags.h"
#include "Commands.h"

namespace airlock {

int runFlags(std::vector<std::string> Command, bool Warnings) {
  if (Command.empty())
    return fail("name the compiler and its flags after '--', as in 'airlock flags -- gcc -O2'");
  clang::tooling::CompileCommand Adapted =
      ClangFlags(Warnings).adapt({".", "", std::move(Command), ""});
  for (const std::string &Flag : llvm::drop_begin(Adapted.CommandLine))
    llvm::outs() << Flag << '\0';
  return NothingFound;
}

} // namespace airlock
