// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Sources.h"
#include "report/Renderers.h"
#include "support/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace airlock {

using Lines = llvm::SmallVector<llvm::StringRef, 0>;

/// Each with its line feed.
static Lines linesOf(llvm::StringRef Text) {
  Lines All;
  while (!Text.empty()) {
    size_t End = Text.find('\n');
    size_t Size = End == llvm::StringRef::npos ? Text.size() : End + 1;
    All.push_back(Text.take_front(Size));
    Text = Text.drop_front(Size);
  }
  return All;
}

llvm::Expected<std::string *> EditedSources::open(llvm::StringRef File) {
  llvm::SmallString<256> Path(File);
  if (llvm::sys::path::is_relative(Path)) {
    Path = Root;
    llvm::sys::path::append(Path, File);
  }
  std::string Absolute = absolutePath(Path);
  auto Known = Now.find(Absolute);
  if (Known != Now.end())
    return &Known->second;
  auto Buffer = llvm::MemoryBuffer::getFile(Absolute);
  if (!Buffer)
    return llvm::createStringError(Buffer.getError(),
                                   "cannot read '" + File + "': " + Buffer.getError().message());
  Names[Absolute] = File.str();
  Before[Absolute] = (*Buffer)->getBuffer().str();
  return &(Now[Absolute] = Before[Absolute]);
}

llvm::Error EditedSources::apply(std::vector<Edit> Edits) {
  // From the end, so that places stay what they are; at one place, in order.
  llvm::stable_sort(Edits, [](const Edit &A, const Edit &B) {
    return std::tie(A.At.File, B.At.Line, B.At.Column, B.Text) <
           std::tie(B.At.File, A.At.Line, A.At.Column, A.Text);
  });
  const Edit *Last = nullptr;
  for (const Edit &E : Edits) {
    if (Last && Last->key() == E.key())
      continue;
    Last = &E;
    llvm::Expected<std::string *> Text = open(E.At.File);
    if (!Text)
      return Text.takeError();
    size_t At = 0;
    for (unsigned Line = 1; Line < E.At.Line && At != std::string::npos; ++Line) {
      At = (*Text)->find('\n', At);
      At += At != std::string::npos;
    }
    if (At == std::string::npos || At + E.At.Column - 1 > (*Text)->size())
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     "'" + E.At.File + "' has no line " + llvm::Twine(E.At.Line) +
                                         " any more");
    (*Text)->insert(At + E.At.Column - 1, E.Text);
  }
  return llvm::Error::success();
}

void EditedSources::include(llvm::StringRef Header) {
  IncludeLine = ("#include " + Header + "\n").str();
  for (auto &Entry : Now) {
    std::string &Text = Entry.getValue();
    if (llvm::StringRef(Text).contains(IncludeLine) || Text == Before[Entry.getKey()])
      continue;
    size_t At = 0, Behind = 0;
    unsigned Depth = 0; // of #if: an include in one need not be there
    for (llvm::StringRef Line : linesOf(Text)) {
      At += Line.size();
      llvm::StringRef Word = Line.ltrim();
      if (!Word.consume_front("#"))
        continue;
      Word = Word.ltrim();
      bool Guard = Depth == 0 && Behind == 0 && Word.starts_with("ifndef");
      if (Word.starts_with("if") && !Guard)
        ++Depth;
      else if (Word.starts_with("endif") && Depth)
        --Depth;
      else if (Word.starts_with("include") && !Depth)
        Behind = At;
    }
    Text.insert(Behind, IncludeLine);
  }
}

/// The lines of two texts side by side; a line that is only in the new one is an
/// #include.
static std::string hunksOf(llvm::StringRef Before, llvm::StringRef After,
                           llvm::StringRef Included) {
  constexpr size_t Around = 3;
  Lines Old = linesOf(Before), New = linesOf(After);
  struct Row {
    std::optional<size_t> Old, New;
    bool Same;
  };
  std::vector<Row> Rows;
  for (size_t O = 0, N = 0; O < Old.size() || N < New.size();) {
    bool IsAdded = N < New.size() && New[N] == Included && (O == Old.size() || Old[O] != New[N]);
    if (IsAdded)
      Rows.push_back({std::nullopt, N++, false});
    else {
      Rows.push_back({O, N, Old[O] == New[N]});
      ++O;
      ++N;
    }
  }
  std::string Out;
  for (size_t At = 0; At < Rows.size();) {
    if (Rows[At].Same) {
      ++At;
      continue;
    }
    size_t From = At > Around ? At - Around : 0, Last = At;
    for (size_t I = At; I < Rows.size() && I <= Last + 2 * Around; ++I)
      if (!Rows[I].Same)
        Last = I;
    size_t To = std::min(Last + Around + 1, Rows.size());
    size_t OldCount = 0, NewCount = 0, OldFirst = 0, NewFirst = 0;
    for (size_t I = 0; I < To; ++I) {
      (I < From ? OldFirst : OldCount) += Rows[I].Old.has_value();
      (I < From ? NewFirst : NewCount) += Rows[I].New.has_value();
    }
    Out += "@@ -" + std::to_string(OldFirst + 1) + "," + std::to_string(OldCount) + " +" +
           std::to_string(NewFirst + 1) + "," + std::to_string(NewCount) + " @@\n";
    auto Put = [&](char Mark, llvm::StringRef Line) {
      Out += Mark;
      Out += Line;
      if (!Line.ends_with("\n"))
        Out += "\n\\ No newline at end of file\n";
    };
    for (size_t I = From; I < To;) {
      if (Rows[I].Same) {
        Put(' ', Old[*Rows[I].Old]);
        ++I;
        continue;
      }
      size_t End = I;
      while (End < To && !Rows[End].Same)
        ++End;
      for (size_t J = I; J < End; ++J)
        if (Rows[J].Old)
          Put('-', Old[*Rows[J].Old]);
      for (size_t J = I; J < End; ++J)
        if (Rows[J].New)
          Put('+', New[*Rows[J].New]);
      I = End;
    }
    At = To;
  }
  return Out;
}

std::string EditedSources::patch() const {
  std::vector<llvm::StringRef> Paths;
  for (const auto &Entry : Now)
    if (Entry.getValue() != Before.lookup(Entry.getKey()))
      Paths.push_back(Entry.getKey());
  llvm::sort(Paths);
  std::string Out;
  for (llvm::StringRef Path : Paths) {
    std::string Name = Names.lookup(Path);
    Out += "--- a/" + Name + "\n+++ b/" + Name + "\n" +
           hunksOf(Before.lookup(Path), Now.lookup(Path), IncludeLine);
  }
  return Out;
}

llvm::Error EditedSources::write() const {
  for (const auto &Entry : Now)
    if (Entry.getValue() != Before.lookup(Entry.getKey()))
      if (llvm::Error E =
              writeFile(Entry.getKey(), [&](llvm::raw_ostream &Out) { Out << Entry.getValue(); }))
        return E;
  return llvm::Error::success();
}

} // namespace airlock
