// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Draw.h"
#include "report/Renderers.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace airlock {

Expected<std::string> drawDot(StringRef Graph) {
  auto Program = sys::findProgramByName("dot");
  if (!Program)
    return createStringError(Program.getError(),
                             "svg needs Graphviz's 'dot', which is not installed here; "
                             "--format=dot writes what it reads");
  SmallString<128> Paths[2];
  SmallVector<FileRemover, 2> Removers(2);
  for (unsigned I = 0; I < 2; ++I) {
    if (std::error_code Error = sys::fs::createTemporaryFile("airlock", "dot", Paths[I]))
      return createStringError(Error, "cannot write a temporary file: " + Error.message());
    Removers[I].setFile(Paths[I]);
  }
  if (Error E = writeFile(Paths[0], [&](raw_ostream &Out) { Out << Graph; }))
    return E;
  // A graph that is too much for it ends some time.
  constexpr unsigned Seconds = 300;
  std::string Message;
  int Status = sys::ExecuteAndWait(*Program, {*Program, "-Tsvg"}, std::nullopt,
                                   {StringRef(Paths[0]), StringRef(Paths[1]), std::nullopt},
                                   Seconds, 0, &Message);
  auto Drawn = MemoryBuffer::getFile(Paths[1]);
  if (Status != 0 || !Drawn)
    return createStringError(inconvertibleErrorCode(),
                             "'dot' failed" + (Message.empty() ? "" : ": " + Message));
  return (*Drawn)->getBuffer().str();
}

} // namespace airlock
