// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Layout.h"

using llvm::StringRef;

namespace airlock {

static constexpr size_t MostColumns = 100, Tab = 8;

std::optional<size_t> offsetOf(StringRef Text, unsigned Line, unsigned Column) {
  size_t At = 0;
  for (unsigned I = 1; I < Line; ++I) {
    At = Text.find('\n', At);
    if (At == StringRef::npos)
      return std::nullopt;
    ++At;
  }
  size_t Place = At + Column - 1;
  if (Line == 0 || Column == 0 || Place > Text.size())
    return std::nullopt;
  return Place;
}

static size_t lineBegin(StringRef Text, size_t At) {
  size_t Before = Text.take_front(At).rfind('\n');
  return Before == StringRef::npos ? 0 : Before + 1;
}

std::pair<unsigned, unsigned> placeOf(StringRef Text, size_t Offset) {
  return {Text.take_front(Offset).count('\n') + 1, Offset - lineBegin(Text, Offset) + 1};
}

static StringRef lineAround(StringRef Text, size_t At) {
  size_t Begin = lineBegin(Text, At);
  return Text.slice(Begin, Text.find('\n', At));
}

static size_t columnsOf(StringRef Line) {
  size_t Columns = 0;
  for (char C : Line)
    Columns = C == '\t' ? (Columns / Tab + 1) * Tab : Columns + 1;
  return Columns;
}

static StringRef indentOf(StringRef Line) {
  return Line.take_while([](char C) { return C == ' ' || C == '\t'; });
}

static bool isBroken(size_t Without, size_t With) {
  return Without <= MostColumns && With > MostColumns;
}

std::string textFor(const Edit &E, StringRef Text, size_t At) {
  StringRef Line = lineAround(Text, At);
  size_t Columns = columnsOf(Line);
  if (E.Breaks == Edit::Nowhere || !isBroken(Columns, Columns + E.Text.size()))
    return E.Text;
  StringRef Word = StringRef(E.Text).trim();
  if (E.Breaks == Edit::Before)
    return ("\n" + indentOf(Line) + "\t\t" + Word).str();
  return (Word + "\n" + indentOf(Line)).str();
}

Stretch stretchOf(StringRef Text, size_t From, size_t To) {
  StringRef Front = Text.slice(lineBegin(Text, From), From);
  StringRef Rest = Text.substr(To);
  // On a line of its own, behind a prototype that was too long with it.
  if (Front.trim().empty() && Front.size() < From) {
    size_t End = From - Front.size() - 1;
    if (Front == (indentOf(lineAround(Text, End)) + "\t\t").str() &&
        (Rest.starts_with(";") || Rest.starts_with(" ")))
      return {End, To};
  }
  if (Rest.starts_with(" "))
    return {From, To + 1};
  // At the end of a line that was too long with the name of the function.
  bool IsLast = !Front.trim().empty() && Front.rtrim().size() < Front.size();
  if (IsLast && Rest.consume_front("\n") && Rest.consume_front(indentOf(Front)))
    return {From, size_t(Rest.data() - Text.data())};
  return {Front.ends_with(" ") ? From - 1 : From, To};
}

std::optional<size_t> findLine(StringRef Text, StringRef Line) {
  size_t At = 0;
  while ((At = Text.find(Line, At)) != StringRef::npos) {
    if (At == 0 || Text[At - 1] == '\n')
      return At;
    ++At;
  }
  return std::nullopt;
}

bool usesAny(StringRef Text, const llvm::StringSet<> &Words) {
  while (!Text.empty()) {
    StringRef Word = Text.take_while(isWord);
    if (!Word.empty() && Words.contains(Word))
      return true;
    Text = Text.drop_front(Word.size()).drop_until(isWord);
  }
  return false;
}

} // namespace airlock
