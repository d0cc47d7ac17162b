// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Unit.h"
#include "ActionFactory.h"
#include "ClangFlags.h"
#include "InputCollector.h"
#include "TextualInputs.h"
#include "frontend/ClangVersions.h"
#include "frontend/FirstError.h"
#include "frontend/UnitAnalysis.h"
#include "summary/Summary.h"
#include "summary/SummaryFile.h"
#include "support/Paths.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;
using namespace clang::tooling;

namespace airlock {

namespace {

class UnitAction : public ASTFrontendAction {
public:
  UnitAction(const Options &Wanted, const Model &M, UnitResult &Into)
      : Wanted(Wanted), M(M), Into(Into) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    Inputs->attachToPreprocessor(CI.getPreprocessor());
    UnitSink Sink;
    Sink.Summary = [&](const std::string &Bytes) { Into.Summary = frameSummary(Bytes); };
    Sink.Failed = [](llvm::StringRef, const Problem &) {}; // the summary says it
    Sink.Skipped = Sink.Failed;
    return analyseUnit(CI, Wanted, M, std::move(Sink));
  }

  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    Into.Parsed = !isUnfit(CI.getDiagnostics());
    Inputs->forEachFile(CI, [&](llvm::StringRef Path, uint64_t Hash) {
      Into.Inputs.push_back({Path.str(), Hash});
    });
  }

private:
  const Options &Wanted;
  const Model &M;
  UnitResult &Into;
  std::shared_ptr<InputCollector> Inputs = std::make_shared<InputCollector>();
};

/// One command as a database: the same file may be compiled twice, each its own way.
class OneCommand : public CompilationDatabase {
public:
  explicit OneCommand(const CompileCommand &Command) : Command(Command) {}
  std::vector<CompileCommand> getCompileCommands(llvm::StringRef) const override {
    return {Command};
  }

private:
  const CompileCommand &Command;
};

/// What is on the disk, without some files.
class FilesWithout : public llvm::vfs::ProxyFileSystem {
public:
  explicit FilesWithout(const llvm::StringSet<> &Absent)
      : ProxyFileSystem(llvm::vfs::getRealFileSystem()), Absent(Absent) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override {
    if (isAbsent(Path))
      return std::make_error_code(std::errc::no_such_file_or_directory);
    return ProxyFileSystem::status(Path);
  }
  bool exists(const llvm::Twine &Path) override {
    return !isAbsent(Path) && ProxyFileSystem::exists(Path);
  }
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Path) override {
    if (isAbsent(Path))
      return std::make_error_code(std::errc::no_such_file_or_directory);
    return ProxyFileSystem::openFileForRead(Path);
  }

private:
  bool isAbsent(const llvm::Twine &Path) const {
    if (Absent.empty())
      return false;
    llvm::SmallString<256> Absolute;
    Path.toVector(Absolute);
    if (makeAbsolute(Absolute))
      return false;
    llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
    return Absent.contains(Absolute);
  }

  const llvm::StringSet<> &Absent;
};

} // namespace

std::optional<std::string> summaryOfOther(const clang::CompilerInvocation &Invocation,
                                          const Options &Wanted, const Model &M) {
  const FrontendInputFile &Input = Invocation.getFrontendOpts().Inputs.front();
  std::optional<Problem> Why = languageProblem(Input.getKind().getLanguage());
  if (!Why)
    return std::nullopt;
  return encodeUnit(relativeTo(Wanted.Root, Input.getFile()), UnitStatus::Skipped, *Why, M);
}

std::string fileOf(const CompileCommand &Command) {
  return pathFrom(Command.Directory, Command.Filename);
}

ParsedUnit parseUnit(const CompileCommand &Command, FrontendActionFactory &Factory,
                     const llvm::StringMap<std::string> &Overlay, const llvm::StringSet<> &Absent) {
  ParsedUnit Unit;
  llvm::raw_string_ostream Messages(Unit.Messages);
  DiagnosticSettings Settings;
  TextDiagnosticPrinter Printer(Messages, Settings.get());
  FirstError Errors(Printer, /*Root=*/"");
  OneCommand Database(Command);
  ClangTool Tool(Database, Command.Filename, std::make_shared<PCHContainerOperations>(),
                 llvm::makeIntrusiveRefCnt<FilesWithout>(Absent));
  for (const auto &File : Overlay)
    Tool.mapVirtualFile(File.getKey(), File.getValue());
  Tool.setDiagnosticConsumer(&Errors);
  Tool.setPrintErrorMessage(false);
  // The compiler that the flags are for finds its own headers beside itself;
  // this program stands elsewhere.
  Tool.appendArgumentsAdjuster(getInsertArgumentAdjuster(
      {"-resource-dir", AIRLOCK_CLANG_RESOURCE_DIR}, ArgumentInsertPosition::BEGIN));
  Tool.appendArgumentsAdjuster(
      getInsertArgumentAdjuster(quietFlags(), ArgumentInsertPosition::END));
  TextualInputs Textual(Factory, Unit.Inputs);
  Tool.run(&Textual);
  Unit.FirstError = Errors.problem();
  return Unit;
}

UnitResult runUnit(const CompileCommand &Command, const Options &Wanted, const Model &M,
                   const llvm::StringMap<std::string> &Overlay, const llvm::StringSet<> &Absent) {
  UnitResult Result;
  std::error_code Error = llvm::sys::fs::access(fileOf(Command), llvm::sys::fs::AccessMode::Exist);
  if (Error && !Overlay.contains(fileOf(Command))) {
    std::string Text = "cannot read '" + Command.Filename + "': " + Error.message();
    Result.Messages = "airlock: error: " + Text + "\n";
    Result.Summary = failedSummary(Command, {Text, {}}, Wanted, M);
    return Result;
  }
  ActionFactory Factory([&] { return std::make_unique<UnitAction>(Wanted, M, Result); },
                        [&](const CompilerInvocation &Invocation) {
                          std::optional<std::string> Skipped =
                              summaryOfOther(Invocation, Wanted, M);
                          Result.Parsed |= Skipped.has_value(); // there is no more to it
                          Result.Summary = Skipped ? frameSummary(*Skipped) : "";
                          return Skipped.has_value();
                        });
  ParsedUnit Unit = parseUnit(Command, Factory, Overlay, Absent);
  Result.Messages = std::move(Unit.Messages);
  Result.Inputs.insert(Result.Inputs.end(), Unit.Inputs.begin(), Unit.Inputs.end());
  if (Result.Summary.empty())
    Result.Summary = failedSummary(Command, Unit.FirstError, Wanted, M);
  return Result;
}

std::string failedSummary(const CompileCommand &Command, const Problem &Why, const Options &Wanted,
                          const Model &M) {
  return frameSummary(
      encodeUnit(relativeTo(Wanted.Root, fileOf(Command)), UnitStatus::Failed, Why, M));
}

} // namespace airlock
