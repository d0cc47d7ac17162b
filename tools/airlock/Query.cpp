// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock why`, `callers`, `slots`, `summary`, `list`, `graph` and `model audit`: questions about
// a whole program, asked of summaries, or of a compile database as `airlock check` reads it.
//
// Exit status: 0 there is something, 1 there is nothing, 2 bad usage, 3 something
// is missing of the program.

#include "Arguments.h"
#include "Draw.h"
#include "link/Link.h"
#include "query/Dot.h"
#include "query/Lookup.h"
#include "query/Pictures.h"
#include "query/RenderFunction.h"
#include "query/RenderLists.h"
#include "report/Html.h"
#include "report/Renderers.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace airlock {

static auto InCategory = cl::cat(airlockCategory());

static cl::opt<std::string> Function(cl::Positional, cl::Required, cl::desc("[FILE.c:]FUNCTION"),
                                     cl::sub(whyCommand()), cl::sub(callersCommand()),
                                     cl::sub(summaryCommand()), InCategory);
static cl::opt<std::string> Slot(cl::Positional, cl::Required,
                                 cl::desc("[FILE.c:]STRUCT.FIELD|FUNCTION.PARAMETER|VARIABLE|TYPE"),
                                 cl::sub(slotsCommand()), InCategory);
static cl::list<std::string> Summaries(cl::Positional, cl::desc("SUMMARY|OBJECT|FOLDER|@LIST..."),
                                       cl::sub(whyCommand()), cl::sub(callersCommand()),
                                       cl::sub(slotsCommand()), cl::sub(summaryCommand()),
                                       cl::sub(listCommand()), cl::sub(graphCommand()), InCategory);

static cl::opt<std::string> To("to", cl::value_desc("[FILE.c:]NAME"), cl::sub(whyCommand()),
                               InCategory,
                               cl::desc("Paths to this function, macro that a model knows, or "
                                        "slot"));
static cl::opt<std::string> EffectName("effect", cl::value_desc("name"), cl::sub(whyCommand()),
                                       InCategory,
                                       cl::desc("Paths to what has this effect of a model, where "
                                                "it can come to it"));
static cl::opt<std::string>
    ContextName("context", cl::value_desc("name"), cl::sub(whyCommand()), cl::sub(callersCommand()),
                cl::sub(listCommand()), cl::sub(graphCommand()), InCategory,
                cl::desc("why: paths to what needs this context; callers: who would have to be in "
                         "it (default: nobody is in it so far); list: who is, and who is missing; "
                         "graph: both"));
static cl::opt<std::string> RegionName("region", cl::value_desc("name"), cl::sub(listCommand()),
                                       InCategory,
                                       cl::desc("What may run with this region open, each with an "
                                                "example of a chain of calls"));
static cl::opt<std::string> Around("function", cl::value_desc("[FILE.c:]NAME"),
                                   cl::sub(graphCommand()), InCategory,
                                   cl::desc("Draw who calls this, and what it calls"));
static cl::opt<unsigned> Depth("depth", cl::value_desc("N"), cl::init(2), cl::sub(graphCommand()),
                               InCategory,
                               cl::desc("So many calls away from --function (default: 2)"));
static cl::opt<bool> Shortest("shortest", cl::desc("One of the shortest paths (default)"),
                              cl::sub(whyCommand()), InCategory);
static cl::opt<bool> Longest("longest",
                             cl::desc("One of the longest paths on which nothing comes twice"),
                             cl::sub(whyCommand()), InCategory);
static cl::opt<bool> All("all",
                         cl::desc("All paths on which nothing comes twice, the shortest first"),
                         cl::sub(whyCommand()), InCategory);
static cl::opt<size_t> Limit("limit", cl::value_desc("N"), cl::init(1000), cl::sub(whyCommand()),
                             cl::desc("Of all paths, at most so many (default: 1000)"), InCategory);

namespace {

/// A program with what it was made from.
class Loaded {
public:
  /// False after saying why not.
  bool load(ArrayRef<std::string> Summaries);
  QueryFacts facts() const { return {P.facts(), *M, P.places()}; }
  Program &program() { return P; }
  const Model &model() const { return *M; }

  /// What a name stands for, at least one.
  Expected<std::vector<EntityId>> named(StringRef Name, StringRef What,
                                        function_ref<bool(const Entity &)> IsWanted) const;
  int deliver(bool Any, function_ref<void(raw_ostream &)> Write) const;

private:
  Error openAll(ArrayRef<std::string> Summaries);
  bool check();

  SummaryFiles Files;
  std::optional<Model> M;
  Program P;
  bool Complete = true;
};

Error Loaded::openAll(ArrayRef<std::string> Summaries) {
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return Wanted.takeError();
  if (Error E = openSummaries({*Wanted, Summaries.vec()}, Files))
    return E;
  Expected<Model> Known = loadModelsFor(Files, *Wanted);
  if (!Known)
    return Known.takeError();
  M = std::move(*Known);
  return Error::success();
}

bool Loaded::check() {
  Expected<std::unique_ptr<clang::tooling::CompilationDatabase>> Database = loadDatabase();
  if (!Database)
    return fail(toString(Database.takeError())), false;
  Expected<CheckRequest> Request = checkRequest(/*FromDatabase=*/true);
  if (!Request)
    return fail(toString(Request.takeError())), false;
  Expected<Model> Known = loadModelsAloud(Request->Wanted);
  if (!Known)
    return fail(toString(Known.takeError())), false;
  M = std::move(*Known);
  std::optional<CheckedUnits> Units = summarizeUnits(*Request, **Database, *M);
  if (Units)
    Files = std::move(Units->Now);
  return Units.has_value();
}

bool Loaded::load(ArrayRef<std::string> Summaries) {
  if (BuildFolder.empty() == Summaries.empty())
    return fail("name either summaries or, with -p, the folder of a compile database"), false;
  if (!BuildFolder.empty() && !check())
    return false;
  if (BuildFolder.empty())
    if (Error E = openAll(Summaries))
      return fail(toString(std::move(E))), false;
  Report Notes;
  loadProgram(Files, *M, P, Notes);
  countUnits(P, Notes);
  for (const Notification &N : Notes.ledger().Notifications)
    (N.IsNote ? WithColor::note(errs(), "airlock") : WithColor::error(errs(), "airlock"))
        << N.File << ": " << N.Text << '\n';
  Complete = Notes.complete();
  return true;
}

Expected<std::vector<EntityId>> Loaded::named(StringRef Name, StringRef What,
                                              function_ref<bool(const Entity &)> IsWanted) const {
  std::vector<EntityId> Found = findNamed(P.facts(), P.places(), Name, IsWanted);
  if (!Found.empty())
    return Found;
  std::string Similar = similarName(P.facts(), Name, IsWanted);
  return createStringError("unknown " + What + " '" + Name + "'" +
                           (Similar.empty() ? "" : "; is '" + Similar + "' meant?"));
}

int Loaded::deliver(bool Any, function_ref<void(raw_ostream &)> Write) const {
  bool Whole = complain(P.refusals()) && Complete;
  if (Error E = writeFile(Output, Write))
    return fail(toString(std::move(E)));
  return !Whole ? Incomplete : Any ? 0 : 1;
}

bool isAnything(const Entity &) { return true; }
bool isSlot(const Entity &E) { return E.isSlot(); }

/// The id that a name of the model has.
template <typename List>
Expected<unsigned> idOf(StringRef What, StringRef Name, const List &Known) {
  std::string Names;
  for (unsigned Id = 0; Id < Known.size(); ++Id) {
    if (Known[Id].Name == Name)
      return Id;
    Names += (Id ? ", '" : "'") + Known[Id].Name + "'";
  }
  return createStringError("unknown " + What + " '" + Name + "'; the model has " +
                           (Names.empty() ? "none" : Names));
}

Expected<WhyQuestion> whyQuestion(const Loaded &Program) {
  WhyQuestion Question;
  Question.Wanted = All ? WhyQuestion::All : Longest ? WhyQuestion::Longest : WhyQuestion::Shortest;
  Question.Limit = Limit;
  Expected<std::vector<EntityId>> From = Program.named(Function, "function", isAnything);
  if (!From)
    return From.takeError();
  Question.From = std::move(*From);
  if (!To.empty()) {
    Expected<std::vector<EntityId>> Targets = Program.named(To, "function", isAnything);
    if (!Targets)
      return Targets.takeError();
    Question.To = std::move(*Targets);
  } else if (!EffectName.empty()) {
    Expected<unsigned> Effect = idOf("effect", EffectName, Program.model().effects());
    if (!Effect)
      return Effect.takeError();
    Question.Effect = *Effect;
  } else {
    Expected<unsigned> Context = idOf("context", ContextName, Program.model().contexts());
    if (!Context)
      return Context.takeError();
    Question.Context = *Context;
  }
  return Question;
}

Error checkFormat(bool IsGraph = false) {
  if (Format == "text" || Format == "json" || (IsGraph && Format == "dot"))
    return Error::success();
  return createStringError("unknown format '" + Format + "'; an answer is " +
                           (IsGraph ? "'text', 'json' or 'dot'" : "'text' or 'json'"));
}

} // namespace

int why() {
  if (Error E = checkFormat(/*IsGraph=*/true))
    return fail(toString(std::move(E)));
  if (!To.empty() + !EffectName.empty() + !ContextName.empty() != 1)
    return fail("say where to: one of --to, --effect and --context");
  if (Shortest + Longest + All > 1)
    return fail("--shortest, --longest and --all exclude each other");
  if (Limit == 0)
    return fail("--limit is at least 1");
  Loaded Program;
  if (!Program.load(Summaries))
    return BadUsage;
  Expected<WhyQuestion> Question = whyQuestion(Program);
  if (!Question)
    return fail(toString(Question.takeError()));
  QueryFacts Facts = Program.facts();
  Analyses Of(Facts.F, Facts.M, Program.program(), RegionSet());
  WhyAnswer Answer = askWhy(Of, *Question);
  std::string Goal = !To.empty()           ? "'" + To + "'"
                     : !EffectName.empty() ? "effect '" + EffectName + "'"
                                           : "context '" + ContextName + "'";
  return Program.deliver(!Answer.Paths.empty(), [&](raw_ostream &Out) {
    if (Format == "json")
      renderWhyJson(Facts, Answer, Out);
    else if (Format == "dot")
      renderWhyDot(Facts, Answer, Out);
    else
      renderWhyText(Facts, *Question, Answer, Function, Goal, Out);
  });
}

int callers() {
  if (Error E = checkFormat())
    return fail(toString(std::move(E)));
  Loaded Program;
  if (!Program.load(Summaries))
    return BadUsage;
  Expected<std::vector<EntityId>> Functions = Program.named(Function, "function", isAnything);
  if (!Functions)
    return fail(toString(Functions.takeError()));
  std::optional<unsigned> Context;
  if (!ContextName.empty()) {
    Expected<unsigned> Id = idOf("context", ContextName, Program.model().contexts());
    if (!Id)
      return fail(toString(Id.takeError()));
    Context = *Id;
  }
  QueryFacts Facts = Program.facts();
  CallersAnswer Answer = askCallers(Facts.F, *Functions, Context);
  sortByPlace(Facts, Answer);
  auto Render = Format == "json" ? renderCallersJson : renderCallersText;
  return Program.deliver(!Answer.Callers.empty() || !Answer.Stores.empty(),
                         [&](raw_ostream &Out) { Render(Facts, Answer, Out); });
}

int slots() {
  if (Error E = checkFormat())
    return fail(toString(std::move(E)));
  Loaded Program;
  if (!Program.load(Summaries))
    return BadUsage;
  Expected<std::vector<EntityId>> Found = Program.named(Slot, "slot", isSlot);
  if (!Found)
    return fail(toString(Found.takeError()));
  QueryFacts Facts = Program.facts();
  std::vector<SlotAnswer> Answers = askSlots(Facts.F, *Found);
  for (SlotAnswer &Answer : Answers)
    sortByPlace(Facts, Answer);
  bool Any =
      any_of(Answers, [](const SlotAnswer &A) { return !A.Stores.empty() || !A.Calls.empty(); });
  auto Render = Format == "json" ? renderSlotsJson : renderSlotsText;
  return Program.deliver(Any, [&](raw_ostream &Out) { Render(Facts, Answers, Out); });
}

int summary() {
  if (Error E = checkFormat())
    return fail(toString(std::move(E)));
  Loaded Program;
  if (!Program.load(Summaries))
    return BadUsage;
  Expected<std::vector<EntityId>> Found = Program.named(Function, "function", isAnything);
  if (!Found)
    return fail(toString(Found.takeError()));
  QueryFacts Facts = Program.facts();
  Analyses Of(Facts.F, Facts.M, Program.program(), RegionSet(), &Program.program().pointers());
  std::vector<FunctionSummary> All = summarizeFunctions(Of, *Found);
  auto Render = Format == "json" ? renderSummaryJson : renderSummaryText;
  return Program.deliver(/*Any=*/true, [&](raw_ostream &Out) {
    Render(Facts, All, Program.program().givenUp(), Out);
  });
}

static int printContext(const Loaded &Program) {
  QueryFacts Facts = Program.facts();
  Expected<unsigned> Context = idOf("context", ContextName, Facts.M.contexts());
  if (!Context)
    return fail(toString(Context.takeError()));
  ContextAnswer Answer = listContext(Facts.F, *Context);
  bool Any = !(Answer.Seeds.empty() && Answer.Annotated.empty() && Answer.Pointers.empty() &&
               Answer.Entries.empty());
  auto Render = Format == "json"  ? renderContextJson
                : Format == "dot" ? renderContextDot
                                  : renderContextText;
  return Program.deliver(Any, [&](raw_ostream &Out) { Render(Facts, Answer, Out); });
}

static int printRegion(Loaded &Program) {
  QueryFacts Facts = Program.facts();
  Expected<unsigned> Region = idOf("region", RegionName, Facts.M.regions());
  if (!Region)
    return fail(toString(Region.takeError()));
  RegionAnswer Answer = listRegion(Facts.F, Program.program(), *Region);
  auto Render = Format == "json"  ? renderRegionJson
                : Format == "dot" ? renderRegionDot
                                  : renderRegionText;
  return Program.deliver(!Answer.Runners.empty(),
                         [&](raw_ostream &Out) { Render(Facts, *Region, Answer, Out); });
}

int listMembers() {
  if (Error E = checkFormat(/*IsGraph=*/true))
    return fail(toString(std::move(E)));
  if (ContextName.empty() == RegionName.empty())
    return fail("say what to list: one of --context and --region");
  Loaded Program;
  if (!Program.load(Summaries))
    return BadUsage;
  return ContextName.empty() ? printRegion(Program) : printContext(Program);
}

/// What --context or --function asks for.
static Expected<CallPicture> askedPicture(Loaded &Program) {
  QueryFacts Facts = Program.facts();
  if (!ContextName.empty()) {
    Expected<unsigned> Context = idOf("context", ContextName, Program.model().contexts());
    if (!Context)
      return Context.takeError();
    return pictureOfContext(Facts, *Context);
  }
  Expected<std::vector<EntityId>> Functions = Program.named(Around, "function", isAnything);
  if (!Functions)
    return Functions.takeError();
  return pictureOfFunction(Facts, *Functions, Depth);
}

int graph() {
  const std::string Form = Format.getNumOccurrences() ? Format.getValue() : "svg";
  if (!is_contained({"svg", "dot", "json", "html"}, Form))
    return fail("unknown format '" + Form + "'; a graph is 'svg', 'dot', 'json' or 'html'");
  if (ContextName.empty() == Around.empty())
    return fail("say of what: one of --context and --function");
  Loaded Program;
  if (!Program.load(Summaries))
    return BadUsage;
  Expected<CallPicture> Picture = askedPicture(Program);
  if (!Picture)
    return fail(toString(Picture.takeError()));
  std::string Text;
  raw_string_ostream Rendered(Text);
  if (Form == "json")
    renderPictureJson(*Picture, Rendered);
  else if (Form == "html")
    renderPictureHtml(*Picture, Rendered);
  else
    renderDot(*Picture, Rendered);
  if (Form == "svg") {
    Expected<std::string> Drawn = drawDot(Text);
    if (!Drawn)
      return fail(toString(Drawn.takeError()));
    Text = std::move(*Drawn);
  }
  return Program.deliver(!Picture->Nodes.empty(), [&](raw_ostream &Out) { Out << Text; });
}

int auditModels(ArrayRef<std::string> Summaries) {
  if (Error E = checkFormat())
    return fail(toString(std::move(E)));
  Loaded Program;
  if (!Program.load(Summaries))
    return BadUsage;
  QueryFacts Facts = Program.facts();
  Analyses Of(Facts.F, Facts.M, Program.program(), RegionSet());
  // Those that were named, not what they build on.
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return fail(toString(Wanted.takeError()));
  StringSet<> Models;
  for (StringRef Path : Wanted->Models)
    Models.insert(Facts.M.nameOfLoaded(Path));
  if (Models.empty())
    for (StringRef Path : Facts.M.loaded())
      Models.insert(Facts.M.nameOfLoaded(Path));
  AuditAnswer Answer = auditModel(Of, Models);
  auto Render = Format == "json" ? renderAuditJson : renderAuditText;
  return Program.deliver(Answer.Remarks.empty(),
                         [&](raw_ostream &Out) { Render(Facts, Answer, Out); });
}

} // namespace airlock
