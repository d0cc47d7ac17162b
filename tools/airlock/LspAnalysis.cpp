// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LspAnalysis.h"
#include "Arguments.h"
#include "Cache.h"
#include "ClangFlags.h"
#include "link/Link.h"
#include "model/ModelReader.h"
#include "support/Paths.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

namespace path = llvm::sys::path;
using clang::tooling::CompilationDatabase;
using clang::tooling::CompileCommand;
using nlohmann::json;

namespace airlock {

namespace {

/// The nearest compile database: in one of the folders above, or in a folder `build` there.
std::optional<std::string> findDatabase(llvm::StringRef From) {
  for (; !From.empty(); From = path::parent_path(From))
    for (const char *Name : {"compile_commands.json", "build/compile_commands.json"}) {
      llvm::SmallString<256> Database = From;
      path::append(Database, Name);
      if (llvm::sys::fs::is_regular_file(Database))
        return Database.str().str();
    }
  return std::nullopt;
}

class FileAnalysis {
public:
  FileAnalysis(const LspRequest &Request, llvm::StringRef File, llvm::StringRef Workspace)
      : Request(Request), File(File), Workspace(Workspace), Wanted(Request.Wanted) {
    Wanted.Root = pathFrom(Workspace, Wanted.Root);
    Wanted.Models = modelsFrom(Workspace, Wanted.Models);
  }

  /// How the file is compiled.
  llvm::Expected<std::vector<CompileCommand>> commands();
  llvm::Error run(llvm::ArrayRef<CompileCommand> Units);
  json take(const LspClient &Client, llvm::function_ref<std::string(llvm::StringRef)> Uri);

private:
  void runUnits(llvm::ArrayRef<CompileCommand> Units, const Model &M, SummaryFiles &Into);
  llvm::Error link(const SummaryFiles &Own, const SummaryFiles &Others, const Contracts *Known,
                   const Model &M);

  const LspRequest &Request;
  llvm::StringRef File, Workspace;
  Options Wanted;
  std::string Build;
  /// What paths are relative to: the root, and the folders in which the file is compiled.
  std::vector<std::string> Places;
  std::vector<UnitInput> Read;
  Report Found, Refused;
};

llvm::Expected<std::vector<CompileCommand>> FileAnalysis::commands() {
  if (!Request.BuildFolder.empty())
    Build = pathFrom(Workspace, Request.BuildFolder);
  else if (std::optional<std::string> Near = findDatabase(path::parent_path(File)))
    Build = *Near;
  else if (std::optional<std::string> OfWorkspace = findDatabase(Workspace))
    Build = *OfWorkspace;
  else
    return llvm::createStringError(
        "there is no compile_commands.json in its folder or above, nor in a folder 'build' there");
  llvm::Expected<std::unique_ptr<CompilationDatabase>> Database = loadDatabase(Build);
  if (!Database)
    return Database.takeError();
  std::vector<CompileCommand> Found = (*Database)->getCompileCommands(File);
  // What the database would guess for a file that it does not have.
  llvm::erase_if(Found, [](const CompileCommand &C) { return !C.Heuristic.empty(); });
  if (Found.empty())
    return llvm::createStringError("it is not in the compile database of '" + Build + "'");
  ClangFlags Flags(/*Warnings=*/false);
  for (CompileCommand &Command : Found)
    Command = Flags.adapt(std::move(Command));
  return Found;
}

void FileAnalysis::runUnits(llvm::ArrayRef<CompileCommand> Units, const Model &M,
                            SummaryFiles &Into) {
  std::string Folder;
  if (Request.UsesCache)
    Folder = Request.CacheFolder.empty() ? cacheFolderOf(Build)
                                         : pathFrom(Workspace, Request.CacheFolder);
  // The editor's user has no use for what is only slower; whoever looks for it finds it in the log.
  Cache Known = Cache::openForEditor(Folder, Wanted, M);
  for (const CompileCommand &Command : Units) {
    std::optional<UnitResult> Result = Known.find(Command).Now;
    if (!Result) {
      Result = runUnit(Command, Wanted, M);
      if (llvm::Error E = Known.keep(Command, *Result))
        goOnWithoutCache(std::move(E));
    }
    Into.addFrames(llvm::MemoryBuffer::getMemBufferCopy(Result->Summary, File));
    for (const UnitInput &Input : Result->Inputs)
      Read.push_back({realPath(Input.File), Input.Hash});
  }
  Known.prune();
}

llvm::Error FileAnalysis::link(const SummaryFiles &Own, const SummaryFiles &Others,
                               const Contracts *Known, const Model &M) {
  Program P;
  for (const SummaryFiles::Summary &One : Own.summaries())
    if (llvm::Error E = P.add(One.Bytes, M, One.File))
      return E;
  size_t Units = P.units().size();
  std::string Name = Units ? P.units().front().File.str() : "";
  bool IsKnown = false;
  P.leaveOut([&](llvm::StringRef Other) {
    IsKnown |= Other == Name;
    return Other == Name;
  });
  loadProgram(Others, M, P, Refused);
  // An old text of this file, and what is found in it, would stand beside the new one.
  for (const Program::Unit &Other : llvm::drop_begin(P.units(), Units))
    if (!IsKnown && endsIn(File, Other.File))
      Refused.addNotification(Other.File, "this is '" + Name +
                                              "', as the summaries call it; take the root that "
                                              "they were made with");
  if (Known)
    if (llvm::Error E = P.add(*Known))
      return E;
  reportProgram(P, M, Wanted, Found);
  Found.sort();
  return llvm::Error::success();
}

llvm::Error FileAnalysis::run(llvm::ArrayRef<CompileCommand> Units) {
  Places = {Wanted.Root};
  for (const CompileCommand &Command : Units)
    Places.push_back(Command.Directory);
  SummaryFiles Own, Others;
  for (const std::string &Path : Request.Summaries)
    if (llvm::Error E = Others.add(pathFrom(Workspace, Path)))
      return E;
  Others.finish();
  llvm::Expected<Model> M = loadModelsFor(Others, Wanted);
  if (!M)
    return M.takeError();
  if (!Wanted.Program.empty())
    Wanted.Program = pathFrom(Workspace, Wanted.Program);
  llvm::Expected<std::optional<Contracts>> Known = openContracts(Wanted, *M);
  if (!Known)
    return Known.takeError();
  runUnits(Units, *M, Own);
  Own.finish();
  return link(Own, Others, *Known ? &**Known : nullptr, *M);
}

json FileAnalysis::take(const LspClient &Client,
                        llvm::function_ref<std::string(llvm::StringRef)> Uri) {
  json Files =
      makeDiagnostics(Found, {Places, Client, Read, /*OnlyRead=*/!Request.Summaries.empty(), Uri});
  // That nothing is found is said of a text, too.
  json &Here = Files[Uri(File)];
  std::string Real = realPath(File);
  auto IsFile = [&](const UnitInput &Input) { return Input.File == Real; };
  auto Itself = llvm::find_if(Read, IsFile);
  Here.emplace("hash", Itself == Read.end() ? 0 : Itself->Hash);
  Here.emplace("found", json::array());
  auto Say = [&](llvm::StringRef Text, LspLevel Level) {
    Here["found"].push_back({{"diagnostic", makeNotice(Text, Level)}});
  };
  auto IsAbout = [&](llvm::StringRef Name) { return realPath(locate(Name, Places)) == Real; };
  for (const Notification &N : Found.ledger().Notifications)
    if (IsAbout(N.File))
      Say(N.Text, N.IsNote ? LspLevel::Information : LspLevel::Warning);
  for (const ReportedGivenUp &G : Found.ledger().GivenUp)
    if (IsAbout(G.File))
      Say(sentenceOf(G), LspLevel::Log);
  json Messages = json::array(), Paths = json::array();
  for (const Notification &N : Refused.ledger().Notifications)
    Messages.push_back(N.File + ": " + N.Text);
  for (const UnitInput &Input : Read)
    Paths.push_back(Input.File);
  return {
      {"files", std::move(Files)}, {"read", std::move(Paths)}, {"messages", std::move(Messages)}};
}

} // namespace

std::vector<std::string> modelsFrom(llvm::StringRef Folder, llvm::ArrayRef<std::string> Models) {
  std::vector<std::string> All = Models;
  for (std::string &Name : All)
    if (!llvm::is_contained(ModelReader::builtinNames(), Name))
      Name = pathFrom(Folder, Name);
  return All;
}

json makeFailure(llvm::StringRef Uri, llvm::StringRef Why, LspLevel Level) {
  json Notice = makeNotice(("not analysed: " + Why).str(), Level);
  json Found = json::array({{{"diagnostic", std::move(Notice)}}});
  return {{"files", {{Uri.str(), {{"hash", 0}, {"found", std::move(Found)}}}}},
          {"read", json::array()},
          {"messages", json::array()}};
}

json analyseFile(const LspRequest &Request, llvm::StringRef File, llvm::StringRef Workspace,
                 const LspClient &Client, llvm::function_ref<std::string(llvm::StringRef)> Uri) {
  FileAnalysis Analysis(Request, File, Workspace);
  llvm::Expected<std::vector<CompileCommand>> Units = Analysis.commands();
  if (!Units && path::extension(File) != ".c") { // what it has is shown where a unit reads it
    llvm::WithColor::note(llvm::errs(), "airlock")
        << File << ": not analysed: " << llvm::toString(Units.takeError()) << '\n';
    return Analysis.take(Client, Uri);
  }
  if (!Units)
    return makeFailure(Uri(File), llvm::toString(Units.takeError()), LspLevel::Information);
  if (llvm::Error E = Analysis.run(*Units))
    return makeFailure(Uri(File), llvm::toString(std::move(E)), LspLevel::Warning);
  return Analysis.take(Client, Uri);
}

} // namespace airlock
