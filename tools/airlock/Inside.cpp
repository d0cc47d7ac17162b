// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock dump --flow FUNC`, `--states FUNC`: one unit is analysed, and what the analyses saw of
// one of its functions is written as text, for those who work on them.

#include "ActionFactory.h"
#include "ClangFlags.h"
#include "Commands.h"
#include "Unit.h"
#include "effects/Analyses.h"
#include "frontend/UnitAnalysis.h"
#include "query/FunctionText.h"
#include "query/Lookup.h"
#include "report/Renderers.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/Tooling.h"

using namespace clang;
using clang::tooling::CompileCommand;

namespace airlock {

namespace {

class Looker {
public:
  Looker(const InsideRequest &Request, const Model &M) : Request(Request), M(M) {}

  /// What was written; empty if there is no such function.
  std::string Text;
  void look(Analyses &Of, FlowSource &Flows, UserFlowSource &UserFlows, const SourceMap &Places);

  const InsideRequest &Request;
  const Model &M;
};

void Looker::look(Analyses &Of, FlowSource &Flows, UserFlowSource &UserFlows,
                  const SourceMap &Places) {
  llvm::raw_string_ostream Out(Text);
  QueryFacts Facts{Of.F, M, Places};
  auto HasBody = [](const Entity &E) { return E.Kind == EntityKind::Function && E.HasBody; };
  for (EntityId E : findNamed(Of.F, Places, Request.Function, HasBody)) {
    Out << "'" << fullName(Of.F, E) << "', regions:\n";
    std::shared_ptr<const FunctionRegions> Regions = Of.regions().of(E);
    if (Request.States && Regions)
      writeStates(Facts, *Regions, Out);
    auto MayChange = [&](EntityId Callee) {
      std::shared_ptr<const FunctionRegions> Theirs = Of.regions().of(Callee);
      return Theirs && !Theirs->Outcomes.empty();
    };
    if (!Request.States)
      if (std::unique_ptr<Flow> Body = Flows.flowOf(E, MayChange))
        writeFlow(Facts, *Body, Out);
    Out << "'" << fullName(Of.F, E) << "', user pointers:\n";
    const UnitPointers *Pointers = Of.unitPointers();
    const PointerAnalysis *Analysed = Pointers ? Pointers->of(E) : nullptr;
    if (!Analysed)
      Out << "not analysed: it has nothing to do with them\n";
    if (Request.States && Analysed)
      writeUserStates(Facts, *Analysed, Out);
    if (!Request.States)
      if (std::unique_ptr<UserFlow> Body = UserFlows.userFlowOf(E))
        writeUserFlow(Facts, *Body, Out);
  }
}

class InsideAction : public ASTFrontendAction {
public:
  explicit InsideAction(Looker &Into) : Into(Into) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    UnitSink Sink;
    Sink.Inside = [&](Analyses &Of, FlowSource &Flows, UserFlowSource &UserFlows,
                      const SourceMap &Places) { Into.look(Of, Flows, UserFlows, Places); };
    Sink.Failed = [](llvm::StringRef, const Problem &) {};
    Sink.Skipped = Sink.Failed;
    return analyseUnit(CI, Into.Request.Wanted, Into.M, std::move(Sink));
  }

private:
  Looker &Into;
};

} // namespace

int runInside(const InsideRequest &Request, const tooling::CompilationDatabase &Database,
              llvm::StringRef Output) {
  llvm::Expected<Model> M = loadModelsAloud(Request.Wanted);
  if (!M)
    return fail(llvm::toString(M.takeError()));
  ClangFlags Flags(/*Warnings=*/false);
  std::vector<CompileCommand> Commands = Database.getCompileCommands(Request.File);
  if (Commands.empty())
    return fail("'" + Request.File + "' is not in the compile database");
  Looker Into(Request, *M);
  ActionFactory Factory([&] { return std::make_unique<InsideAction>(Into); });
  ParsedUnit Unit = parseUnit(Flags.adapt(std::move(Commands.front())), Factory, {});
  if (!Unit.FirstError.Text.empty()) {
    llvm::errs() << Unit.Messages;
    return Incomplete;
  }
  if (Into.Text.empty())
    return fail("no function '" + Request.Function + "' has a body in '" + Request.File + "'");
  if (llvm::Error E = writeFile(Output, [&](llvm::raw_ostream &Out) { Out << Into.Text; }))
    return fail(llvm::toString(std::move(E)));
  return NothingFound;
}

} // namespace airlock
