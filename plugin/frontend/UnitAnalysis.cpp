// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/UnitAnalysis.h"
#include "contracts/Contracts.h"
#include "effects/Analyses.h"
#include "frontend/Attributes.h"
#include "frontend/ClangSourceMap.h"
#include "frontend/Contradictions.h"
#include "frontend/FactCollector.h"
#include "frontend/FirstError.h"
#include "frontend/FlowBuilder.h"
#include "frontend/MacroRecorder.h"
#include "frontend/SourceText.h"
#include "frontend/UnitNames.h"
#include "frontend/UserFlowBuilder.h"
#include "frontend/UserTag.h"
#include "rules/Rule.h"
#include "summary/Summary.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Serialization/ASTReader.h"
#include "llvm/Support/BuryPointer.h"

using namespace clang;

namespace airlock {

namespace {

/// What a unit takes from a precompiled header or a module, the parser never sees: the
/// attributes and macros in it are lost.
std::optional<Problem> precompiledIn(const CompilerInstance &CI) {
  const auto Reader = CI.getASTReader();
  if (!Reader || !Reader->getModuleManager().size())
    return std::nullopt;
  const std::string File = Reader->getModuleManager().getPrimaryModule().FileName;
  return Problem{
      "it reads '" + File + "', which is precompiled and keeps neither annotations nor macros", {}};
}

/// Of a source that another machine has sent, as icecream does: where its compiler was called.
llvm::StringRef foreignDirectory(const CompilerInstance &CI) {
  return isSent(CI) ? CI.getCodeGenOpts().DebugCompilationDir : llvm::StringRef();
}

/// One for both: Clang hands each event through a chain of those that want to hear it.
class MacroEvents : public PPCallbacks {
public:
  MacroEvents(MacroRecorder &Macros, UserTag &Tag) : Macros(Macros), Tag(Tag) {}

  void MacroExpands(const Token &Name, const MacroDefinition &Definition, SourceRange Range,
                    const MacroArgs *Args) override {
    Macros.noteExpansion(Name, Definition, Range, Args);
  }
  void MacroDefined(const Token &Name, const MacroDirective *Definition) override {
    Tag.noteDefinition(Name, Definition);
  }

private:
  MacroRecorder &Macros;
  UserTag &Tag;
};

class UnitConsumer : public ASTConsumer {
public:
  UnitConsumer(CompilerInstance &CI, const Options &Wanted, const Model &M, UnitSink Sink,
               const Contracts *Known)
      : CI(CI), Wanted(Wanted), M(M), Sink(std::move(Sink)), Known(Known),
        Errors(FirstError::watch(CI.getDiagnostics(), Wanted.Root)), Attributes(M), Tag(CI),
        Macros(CI.getPreprocessor(), M) {
    CI.getPreprocessor().addPPCallbacks(std::make_unique<MacroEvents>(Macros, Tag));
  }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (const Decl *D : Group) {
      const auto *F = dyn_cast<FunctionDecl>(D);
      const auto *V = dyn_cast<VarDecl>(D);
      if ((F && F->doesThisDeclarationHaveABody()) || (V && V->hasInit()))
        Defined.push_back(D);
    }
    return true;
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    ClangSourceMap Map(Context.getSourceManager(), Wanted.Root, foreignDirectory(CI));
    std::optional<Problem> Why;
    reportContradictions(Attributes, CI.getDiagnostics());
    if (isUnfit(CI.getDiagnostics())) {
      Why = Errors->problem();
    } else if ((Why = precompiledIn(CI))) {
      DiagnosticsEngine &Engine = CI.getDiagnostics();
      Engine.Report(Engine.getCustomDiagID(DiagnosticsEngine::Warning, "airlock: not analysed: %0"))
          << Why->Text;
    }
    if (Why) {
      if (Sink.Summary)
        Sink.Summary(encodeUnit(Map.mainFile(), UnitStatus::Failed, *Why, M));
      Sink.Failed(Map.mainFile(), *Why);
      return;
    }
    Macros.finish();
    const UnitNames Names(CI.getSema());
    CollectorInput Input{Context, Defined, Names, CI.getPreprocessor(), Attributes, Macros, M, Map};
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
          Text(Input.PP, F), Strict(Wanted.strictRegions(Input.M)) {
      start();
    }
    /// From the facts as they are now.
    void start() { Of.emplace(F, Input.M, &Flows, Strict, &UserFlows, &Text); }
    const CollectorInput &Input;
    Facts F;
    UnitTables Tables;
    FlowBuilder Flows;
    UserFlowBuilder UserFlows;
    SourceText Text;
    const RegionSet Strict;
    std::optional<Analyses> Of;
  };

  void work(Work &W, ClangSourceMap &Map) {
    collectFacts(W.Input, W.Tables, W.F);
    if (Sink.Summary)
      Sink.Summary(summarize(*W.Of, Map));
    if (Known)
      learn(W, Map);
    if (Sink.Analysed)
      analyse(W, Map);
    if (Sink.Inside)
      Sink.Inside(*W.Of, W.Flows, W.UserFlows, Map);
    if (Sink.Learned)
      Sink.Learned(W.Input, W.Tables, *W.Of, W.F);
  }

  /// What other units are known to do.
  void learn(Work &W, ClangSourceMap &Map) {
    const std::string Own = Map.mainFile();
    auto PlaceAt = [&Map](const Place &At) { return Map.elsewhere(At); };
    auto IsUnit = [&](llvm::StringRef File) { return File == Own; };
    auto FileOf = [&](Location At) { return Map.placeOf(At).File; };
    llvm::Expected<EffectsElsewhere> Brought = Known->bringTo(W.F, M, {PlaceAt, IsUnit, FileOf});
    if (!Brought) {
      DiagnosticsEngine &Engine = CI.getDiagnostics();
      Engine.Report(Engine.getCustomDiagID(DiagnosticsEngine::Error, "airlock: %0"))
          << llvm::toString(Brought.takeError());
      return;
    }
    W.start(); // whoever has asked before, did not know
    W.Of->setElsewhere(std::move(*Brought));
  }

  void analyse(Work &W, const ClangSourceMap &Map) {
    std::vector<Finding> Findings = solve(*W.Of, Wanted.solverOptions());
    std::string Scope = Wanted.Scope.empty() ? "" : Map.relative(Wanted.Scope);
    llvm::erase_if(Findings, [&](const Finding &Found) {
      return Map.isSystem(Found.At) || !Wanted.covers(Map.placeOf(Found.At).File, Scope);
    });
    Sink.Analysed(Findings, W.Of->givenUp(), W.F, Map);
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
  const Contracts *const Known;
  const std::unique_ptr<FirstError> Errors;
  AttributeTable Attributes;
  UserTag Tag;
  MacroRecorder Macros;
  std::vector<const Decl *> Defined;
};

class SkippingConsumer : public ASTConsumer {
public:
  SkippingConsumer(const CompilerInstance &CI, Problem Why, const Options &Wanted, const Model &M,
                   UnitSink Sink)
      : CI(CI), Why(std::move(Why)), Wanted(Wanted), M(M), Sink(std::move(Sink)) {}
  void HandleTranslationUnit(ASTContext &Context) override {
    ClangSourceMap Map(Context.getSourceManager(), Wanted.Root, foreignDirectory(CI));
    if (Sink.Summary)
      Sink.Summary(encodeUnit(Map.mainFile(), UnitStatus::Skipped, Why, M));
    Sink.Skipped(Map.mainFile(), Why);
  }

private:
  const CompilerInstance &CI;
  const Problem Why;
  const Options &Wanted;
  const Model &M;
  UnitSink Sink;
};

/// Null for what is C.
const char *nameOfOther(Language Is) {
  switch (Is) {
  case Language::Unknown:
  case Language::C:
    return nullptr;
  case Language::Asm:
    return "assembler";
  case Language::CXX:
    return "C++";
  case Language::ObjC:
    return "Objective-C";
  case Language::ObjCXX:
    return "Objective-C++";
  case Language::OpenCL:
  case Language::OpenCLCXX:
    return "OpenCL";
  case Language::CUDA:
    return "CUDA";
  case Language::HIP:
    return "HIP";
  default:
    return "another language";
  }
}

} // namespace

bool isSent(const CompilerInstance &CI) {
  return CI.getFrontendOpts().Inputs.front().isFile() &&
         CI.getFrontendOpts().Inputs.front().getFile() == "-";
}

std::optional<Problem> languageProblem(Language Is) {
  if (const char *Name = nameOfOther(Is))
    return Problem{std::string("Airlock reads C, and this is ") + Name, {}};
  return std::nullopt;
}

std::unique_ptr<ASTConsumer> analyseUnit(CompilerInstance &CI, const Options &Wanted,
                                         const Model &M, UnitSink Sink, const Contracts *Known) {
  const FrontendInputFile &Input = CI.getFrontendOpts().Inputs.front();
  if (std::optional<Problem> Why = languageProblem(Input.getKind().getLanguage()))
    return std::make_unique<SkippingConsumer>(CI, *Why, Wanted, M, std::move(Sink));
  return std::make_unique<UnitConsumer>(CI, Wanted, M, std::move(Sink), Known);
}

} // namespace airlock
