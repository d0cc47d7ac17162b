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

/// Tabs as far as they reach, unless the line has had none.
static std::string indentFor(size_t Columns, StringRef Old) {
  bool HasTabs = Old.empty() || Old.contains('\t');
  return std::string(HasTabs ? Columns / Tab : 0, '\t') +
         std::string(HasTabs ? Columns % Tab : Columns, ' ');
}

namespace {

/// The parentheses that are open at the end of a line, by the column behind each.
class OpenParentheses {
public:
  struct Open {
    size_t Column;
    /// It goes where the text goes that is put in.
    bool Moves;
  };

  /// From a column on; what is in quotes is none.
  void read(StringRef Line, size_t From, bool Moves) {
    char Quote = 0;
    for (size_t I = From; I < Line.size(); ++I) {
      char C = Line[I];
      if (C == '\\')
        ++I;
      else if (Quote)
        Quote = C == Quote ? 0 : Quote;
      else if (C == '"' || C == '\'')
        Quote = C;
      else if (C == '(')
        All.push_back({columnsOf(Line.take_front(I + 1)), Moves});
      else if (C == ')' && !All.empty())
        All.pop_back();
    }
  }
  bool any() const { return !All.empty(); }
  const Open &innermost() const { return All.back(); }

private:
  llvm::SmallVector<Open, 4> All;
};

} // namespace

std::vector<Indent> realigned(StringRef Text, size_t At, size_t Erased, StringRef New) {
  const size_t Behind = At + Erased;
  const std::string Before = (Text.slice(lineBegin(Text, At), At) + New).str();
  auto ColumnAtEnd = [](StringRef Lines) {
    return ptrdiff_t(columnsOf(Lines.substr(lineBegin(Lines, Lines.size()))));
  };
  const ptrdiff_t By = ColumnAtEnd(Before) - ColumnAtEnd(Text.take_front(Behind));
  StringRef Line = lineAround(Text, Behind);
  OpenParentheses Open;
  Open.read(Line, Behind - lineBegin(Text, Behind), /*Moves=*/true);
  std::vector<Indent> All;
  while (Open.any()) {
    size_t Begin = Line.end() - Text.begin() + 1;
    if (Begin >= Text.size())
      break; // it is closed nowhere
    Line = lineAround(Text, Begin);
    StringRef Old = indentOf(Line);
    size_t Columns = columnsOf(Old);
    bool Moves = Open.innermost().Moves && Open.innermost().Column == Columns;
    if (Moves) {
      if (columnsOf(Line) + By > MostColumns)
        return {};
      All.push_back({Begin, Old.size(), indentFor(Columns + By, Old)});
    }
    Open.read(Line, Old.size(), Moves);
  }
  return All;
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
