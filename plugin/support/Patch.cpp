// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Patch.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Errc.h"

namespace airlock {

using llvm::StringRef;

namespace {

llvm::Error mistake(const llvm::Twine &Text) {
  return llvm::createStringError(llvm::errc::invalid_argument, Text);
}

/// A line without its end; Text is what is left behind it, though nothing.
StringRef takeLine(StringRef &Text) {
  size_t End = std::min(Text.find('\n'), Text.size());
  StringRef Line = Text.take_front(End);
  Text = Text.drop_front(std::min(End + 1, Text.size()));
  return Line;
}

/// What a line of a hunk is: ' ', '+', '-' or '\'. Mail programs strip the blank of an empty one.
char kindOf(StringRef Line) { return Line.empty() || Line == "\r" ? ' ' : Line.front(); }

class PatchReader {
public:
  explicit PatchReader(StringRef Text) : Text(Text) {}
  llvm::Expected<std::vector<PatchedFile>> read();

private:
  llvm::Error fail(const llvm::Twine &What) const {
    return mistake("line " + llvm::Twine(Number) + ": " + What);
  }
  StringRef next() {
    ++Number;
    return takeLine(Text);
  }
  llvm::Error readLine(StringRef Line);
  llvm::Error readNames(StringRef Old);
  llvm::Error readHunk(StringRef Line);
  llvm::Error setName(StringRef Written, std::string &Into, bool HasPrefix = true) const;
  PatchedFile &begin() {
    HasNames = false;
    return Files.emplace_back();
  }

  StringRef Text;
  size_t Number = 0;
  std::vector<PatchedFile> Files;
  /// Of the file that is being read: "diff --git" began it, and its hunks are to come; "---" and
  /// "+++" have named it.
  bool IsGit = false, HasNames = false;
};

/// "a/", "b/", and what git has in their place where it is told to (diff.mnemonicPrefix).
StringRef withoutPrefix(StringRef Name) {
  bool Has = Name.size() > 2 && Name[1] == '/' && StringRef("abciwo12").contains(Name[0]);
  return Has ? Name.drop_front(2) : Name;
}

/// "12,3", or "12" for one line.
bool readRange(StringRef Written, LineRange &Into) {
  auto [First, Count] = Written.split(',');
  Into.Count = 1;
  bool Good =
      !First.getAsInteger(10, Into.First) && (Count.empty() || !Count.getAsInteger(10, Into.Count));
  // No line is the 0th, and none is beyond what a number holds.
  return Good && (Into.First || !Into.Count) && Into.Count <= ~0U / 2 - 1 && Into.First <= ~0U / 2;
}

/// Of the lines with which git begins a file. The modes are those of a link and of another
/// repository, of which a patch has what they lead to.
bool saysNoPlainFile(StringRef Line) {
  bool HasMode = Line.contains("mode ") || Line.starts_with("index ");
  return Line.starts_with("GIT binary patch") || Line.starts_with("Binary files ") ||
         (HasMode && (Line.ends_with(" 120000") || Line.ends_with(" 160000")));
}

llvm::Error checkName(StringRef Name) {
  llvm::SmallVector<StringRef, 8> Parts;
  Name.split(Parts, '/');
  if (Name.starts_with("/") || llvm::is_contained(Parts, ".."))
    return mistake("'" + Name + "' is outside of the tree");
  return llvm::Error::success();
}

} // namespace

std::optional<std::string> unquoteName(StringRef Name) {
  if (!Name.starts_with("\""))
    return Name.str();
  if (Name.size() < 2 || !Name.ends_with("\""))
    return std::nullopt;
  Name = Name.drop_front().drop_back();
  static constexpr llvm::StringLiteral Letters("abfnrtv\"\\"), Meant("\a\b\f\n\r\t\v\"\\");
  std::string Out;
  while (!Name.empty()) {
    char C = Name.front();
    Name = Name.drop_front();
    if (C == '"')
      return std::nullopt;
    if (C != '\\') {
      Out += C;
      continue;
    }
    unsigned Byte = 0;
    if (size_t At = Name.empty() ? StringRef::npos : Letters.find(Name.front());
        At != StringRef::npos) {
      Out += Meant[At];
      Name = Name.drop_front();
    } else if (Name.size() >= 3 && !Name.take_front(3).getAsInteger(8, Byte) && Byte < 256) {
      Out += static_cast<char>(Byte);
      Name = Name.drop_front(3);
    } else {
      return std::nullopt;
    }
  }
  return Out;
}

/// A name in a head, behind which diff puts a time and git, where it has blanks, a tab.
llvm::Error PatchReader::setName(StringRef Written, std::string &Into, bool HasPrefix) const {
  Written.consume_back("\r");
  if (!Written.starts_with("\""))
    Written = Written.split('\t').first;
  std::optional<std::string> Name = unquoteName(Written.rtrim(" \t"));
  if (!Name || Name->empty() || StringRef(*Name).contains('\0'))
    return fail("no name of a file: '" + Written + "'");
  Into = *Name == "/dev/null" ? "" : HasPrefix ? withoutPrefix(*Name).str() : *Name;
  return llvm::Error::success();
}

/// Behind "--- ", with the line "+++ " to come.
llvm::Error PatchReader::readNames(StringRef Old) {
  StringRef New = next();
  New.consume_front("+++ ");
  const bool OfGit = IsGit;
  PatchedFile &File = OfGit ? Files.back() : begin();
  IsGit = false;
  HasNames = true;
  File.HasReturns = Old.ends_with("\r");
  std::string OldName, NewName;
  if (llvm::Error E = setName(Old, OldName))
    return E;
  if (llvm::Error E = setName(New, NewName))
    return E;
  if (OldName.empty() && NewName.empty())
    return fail("a file that is neither before nor behind the patch");
  // diff compares a file with its like in another folder, or with x.c.orig.
  if (!OfGit && !OldName.empty() && !NewName.empty())
    OldName = NewName;
  if (!File.IsCopy)
    File.Old = OldName;
  File.New = NewName;
  return llvm::Error::success();
}

llvm::Error PatchReader::readHunk(StringRef Line) {
  PatchHunk Hunk;
  auto [Old, Rest] = Line.split(' ');
  auto [New, End] = Rest.split(" @@");
  if (!Old.consume_front("-") || !New.consume_front("+") || !Rest.contains(" @@") ||
      !readRange(Old, Hunk.Old) || !readRange(New, Hunk.New))
    return fail("no head of a hunk");
  if (!HasNames)
    return fail("a hunk of no file");
  PatchedFile &File = Files.back();
  if (!File.Hunks.empty()) {
    const PatchHunk &Last = File.Hunks.back();
    if (Hunk.Old.First < Last.Old.First + Last.Old.Count ||
        Hunk.New.First < Last.New.First + Last.New.Count)
      return fail("this hunk does not come behind the one before");
  }
  const char *Begin = Text.begin();
  for (unsigned OldLeft = Hunk.Old.Count, NewLeft = Hunk.New.Count; OldLeft || NewLeft;) {
    if (Text.empty())
      return fail("the patch ends within a hunk");
    StringRef One = next();
    char Kind = kindOf(One);
    bool IsOld = Kind == ' ' || Kind == '-', IsNew = Kind == ' ' || Kind == '+';
    if ((!IsOld && !IsNew && Kind != '\\') || (IsOld && !OldLeft) || (IsNew && !NewLeft))
      return fail("not what the head of its hunk says");
    OldLeft -= IsOld;
    NewLeft -= IsNew;
  }
  if (Text.starts_with("\\"))
    next();
  Hunk.Body = StringRef(Begin, Text.begin() - Begin);
  File.Hunks.push_back(Hunk);
  return llvm::Error::success();
}

llvm::Error PatchReader::readLine(StringRef Line) {
  if (Line.consume_front("--- ") && Text.starts_with("+++ "))
    return readNames(Line);
  if (Line.starts_with("@@@ "))
    return fail("this is a diff of a merge against several parents; make it against one");
  if (Line.starts_with("@@ -"))
    return readHunk(Line.drop_front(3));
  Line.consume_back("\r");
  if (Line.consume_front("diff --git ")) {
    PatchedFile &File = begin();
    File.IsGit = IsGit = true;
    // Where nothing below says it, the names are the same: "a/NAME b/NAME".
    auto Half = Line.size() / 2;
    if (llvm::Error E = setName(Line.take_front(Half), File.Old)) {
      llvm::consumeError(std::move(E));
      File.Old.clear();
    }
    File.New = File.Old;
    return llvm::Error::success();
  }
  if (!IsGit)
    return llvm::Error::success();
  PatchedFile &File = Files.back();
  File.IsUnknown |= saysNoPlainFile(Line);
  if (Line.starts_with("new file mode "))
    File.Old.clear();
  else if (Line.starts_with("deleted file mode "))
    File.New.clear();
  else if (Line.consume_front("rename from "))
    return setName(Line, File.Old, /*HasPrefix=*/false);
  else if (Line.consume_front("rename to "))
    return setName(Line, File.New, /*HasPrefix=*/false);
  else if (Line.consume_front("copy to ")) {
    File.IsCopy = true;
    File.Old.clear();
    return setName(Line, File.New, /*HasPrefix=*/false);
  }
  return llvm::Error::success();
}

llvm::Expected<std::vector<PatchedFile>> PatchReader::read() {
  bool IsEmpty = Text.trim().empty();
  while (!Text.empty())
    if (llvm::Error E = readLine(next()))
      return E;
  for (const PatchedFile &File : Files)
    for (StringRef Name : {StringRef(File.Old), StringRef(File.New)})
      if (llvm::Error E = checkName(Name))
        return E;
  if (Files.empty() && !IsEmpty)
    return mistake("there is no file in it");
  return std::move(Files);
}

llvm::Expected<std::vector<PatchedFile>> readPatch(StringRef Text) {
  return PatchReader(Text).read();
}

void addChangedLines(const PatchHunk &Hunk, std::vector<LineRange> &Into) {
  unsigned Line = Hunk.New.First + !Hunk.New.Count;
  char Last = ' ';
  for (StringRef Body = Hunk.Body; !Body.empty();) {
    char Kind = kindOf(takeLine(Body));
    if (Kind == '+' && Last == ' ')
      Into.push_back({Line, 1});
    else if (Kind == '+')
      Into.back() = {Line - Into.back().Count, Into.back().Count + 1}; // in place of what went
    else if (Kind == '-' && Last == ' ')
      Into.push_back({Line - 1, 0});
    Line += Kind == '+' || Kind == ' ';
    Last = Kind == '\\' ? Last : Kind;
  }
}

llvm::Expected<std::string> undo(const PatchedFile &File, StringRef Now) {
  std::string Before;
  size_t Number = 1; // of the line that Now begins with
  auto Keep = [&] {
    bool HasEnd = Now.contains('\n');
    StringRef Line = takeLine(Now);
    Before += Line;
    if (HasEnd)
      Before += '\n';
    ++Number;
  };
  auto Differs = [&] {
    return mistake("line " + llvm::Twine(Number) + " of '" + File.New +
                   "' is not what the patch leads to");
  };
  for (const PatchHunk &Hunk : File.Hunks) {
    size_t First = Hunk.New.First + !Hunk.New.Count;
    while (Number < First && !Now.empty())
      Keep();
    if (Number != First)
      return Differs();
    char Last = ' ';
    for (StringRef Body = Hunk.Body; !Body.empty();) {
      StringRef Line = takeLine(Body);
      if (File.HasReturns)
        Line.consume_back("\r");
      char Kind = kindOf(Line);
      if (Kind == '\\') {
        if (Last == '-' && !Before.empty())
          Before.pop_back(); // the line has no end
        continue;
      }
      Line = Line.drop_front(Line.empty() ? 0 : 1);
      Last = Kind;
      if (Kind == '-') {
        Before += Line;
        Before += '\n';
        continue;
      }
      // How lines end is what mail programs and git itself change.
      if (Now.empty() || Now.split('\n').first.rtrim('\r') != Line.rtrim('\r'))
        return Differs();
      if (Kind == ' ')
        Keep();
      else
        takeLine(Now), ++Number;
    }
  }
  Before += Now;
  return Before;
}

} // namespace airlock
