// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "AnnotateUnit.h"
#include "ActionFactory.h"
#include "InputCollector.h"
#include "Unit.h"
#include "effects/Analyses.h"
#include "frontend/FirstError.h"
#include "frontend/Locations.h"
#include "frontend/SourceText.h"
#include "frontend/UnitAnalysis.h"
#include "frontend/WrittenContexts.h"
#include "regions/AskedContexts.h"
#include "support/Paths.h"
#include "clang/Basic/CharInfo.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/SHA1.h"
#include "llvm/Support/raw_sha1_ostream.h"
#include <nlohmann/json.hpp>
#include <set>

using namespace clang;
using clang::tooling::CompileCommand;
using nlohmann::json;

namespace airlock {

static json toJson(const Place &P) { return {P.File, P.Line, P.Column}; }

static Place placeFrom(const json &J) {
  return {J[0].get<std::string>(), J[1].get<unsigned>(), J[2].get<unsigned>()};
}

std::string UnitAnswer::pack() const {
  json Edits = json::array(), Places = json::array(), Remarks = json::array(),
       Files = json::array();
  for (const Remark &R : Plan.Left)
    Remarks.push_back({toJson(R.At), R.Text});
  for (const Input &I : Inputs)
    Files.push_back({I.Opened, I.Real, I.Hash});
  for (const Edit &E : Plan.Edits)
    Edits.push_back({unsigned(E.Is), toJson(E.At), E.Text, unsigned(E.Breaks), E.Name, E.Why, E.Key,
                     E.InMacro, E.Erased});
  for (const WrittenContext &W : Written)
    Places.push_back({unsigned(W.Is), toJson(W.At), W.Name, W.Key});
  std::vector<uint8_t> Bytes = json::to_cbor(
      json{{"edits", Edits},
           {"left", Remarks},
           {"seen", Plan.Seen},
           {"globals", Plan.Globals},
           {"writable", Plan.Writable},
           {"inputs", Files},
           {"messages", Messages},
           {"lacking", LackingMacro},
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
    E.Erased = J[8].get<unsigned>();
    Plan.Edits.push_back(std::move(E));
  }
  for (const json &J : All["written"])
    Written.push_back({WrittenContext::Kind(J[0].get<unsigned>()), placeFrom(J[1]),
                       J[2].get<std::string>(), J[3].get<std::string>()});
  for (const json &J : All["left"])
    Plan.Left.push_back({placeFrom(J[0]), J[1].get<std::string>()});
  for (const json &J : All["inputs"])
    Inputs.push_back({J[0].get<std::string>(), J[1].get<std::string>(), J[2].get<uint64_t>()});
  Plan.Seen = All["seen"].get<std::vector<std::string>>();
  Plan.Globals = All["globals"].get<std::vector<std::string>>();
  Plan.Writable = All["writable"].get<std::vector<std::string>>();
  Messages = All["messages"].get<std::string>();
  HeaderMacros = All["macros"].get<std::vector<std::string>>();
  LackingMacro = All["lacking"].get<std::vector<std::string>>();
  Parsed = All["parsed"].get<bool>();
  const json::binary_t &Framed = All["summary"].get_binary();
  Summary.assign(Framed.begin(), Framed.end());
  return true;
}

namespace {

/// Places in files as they are on the disk, whatever name they were opened by and whatever
/// a #line says.
class RealPlaces : public SourceMap {
public:
  explicit RealPlaces(const SourceManager &SM) : SM(SM) {}
  Place placeOf(Location At) const override {
    SourceLocation L = SM.getFileLoc(toClang(At));
    auto [File, Offset] = SM.getDecomposedLoc(L);
    auto [It, New] = Files.try_emplace(File);
    if (New)
      if (OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File)) {
        llvm::SmallString<256> Path = Entry->getName();
        SM.getFileManager().makeAbsolutePath(Path);
        It->second = realPath(Path);
      }
    return {It->second, SM.getLineNumber(File, Offset), SM.getColumnNumber(File, Offset)};
  }

private:
  const SourceManager &SM;
  mutable llvm::DenseMap<FileID, std::string> Files;
};

class AskAction : public ASTFrontendAction {
public:
  AskAction(const UnitQuestion &Question, UnitAnswer &Into) : Question(Question), Into(Into) {}

  bool BeginInvocation(CompilerInstance &CI) override {
    CI.setVerboseOutputStream(std::make_unique<llvm::raw_null_ostream>());
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    Inputs->attachToPreprocessor(CI.getPreprocessor());
    UnitSink Sink;
    Sink.Learned = [this, &CI](const CollectorInput &Input, UnitTables &Tables, Analyses &Of,
                               Facts &F) {
      RealPlaces Map(CI.getSourceManager());
      AskedContexts Asked(F, [&Of]() -> RegionSource & { return Of.regions(); });
      auto Granted = [&](CallId Id) {
        return Asked.at(Id).Inside.contains(Question.Request.Context);
      };
      Into.Plan = planUnit(F, Question.M, Granted, Map, Question.Request);
      if (Question.WantsWritten)
        Into.Written = writtenContexts(Input, Map, Tables, F, Question.Request.Context);
    };
    if (Question.WantsSummary)
      Sink.Summary = [this](std::string Bytes) { Into.Summary = std::move(Bytes); };
    Sink.Failed = [](llvm::StringRef, const Problem &) {};
    Sink.Skipped = Sink.Failed;
    return analyseUnit(CI, Question.Wanted, Question.M, std::move(Sink));
  }

  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    Into.Parsed = !isUnfit(CI.getDiagnostics());
    Inputs->forEachFile(CI, [&](llvm::StringRef Path, uint64_t Hash) {
      Into.Inputs.push_back({absolutePath(Path), realPath(Path), Hash});
    });
    findLackingMacros(CI);
    if (Question.WantsWritten)
      listHeaderMacros(CI.getPreprocessor());
  }

private:
  void findLackingMacros(CompilerInstance &CI) {
    Preprocessor &PP = CI.getPreprocessor();
    std::set<std::string> Lacking;
    for (const Edit &E : Into.Plan.Edits) {
      auto IsWord = [](char C) { return isAsciiIdentifierContinue(C); };
      llvm::StringRef Word = llvm::StringRef(E.Text).drop_until(IsWord).take_while(IsWord);
      const SourceManager &SM = PP.getSourceManager();
      auto Entry = CI.getFileManager().getOptionalFileRef(openedAs(E.At.File));
      FileID File = Entry ? SM.translateFile(*Entry) : FileID();
      bool Has = File.isValid()
                     ? hasMacro(PP, Word, SM.translateLineCol(File, E.At.Line, E.At.Column))
                     : PP.isMacroDefined(PP.getIdentifierInfo(Word));
      if (!Has)
        Lacking.insert(E.At.File);
    }
    Into.LackingMacro.assign(Lacking.begin(), Lacking.end());
  }

  llvm::StringRef openedAs(llvm::StringRef Real) const {
    for (const UnitAnswer::Input &I : Into.Inputs)
      if (I.Real == Real)
        return I.Opened;
    return Real;
  }

  void listHeaderMacros(Preprocessor &PP) {
    llvm::StringRef Spelling = Question.M.contexts()[Question.Request.Context].Spelling;
    auto EndsWord = [](char C) { return C == '('; };
    const MacroInfo *Macro = PP.getMacroInfo(PP.getIdentifierInfo(Spelling.take_until(EndsWord)));
    if (!Macro)
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
  std::shared_ptr<InputCollector> Inputs = std::make_shared<InputCollector>();
};

/// The code generator alone, without what comes behind it.
class CodeAction : public ASTFrontendAction {
public:
  explicit CodeAction(std::string &Into) : Into(Into) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef File) override {
    CI.setVerboseOutputStream(std::make_unique<llvm::raw_null_ostream>());
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

} // namespace

UnitAnswer askUnit(const CompileCommand &Command, const UnitQuestion &Question,
                   const Overlay &Files) {
  UnitAnswer Answer;
  ActionFactory Make([&] { return std::make_unique<AskAction>(Question, Answer); },
                     [&](const CompilerInvocation &Invocation) {
                       std::optional<std::string> Skipped =
                           summaryOfOther(Invocation, Question.Wanted, Question.M);
                       Answer.Parsed |= Skipped.has_value(); // nothing to annotate
                       Answer.Summary = Skipped.value_or("");
                       return Skipped.has_value();
                     });
  Answer.Messages = parseUnit(Command, Make, Files).Messages;
  return Answer;
}

std::string codeOf(const CompileCommand &Command, const Overlay &Files, std::string &Messages) {
  std::string Code;
  ActionFactory Make([&] { return std::make_unique<CodeAction>(Code); });
  Messages += parseUnit(Command, Make, Files).Messages;
  return Code;
}

} // namespace airlock
