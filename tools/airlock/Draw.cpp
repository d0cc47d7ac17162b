// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Draw.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace airlock {

Expected<std::string> drawDot(StringRef Graph) {
  auto Program = sys::findProgramByName("dot");
  if (!Program)
    return createStringError("svg needs Graphviz's 'dot', which is not installed here; "
                             "--format=dot writes what it reads");
  SmallString<128> In, Out;
  auto Cleanup = make_scope_exit([&] {
    for (StringRef File : {In, Out})
      if (!File.empty())
        sys::fs::remove(File);
  });
  int Number;
  std::error_code Problem = sys::fs::createTemporaryFile("airlock", "dot", Number, In);
  if (!Problem)
    Problem = sys::fs::createTemporaryFile("airlock", "svg", Out);
  if (Problem)
    return createStringError("cannot make a temporary file: " + Problem.message());
  {
    raw_fd_ostream To(Number, /*shouldClose=*/true);
    To << Graph;
    To.flush();
    if (To.has_error()) {
      Problem = To.error();
      To.clear_error();
      return createStringError("cannot write a temporary file: " + Problem.message());
    }
  }
  std::string Why;
  int Status = sys::ExecuteAndWait(*Program, {*Program, "-Tsvg", "-o", Out, In}, std::nullopt, {},
                                   /*SecondsToWait=*/300, /*MemoryLimit=*/0, &Why);
  if (Status != 0)
    return createStringError("'dot' failed" + (Why.empty() ? "" : ": " + Why));
  auto Drawn = MemoryBuffer::getFile(Out);
  if (!Drawn)
    return createStringError("cannot read what 'dot' wrote: " + Drawn.getError().message());
  return (*Drawn)->getBuffer().str();
}

} // namespace airlock
