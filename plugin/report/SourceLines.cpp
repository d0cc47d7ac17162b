// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/SourceLines.h"
#include "support/Paths.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace airlock {

/// Lines around one that is shown; lines between two that are shown together; bytes of a line.
static constexpr unsigned Around = 3, MostBetween = 60, MostOfLine = 500;

SourceLines::SourceLines(llvm::StringRef Root) : Root(realPath(Root.empty() ? "." : Root)) {}

void SourceLines::want(const Place &At) {
  std::set<unsigned> &Lines = Wanted[At.File];
  for (unsigned I = 0; I <= 2 * Around; ++I)
    if (At.Line + I > Around)
      Lines.insert(At.Line + I - Around);
}

void SourceLines::wantBetween(const Place &From, const Place &To) {
  if (From.File != To.File || To.Line < From.Line || To.Line - From.Line > MostBetween)
    return;
  for (unsigned Line = From.Line; Line < To.Line; ++Line)
    Wanted[From.File].insert(Line);
}

OrderedJson SourceLines::readFile(llvm::StringRef File, const std::set<unsigned> &Lines) const {
  auto Missing = [](const llvm::Twine &Why) { return OrderedJson{{"missing", Why.str()}}; };
  llvm::SmallString<256> Path = File;
  llvm::sys::fs::make_absolute(Root, Path);
  const std::string Real = realPath(Path);
  llvm::StringRef Rest;
  if (!isBelow(Root, Real, Rest))
    return Missing("it is not below the root of the sources");
  if (!llvm::sys::fs::exists(Real))
    return Missing("there is no such file below the root of the sources");
  if (!llvm::sys::fs::is_regular_file(Real))
    return Missing("it is not a plain file");
  auto Buffer = llvm::MemoryBuffer::getFile(Real, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return Missing(Buffer.getError().message());

  OrderedJson Runs = OrderedJson::array();
  llvm::StringRef Text = (*Buffer)->getBuffer();
  auto Next = Lines.begin();
  for (unsigned Line = 1, Last = 0; !Text.empty() && Next != Lines.end(); ++Line) {
    llvm::StringRef One;
    std::tie(One, Text) = Text.split('\n');
    if (Line != *Next)
      continue;
    ++Next;
    if (Runs.empty() || Last + 1 != Line)
      Runs.push_back({Line});
    Last = Line;
    One.consume_back("\r");
    std::string Shown = One.take_front(MostOfLine).str();
    Runs.back().push_back(One.size() > MostOfLine ? Shown + " ..." : Shown);
  }
  return {{"runs", std::move(Runs)}};
}

OrderedJson SourceLines::read() const {
  OrderedJson All = OrderedJson::object();
  for (const auto &[File, Lines] : Wanted)
    All[File] = readFile(File, Lines);
  return All;
}

} // namespace airlock
