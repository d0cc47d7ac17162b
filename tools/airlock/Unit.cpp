// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Unit.h"
#include "InputCollector.h"
#include "frontend/UnitAnalysis.h"
#include "summary/Summary.h"
#include "summary/SummaryFile.h"
#include "support/Paths.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

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
    Sink.Failed = [] {};
    Sink.Skipped = Sink.Failed;
    return analyseUnit(CI, Wanted, M, std::move(Sink));
  }

  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    Into.Parsed = !CI.getDiagnostics().hasUncompilableErrorOccurred();
    Inputs->forEachFile(CI, [&](llvm::StringRef File, llvm::StringRef Path) {
      bool IsPlain = llvm::sys::fs::is_regular_file(Path); // and no pipe
      Into.Inputs.push_back({Path.str(), IsPlain ? hashOf(File, CI) : 0});
    });
  }

private:
  /// Of what the compiler has in memory: the file may have changed since.
  static uint64_t hashOf(llvm::StringRef File, CompilerInstance &CI) {
    OptionalFileEntryRef Entry = CI.getFileManager().getOptionalFileRef(File);
    if (!Entry)
      return 0;
    std::optional<llvm::MemoryBufferRef> Content =
        CI.getSourceManager().getMemoryBufferForFileOrNone(*Entry);
    return Content ? hashOfInput(Content->getBuffer()) : 0;
  }

  const Options &Wanted;
  const Model &M;
  UnitResult &Into;
  std::shared_ptr<InputCollector> Inputs = std::make_shared<InputCollector>();
};

class UnitFactory : public FrontendActionFactory {
public:
  UnitFactory(const Options &Wanted, const Model &M, UnitResult &Into)
      : Wanted(Wanted), M(M), Into(Into) {}
  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<UnitAction>(Wanted, M, Into);
  }

private:
  const Options &Wanted;
  const Model &M;
  UnitResult &Into;
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

} // namespace

uint64_t hashOfInput(llvm::StringRef Content) {
  uint64_t Hash = llvm::xxh3_64bits(Content);
  return Hash ? Hash : 1;
}

std::string fileOf(const CompileCommand &Command) {
  llvm::SmallString<256> File = llvm::StringRef(Command.Filename);
  llvm::sys::fs::make_absolute(Command.Directory, File);
  return absolutePath(File);
}

void parseUnit(const CompileCommand &Command, FrontendActionFactory &Factory,
               const llvm::StringMap<std::string> &Overlay, std::string &Into) {
  llvm::raw_string_ostream Messages(Into);
  auto Settings = llvm::makeIntrusiveRefCnt<DiagnosticOptions>();
  TextDiagnosticPrinter Printer(Messages, &*Settings);
  OneCommand Database(Command);
  ClangTool Tool(Database, Command.Filename);
  for (const auto &File : Overlay)
    Tool.mapVirtualFile(File.getKey(), File.getValue());
  Tool.setDiagnosticConsumer(&Printer);
  Tool.setPrintErrorMessage(false);
  // The compiler that the flags are for finds its own headers beside itself;
  // this program stands elsewhere.
  Tool.appendArgumentsAdjuster(getInsertArgumentAdjuster(
      {"-resource-dir", AIRLOCK_CLANG_RESOURCE_DIR}, ArgumentInsertPosition::BEGIN));
  // Other compilers have other warnings and optimizations: nothing to tell a user.
  Tool.appendArgumentsAdjuster(getInsertArgumentAdjuster(
      {"-Qunused-arguments", "-Wno-unknown-warning-option", "-Wno-ignored-optimization-argument"},
      ArgumentInsertPosition::END));
  Tool.run(&Factory);
}

UnitResult runUnit(const CompileCommand &Command, const Options &Wanted, const Model &M) {
  UnitResult Result;
  if (std::error_code Error =
          llvm::sys::fs::access(fileOf(Command), llvm::sys::fs::AccessMode::Exist)) {
    Result.Messages =
        "airlock: error: cannot read '" + Command.Filename + "': " + Error.message() + "\n";
    Result.Summary = failedSummary(Command, Wanted, M);
    return Result;
  }
  UnitFactory Factory(Wanted, M, Result);
  parseUnit(Command, Factory, {}, Result.Messages);
  if (Result.Summary.empty())
    Result.Summary = failedSummary(Command, Wanted, M);
  return Result;
}

std::string failedSummary(const CompileCommand &Command, const Options &Wanted, const Model &M) {
  return frameSummary(encodeUnit(relativeTo(Wanted.Root, fileOf(Command)), UnitStatus::Failed, M));
}

} // namespace airlock
