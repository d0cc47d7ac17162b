// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "AnnotateUnit.h"
#include "Unit.h"
#include "frontend/UnitAnalysis.h"
#include "support/Paths.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/SHA1.h"
#include "llvm/Support/raw_sha1_ostream.h"
#include <nlohmann/json.hpp>

using namespace clang;
using clang::tooling::CompileCommand;
using nlohmann::json;

namespace airlock {

static json toJson(const Place &P) { return {P.File, P.Line, P.Column}; }

static Place placeFrom(const json &J) {
  return {J[0].get<std::string>(), J[1].get<unsigned>(), J[2].get<unsigned>()};
}

std::string UnitAnswer::pack() const {
  json Edits = json::array(), Places = json::array();
  for (const Edit &E : Plan.Edits)
    Edits.push_back({unsigned(E.Is), toJson(E.At), E.Text, unsigned(E.Breaks), E.Name, E.Why, E.Key,
                     E.InMacro});
  for (const WrittenContext &W : Written)
    Places.push_back({unsigned(W.Is), toJson(W.At), W.Name, W.Key});
  std::vector<uint8_t> Bytes = json::to_cbor(
      json{{"edits", Edits},
           {"left", Plan.Left},
           {"seen", Plan.Seen},
           {"writable", Plan.Writable},
           {"findings", Findings},
           {"inputs", Inputs},
           {"messages", Messages},
           {"lacks", LacksMacro},
           {"parsed", Parsed},
           {"written", Places},
           {"macros", HeaderMacros},
           {"summary", json::binary(std::vector<uint8_t>(Summary.begin(), Summary.end()))}});
  return {Bytes.begin(), Bytes.end()};
}

bool UnitAnswer::unpack(llvm::StringRef Bytes) {
  json All = json::from_cbor(Bytes.begin(), Bytes.end(), /*strict=*/true,
                             /*allow_exceptions=*/false);
  if (!All.is_object())
    return false;
  for (const json &J : All["edits"]) {
    Edit E;
    E.Is = Edit::Kind(J[0].get<unsigned>());
    E.At = placeFrom(J[1]);
    E.Text = J[2];
    E.Breaks = Edit::Break(J[3].get<unsigned>());
    E.Name = J[4];
    E.Why = J[5];
    E.Key = J[6];
    E.InMacro = J[7].get<bool>();
    Plan.Edits.push_back(std::move(E));
  }
  for (const json &J : All["written"])
    Written.push_back({WrittenContext::Kind(J[0].get<unsigned>()), placeFrom(J[1]),
                       J[2].get<std::string>(), J[3].get<std::string>()});
  Plan.Left = All["left"].get<std::vector<std::string>>();
  Plan.Seen = All["seen"].get<std::vector<std::string>>();
  Plan.Writable = All["writable"].get<std::vector<std::string>>();
  Findings = All["findings"].get<std::vector<std::string>>();
  Inputs = All["inputs"].get<std::vector<std::string>>();
  Messages = All["messages"].get<std::string>();
  HeaderMacros = All["macros"].get<std::vector<std::string>>();
  LacksMacro = All["lacks"].get<bool>();
  Parsed = All["parsed"].get<bool>();
  const json::binary_t &Framed = All["summary"].get_binary();
  Summary.assign(Framed.begin(), Framed.end());
  return true;
}

namespace {

class AllInputs : public DependencyCollector {
  bool needSystemDependencies() override { return true; }
};

class AskAction : public ASTFrontendAction {
public:
  AskAction(const UnitQuestion &Question, UnitAnswer &Into) : Question(Question), Into(Into) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    Inputs->attachToPreprocessor(CI.getPreprocessor());
    UnitSink Sink;
    Sink.Analysed = [this](const std::vector<Finding> &Findings, const Facts &F,
                           const SourceMap &Map) {
      Into.Plan = planUnit(F, Question.M, Map, Question.Request);
      for (const Finding &Found : Findings) {
        Place At = Map.placeOf(Found.At);
        if (!Found.Suppressed)
          Into.Findings.push_back(At.File + ":" + std::to_string(At.Line) + ": " +
                                  Found.Message.str());
      }
    };
    if (Question.WantsSummary)
      Sink.Summary = [this](std::string Bytes) { Into.Summary = std::move(Bytes); };
    if (Question.WantsWritten)
      Sink.Written = [this](std::vector<WrittenContext> All) { Into.Written = std::move(All); };
    Sink.WrittenContextId = Question.Request.Context;
    Sink.Failed = [] {};
    Sink.Skipped = Sink.Failed;
    return analyseUnit(CI, Question.Wanted, Question.M, std::move(Sink));
  }

  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    Into.Parsed = !CI.getDiagnostics().hasUncompilableErrorOccurred();
    lookAtMacro(CI.getPreprocessor());
    for (llvm::StringRef File : Inputs->getDependencies()) {
      llvm::SmallString<256> Path = File;
      CI.getFileManager().makeAbsolutePath(Path);
      Into.Inputs.push_back(absolutePath(Path));
    }
  }

private:
  void lookAtMacro(Preprocessor &PP) {
    llvm::StringRef Spelling = Question.M.contexts()[Question.Request.Context].Spelling;
    auto EndsWord = [](char C) { return C == '('; };
    const MacroInfo *Macro = PP.getMacroInfo(PP.getIdentifierInfo(Spelling.take_until(EndsWord)));
    Into.LacksMacro = !Macro;
    if (!Question.WantsWritten || !Macro)
      return;
    const SourceManager &SM = PP.getSourceManager();
    FileID Header = SM.getFileID(Macro->getDefinitionLoc());
    for (const auto &Each : PP.macros())
      if (const MacroInfo *Other = PP.getMacroInfo(Each.first))
        if (SM.isInFileID(Other->getDefinitionLoc(), Header))
          Into.HeaderMacros.push_back(Each.first->getName().str());
  }

  const UnitQuestion &Question;
  UnitAnswer &Into;
  std::shared_ptr<AllInputs> Inputs = std::make_shared<AllInputs>();
};

/// The code generator alone, without what comes behind it.
class CodeAction : public ASTFrontendAction {
public:
  explicit CodeAction(std::string &Into) : Into(Into) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef File) override {
    CI.getCodeGenOpts().setDebugInfo(llvm::codegenoptions::NoDebugInfo);
    auto Made = std::unique_ptr<CodeGenerator>(CreateLLVMCodeGen(
        CI.getDiagnostics(), File, &CI.getVirtualFileSystem(), CI.getHeaderSearchOpts(),
        CI.getPreprocessorOpts(), CI.getCodeGenOpts(), Memory));
    Generator = Made.get();
    return Made;
  }

  void EndSourceFileAction() override {
    if (getCompilerInstance().getDiagnostics().hasErrorOccurred() || !Generator->GetModule())
      return;
    // Where an asm statement is written is for error messages only.
    for (llvm::Function &F : *Generator->GetModule())
      for (llvm::Instruction &I : llvm::instructions(F))
        I.setMetadata("srcloc", nullptr);
    llvm::raw_sha1_ostream Out;
    Generator->GetModule()->print(Out, nullptr);
    Into = llvm::toHex(Out.sha1());
  }

private:
  std::string &Into;
  llvm::LLVMContext Memory;
  CodeGenerator *Generator = nullptr; // owned by the compiler
};

/// One action for one unit.
template <typename Action, typename... Arguments>
class Factory : public tooling::FrontendActionFactory {
public:
  explicit Factory(Arguments &...Given) : Given(Given...) {}
  std::unique_ptr<FrontendAction> create() override {
    return std::apply([](auto &...Each) { return std::make_unique<Action>(Each...); }, Given);
  }

private:
  std::tuple<Arguments &...> Given;
};

} // namespace

UnitAnswer askUnit(const CompileCommand &Command, const UnitQuestion &Question,
                   const Overlay &Files) {
  UnitAnswer Answer;
  Factory<AskAction, const UnitQuestion, UnitAnswer> Make(Question, Answer);
  parseUnit(Command, Make, Files, Answer.Messages);
  return Answer;
}

std::string codeOf(const CompileCommand &Command, const Overlay &Files, std::string &Messages) {
  std::string Code;
  Factory<CodeAction, std::string> Make(Code);
  parseUnit(Command, Make, Files, Messages);
  return Code;
}

} // namespace airlock
