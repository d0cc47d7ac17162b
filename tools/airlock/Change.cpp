// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Change.h"
#include "Git.h"
#include "support/Contents.h"
#include "support/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using llvm::StringRef;

namespace airlock {

namespace {

/// More than any patch that somebody means.
constexpr size_t MostBytes = 256U << 20;

/// Pipes, too, but no more of them than there is room for.
llvm::Expected<std::string> readAll(StringRef Where) {
  auto Fail = [&](const llvm::Twine &Why) {
    return llvm::createStringError("cannot read '" + Where + "': " + Why);
  };
  llvm::sys::fs::file_t File = llvm::sys::fs::getStdinHandle();
  if (Where != "-") {
    llvm::Expected<llvm::sys::fs::file_t> Opened = llvm::sys::fs::openNativeFileForRead(Where);
    if (!Opened)
      return Fail(llvm::toString(Opened.takeError()));
    File = *Opened;
  }
  std::string Text;
  std::optional<std::string> Problem;
  for (size_t Read = 0; !Problem;) {
    constexpr size_t Piece = 1U << 16;
    Text.resize(Read + Piece);
    llvm::Expected<size_t> Got =
        llvm::sys::fs::readNativeFile(File, llvm::MutableArrayRef(&Text[Read], Piece));
    if (!Got)
      Problem = llvm::toString(Got.takeError());
    else if ((Read += *Got) > MostBytes)
      Problem = "it is longer than " + std::to_string(MostBytes >> 20) + " MiB";
    Text.resize(Read);
    if (Got && !*Got)
      break;
  }
  if (Where != "-")
    (void)llvm::sys::fs::closeFile(File); // all is read
  if (Problem)
    return Fail(*Problem);
  return Text;
}

/// The names in a patch as absolute ones. Where diff compares two folders, these are in front.
void place(PatchedFile &Patch, StringRef Top) {
  for (std::string *Name : {&Patch.Old, &Patch.New}) {
    if (Name->empty())
      continue;
    std::string Path = pathFrom(Top, *Name),
                Shorter = pathFrom(Top, StringRef(*Name).split('/').second);
    bool IsShorter =
        !Patch.IsGit && !llvm::sys::fs::exists(Path) && llvm::sys::fs::is_regular_file(Shorter);
    *Name = IsShorter ? Shorter : Path;
  }
  // diff -N names a file that is gone, and leaves nothing of it.
  if (!Patch.IsGit && Patch.Hunks.size() == 1 && !Patch.Hunks.front().New.First &&
      !llvm::sys::fs::exists(Patch.New))
    Patch.New.clear();
}

/// What is in a file; nothing if there is none.
std::optional<std::string> contentOf(StringRef Path) {
  std::unique_ptr<llvm::MemoryBuffer> Buffer = readPlainFile(Path);
  return Buffer ? std::optional(Buffer->getBuffer().str()) : std::nullopt;
}

/// Where the lines of an earlier patch are behind a later one.
void moveLines(std::vector<LineRange> &Lines, llvm::ArrayRef<PatchHunk> Later) {
  for (LineRange &Range : Lines) {
    unsigned First = Range.First;
    for (const PatchHunk &Hunk : Later)
      if (Hunk.Old.First + std::max(Hunk.Old.Count, 1U) <= First)
        Range.First += Hunk.New.Count - Hunk.Old.Count;
  }
}

} // namespace

ChangedFile &Change::file(StringRef Path) {
  if (const ChangedFile *Known = find(Path))
    return Files[Known - Files.data()];
  ByName[llvm::sys::path::filename(Path)].push_back(Files.size());
  return Files.emplace_back(ChangedFile{Path.str(), std::nullopt, false, {}, {}});
}

const ChangedFile *Change::find(StringRef Path) const {
  auto Alike = ByName.find(llvm::sys::path::filename(Path));
  if (Alike == ByName.end())
    return nullptr;
  std::string Absolute = absolutePath(Path), Real;
  for (unsigned I : Alike->second) {
    if (Files[I].Path == Absolute)
      return &Files[I];
    if (Real.empty())
      Real = realPath(Absolute);
    if (realPath(Files[I].Path) == Real)
      return &Files[I];
  }
  return nullptr;
}

bool Change::hasLine(StringRef Path, unsigned Line,
                     std::vector<LineRange> ChangedFile::*Lines) const {
  const ChangedFile *File = find(Path);
  return File && (IsList || llvm::any_of(File->*Lines, [&](const LineRange &Range) {
                    // Where something was taken out, the lines on both sides.
                    return Line >= Range.First &&
                           Line - Range.First < (Range.Count ? Range.Count : 2);
                  }));
}

/// The last patch first: what is in front of it is what the one before led to.
llvm::Error Change::undoAll(llvm::ArrayRef<PatchedFile> Patches) {
  for (const PatchedFile &Patch : Patches)
    for (const std::string *Path : {&Patch.Old, &Patch.New})
      if (!Path->empty() && !find(*Path))
        file(*Path).Without = contentOf(*Path);
  for (const PatchedFile &Patch : llvm::reverse(Patches)) {
    if (Patch.IsUnknown)
      continue;
    const bool Moves = Patch.Old != Patch.New;
    std::string Undone;
    if (!Patch.New.empty()) {
      std::optional<std::string> &Now = file(Patch.New).Without;
      if (!Now)
        return llvm::createStringError("'" + Patch.New +
                                       "' is not there, but the patch leads to it");
      Undone = *Now;
      if (Moves)
        Now = std::nullopt;
    }
    if (Patch.IsCopy)
      continue;
    llvm::Expected<std::string> Before = undo(Patch, Undone);
    if (!Before)
      return Before.takeError();
    if (Patch.Old.empty()) {
      if (!Before->empty())
        return llvm::createStringError("there is more in '" + Patch.New +
                                       "' than the patch puts there");
      continue;
    }
    std::optional<std::string> &Was = file(Patch.Old).Without;
    if (Moves && Was)
      return llvm::createStringError("'" + Patch.Old + "' is there, but the patch takes it away");
    Was = std::move(*Before);
  }
  return llvm::Error::success();
}

/// What a patch says of the file behind it.
void Change::describe(const PatchedFile &Patch) {
  if (Patch.New.empty())
    return;
  ChangedFile &New = file(Patch.New);
  if (!Patch.Old.empty() && Patch.Old != Patch.New && !Patch.IsUnknown) {
    // The database has the new name alone, and ids have it in them.
    ChangedFile &Old = file(Patch.Old);
    Old.IsRenamed = true;
    New.Without = Old.Without;
    New.Shown = Old.Shown;
    New.Lines = Old.Lines;
  }
  moveLines(New.Shown, Patch.Hunks);
  moveLines(New.Lines, Patch.Hunks);
  for (const PatchHunk &Hunk : Patch.Hunks) {
    New.Shown.push_back(Hunk.New);
    addChangedLines(Hunk, New.Lines);
  }
}

llvm::Expected<Change> Change::read(StringRef Where, StringRef Root) {
  std::string Text, Top = Root.str();
  auto Fail = [&](llvm::Error E) {
    return llvm::createStringError("cannot take '" + Where +
                                   "' for a change: " + llvm::toString(std::move(E)));
  };
  llvm::Expected<std::string> Read = std::string();
  // A branch may have the name of a folder.
  if (Where == "-" || (llvm::sys::fs::exists(Where) && !llvm::sys::fs::is_directory(Where))) {
    Read = readAll(Where);
    if (!Read)
      return Read.takeError();
  } else {
    if (Where.starts_with("-"))
      return Fail(llvm::createStringError("it is neither a file nor a revision"));
    if (!llvm::sys::findProgramByName("git"))
      return Fail(
          llvm::createStringError("it is no file, and there is no git to ask for a revision"));
    llvm::Expected<std::string> Tree = runGit({"-C", Root, "rev-parse", "--show-toplevel"});
    if (!Tree)
      return Fail(Tree.takeError());
    Top = StringRef(*Tree).rtrim('\n').str();
    Read = runGit({"-C", Top, "diff", "--no-color", "--no-ext-diff", "--no-textconv",
                   "--find-renames", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/",
                   "--ignore-submodules", Where, "--"});
    if (!Read)
      return Fail(Read.takeError());
  }
  llvm::Expected<std::vector<PatchedFile>> Patches = readPatch(*Read);
  if (!Patches)
    return Fail(Patches.takeError());
  Change Made(Where, /*IsList=*/false);
  for (PatchedFile &Patch : *Patches)
    place(Patch, Top);
  if (llvm::Error E = Made.undoAll(*Patches))
    return Fail(std::move(E));
  for (const PatchedFile &Patch : *Patches)
    Made.describe(Patch);
  return Made;
}

llvm::Expected<Change> Change::readList(StringRef Where, StringRef Root) {
  llvm::Expected<std::string> Text = readAll(Where);
  if (!Text)
    return Text.takeError();
  Change Made(Where, /*IsList=*/true);
  for (StringRef Line : llvm::split(*Text, '\n')) {
    Line.consume_back("\r");
    if (Line.empty())
      continue;
    std::optional<std::string> Name = unquoteName(Line);
    if (!Name || StringRef(*Name).contains('\0'))
      return llvm::createStringError("'" + Where + "' is no list of files: '" +
                                     Line.take_front(80) + "'");
    Made.file(pathFrom(Root, *Name));
  }
  return Made;
}

} // namespace airlock
