// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The `airlock` command: its subcommands and their options.

#include "Arguments.h"
#include "CommandTable.h"
#include "rules/Rule.h"
#include "support/Paths.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace airlock;
using namespace clang::tooling;

static auto InCategory = cl::cat(airlockCategory());

static cl::list<std::string> Files(cl::Positional, cl::desc("[FILE|FOLDER...] [-- FLAGS]"),
                                   cl::sub(checkCommand()), InCategory);
static cl::opt<std::string>
    SummaryFile("summary", cl::value_desc("file"), cl::sub(checkCommand()), InCategory,
                cl::desc("Write the summaries of all units into one file, for link and queries"));

static cl::list<std::string> Summaries(cl::Positional,
                                       cl::desc("SUMMARY|OBJECT|ARCHIVE|FOLDER|@LIST..."),
                                       cl::OneOrMore, cl::sub(linkCommand()),
                                       cl::sub(dumpCommand()), InCategory);
static cl::opt<std::string>
    ContractFile("contracts", cl::value_desc("file"), cl::sub(linkCommand()), InCategory,
                 cl::desc("Write down what the program says of its functions, for check --program "
                          "and the plugin's program="));
static cl::opt<bool> Merge("merge", cl::sub(linkCommand()), InCategory,
                           cl::desc("Write one file (-o) that links like all that are named"));

static cl::opt<std::string> FlowOf("flow", cl::value_desc("function"), cl::sub(dumpCommand()),
                                   InCategory,
                                   cl::desc("Of a C file, as for check: what the analyses run over "
                                            "in this function, as text"));
static cl::opt<std::string> StatesOf("states", cl::value_desc("function"), cl::sub(dumpCommand()),
                                     InCategory,
                                     cl::desc("Of a C file: what is known where in this function"));

static cl::opt<std::string> OldReport(cl::Positional, cl::Required, cl::desc("OLD.json"),
                                      cl::sub(diffCommand()), InCategory);
static cl::opt<std::string> NewReport(cl::Positional, cl::Required, cl::desc("NEW.json"),
                                      cl::sub(diffCommand()), InCategory);

static cl::opt<std::string> SavedFile(cl::Positional, cl::Required, cl::desc("REPORT.json"),
                                      cl::sub(reportCommand()), InCategory);
static cl::list<std::string> ProgramSummaries(cl::Positional,
                                              cl::desc("[SUMMARY|OBJECT|FOLDER...]"),
                                              cl::sub(lspCommand()), InCategory);

static cl::opt<std::string> RuleName(cl::Positional, cl::desc("[RULE]"), cl::sub(explainCommand()),
                                     InCategory);

static constexpr char HelpOnUse[] = R"(
EXAMPLES:

  airlock check -p build --summary all.sum      analyse what a compile database has
  airlock check -p build --diff HEAD~1          what the last commit brings
  airlock link all.sum                          the same report again
  airlock report all.json --format html -o x.html
                                                a saved report, to look at
  airlock dump all.sum                          all that the summaries say, as JSON
  airlock why f --effect NAME all.sum           how does f come to have this effect of a model?
  airlock why f --to __get_user --all all.sum   every chain of calls to a function or macro
  airlock callers f --context NAME all.sum      who would have to be in the context, too?
  airlock annotate -p build --model vhost --scope drivers/vhost --patch vhost.patch
                                                carry the context as far as it must go
  airlock slots file_operations.read all.sum    what is stored there, and who calls it?
  airlock summary f all.sum                     what is known of f: regions, effects, callers
  airlock list --context NAME all.sum           who is in the context, and who is missing?
  airlock list --region NAME all.sum            what may run with the region open, and through whom?
  airlock graph --context NAME all.sum -o x.svg who is in it, and who leads into it, drawn
  airlock lsp                                   a language server: findings in an editor
  airlock model show kmalloc                    what do the models say of it?
  airlock model audit --model my.json all.sum   does the program do what the model says?

EXIT STATUS:

  0  nothing was found; of a question (why, callers, ...): there is an answer; of annotate: done;
     of lsp: the editor ended it
  1  something was found; of a question: there is none; of annotate: something is left that no
     edit mends, and nothing is written; of lsp: the editor was gone
  2  bad usage, a bad model, or a file that cannot be read or written
  3  something could not be analysed, or a summary was refused
)";
static cl::extrahelp More(HelpOnUse);

int airlock::fail(const Twine &Text) {
  WithColor::error(errs(), "airlock") << Text << '\n';
  return BadUsage;
}

/// Without flags, those of a file in the database.
static Expected<std::unique_ptr<CompilationDatabase>>
databaseOf(std::unique_ptr<CompilationDatabase> Given) {
  if (Given)
    return Given;
  if (BuildFolder.empty())
    return createStringError("give the compiler's flags after '--', as in 'airlock check file.c -- "
                             "-Iinclude', or the folder of a compile database, as in 'airlock "
                             "check -p build'");
  return loadDatabase();
}

static int check(std::unique_ptr<CompilationDatabase> Given) {
  if (Given && Files.empty())
    return fail("no file is named");
  const bool FromDatabase = !Given;
  Expected<std::unique_ptr<CompilationDatabase>> Database = databaseOf(std::move(Given));
  if (!Database)
    return fail(toString(Database.takeError()));
  Expected<ReportRequest> Reporting = reportRequest();
  if (!Reporting)
    return fail(toString(Reporting.takeError()));
  Expected<CheckRequest> Request = checkRequest(FromDatabase);
  if (!Request)
    return fail(toString(Request.takeError()));
  Request->Reporting = std::move(*Reporting);
  Request->Files = Files;
  Request->SummaryFile = SummaryFile;
  if (!SummaryFile.empty() && realPath(SummaryFile) == realPath(Output))
    return fail("the report and the summaries are the same file, '" + SummaryFile + "'");
  return runCheck(*Request, **Database);
}

static int annotate() {
  Expected<AnnotateCommand> Request = annotateRequest();
  if (!Request)
    return fail(toString(Request.takeError()));
  Expected<std::unique_ptr<CompilationDatabase>> Database = loadDatabase();
  if (!Database)
    return fail(toString(Database.takeError()));
  return runAnnotate(*Request, **Database);
}

static int link() {
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return fail(toString(Wanted.takeError()));
  SummaryRequest Request{std::move(*Wanted), Summaries};
  if (Merge && !ContractFile.empty())
    return fail("--merge and --contracts exclude each other");
  if (Merge && Output == "-")
    return fail("'link --merge' writes a file; name it with -o");
  if (Merge)
    return runMerge(Request, Output);
  Expected<ReportRequest> Reporting = reportRequest();
  if (!Reporting)
    return fail(toString(Reporting.takeError()));
  if (!ContractFile.empty() && ContractFile == Output)
    return fail("the report and the contracts are the same file, '" + ContractFile + "'");
  return runLink(Request, *Reporting, ContractFile);
}

static int dump(std::unique_ptr<CompilationDatabase> Given) {
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return fail(toString(Wanted.takeError()));
  if (!FlowOf.empty() || !StatesOf.empty()) {
    if (!FlowOf.empty() && !StatesOf.empty())
      return fail("--flow and --states exclude each other");
    if (Summaries.size() != 1)
      return fail("name one C file");
    Expected<std::unique_ptr<CompilationDatabase>> Database = databaseOf(std::move(Given));
    if (!Database)
      return fail(toString(Database.takeError()));
    bool States = FlowOf.empty();
    return runInside({std::move(*Wanted), Summaries.front(), States ? StatesOf : FlowOf, States},
                     **Database, Output);
  }
  return runDump({std::move(*Wanted), Summaries}, Output);
}

static int diff() {
  Expected<DiffRequest> Request = diffRequest();
  if (!Request)
    return fail(toString(Request.takeError()));
  Request->Before = OldReport;
  Request->After = NewReport;
  return runDiff(*Request);
}

static int report() {
  Expected<ReportRequest> Reporting = reportRequest();
  if (!Reporting)
    return fail(toString(Reporting.takeError()));
  Expected<Report> Saved = readWholeReport(SavedFile);
  if (!Saved)
    return fail(toString(Saved.takeError()));
  return deliver(*Saved, *Reporting);
}

static int explain() {
  if (RuleName.empty()) {
    for (const Rule &R : allRules())
      outs() << left_justify(R.Id, 24) << R.Summary << '\n';
    return NothingFound;
  }
  const Rule *R = findRule(RuleName);
  if (!R)
    return fail("unknown rule '" + RuleName + "'; 'airlock explain' lists them");
  outs() << R->page();
  return NothingFound;
}

/// What shells and the build call, and nobody's --help shows.
static std::optional<int> runHidden(ArrayRef<const char *> Words) {
  if (Words.empty())
    return std::nullopt;
  if (Words.front() == StringRef("complete"))
    return complete(Words.drop_front());
  if (Words.front() == StringRef("manual") && Words.size() == 3)
    return printManual(Words[1], Words[2], HelpOnUse);
  return std::nullopt;
}

static int lsp() {
  Expected<LspRequest> Request = lspRequest();
  if (!Request)
    return fail(toString(Request.takeError()));
  for (const std::string &Name : ProgramSummaries)
    Request->Summaries.push_back(absolutePath(Name));
  // What is wrong here would be wrong for every file.
  SummaryFiles Files;
  if (!Request->Summaries.empty())
    if (Error E = openSummaries({Request->Wanted, Request->Summaries}, Files))
      return fail(toString(std::move(E)));
  Options Wanted = Request->Wanted;
  Expected<Model> M = loadModelsFor(Files, Wanted);
  if (!M)
    return fail(toString(M.takeError()));
  if (Error E = openContracts(Wanted, *M).takeError())
    return fail(toString(std::move(E)));
  if (!Wanted.Program.empty())
    Request->Wanted.Program = absolutePath(Wanted.Program);
  if (!Request->BuildFolder.empty())
    if (Error E = loadDatabase().takeError())
      return fail(toString(std::move(E)));
  return runLsp(std::move(*Request));
}

static void printVersion(raw_ostream &Out) {
  Out << "airlock " AIRLOCK_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
}

/// The stream's own destructor would abort.
static int finish(int Status) {
  outs().flush();
  std::error_code Error = outs().error();
  if (!Error)
    return Status;
  outs().clear_error();
  return fail("cannot write 'standard output': " + Error.message());
}

int main(int Count, const char **Arguments) {
  if (std::optional<int> Status = runHidden(ArrayRef(Arguments, Count).drop_front()))
    return finish(*Status);
  // `-- FLAGS` is for the compiler and must go before the options are read; of `flags`, they
  // are all that it is about.
  std::vector<std::string> Command;
  const char **Rest = std::find(Arguments, Arguments + Count, StringRef("--"));
  if (Count > 1 && Arguments[1] == StringRef("flags") && Rest != Arguments + Count) {
    Command.assign(Rest + 1, Arguments + Count);
    Count = Rest - Arguments;
  }
  std::string Problem;
  std::unique_ptr<CompilationDatabase> Database =
      FixedCompilationDatabase::loadFromCommandLine(Count, Arguments, Problem);

  for (cl::SubCommand *Command : allCommands())
    cl::HideUnrelatedOptions(airlockCategory(), *Command);
  cl::HideUnrelatedOptions(airlockCategory());
  cl::SetVersionPrinter(printVersion);
  if (!cl::ParseCommandLineOptions(
          Count, Arguments, "proves where Linux-kernel-style C touches user memory\n", &errs()))
    return BadUsage;
  int Status = checkCommand()      ? check(std::move(Database))
               : annotateCommand() ? annotate()
               : linkCommand()     ? link()
               : dumpCommand()     ? dump(std::move(Database))
               : whyCommand()      ? why()
               : callersCommand()  ? callers()
               : slotsCommand()    ? slots()
               : summaryCommand()  ? summary()
               : listCommand()     ? listMembers()
               : graphCommand()    ? graph()
               : diffCommand()     ? diff()
               : reportCommand()   ? report()
               : explainCommand()  ? explain()
               : modelCommand()    ? model()
               : flagsCommand()    ? runFlags(std::move(Command), wantsCompilerWarnings())
               : lspCommand()      ? lsp()
                                   : fail("no command given; see 'airlock --help'");
  return finish(Status);
}
