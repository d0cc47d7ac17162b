// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/UnitAnalysis.h"
#include "effects/Analyses.h"
#include "frontend/Attributes.h"
#include "frontend/ClangSourceMap.h"
#include "frontend/FactCollector.h"
#include "frontend/FlowBuilder.h"
#include "frontend/MacroRecorder.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/Path.h"

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
    if (Engine.hasUncompilableErrorOccurred() || Engine.hasFatalErrorOccurred()) {
      Sink.Failed();
      return;
    }
    Macros.finish();
    Facts F;
    ClangSourceMap Map(Context.getSourceManager(), Wanted.Root);
    CollectorInput Input{Context, CI.getPreprocessor(), Attributes, Macros, M, Map};
    UnitTables Tables(Input, F);
    collectFacts(Input, Tables, F);
    FlowBuilder Flows(Input, Tables, F);
    Analyses Of(F, M, &Flows, Wanted.strictRegions(M));
    std::vector<Finding> Findings = solve(Of, Wanted.solverOptions());
    llvm::erase_if(Findings, [&](const Finding &Found) { return !inScope(Found, Map); });
    Sink.Analysed(Findings, F, Map);
  }

private:
  bool inScope(const Finding &Found, const ClangSourceMap &Map) const {
    const SourceManager &SM = CI.getSourceManager();
    if (SM.isInSystemHeader(SM.getFileLoc(toClang(Found.At))))
      return false;
    if (Wanted.Scope.empty())
      return true;
    std::string File = Map.placeOf(Found.At).File;
    llvm::StringRef Rest = File;
    std::string Scope = Map.relative(Wanted.Scope);
    if (Scope.empty())
      return !llvm::sys::path::is_absolute(File);
    return Rest.consume_front(Scope) && (Rest.empty() || Rest.starts_with("/"));
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
  explicit SkippingConsumer(UnitSink Sink) : Sink(std::move(Sink)) {}
  void HandleTranslationUnit(ASTContext &) override { Sink.Skipped(); }

private:
  UnitSink Sink;
};

} // namespace

std::unique_ptr<ASTConsumer> analyseUnit(CompilerInstance &CI, const Options &Wanted,
                                         const Model &M, UnitSink Sink) {
  if (CI.getLangOpts().CPlusPlus || CI.getLangOpts().ObjC || CI.getLangOpts().OpenCL)
    return std::make_unique<SkippingConsumer>(std::move(Sink));
  // airlock.h's own `__user` is a type tag, which debug info would show: only
  // where there is none does the object stay what it is without us.
  Preprocessor &PP = CI.getPreprocessor();
  if (CI.getCodeGenOpts().getDebugInfo() == llvm::codegenoptions::NoDebugInfo)
    PP.setPredefines(PP.getPredefines() + "#define __AIRLOCK_TYPE_TAGS__ 1\n");
  return std::make_unique<UnitConsumer>(CI, Wanted, M, std::move(Sink));
}

} // namespace airlock
