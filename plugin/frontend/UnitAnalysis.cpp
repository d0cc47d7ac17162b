// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/UnitAnalysis.h"
#include "frontend/Attributes.h"
#include "frontend/ClangSourceMap.h"
#include "frontend/FactCollector.h"
#include "frontend/MacroRecorder.h"
#include "clang/Lex/Preprocessor.h"

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
    if (CI.getDiagnostics().hasErrorOccurred()) {
      Sink.Failed();
      return;
    }
    Macros.finish();
    Facts F;
    collectFacts({Context, CI.getPreprocessor(), Attributes, Macros, M}, F);
    std::vector<Finding> Findings = solve(F, M, Wanted.solverOptions());
    ClangSourceMap Map(Context.getSourceManager(), Wanted.Root);
    llvm::erase_if(Findings, [&](const Finding &Found) { return !inScope(Found, Map); });
    Sink.Analysed(Findings, F, Map);
  }

private:
  bool inScope(const Finding &Found, const ClangSourceMap &Map) const {
    const SourceManager &SM = CI.getSourceManager();
    if (SM.isInSystemHeader(SM.getFileLoc(toClang(Found.At))))
      return false;
    return Wanted.Scope.empty() ||
           llvm::StringRef(Map.placeOf(Found.At).File).starts_with(Wanted.Scope);
  }

  CompilerInstance &CI;
  const Options &Wanted;
  const Model &M;
  UnitSink Sink;
  AttributeTable Attributes;
  MacroRecorder Macros;
};

} // namespace

std::unique_ptr<ASTConsumer> analyseUnit(CompilerInstance &CI, const Options &Wanted,
                                         const Model &M, UnitSink Sink) {
  if (CI.getLangOpts().CPlusPlus || CI.getLangOpts().ObjC || CI.getLangOpts().OpenCL)
    return std::make_unique<ASTConsumer>();
  // airlock.h's own `__user` is a type tag, which debug info would show: only
  // where there is none does the object stay what it is without us.
  Preprocessor &PP = CI.getPreprocessor();
  if (CI.getCodeGenOpts().getDebugInfo() == llvm::codegenoptions::NoDebugInfo)
    PP.setPredefines(PP.getPredefines() + "#define __AIRLOCK_TYPE_TAGS__ 1\n");
  return std::make_unique<UnitConsumer>(CI, Wanted, M, std::move(Sink));
}

} // namespace airlock
