// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// airlock.so: what `clang -fplugin=airlock.so -fplugin-arg-airlock-NAME[=VALUE]`
// loads. Runs before code generation, so that an error of ours stops the object.

#include "contracts/Contracts.h"
#include "frontend/Diagnostics.h"
#include "frontend/EmbeddedSection.h"
#include "frontend/OutputPlaces.h"
#include "frontend/UnitAnalysis.h"
#include "report/Renderers.h"
#include "summary/SummaryFile.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

using namespace clang;

namespace airlock {

namespace {

void report(DiagnosticsEngine &Engine, DiagnosticsEngine::Level Level, llvm::StringRef Text) {
  Engine.Report(Engine.getCustomDiagID(Level, "airlock: %0")) << Text;
}

/// What the consumer needs for as long as it lives; Clang drops the action
/// itself as soon as it has made the consumer.
struct Job {
  Options Wanted;
  Model M;
  std::optional<Contracts> Known;
};

void write(const Job &J, Report &R, DiagnosticsEngine &Engine) {
  if (J.Wanted.Report.empty())
    return;
  R.sort();
  if (llvm::Error E =
          writeFile(J.Wanted.Report, [&](llvm::raw_ostream &Out) { renderJson(R, Out); }))
    report(Engine, DiagnosticsEngine::Error, llvm::toString(std::move(E)));
}

void keepSummary(const SummaryPlace &Place, llvm::StringRef Bytes, CompilerInstance &CI) {
  std::string Framed = frameSummary(Bytes);
  if (Place.Is == SummaryPlace::InObject)
    return embedSection(CI, SummarySection, Framed);
  if (llvm::Error E = writeFile(Place.File, [&](llvm::raw_ostream &Out) { Out << Framed; }))
    report(CI.getDiagnostics(), DiagnosticsEngine::Error, llvm::toString(std::move(E)));
}

class Plugin : public PluginASTAction {
public:
  bool ParseArgs(const CompilerInstance &CI, const std::vector<std::string> &Arguments) override {
    DiagnosticsEngine &Engine = CI.getDiagnostics();
    auto Fail = [&](llvm::Error E) {
      report(Engine, DiagnosticsEngine::Error, llvm::toString(std::move(E)));
      return false;
    };
    for (const std::string &Argument : Arguments) {
      if (Argument == "help")
        writePluginHelp(llvm::outs());
      else if (llvm::Error E = J->Wanted.add(Argument))
        return Fail(std::move(E));
    }
    if (llvm::Error E = J->Wanted.check())
      return Fail(std::move(E));
    // The folders of the machine that a source comes from need not be on this one.
    if (!isSent(CI)) {
      if (llvm::Error E = J->Wanted.checkRoot())
        return Fail(std::move(E));
      if (llvm::Error E = J->Wanted.checkScope())
        return Fail(std::move(E));
    }
    std::vector<std::string> Notes;
    llvm::Expected<Model> Loaded = loadModels(J->Wanted, Notes);
    if (!Loaded)
      return Fail(Loaded.takeError());
    J->M = std::move(*Loaded);
    if (!J->Wanted.Program.empty()) {
      std::string WhyNot;
      llvm::Expected<std::optional<Contracts>> Opened =
          Contracts::open(J->Wanted.Program, J->M, WhyNot);
      if (!Opened)
        return Fail(Opened.takeError());
      J->Known = std::move(*Opened);
      if (!J->Known)
        Notes.push_back(WhyNot);
    }
    for (const std::string &Note : Notes)
      report(Engine, DiagnosticsEngine::Warning, Note);
    return true;
  }

  /// Never null, of which Clang makes a crash.
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    llvm::Expected<SummaryPlace> Place = placeSummary(J->Wanted, CI);
    if (!Place) {
      report(CI.getDiagnostics(), DiagnosticsEngine::Error, llvm::toString(Place.takeError()));
      return std::make_unique<ASTConsumer>();
    }
    UnitSink Sink;
    Sink.Analysed = [&CI, J = J](const std::vector<Finding> &Findings,
                                 llvm::ArrayRef<GivenUp> Unfinished, const Facts &F,
                                 const SourceMap &Map) {
      bool Applied = CI.getFrontendOpts().ProgramAction == frontend::FixIt;
      emitDiagnostics(Findings, Map, J->Wanted, Applied, CI.getDiagnostics());
      Report R;
      if (!J->Wanted.Report.empty()) {
        R.addUnit(Findings, F, Map);
        for (const GivenUp &Each : Unfinished)
          R.addGivenUp(wordGivenUp(Each, F, Map));
      }
      write(*J, R, CI.getDiagnostics());
    };
    Sink.Failed = [&CI, J = J](llvm::StringRef File, const Problem &Why) {
      Report R;
      R.addFailedUnit(File, Why);
      write(*J, R, CI.getDiagnostics());
    };
    Sink.Skipped = [&CI, J = J](llvm::StringRef File, const Problem &Why) {
      Report R;
      R.addSkippedUnit(File, Why, /*Harmless=*/true);
      write(*J, R, CI.getDiagnostics());
    };
    if (Place->Is != SummaryPlace::Nowhere)
      Sink.Summary = [&CI, Place = *Place](const std::string &Bytes) {
        keepSummary(Place, Bytes, CI);
      };
    const FrontendInputFile &Input = CI.getFrontendOpts().Inputs.front();
    if (Input.getKind().isPreprocessed())
      report(CI.getDiagnostics(), DiagnosticsEngine::Warning,
             "the input is preprocessed already: '__force' and the macros that models name cannot "
             "be seen in it");
    return analyseUnit(CI, J->Wanted, J->M, std::move(Sink), J->Known ? &*J->Known : nullptr);
  }

  ActionType getActionType() override { return AddBeforeMainAction; }

private:
  std::shared_ptr<Job> J = std::make_shared<Job>();
};

const FrontendPluginRegistry::Add<Plugin> Registered("airlock",
                                                     "prove where code touches user memory");

} // namespace
} // namespace airlock
