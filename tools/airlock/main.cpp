// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The `airlock` command: its subcommands and their options.

#include "Arguments.h"
#include "model/ModelReader.h"
#include "rules/Rule.h"
#include "support/Paths.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace airlock;
using namespace clang::tooling;

static auto InCategory = cl::cat(airlockCategory());

static cl::list<std::string> Files(cl::Positional, cl::desc("[FILE|FOLDER...] [-- FLAGS]"),
                                   cl::sub(checkCommand()), InCategory);
static cl::opt<std::string>
    BuildFolder("p", cl::value_desc("build"), cl::sub(checkCommand()), InCategory,
                cl::desc("The folder of compile_commands.json; without FILEs, all of its units"));
static cl::opt<unsigned> Jobs("j", cl::Prefix, cl::value_desc("N"), cl::init(0),
                              cl::sub(checkCommand()),
                              cl::desc("Units to analyse at a time (default: one a core)"),
                              InCategory);
static cl::opt<std::string>
    CacheFolder("cache", cl::value_desc("dir"), cl::sub(checkCommand()), InCategory,
                cl::desc("Keep results of units here (default with -p: BUILD/.airlock-cache)"));
static cl::opt<bool> NoCache("no-cache", cl::desc("Keep no results, use none"),
                             cl::sub(checkCommand()), InCategory);

static cl::opt<std::string>
    SummaryFile("summary", cl::value_desc("file"), cl::sub(checkCommand()), InCategory,
                cl::desc("Write the summaries of all units into one file, for link and queries"));

static cl::list<std::string> Summaries(cl::Positional,
                                       cl::desc("SUMMARY|OBJECT|ARCHIVE|FOLDER|@LIST..."),
                                       cl::OneOrMore, cl::sub(linkCommand()), InCategory);
static cl::opt<bool> Merge("merge", cl::sub(linkCommand()), InCategory,
                           cl::desc("Write one file (-o) that links like all that are named"));

static cl::opt<std::string> OldReport(cl::Positional, cl::Required, cl::desc("OLD.json"),
                                      cl::sub(diffCommand()), InCategory);
static cl::opt<std::string> NewReport(cl::Positional, cl::Required, cl::desc("NEW.json"),
                                      cl::sub(diffCommand()), InCategory);

static cl::opt<std::string> RuleName(cl::Positional, cl::desc("[RULE]"), cl::sub(explainCommand()),
                                     InCategory);

static cl::list<std::string> ModelWords(cl::Positional, cl::desc("check FILE..."), cl::OneOrMore,
                                        cl::sub(modelCommand()), InCategory);

static cl::extrahelp ExitStatuses(
    "\nExit status: 0 nothing found, 1 findings, 2 bad usage, a bad model or failed I/O,\n"
    "3 something could not be analysed.\n");

int airlock::fail(const Twine &Text) {
  WithColor::error(errs(), "airlock") << Text << '\n';
  return BadUsage;
}

/// The database in BuildFolder; or a file that is one.
static std::unique_ptr<CompilationDatabase> loadDatabase(std::string &Problem) {
  SmallString<256> File = StringRef(BuildFolder);
  if (sys::fs::is_directory(File))
    sys::path::append(File, "compile_commands.json");
  auto Database =
      JSONCompilationDatabase::loadFromFile(File, Problem, JSONCommandLineSyntax::AutoDetect);
  if (!Database)
    return nullptr;
  return inferTargetAndDriverMode(inferMissingCompileCommands(
      expandResponseFiles(std::move(Database), vfs::getRealFileSystem())));
}

static int check(std::unique_ptr<CompilationDatabase> Database) {
  CheckRequest Request;
  if (!Database && BuildFolder.empty())
    return fail("give the compiler's flags after '--', as in 'airlock check file.c -- -Iinclude', "
                "or the folder of a compile database, as in 'airlock check -p build'");
  if (Database && Files.empty())
    return fail("no file is named");
  if (!Database) {
    std::string Problem;
    Database = loadDatabase(Problem);
    if (!Database)
      return fail("cannot read the compile database of '" + BuildFolder +
                  "': " + StringRef(Problem).trim());
    Request.FromDatabase = true;
  }
  Expected<ReportRequest> Reporting = reportRequest();
  if (!Reporting)
    return fail(toString(Reporting.takeError()));
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return fail(toString(Wanted.takeError()));
  Request.Reporting = std::move(*Reporting);
  Request.Wanted = std::move(*Wanted);
  // Units are compiled in folders of their own.
  Request.Wanted.Root = absolutePath(Request.Wanted.Root.empty() ? "." : Request.Wanted.Root);
  Request.Files = Files;
  Request.Jobs = Jobs ? Jobs : hardware_concurrency().compute_thread_count();
  Request.CacheFolder = CacheFolder;
  if (CacheFolder.empty() && Request.FromDatabase) {
    SmallString<256> Folder = StringRef(BuildFolder);
    if (!sys::fs::is_directory(Folder))
      sys::path::remove_filename(Folder);
    sys::path::append(Folder, ".airlock-cache");
    Request.CacheFolder = Folder.str();
  }
  Request.SummaryFile = SummaryFile;
  if (NoCache)
    Request.CacheFolder.clear();
  return runCheck(Request, *Database);
}

static int link() {
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return fail(toString(Wanted.takeError()));
  SummaryRequest Request{std::move(*Wanted), Summaries};
  if (Merge && Output == "-")
    return fail("'link --merge' writes a file; name it with -o");
  if (Merge)
    return runMerge(Request, Output);
  Expected<ReportRequest> Reporting = reportRequest();
  if (!Reporting)
    return fail(toString(Reporting.takeError()));
  return runLink(Request, *Reporting);
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
  std::unique_ptr<CompilationDatabase> Database =
      FixedCompilationDatabase::loadFromCommandLine(Count, Arguments, Problem);

  for (cl::SubCommand *Command :
       {&checkCommand(), &linkCommand(), &diffCommand(), &explainCommand(), &modelCommand()})
    cl::HideUnrelatedOptions(airlockCategory(), *Command);
  cl::HideUnrelatedOptions(airlockCategory());
  cl::SetVersionPrinter(printVersion);
  if (!cl::ParseCommandLineOptions(
          Count, Arguments, "proves where Linux-kernel-style C touches user memory\n", &errs()))
    return BadUsage;
  int Status = checkCommand()     ? check(std::move(Database))
               : linkCommand()    ? link()
               : diffCommand()    ? diff()
               : explainCommand() ? explain()
               : modelCommand()   ? model()
                                  : fail("no command given; see 'airlock --help'");
  // The stream's own destructor would abort.
  outs().flush();
  if (std::error_code Error = outs().error()) {
    outs().clear_error();
    return fail("cannot write 'standard output': " + Error.message());
  }
  return Status;
}
