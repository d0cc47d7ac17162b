// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock check`: parses each file as its compiler would and reports on all
// of them together.

#include "Commands.h"
#include "frontend/UnitAnalysis.h"
#include "report/Renderers.h"
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
                        const SourceMap &Map) {
      Into.addUnit(Findings, F, Map);
      Counted = true;
    };
    // A unit that never gets as far as this is counted below, the same way.
    Sink.Failed = [] {};
    return analyseUnit(CI, Wanted, M, std::move(Sink));
  }

  void EndSourceFileAction() override {
    if (!Counted)
      Into.addFailedUnit();
  }

private:
  const Options &Wanted;
  const Model &M;
  Report &Into;
  bool Counted = false;
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
  std::vector<std::string> Readable;
  for (const std::string &File : Request.Files) {
    if (std::error_code Error = llvm::sys::fs::access(File, llvm::sys::fs::AccessMode::Exist)) {
      llvm::WithColor::error(llvm::errs(), "airlock")
          << "cannot read '" << File << "': " << Error.message() << '\n';
      R.addFailedUnit();
      continue;
    }
    Readable.push_back(File);
  }
  ClangTool Tool(Database, Readable);
  // The compiler that the flags are for finds its own headers beside itself;
  // this program stands elsewhere.
  Tool.appendArgumentsAdjuster(getInsertArgumentAdjuster(
      {"-resource-dir", AIRLOCK_CLANG_RESOURCE_DIR}, ArgumentInsertPosition::BEGIN));
  CheckFactory Factory(Request.Wanted, *M, R);
  Tool.run(&Factory);
  // A file that the driver refused made no action.
  while (R.ledger().Units < Request.Files.size())
    R.addFailedUnit();
  R.sort();

  auto Write = [&](llvm::raw_ostream &Out) {
    if (Request.Format == "json")
      renderJson(R, Out);
    else
      renderText(R, Out);
  };
  if (llvm::Error E = writeFile(Request.Output, Write)) {
    llvm::WithColor::error(llvm::errs(), "airlock") << llvm::toString(std::move(E)) << '\n';
    return BadUsage;
  }
  if (R.ledger().Failed)
    return Incomplete;
  return R.open() ? FoundSomething : NothingFound;
}

} // namespace airlock
