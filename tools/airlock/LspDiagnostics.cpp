// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LspDiagnostics.h"
#include "report/JsonParts.h"
#include "support/Contents.h"
#include "support/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using nlohmann::json;

namespace airlock {

namespace {

/// How many units of UTF-16 stand for these bytes; of what is not UTF-8, one a byte that
/// begins something.
size_t utf16Length(llvm::StringRef Utf8) {
  size_t Units = 0;
  for (unsigned char C : Utf8) {
    bool Continues = (C & 0xC0) == 0x80, IsPair = C >= 0xF0;
    Units += Continues ? 0 : IsPair ? 2 : 1;
  }
  return Units;
}

/// A file as it is on the disk.
class SourceText {
public:
  explicit SourceText(llvm::StringRef Path) : Buffer(readPlainFile(Path)) {
    // What is missing has no lines, and columns are taken as they are.
    if (Buffer)
      Buffer->getBuffer().split(Lines, '\n');
  }

  uint64_t hash() const { return Buffer ? hashOfInput(Buffer->getBuffer()) : 0; }

  json position(unsigned Line, unsigned Column, const LspClient &Client) const {
    size_t Before = std::max(Column, 1U) - 1;
    llvm::StringRef Text = line(Line);
    if (!Text.empty())
      Before =
          Client.CountsBytes ? std::min(Before, Text.size()) : utf16Length(Text.take_front(Before));
    return {{"line", std::max(Line, 1U) - 1}, {"character", Before}};
  }

  /// The column behind the word that begins there.
  unsigned endOfWord(unsigned Line, unsigned Column) const {
    llvm::StringRef Rest = line(Line).drop_front(std::min<size_t>(Column - 1, line(Line).size()));
    size_t Size =
        Rest.take_while([](char C) { return llvm::isAlnum(C) || C == '_' || C == '$'; }).size();
    return Column + std::max<size_t>(Size, 1);
  }

private:
  llvm::StringRef line(unsigned Number) const {
    return Number && Number <= Lines.size() ? Lines[Number - 1].rtrim('\r') : "";
  }

  std::unique_ptr<llvm::MemoryBuffer> Buffer;
  llvm::SmallVector<llvm::StringRef, 0> Lines;
};

/// A file that a report names.
struct SourceFile {
  std::string Uri;
  SourceText Text;
  bool WasRead;
  /// 0 for a text that was not analysed, or is another one now.
  uint64_t Hash;
};

class DiagnosticMaker {
public:
  explicit DiagnosticMaker(const LspView &View) : View(View) {
    for (const UnitInput &Input : View.Read)
      Analysed.try_emplace(Input.File, Input.Hash);
  }

  void add(const ReportedFinding &F);
  json take() { return std::move(Files); }

private:
  const SourceFile &fileOf(const Place &At);
  json rangeOf(const Place &At, unsigned EndLine, unsigned EndColumn) {
    const SourceText &Text = fileOf(At).Text;
    return {{"start", Text.position(At.Line, At.Column, View.Client)},
            {"end", Text.position(EndLine, EndColumn, View.Client)}};
  }
  json rangeOfWord(const Place &At) {
    return rangeOf(At, At.Line, fileOf(At).Text.endOfWord(At.Line, std::max(At.Column, 1U)));
  }
  json makeDiagnostic(const ReportedFinding &F);
  json makeFix(const ReportedFinding &F);

  const LspView &View;
  /// By real path.
  llvm::StringMap<uint64_t> Analysed;
  /// By the name in the report.
  llvm::StringMap<std::unique_ptr<SourceFile>> Known;
  json Files = json::object();
};

const SourceFile &DiagnosticMaker::fileOf(const Place &At) {
  std::unique_ptr<SourceFile> &File = Known[At.File];
  if (!File) {
    std::string Path = locate(At.File, View.Folders);
    SourceText Text(Path);
    auto Read = Analysed.find(realPath(Path));
    bool WasRead = Read != Analysed.end();
    uint64_t Hash = WasRead && Read->second == Text.hash() ? Text.hash() : 0;
    File.reset(new SourceFile{View.Uri(Path), std::move(Text), WasRead, Hash});
  }
  return *File;
}

json DiagnosticMaker::makeDiagnostic(const ReportedFinding &F) {
  LspLevel Level = F.Level == Severity::Advice ? LspLevel::Information : LspLevel::Warning;
  json Out = {
      {"range", rangeOfWord(F.At)}, {"severity", Level}, {"code", F.Rule}, {"source", "airlock"}};
  std::string Message = F.Message;
  json Related = json::array();
  for (const ReportedStep &S : F.Path) {
    if (View.Client.ShowsRelated)
      Related.push_back({{"location", {{"uri", fileOf(S.At).Uri}, {"range", rangeOfWord(S.At)}}},
                         {"message", S.Text}});
    else
      Message += "\n" + S.At.File + ":" + std::to_string(S.At.Line) + ": " + S.Text;
  }
  Out["message"] = std::move(Message);
  if (!Related.empty())
    Out["relatedInformation"] = std::move(Related);
  return Out;
}

/// "insert '__in_context(x)', '#include <y.h>'"
std::string titleOf(llvm::ArrayRef<ReportedFixIt> Fixes) {
  llvm::SmallVector<std::string, 2> Texts;
  bool Replaces = false;
  for (const ReportedFixIt &Fix : Fixes) {
    Replaces |= !(Fix.At == Fix.End);
    std::string Text = "'" + llvm::StringRef(Fix.Insert).trim().str() + "'";
    if (!llvm::is_contained(Texts, Text))
      Texts.push_back(std::move(Text));
  }
  return (Replaces ? "replace by " : "insert ") + llvm::join(Texts, ", ");
}

json DiagnosticMaker::makeFix(const ReportedFinding &F) {
  json Changes = json::object();
  for (const ReportedFixIt &Fix : F.FixIts) {
    json &File = Changes[fileOf(Fix.At).Uri];
    File["hash"] = fileOf(Fix.At).Hash;
    File["edits"].push_back(
        {{"range", rangeOf(Fix.At, Fix.End.Line, Fix.End.Column)}, {"newText", Fix.Insert}});
  }
  return {{"title", titleOf(F.FixIts)}, {"files", std::move(Changes)}};
}

void DiagnosticMaker::add(const ReportedFinding &F) {
  if (View.OnlyRead && !fileOf(F.At).WasRead)
    return;
  json One = {{"diagnostic", makeDiagnostic(F)}};
  if (!F.FixIts.empty())
    One["fix"] = makeFix(F);
  json &File = Files[fileOf(F.At).Uri];
  File["hash"] = fileOf(F.At).Hash;
  File["found"].push_back(std::move(One));
}

} // namespace

std::string uriOf(llvm::StringRef AbsolutePath) { return "file://" + makeUri(AbsolutePath); }

std::optional<std::string> pathOf(llvm::StringRef Uri) {
  if (!Uri.consume_front("file://"))
    return std::nullopt;
  Uri.consume_front("localhost");
  std::string Path;
  for (; !Uri.empty(); Uri = Uri.drop_front()) {
    uint8_t Byte;
    bool IsCoded =
        Uri.front() == '%' && Uri.size() >= 3 && llvm::tryGetHexFromNibbles(Uri[1], Uri[2], Byte);
    Path += IsCoded ? static_cast<char>(Byte) : Uri.front();
    if (IsCoded)
      Uri = Uri.drop_front(2);
  }
  bool IsOne = llvm::sys::path::is_absolute(Path) && !llvm::StringRef(Path).contains('\0');
  return IsOne ? std::optional(absolutePath(Path)) : std::nullopt;
}

std::string locate(llvm::StringRef File, llvm::ArrayRef<std::string> Folders) {
  std::string First;
  for (const std::string &Folder : Folders) {
    std::string Whole = pathFrom(Folder, File);
    if (llvm::sys::fs::exists(Whole))
      return Whole;
    if (First.empty())
      First = std::move(Whole);
  }
  return First;
}

json makeNotice(llvm::StringRef Text, LspLevel Level) {
  return {{"range",
           {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 1}, {"character", 0}}}}},
          {"severity", Level},
          {"source", "airlock"},
          {"message", Text.str()}};
}

json makeDiagnostics(const Report &R, const LspView &View) {
  DiagnosticMaker Maker(View);
  for (const ReportedFinding &F : R.findings())
    if (!F.Suppressed)
      Maker.add(F);
  return Maker.take();
}

} // namespace airlock
