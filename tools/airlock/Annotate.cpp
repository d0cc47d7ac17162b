// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock annotate`: round after round, each unit says what must carry the
// context (annotate/Plan.h), the edits are made in memory (annotate/Sources.h), and
// the units that read an edited file are parsed again, until there is nothing more
// to say. Then the context rules have nothing to say either, or nothing is written.

#include "ClangFlags.h"
#include "Commands.h"
#include "Processes.h"
#include "Progress.h"
#include "Unit.h"
#include "annotate/Sources.h"
#include "frontend/UnitAnalysis.h"
#include "report/Renderers.h"
#include "support/Paths.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"
#include <nlohmann/json.hpp>
#include <set>

using namespace clang;
using clang::tooling::CompilationDatabase;
using clang::tooling::CompileCommand;
using nlohmann::json;

namespace airlock {

namespace {

/// What one unit says in one round; travels between processes as JSON.
struct UnitAnswer {
  UnitPlan Plan;
  /// What the context rules say in scope, a sentence each.
  std::vector<std::string> Findings;
  std::vector<std::string> Inputs;
  std::string Messages;
  /// Nobody has defined the qualifier's macro there.
  bool LacksMacro = false;
  bool Parsed = false;

  std::string pack() const {
    json Edits = json::array();
    for (const Edit &E : Plan.Edits)
      Edits.push_back({unsigned(E.Is), E.At.File, E.At.Line, E.At.Column, E.Text, E.Name, E.Into});
    return json{{"edits", Edits},       {"left", Plan.Left}, {"seen", Plan.Seen},
                {"findings", Findings}, {"inputs", Inputs},  {"messages", Messages},
                {"lacks", LacksMacro},  {"parsed", Parsed}}
        .dump(-1, ' ', false, json::error_handler_t::replace);
  }
  bool unpack(const std::string &Bytes) {
    json All = json::parse(Bytes, nullptr, /*allow_exceptions=*/false);
    if (!All.is_object())
      return false;
    for (const json &E : All["edits"])
      Plan.Edits.push_back({Edit::Kind(E[0].get<unsigned>()),
                            {E[1].get<std::string>(), E[2].get<unsigned>(), E[3].get<unsigned>()},
                            E[4].get<std::string>(),
                            E[5].get<std::string>(),
                            E[6].get<std::string>()});
    Plan.Left = All["left"];
    Plan.Seen = All["seen"];
    Findings = All["findings"];
    Inputs = All["inputs"];
    Messages = All["messages"];
    LacksMacro = All["lacks"];
    Parsed = All["parsed"];
    return true;
  }
};

class AllInputs : public DependencyCollector {
  bool needSystemDependencies() override { return true; }
};

class AnnotateAction : public ASTFrontendAction {
public:
  AnnotateAction(const Options &Wanted, const Model &M, const AnnotateRequest &Request,
                 UnitAnswer &Into)
      : Wanted(Wanted), M(M), Request(Request), Into(Into) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    Inputs->attachToPreprocessor(CI.getPreprocessor());
    UnitSink Sink;
    Sink.Analysed = [this](const std::vector<Finding> &Findings, const Facts &F,
                           const SourceMap &Map) {
      Into.Plan = planUnit(F, M, Map, Request);
      for (const Finding &Found : Findings) {
        Place At = Map.placeOf(Found.At);
        if (!Found.Suppressed)
          Into.Findings.push_back(At.File + ":" + std::to_string(At.Line) + ": " +
                                  Found.Message.str());
      }
    };
    Sink.Failed = [] {};
    Sink.Skipped = Sink.Failed;
    return analyseUnit(CI, Wanted, M, std::move(Sink));
  }

  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    Into.Parsed = !CI.getDiagnostics().hasUncompilableErrorOccurred();
    const std::string &Spelling = M.contexts()[Request.Context].Spelling;
    IdentifierInfo *Macro = CI.getPreprocessor().getIdentifierInfo(
        llvm::StringRef(Spelling).take_until([](char C) { return C == '('; }));
    Into.LacksMacro = !Macro->hadMacroDefinition();
    for (llvm::StringRef File : Inputs->getDependencies()) {
      llvm::SmallString<256> Path = File;
      CI.getFileManager().makeAbsolutePath(Path);
      Into.Inputs.push_back(absolutePath(Path));
    }
  }

private:
  const Options &Wanted;
  const Model &M;
  const AnnotateRequest &Request;
  UnitAnswer &Into;
  std::shared_ptr<AllInputs> Inputs = std::make_shared<AllInputs>();
};

class AnnotateFactory : public tooling::FrontendActionFactory {
public:
  AnnotateFactory(const Options &Wanted, const Model &M, const AnnotateRequest &Request,
                  UnitAnswer &Into)
      : Wanted(Wanted), M(M), Request(Request), Into(Into) {}
  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<AnnotateAction>(Wanted, M, Request, Into);
  }

private:
  const Options &Wanted;
  const Model &M;
  const AnnotateRequest &Request;
  UnitAnswer &Into;
};

class Annotator {
public:
  Annotator(const AnnotateCommand &Command, const Model &M, AnnotateRequest Request)
      : Command(Command), M(M), Request(std::move(Request)), Sources(Command.Wanted.Root) {}

  int run(const CompilationDatabase &Database);

private:
  bool choose(const CompilationDatabase &Database);
  bool parse(llvm::ArrayRef<size_t> Which);
  bool edit(llvm::ArrayRef<size_t> Which, std::vector<size_t> &Next);
  bool isDone();
  int deliver();

  const AnnotateCommand &Command;
  const Model &M;
  const AnnotateRequest Request;
  EditedSources Sources;
  std::vector<CompileCommand> Units;
  std::vector<UnitAnswer> Answers;
  std::vector<Edit> All;
  unsigned Rounds = 0;
};

/// The units in scope: nothing else is edited.
bool Annotator::choose(const CompilationDatabase &Database) {
  ClangFlags Flags;
  std::string Scope =
      absolutePath(Command.Wanted.Scope.empty() ? Command.Wanted.Root : Command.Wanted.Scope);
  for (CompileCommand &One : Database.getAllCompileCommands()) {
    llvm::StringRef Rest;
    if (Command.Wanted.Scope.empty() || isBelow(Scope, fileOf(One), Rest))
      Units.push_back(Flags.adapt(std::move(One)));
  }
  if (Units.empty())
    return fail("the compile database has no unit in '" + Command.Wanted.Scope + "'"), false;
  Answers.resize(Units.size());
  return true;
}

bool Annotator::parse(llvm::ArrayRef<size_t> Which) {
  bool Good = true;
  Progress Shown;
  Shown.start(Which.size());
  auto Work = [&](size_t I) {
    UnitAnswer Answer;
    AnnotateFactory Factory(Command.Wanted, M, Request, Answer);
    parseUnit(Units[Which[I]], Factory, &Sources.contents(), Answer.Messages);
    return Answer.pack();
  };
  auto Done = [&](size_t I, PieceResult Piece) {
    UnitAnswer Answer;
    bool Whole = Piece.Died.empty() && Answer.unpack(Piece.Bytes);
    Shown.step(Whole && Answer.Parsed);
    if (!Whole || !Answer.Parsed) {
      Shown.clear();
      llvm::errs() << Answer.Messages;
      fail("'" + Units[Which[I]].Filename + "' cannot be analysed" +
           (Rounds > 1 ? " with the annotations" : ""));
      Good = false;
    }
    Answers[Which[I]] = std::move(Answer);
  };
  llvm::Error Problem = runInProcesses(Which.size(), Command.Jobs, Work, Done);
  Shown.clear();
  if (Problem)
    return fail(llvm::toString(std::move(Problem))), false;
  return Good;
}

/// Next: the units that read what was edited.
bool Annotator::edit(llvm::ArrayRef<size_t> Which, std::vector<size_t> &Next) {
  std::set<Edit> New;
  bool Lacks = false;
  for (size_t Unit : Which) {
    New.insert(Answers[Unit].Plan.Edits.begin(), Answers[Unit].Plan.Edits.end());
    Lacks |= Answers[Unit].LacksMacro && !Answers[Unit].Plan.Edits.empty();
  }
  Next.clear();
  if (New.empty())
    return true;
  All.insert(All.end(), New.begin(), New.end());
  llvm::StringMap<std::string> Before;
  for (const auto &File : Sources.contents())
    Before[File.getKey()] = File.getValue();
  if (llvm::Error E = Sources.apply({New.begin(), New.end()}))
    return fail(llvm::toString(std::move(E))), false;
  if (Lacks)
    Sources.include(Command.Header);
  for (size_t Unit = 0; Unit < Units.size(); ++Unit)
    if (llvm::any_of(Answers[Unit].Inputs, [&](const std::string &File) {
          auto Is = Sources.contents().find(File);
          return Is != Sources.contents().end() &&
                 (!Before.count(File) || Before[File] != Is->second);
        }))
      Next.push_back(Unit);
  return true;
}

/// Says what is left, if anything is.
bool Annotator::isDone() {
  std::set<std::string> Left;
  llvm::StringSet<> Seen;
  for (const UnitAnswer &A : Answers) {
    Left.insert(A.Plan.Left.begin(), A.Plan.Left.end());
    Left.insert(A.Findings.begin(), A.Findings.end());
    for (const std::string &Seed : A.Plan.Seen)
      Seen.insert(Seed);
  }
  for (const auto &Seed : Request.Seeds)
    if (!Seen.contains(Seed.getKey()))
      Left.insert("no unit has a function, macro or slot '" + Seed.getKey().str() + "'");
  for (const std::string &One : Left)
    fail(One);
  return Left.empty();
}

int Annotator::deliver() {
  std::set<std::string> Annotated, Entries;
  unsigned Crossings = 0;
  for (const Edit &E : All) {
    if (E.Is == Edit::Qualifier)
      Annotated.insert(E.Name);
    if (E.Is == Edit::Entry)
      Entries.insert(E.Name);
    if (E.Is != Edit::Crossing)
      continue;
    ++Crossings;
    llvm::outs() << E.At.File << ':' << E.At.Line << ": crossing: '" << E.Name << "' goes to '"
                 << E.Into << "', which does not carry the context\n";
  }
  for (const std::string &Entry : Entries)
    llvm::outs() << "entry: '" << Entry << "' runs in the context, and anyone may call it\n";
  llvm::outs() << Annotated.size() << " functions and pointers annotated, " << Crossings
               << " crossings, " << Entries.size() << " entries; " << Rounds << " rounds over "
               << Units.size() << " units\n";
  if (!Command.Patch.empty()) {
    if (llvm::Error E =
            writeFile(Command.Patch, [&](llvm::raw_ostream &Out) { Out << Sources.patch(); }))
      return fail(llvm::toString(std::move(E)));
  } else if (Command.Apply) {
    if (llvm::Error E = Sources.write())
      return fail(llvm::toString(std::move(E)));
  }
  return NothingFound;
}

int Annotator::run(const CompilationDatabase &Database) {
  if (!choose(Database))
    return BadUsage;
  constexpr unsigned MostRounds = 50;
  std::vector<size_t> Next(Units.size());
  for (size_t I = 0; I < Next.size(); ++I)
    Next[I] = I;
  while (!Next.empty()) {
    if (++Rounds > MostRounds)
      return fail("the annotations do not come to an end"), Incomplete;
    std::vector<size_t> Which = std::move(Next);
    if (!parse(Which))
      return Incomplete;
    if (!edit(Which, Next))
      return BadUsage;
  }
  if (!isDone())
    return FoundSomething;
  return deliver();
}

/// "FUNC=CONTEXT": all seeds are of one.
llvm::Expected<AnnotateRequest> readRequest(const AnnotateCommand &Command, const Model &M) {
  AnnotateRequest Request;
  std::string Context;
  for (llvm::StringRef Seed : Command.Seeds) {
    auto [Name, Of] = Seed.split('=');
    if (Name.empty() || (!Of.empty() && !Context.empty() && Context != Of))
      return llvm::createStringError("seed '" + Seed +
                                     "' is of another context than those before "
                                     "it; annotate one after the other");
    if (!Of.empty())
      Context = Of.str();
    Request.Seeds.insert(Name);
  }
  if (Context.empty() && M.contexts().size() != 1)
    return llvm::createStringError("say of which context the seeds are: --seed FUNC=CONTEXT");
  std::optional<unsigned> Id = Context.empty() ? 0 : M.findContext(Context);
  if (!Id)
    return llvm::createStringError("no model has a context '" + Context + "'");
  Request.Context = *Id;
  for (llvm::StringRef Entry : Command.Entries) {
    Entry.consume_front("->");
    Request.Entries.insert(Entry);
  }
  if (!Command.Wanted.Scope.empty())
    Request.Scope = relativeTo(Command.Wanted.Root, absolutePath(Command.Wanted.Scope));
  return Request;
}

} // namespace

int runAnnotate(const AnnotateCommand &Command, const CompilationDatabase &Database) {
  llvm::Expected<Model> M = loadModelsAloud(Command.Wanted);
  if (!M)
    return fail(llvm::toString(M.takeError()));
  llvm::Expected<AnnotateRequest> Request = readRequest(Command, *M);
  if (!Request)
    return fail(llvm::toString(Request.takeError()));
  AnnotateCommand WithRules = Command;
  for (const char *Rule : {"context-call", "context-conversion", "context-cast"})
    WithRules.Wanted.Only.insert(Rule);
  return Annotator(WithRules, *M, std::move(*Request)).run(Database);
}

} // namespace airlock
