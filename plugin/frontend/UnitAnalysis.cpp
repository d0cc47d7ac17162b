// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/UnitAnalysis.h"
#include "effects/Analyses.h"
#include "frontend/Attributes.h"
#include "frontend/ClangSourceMap.h"
#include "frontend/FactCollector.h"
#include "frontend/FlowBuilder.h"
#include "frontend/MacroRecorder.h"
#include "frontend/SourceText.h"
#include "frontend/UserFlowBuilder.h"
#include "frontend/UserTag.h"
#include "rules/Rule.h"
#include "summary/Summary.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/BuryPointer.h"

using namespace clang;

namespace airlock {

namespace {

class UnitConsumer : public ASTConsumer {
public:
  UnitConsumer(CompilerInstance &CI, const Options &Wanted, const Model &M, UnitSink Sink)
      : CI(CI), Wanted(Wanted), M(M), Sink(std::move(Sink)), Attributes(M),
        Macros(CI.getPreprocessor(), M) {
    CI.getPreprocessor().addPPCallbacks(Macros.makeCallbacks());
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    // A warning that -Werror makes an error leaves the tree whole.
    const DiagnosticsEngine &Engine = CI.getDiagnostics();
    ClangSourceMap Map(Context.getSourceManager(), Wanted.Root);
    if (Engine.hasUncompilableErrorOccurred() || Engine.hasFatalErrorOccurred()) {
      if (Sink.Summary)
        Sink.Summary(encodeUnit(Map.mainFile(), UnitStatus::Failed, M));
      Sink.Failed();
      return;
    }
    Macros.finish();
    CollectorInput Input{Context, CI.getPreprocessor(), Attributes, Macros, M, Map};
    auto Made = std::make_unique<Work>(Input, Wanted);
    work(*Made, Map);
    // The compiler is about to exit: see -disable-free.
    if (CI.getFrontendOpts().DisableFree)
      llvm::BuryPointer(std::move(Made));
  }

private:
  /// All that is learned of a unit.
  struct Work {
    Work(const CollectorInput &Input, const Options &Wanted)
        : Input(Input), Tables(Input, F), Flows(Input, Tables, F), UserFlows(Input, Tables, F),
          Text(Input.PP, F),
          Of(F, Input.M, &Flows, Wanted.strictRegions(Input.M), &UserFlows, &Text) {}
    const CollectorInput &Input;
    Facts F;
    UnitTables Tables;
    FlowBuilder Flows;
    UserFlowBuilder UserFlows;
    SourceText Text;
    Analyses Of;
  };

  void work(Work &W, const ClangSourceMap &Map) {
    collectFacts(W.Input, W.Tables, W.F);
    if (Sink.Summary)
      Sink.Summary(summarize(W.Of, Map));
    if (Sink.Analysed)
      analyse(W, Map);
    if (Sink.Learned)
      Sink.Learned(W.Input, W.Tables, W.F);
  }

  void analyse(Work &W, const ClangSourceMap &Map) {
    std::vector<Finding> Findings = solve(W.Of, Wanted.solverOptions());
    std::string Scope = Wanted.Scope.empty() ? "" : Map.relative(Wanted.Scope);
    llvm::erase_if(Findings, [&](const Finding &Found) {
      return Map.isSystem(Found.At) || !Wanted.covers(Map.placeOf(Found.At).File, Scope);
    });
    Sink.Analysed(Findings, W.Of.givenUp(), W.F, Map);
  }

  /// Whoever links it decides which rules and which places are wanted.
  static std::string summarize(Analyses &Of, const ClangSourceMap &Map) {
    SolverOptions Everything;
    Everything.Advice = true;
    Everything.Wanted = [](const Rule &R) { return R.Needs != Reach::Program; };
    std::vector<Finding> Findings = solve(Of, Everything);
    llvm::erase_if(Findings, [&](const Finding &Found) { return Map.isSystem(Found.At); });
    return encodeUnit({Of, Map, Findings});
  }

  CompilerInstance &CI;
  const Options &Wanted;
  const Model &M;
  UnitSink Sink;
  AttributeTable Attributes;
  MacroRecorder Macros;
};

class SkippingConsumer : public ASTConsumer {
public:
  SkippingConsumer(const Options &Wanted, const Model &M, UnitSink Sink)
      : Wanted(Wanted), M(M), Sink(std::move(Sink)) {}
  void HandleTranslationUnit(ASTContext &Context) override {
    ClangSourceMap Map(Context.getSourceManager(), Wanted.Root);
    if (Sink.Summary)
      Sink.Summary(encodeUnit(Map.mainFile(), UnitStatus::Skipped, M));
    Sink.Skipped();
  }

private:
  const Options &Wanted;
  const Model &M;
  UnitSink Sink;
};

} // namespace

std::unique_ptr<ASTConsumer> analyseUnit(CompilerInstance &CI, const Options &Wanted,
                                         const Model &M, UnitSink Sink) {
  if (CI.getLangOpts().CPlusPlus || CI.getLangOpts().ObjC || CI.getLangOpts().OpenCL)
    return std::make_unique<SkippingConsumer>(Wanted, M, std::move(Sink));
  supplyUserTag(CI);
  return std::make_unique<UnitConsumer>(CI, Wanted, M, std::move(Sink));
}

} // namespace airlock
