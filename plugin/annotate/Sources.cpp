// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Sources.h"
#include "annotate/Layout.h"
#include "report/Renderers.h"
#include "support/Contents.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

namespace airlock {

EditedFile::EditedFile(std::string Text) : Before(Text), Now(Text) {
  Pieces.push_back({/*Own=*/true, /*Erased=*/false, std::move(Text)});
}

/// The number of the piece that begins at a place of what is there now, or, of several,
/// the last one.
size_t EditedFile::split(size_t At) {
  size_t I = 0;
  for (; I < Pieces.size(); ++I) {
    Piece &P = Pieces[I];
    if (P.Erased)
      continue;
    if (At < P.Text.size())
      break;
    At -= P.Text.size();
  }
  if (I == Pieces.size() || At == 0)
    return I;
  Piece Rest = {Pieces[I].Own, false, Pieces[I].Text.substr(At)};
  Pieces[I].Text.resize(At);
  Pieces.insert(Pieces.begin() + I + 1, std::move(Rest));
  return I + 1;
}

void EditedFile::join() {
  Now.clear();
  for (const Piece &P : Pieces)
    if (!P.Erased)
      Now += P.Text;
}

unsigned EditedFile::lineBefore(unsigned Line) const {
  unsigned Now = 1, Then = 1;
  for (const Piece &P : Pieces)
    for (char C : P.Text) {
      if (Now == Line)
        return Then;
      Then += C == '\n' && P.Own;
      Now += C == '\n' && !P.Erased;
    }
  return Then;
}

void EditedFile::insert(size_t At, llvm::StringRef Text) {
  size_t I = split(At); // before begin(), which it may move
  Pieces.insert(Pieces.begin() + I, {/*Own=*/false, /*Erased=*/false, Text.str()});
  join();
}

void EditedFile::erase(size_t At, size_t Size) {
  size_t From = split(At), To = split(At + Size);
  for (size_t I = From; I < To; ++I)
    Pieces[I].Erased = true;
  llvm::erase_if(Pieces, [](const Piece &P) { return P.Erased && !P.Own; });
  join();
}

void EditedFile::replace(size_t At, size_t Erased, llvm::StringRef Text) {
  const std::vector<Indent> Below = realigned(Now, At, Erased, Text);
  for (const Indent &I : llvm::reverse(Below)) {
    erase(I.At, I.Size);
    insert(I.At, I.New);
  }
  if (Erased)
    erase(At, Erased);
  if (!Text.empty())
    insert(At, Text);
}

std::string EditedFile::withLines(bool IsNow) const {
  std::string Text;
  for (const Piece &P : Pieces)
    if (IsNow ? !P.Erased : P.Own)
      Text += P.Text;
    else
      Text.append(llvm::StringRef(P.Text).count('\n'), '\n');
  return Text;
}

std::vector<EditedFile::Change> EditedFile::changes() const {
  std::vector<Change> All;
  size_t At = 0;
  bool Continues = false;
  for (const Piece &P : Pieces) {
    if (P.Own && !P.Erased) {
      Continues = false;
    } else {
      if (!Continues)
        All.push_back({At, 0, ""});
      Continues = true;
      if (P.Own)
        All.back().Erased += P.Text.size();
      else
        All.back().Text += P.Text;
    }
    At += P.Own ? P.Text.size() : 0;
  }
  return All;
}

void EditedSources::expect(llvm::StringRef Name, uint64_t Hash) {
  auto [Known, New] = Expected.try_emplace(Name, Hash);
  if (!New && Known->second != Hash) // two units have read two files
    Known->second = 0;
}

static llvm::Error editedElsewhere(llvm::StringRef Name) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "'" + Name +
                                     "' was edited meanwhile; nothing is written, run "
                                     "it again");
}

llvm::Expected<EditedFile *> EditedSources::open(llvm::StringRef Name) {
  auto Known = Files.find(Name.str());
  if (Known != Files.end())
    return &Known->second;
  auto Buffer = llvm::MemoryBuffer::getFile(Name);
  if (!Buffer)
    return llvm::createStringError(Buffer.getError(),
                                   "cannot read '" + Name + "': " + Buffer.getError().message());
  auto Read = Expected.find(Name);
  if (Read != Expected.end() && Read->second != hashOfInput((*Buffer)->getBuffer()))
    return editedElsewhere(Name);
  EditedFile New((*Buffer)->getBuffer().str());
  return &Files.emplace(Name.str(), std::move(New)).first->second;
}

llvm::Error EditedSources::apply(const std::set<Edit> &Edits) {
  // From the end, so that places stay what they are; at one place, in order.
  for (const Edit &E : llvm::reverse(Edits)) {
    llvm::Expected<EditedFile *> File = open(E.At.File);
    if (!File)
      return File.takeError();
    std::optional<size_t> At = offsetOf((*File)->now(), E.At.Line, E.At.Column);
    if (!At || *At + E.Erased > (*File)->now().size())
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     "'" + E.At.File + "' has no line " + llvm::Twine(E.At.Line) +
                                         " any more");
    (*File)->replace(*At, E.Erased,
                     E.Text.empty() ? std::string() : textFor(E, (*File)->now(), *At));
  }
  return llvm::Error::success();
}

llvm::Error EditedSources::create(llvm::StringRef Name, llvm::StringRef Text) {
  if (llvm::sys::fs::exists(Name)) {
    llvm::Expected<llvm::StringRef> There = textOf(Name);
    if (There && *There != Text)
      return llvm::createStringError("'" + Name + "' is there, and is another file");
    return There.takeError();
  }
  EditedFile &New = Files.emplace(Name.str(), EditedFile("")).first->second;
  New.insert(0, Text);
  Created.insert(Name);
  return llvm::Error::success();
}

llvm::Error EditedSources::include(llvm::StringRef Header, llvm::StringRef Name) {
  llvm::Expected<EditedFile *> File = open(Name);
  if (!File)
    return File.takeError();
  const std::string Line = includeLine(Header);
  if (!findLine((*File)->now(), Line))
    (*File)->insert(behindIncludes((*File)->now()), Line);
  return llvm::Error::success();
}

llvm::Error EditedSources::exclude(llvm::StringRef Header, llvm::StringRef Name,
                                   const llvm::StringSet<> &Macros) {
  llvm::Expected<EditedFile *> File = open(Name);
  if (!File)
    return File.takeError();
  const std::string Line = includeLine(Header);
  std::optional<size_t> At = findLine((*File)->now(), Line);
  if (At && !usesAny((*File)->now(), Macros))
    (*File)->erase(*At, Line.size());
  return llvm::Error::success();
}

unsigned EditedSources::lineBefore(llvm::StringRef Name, unsigned Line) const {
  auto Known = Files.find(Name.str());
  return Known == Files.end() ? Line : Known->second.lineBefore(Line);
}

llvm::Expected<llvm::StringRef> EditedSources::textOf(llvm::StringRef Name) {
  llvm::Expected<EditedFile *> File = open(Name);
  if (!File)
    return File.takeError();
  return llvm::StringRef((*File)->now());
}

llvm::StringMap<std::string> EditedSources::contents() const {
  llvm::StringMap<std::string> All;
  for (const auto &[Name, File] : Files)
    All[Name] = File.now();
  return All;
}

bool EditedSources::anyEdited() const {
  return llvm::any_of(Files, [](const auto &Each) { return Each.second.isEdited(); });
}

void EditedSources::forEachEdited(
    llvm::function_ref<void(llvm::StringRef, const EditedFile &)> Visit) const {
  for (const auto &[Name, File] : Files)
    if (File.isEdited())
      Visit(Name, File);
}

/// What `diff -u` says of two texts.
static llvm::Expected<std::string> diffOf(llvm::StringRef Before, llvm::StringRef After,
                                          llvm::StringRef Name, bool IsNew) {
  auto Diff = llvm::sys::findProgramByName("diff");
  if (!Diff)
    return llvm::createStringError(Diff.getError(), "a patch is made with 'diff', which is not "
                                                    "installed");
  llvm::SmallString<128> Paths[3];
  llvm::SmallVector<llvm::FileRemover, 3> Removers(3);
  for (unsigned I = 0; I < 3; ++I) {
    if (std::error_code Error = llvm::sys::fs::createTemporaryFile("airlock", "c", Paths[I]))
      return llvm::createStringError(Error, "cannot write a temporary file: " + Error.message());
    Removers[I].setFile(Paths[I]);
  }
  for (unsigned I = 0; I < 2; ++I)
    if (llvm::Error E =
            writeFile(Paths[I], [&](llvm::raw_ostream &Out) { Out << (I ? After : Before); }))
      return E;
  // `patch` takes a name to end at a blank, unless there is a tab.
  const llvm::StringRef End = Name.contains(' ') ? "\t" : "";
  const std::string Old = IsNew ? "/dev/null" : ("a/" + Name + End).str(),
                    New = ("b/" + Name + End).str();
  std::string Message;
  int Status = llvm::sys::ExecuteAndWait(
      *Diff, {*Diff, "-u", "--label", Old, "--label", New, Paths[0], Paths[1]}, std::nullopt,
      {llvm::StringRef(), llvm::StringRef(Paths[2]), std::nullopt}, 0, 0, &Message);
  auto Buffer = llvm::MemoryBuffer::getFile(Paths[2]);
  if (Status < 0 || Status > 1 || !Buffer)
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "'diff' failed: " + Message);
  return (*Buffer)->getBuffer().str();
}

llvm::Expected<std::string> EditedSources::patch() const {
  std::string All;
  for (const auto &[Name, File] : Files) {
    if (!File.isEdited())
      continue;
    llvm::Expected<std::string> One =
        diffOf(File.before(), File.now(), relativeTo(Root, Name), Created.contains(Name));
    if (!One)
      return One.takeError();
    All += *One;
  }
  return All;
}

llvm::Error EditedSources::checkUnchanged(llvm::StringRef Name, const EditedFile &File) const {
  if (Created.contains(Name))
    return llvm::sys::fs::exists(Name) ? editedElsewhere(Name) : llvm::Error::success();
  auto Buffer = llvm::MemoryBuffer::getFile(Name);
  return Buffer && (*Buffer)->getBuffer() == File.before() ? llvm::Error::success()
                                                           : editedElsewhere(Name);
}

llvm::Error EditedSources::checkUnchanged() const {
  for (const auto &[Name, File] : Files)
    if (File.isEdited())
      if (llvm::Error E = checkUnchanged(Name, File))
        return E;
  return llvm::Error::success();
}

llvm::Error EditedSources::write() const {
  // All or none, as far as can be told before.
  if (llvm::Error E = checkUnchanged())
    return E;
  for (const auto &[Name, File] : Files)
    if (File.isEdited() && !Created.contains(Name))
      if (std::error_code Error = llvm::sys::fs::access(Name, llvm::sys::fs::AccessMode::Write))
        return llvm::createStringError(Error, "cannot write '" + Name + "': " + Error.message());
  for (const auto &[Name, File] : Files) {
    if (!File.isEdited())
      continue;
    auto Mode = llvm::sys::fs::getPermissions(Name);
    if (llvm::Error E =
            writeFile(Name, [&, &Edited = File](llvm::raw_ostream &Out) { Out << Edited.now(); }))
      return E;
    if (Mode)
      (void)llvm::sys::fs::setPermissions(Name, *Mode);
  }
  return llvm::Error::success();
}

} // namespace airlock
