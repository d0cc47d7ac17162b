// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock check`: parses each file as its compiler would and reports on all
// of them together.

#include "Commands.h"
#include "frontend/UnitAnalysis.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/WithColor.h"

using namespace clang;
using namespace clang::tooling;

namespace airlock {

namespace {

class CheckAction : public ASTFrontendAction {
public:
  CheckAction(const Options &Wanted, const Model &M, Report &Into)
      : Wanted(Wanted), M(M), Into(Into) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    UnitSink Sink;
    Sink.Analysed = [&](const std::vector<Finding> &Findings, const Facts &F,
                        const SourceMap &Map) { Into.addUnit(Findings, F, Map); };
    Sink.Failed = [] {}; // counted by checkFile, with those that never came this far
    Sink.Skipped = [&] { Into.addSkippedUnit(); };
    return analyseUnit(CI, Wanted, M, std::move(Sink));
  }

private:
  const Options &Wanted;
  const Model &M;
  Report &Into;
};

class CheckFactory : public FrontendActionFactory {
public:
  CheckFactory(const Options &Wanted, const Model &M, Report &Into)
      : Wanted(Wanted), M(M), Into(Into) {}
  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<CheckAction>(Wanted, M, Into);
  }

private:
  const Options &Wanted;
  const Model &M;
  Report &Into;
};

void checkFile(const std::string &File, const CompilationDatabase &Database, CheckFactory &Factory,
               Report &Into) {
  if (std::error_code Error = llvm::sys::fs::access(File, llvm::sys::fs::AccessMode::Exist)) {
    llvm::WithColor::error(llvm::errs(), "airlock")
        << "cannot read '" << File << "': " << Error.message() << '\n';
    Into.addFailedUnit(File);
    return;
  }
  unsigned Before = Into.ledger().Units;
  ClangTool Tool(Database, File);
  // The compiler that the flags are for finds its own headers beside itself;
  // this program stands elsewhere.
  Tool.appendArgumentsAdjuster(getInsertArgumentAdjuster(
      {"-resource-dir", AIRLOCK_CLANG_RESOURCE_DIR}, ArgumentInsertPosition::BEGIN));
  Tool.run(&Factory);
  if (Into.ledger().Units == Before)
    Into.addFailedUnit(File);
}

} // namespace

int runCheck(const CheckRequest &Request, const CompilationDatabase &Database) {
  std::vector<std::string> Notes;
  llvm::Expected<Model> M = loadModels(Request.Wanted, Notes);
  if (!M) {
    llvm::WithColor::error(llvm::errs(), "airlock") << llvm::toString(M.takeError()) << '\n';
    return BadUsage;
  }
  for (const std::string &Note : Notes)
    llvm::WithColor::warning(llvm::errs(), "airlock") << Note << '\n';

  Report R;
  CheckFactory Factory(Request.Wanted, *M, R);
  for (const std::string &File : Request.Files)
    checkFile(File, Database, Factory, R);
  return deliver(R, Request.Reporting);
}

} // namespace airlock
