// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The `airlock` command: its subcommands and their options.

#include "Commands.h"
#include "model/ModelReader.h"
#include "rules/Rule.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/WithColor.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;
using namespace airlock;

static cl::OptionCategory Category("Airlock options");

static cl::SubCommand CheckCommand("check", "Analyse C files and report what is found");
static cl::SubCommand DiffCommand("diff",
                                  "Compare two JSON reports: exit status 1 on new findings");
static cl::SubCommand ExplainCommand("explain", "Print a rule's page, or the list of rules");
static cl::SubCommand ModelCommand("model", "Work on model files: 'model check FILE...'");

// What is reported, and how: for every subcommand that makes a report.
static cl::opt<std::string>
    Format("format", cl::value_desc("text|json|sarif"), cl::init("text"),
           cl::desc("Form of the report (default: text); diff has text and json"),
           cl::sub(CheckCommand), cl::sub(DiffCommand), cl::cat(Category));
static cl::opt<std::string> Output("o", cl::value_desc("file"), cl::init("-"),
                                   cl::desc("Write the report here, whole or not at all"),
                                   cl::sub(CheckCommand), cl::sub(DiffCommand), cl::cat(Category));
static cl::opt<std::string>
    Baseline("baseline", cl::value_desc("report.json"), cl::sub(CheckCommand),
             cl::desc("Silence the findings that this earlier JSON report has"), cl::cat(Category));
static cl::opt<std::string>
    FailOn("fail-on", cl::value_desc("rules"), cl::sub(CheckCommand), cl::cat(Category),
           cl::desc("Exit with 1 only for findings of these rules (comma list)"));
static cl::opt<std::string>
    SarifCategory("category", cl::value_desc("name"), cl::init("airlock"), cl::sub(CheckCommand),
                  cl::desc("Under which name a service keeps a sarif report, one a configuration"),
                  cl::cat(Category));

static cl::list<std::string> Files(cl::Positional, cl::desc("FILE... -- FLAGS"), cl::OneOrMore,
                                   cl::sub(CheckCommand), cl::cat(Category));
static cl::list<std::string>
    Models("model", cl::value_desc("name or path"), cl::sub(CheckCommand),
           cl::desc("A model, built in or a file; repeatable (default: linux)"), cl::cat(Category));
static cl::opt<std::string> Only("only", cl::value_desc("rules"), cl::sub(CheckCommand),
                                 cl::desc("Run only these rules (comma list)"), cl::cat(Category));
static cl::opt<std::string> Disable("disable", cl::value_desc("rules"), cl::sub(CheckCommand),
                                    cl::desc("Do not run these rules (comma list)"),
                                    cl::cat(Category));
static cl::opt<bool> Advice("advice", cl::desc("Report advice too"), cl::sub(CheckCommand),
                            cl::cat(Category));
static cl::opt<std::string> Scope("scope", cl::value_desc("prefix"), cl::sub(CheckCommand),
                                  cl::desc("Report only under this path prefix"),
                                  cl::cat(Category));
static cl::opt<std::string> Root("root", cl::value_desc("dir"), cl::sub(CheckCommand),
                                 cl::desc("Make paths in the report relative to this directory"),
                                 cl::cat(Category));

static cl::opt<std::string> OldReport(cl::Positional, cl::Required, cl::desc("OLD.json"),
                                      cl::sub(DiffCommand), cl::cat(Category));
static cl::opt<std::string> NewReport(cl::Positional, cl::Required, cl::desc("NEW.json"),
                                      cl::sub(DiffCommand), cl::cat(Category));

static cl::opt<std::string> RuleName(cl::Positional, cl::desc("[RULE]"), cl::sub(ExplainCommand),
                                     cl::cat(Category));

static cl::list<std::string> ModelWords(cl::Positional, cl::desc("check FILE..."), cl::OneOrMore,
                                        cl::sub(ModelCommand), cl::cat(Category));

int airlock::fail(const Twine &Text) {
  WithColor::error(errs(), "airlock") << Text << '\n';
  return BadUsage;
}

/// What the options that reports share say.
static Expected<ReportRequest> reportRequest() {
  if (Format != "text" && Format != "json" && Format != "sarif")
    return createStringError("unknown format '" + Format +
                             "'; known are 'text', 'json' and 'sarif'");
  ReportRequest Request;
  Request.Format = Format;
  Request.Output = Output;
  Request.Category = SarifCategory;
  if (!FailOn.empty())
    if (Error E = addRules(FailOn, Request.FailOn))
      return E;
  if (!Baseline.empty()) {
    Expected<SavedReport> Saved = readReport(Baseline);
    if (!Saved)
      return Saved.takeError();
    Request.Baseline = std::move(*Saved);
  }
  return Request;
}

static int check(const clang::tooling::CompilationDatabase *Database) {
  if (!Database)
    return fail("give the compiler's flags after '--', as in 'airlock check file.c -- -Iinclude'");
  Expected<ReportRequest> Reporting = reportRequest();
  if (!Reporting)
    return fail(toString(Reporting.takeError()));

  CheckRequest Request;
  Request.Reporting = std::move(*Reporting);
  Request.Files = Files;
  Request.Wanted.Models = Models;
  auto Add = [&](StringRef Name, StringRef Value) {
    return Value.empty() ? Error::success() : Request.Wanted.add((Name + "=" + Value).str());
  };
  for (auto &&[Name, Value] : {std::pair<const char *, std::string>("only", Only),
                               {"disable", Disable},
                               {"scope", Scope},
                               {"root", Root}})
    if (Error E = Add(Name, Value))
      return fail(toString(std::move(E)));
  Request.Wanted.Advice = Advice;
  return runCheck(Request, *Database);
}

static int diff() {
  if (Format != "text" && Format != "json")
    return fail("unknown format '" + Format + "'; a comparison is 'text' or 'json'");
  return runDiff({OldReport, NewReport, Format, Output});
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

static int model() {
  if (ModelWords.front() != "check" || ModelWords.size() < 2)
    return fail("usage: airlock model check FILE...");
  int Status = NothingFound;
  for (const std::string &File : drop_begin(ModelWords)) {
    ModelReader Reader;
    if (Error E = Reader.add(File)) {
      Status = fail(toString(std::move(E)));
      continue;
    }
    for (const std::string &Note : Reader.contradictions())
      WithColor::warning(errs(), "airlock") << Note << '\n';
    outs() << File << ": ok\n";
  }
  return Status;
}

static void printVersion(raw_ostream &Out) {
  Out << "airlock " AIRLOCK_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
}

int main(int Count, const char **Arguments) {
  // `-- FLAGS` is for the compiler and must go before the options are read.
  std::string Problem;
  std::unique_ptr<clang::tooling::CompilationDatabase> Database =
      clang::tooling::FixedCompilationDatabase::loadFromCommandLine(Count, Arguments, Problem);

  for (cl::SubCommand *Command : {&CheckCommand, &DiffCommand, &ExplainCommand, &ModelCommand})
    cl::HideUnrelatedOptions(Category, *Command);
  cl::HideUnrelatedOptions(Category);
  cl::SetVersionPrinter(printVersion);
  if (!cl::ParseCommandLineOptions(
          Count, Arguments, "proves where Linux-kernel-style C touches user memory\n", &errs()))
    return BadUsage;
  int Status = CheckCommand     ? check(Database.get())
               : DiffCommand    ? diff()
               : ExplainCommand ? explain()
               : ModelCommand   ? model()
                                : fail("no command given; see 'airlock --help'");
  // The stream's own destructor would abort.
  outs().flush();
  if (std::error_code Error = outs().error()) {
    outs().clear_error();
    return fail("cannot write 'standard output': " + Error.message());
  }
  return Status;
}
