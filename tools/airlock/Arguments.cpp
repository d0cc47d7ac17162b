// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Arguments.h"
#include "LspAnalysis.h"
#include "support/Paths.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace llvm;
using namespace clang::tooling;

namespace airlock {

cl::OptionCategory &airlockCategory() {
  static cl::OptionCategory Category("Airlock options");
  return Category;
}

static auto InCategory = cl::cat(airlockCategory());

cl::SubCommand &checkCommand() {
  static cl::SubCommand Command("check", "Analyse C files and report what is found");
  return Command;
}
cl::SubCommand &annotateCommand() {
  static cl::SubCommand Command("annotate", "Propagate a context until the warnings stop");
  return Command;
}
cl::SubCommand &linkCommand() {
  static cl::SubCommand Command("link", "Analyse a program from the summaries of its units");
  return Command;
}
cl::SubCommand &dumpCommand() {
  static cl::SubCommand Command("dump", "Print summaries as JSON");
  return Command;
}
cl::SubCommand &whyCommand() {
  static cl::SubCommand Command("why", "Print the calls that lead from a function to something");
  return Command;
}
cl::SubCommand &callersCommand() {
  static cl::SubCommand Command("callers", "Print the functions that call one, however remotely");
  return Command;
}
cl::SubCommand &slotsCommand() {
  static cl::SubCommand Command("slots",
                                "Print what is stored in a slot, and who calls through it");
  return Command;
}
cl::SubCommand &summaryCommand() {
  static cl::SubCommand Command("summary", "Print what a program knows of a function");
  return Command;
}
cl::SubCommand &listCommand() {
  static cl::SubCommand Command("list", "Print who is in a context, or runs with a region open");
  return Command;
}
cl::SubCommand &graphCommand() {
  static cl::SubCommand Command("graph", "Draw the call graph of a context or around a function");
  return Command;
}
cl::SubCommand &diffCommand() {
  static cl::SubCommand Command("diff", "Compare two JSON reports: exit status 1 on new findings");
  return Command;
}
cl::SubCommand &reportCommand() {
  static cl::SubCommand Command("report", "Write a saved JSON report in another form");
  return Command;
}
cl::SubCommand &explainCommand() {
  static cl::SubCommand Command("explain", "Print a rule's page, or the list of rules");
  return Command;
}
cl::SubCommand &modelCommand() {
  static cl::SubCommand Command("model", "Work on model files: check, list, show, audit");
  return Command;
}

cl::SubCommand &lspCommand() {
  static cl::SubCommand Command("lsp", "Show findings in an editor: a language server on standard "
                                       "input and output");
  return Command;
}

cl::SubCommand &flagsCommand() {
  static cl::SubCommand Command(
      "flags", "Print a compiler's flags as Clang takes them: 'flags -- COMPILER FLAG...'");
  return Command;
}

/// Those that ask about a whole program; `model` is one for its audit.
static cl::SubCommandGroup &queryCommands() {
  static cl::SubCommandGroup All{&whyCommand(),     &callersCommand(), &slotsCommand(),
                                 &summaryCommand(), &listCommand(),    &graphCommand(),
                                 &modelCommand()};
  return All;
}

/// What --help says of the forms.
static StringRef formHelp() {
  static const std::string Text = [] {
    std::string All = "Form of the report (default: text)";
    for (const ReportForm &Form : reportForms())
      All += "\n" + (Form.Name + ": " + Form.Summary).str();
    return All + "\ndiff: " + formNames(/*OfDiffs=*/true) +
           "; queries: 'text' and 'json', why and list 'dot', too; graph: 'svg' (the default), "
           "'dot', 'json' and 'html'";
  }();
  return Text;
}

// What is reported, and how: for every subcommand that makes a report.
cl::opt<std::string> Format("format", cl::value_desc("form"), cl::init("text"),
                            cl::desc(formHelp()), cl::sub(checkCommand()), cl::sub(linkCommand()),
                            cl::sub(diffCommand()), cl::sub(reportCommand()),
                            cl::sub(queryCommands()), InCategory);
cl::opt<std::string> Output("o", cl::value_desc("file"), cl::init("-"),
                            cl::desc("Write the report here, whole or not at all"),
                            cl::sub(checkCommand()), cl::sub(linkCommand()), cl::sub(dumpCommand()),
                            cl::sub(diffCommand()), cl::sub(reportCommand()),
                            cl::sub(queryCommands()), InCategory);
static cl::opt<std::string>
    Baseline("baseline", cl::value_desc("report.json"),
             cl::desc("Silence the findings that this earlier JSON report has"),
             cl::sub(checkCommand()), cl::sub(linkCommand()), cl::sub(reportCommand()), InCategory);
static cl::opt<std::string>
    FailOn("fail-on", cl::value_desc("rules|warning|advice"),
           cl::desc("Exit with 1 for findings of these rules or severities, and for no others "
                    "(comma list; default: warning)"),
           cl::sub(checkCommand()), cl::sub(linkCommand()), cl::sub(reportCommand()), InCategory);
static cl::opt<std::string>
    SarifCategory("category", cl::value_desc("name"), cl::init("airlock"),
                  cl::desc("Under which name a service keeps a sarif report, one a configuration"),
                  cl::sub(checkCommand()), cl::sub(linkCommand()), cl::sub(reportCommand()),
                  InCategory);

static cl::list<std::string>
    Models("model", cl::value_desc("name or path"),
           cl::desc("A model, built in or a file; repeatable (default: linux; for summaries, "
                    "the ones that they were made with)"),
           cl::sub(checkCommand()), cl::sub(lspCommand()), cl::sub(annotateCommand()),
           cl::sub(linkCommand()), cl::sub(dumpCommand()), cl::sub(queryCommands()), InCategory);
static cl::opt<std::string>
    ProgramFile("program", cl::value_desc("file"),
                cl::desc("What the rest of the program does: contracts that 'link --contracts' "
                         "made"),
                cl::sub(checkCommand()), cl::sub(lspCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string> Only("only", cl::value_desc("rules"),
                                 cl::desc("Run only these rules (comma list)"),
                                 cl::sub(checkCommand()), cl::sub(lspCommand()),
                                 cl::sub(linkCommand()), InCategory);
static cl::opt<std::string> Disable("disable", cl::value_desc("rules"),
                                    cl::desc("Do not run these rules (comma list)"),
                                    cl::sub(checkCommand()), cl::sub(lspCommand()),
                                    cl::sub(linkCommand()), InCategory);
static cl::opt<bool> Advice("advice", cl::desc("Report advice too"), cl::sub(checkCommand()),
                            cl::sub(lspCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string>
    Strict("strict", cl::value_desc("regions"),
           cl::desc("In these regions, take what nothing is known of for the worst"),
           cl::sub(checkCommand()), cl::sub(lspCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string> Scope("scope", cl::value_desc("prefix"),
                                  cl::desc("Report, or edit, only under this path prefix"),
                                  cl::sub(checkCommand()), cl::sub(lspCommand()),
                                  cl::sub(annotateCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string>
    Root("root", cl::value_desc("dir"),
         cl::desc("What paths in reports and --scope are relative to, but "
                  "for paths in summaries; where html looks for the source (default: the working "
                  "directory; of lsp, the workspace)"),
         cl::sub(checkCommand()), cl::sub(lspCommand()), cl::sub(annotateCommand()),
         cl::sub(linkCommand()), cl::sub(diffCommand()), cl::sub(reportCommand()), InCategory);

// What a run is about.
static cl::opt<std::string>
    DiffOf("diff", cl::value_desc("patch|revision"), cl::sub(checkCommand()), InCategory,
           cl::desc("Report what a change brings that the program without it has not: a unified "
                    "diff of what is there ('-': standard input), or, if there is no such file, "
                    "a revision or range as 'git diff' takes it"));
static cl::opt<std::string>
    ChangedFiles("changed", cl::value_desc("list"), cl::sub(checkCommand()), InCategory,
                 cl::desc("The same of a list of files, one a line ('-': standard input), against "
                          "the last run in the cache without --diff or --changed"));

// How units are found and analysed.
cl::opt<std::string>
    BuildFolder("p", cl::value_desc("build"), cl::sub(checkCommand()), cl::sub(lspCommand()),
                cl::sub(annotateCommand()), cl::sub(dumpCommand()), cl::sub(queryCommands()),
                InCategory,
                cl::desc("The folder of compile_commands.json; without FILEs, all of its units; a "
                         "query checks them first; lsp finds one above each file"));
static cl::opt<unsigned> Jobs("j", cl::Prefix, cl::value_desc("N"), cl::init(0),
                              cl::sub(checkCommand()), cl::sub(lspCommand()),
                              cl::sub(annotateCommand()), cl::sub(queryCommands()), InCategory,
                              cl::desc("Units to analyse at a time (default: one a core)"));
static cl::opt<unsigned>
    UnitTimeout("unit-timeout", cl::value_desc("seconds"), cl::init(600), cl::sub(checkCommand()),
                cl::sub(lspCommand()), cl::sub(annotateCommand()), cl::sub(queryCommands()),
                InCategory, cl::desc("Give up a unit that takes longer (default: 600; 0: never)"));
static cl::opt<unsigned>
    UnitMemory("unit-memory", cl::value_desc("MiB"), cl::init(4096), cl::sub(checkCommand()),
               cl::sub(lspCommand()), cl::sub(annotateCommand()), cl::sub(queryCommands()),
               InCategory,
               cl::desc("Give up a unit that needs more memory (default: 4096; 0: never)"));
static cl::opt<std::string> CacheFolder(
    "cache", cl::value_desc("dir"), cl::sub(checkCommand()), cl::sub(lspCommand()),
    cl::sub(queryCommands()), InCategory,
    cl::desc("Keep results of units here (default with a database: .airlock-cache beside it)"));
static cl::opt<bool> NoCache("no-cache", cl::desc("Keep no results, use none"),
                             cl::sub(checkCommand()), cl::sub(lspCommand()),
                             cl::sub(queryCommands()), InCategory);

/// A rule that reports, or a severity.
static Error addFailOn(StringRef What, ReportRequest &Into) {
  if (What.empty())
    return Error::success();
  for (Severity Level : {Severity::Warning, Severity::Advice})
    if (What == severityName(Level)) {
      Into.FailOnLevels.push_back(Level);
      return Error::success();
    }
  return addRules(What, Into.FailOn);
}

/// What does not run would fail nothing, however bad it is.
static Error checkFailOn(const ReportRequest &Request) {
  StringSet<> Running, Off;
  for (auto &&[List, Into] : {std::pair<StringRef, StringSet<> *>(Only, &Running), {Disable, &Off}})
    if (!List.empty())
      if (Error E = addRules(List, *Into))
        return E;
  for (const auto &Rule : Request.FailOn) {
    if (!Running.empty() && !Running.contains(Rule.getKey()))
      return createStringError("rule '" + Rule.getKey() + "' is in --fail-on and not in --only");
    if (Off.contains(Rule.getKey()))
      return createStringError("rule '" + Rule.getKey() + "' is in both --fail-on and --disable");
  }
  return Error::success();
}

static cl::opt<bool>
    CompilerWarnings("compiler-warnings", cl::sub(checkCommand()), cl::sub(flagsCommand()),
                     InCategory,
                     cl::desc("Print Clang's own warnings, too, where another compiler is used"));

bool wantsCompilerWarnings() { return CompilerWarnings; }

/// What forms ask for beyond the findings.
static Expected<RenderRequest> renderRequest() {
  Options Wanted;
  Wanted.Root = Root;
  if (Error E = Wanted.checkRoot())
    return E;
  return RenderRequest{SarifCategory, absolutePath(Root.empty() ? "." : StringRef(Root)), nullptr};
}

Expected<ReportRequest> reportRequest() {
  ReportRequest Request;
  Request.Form = findForm(Format);
  if (!Request.Form)
    return createStringError("unknown format '" + Format + "'; known are " + formNames());
  Request.Output = Output;
  Expected<RenderRequest> Render = renderRequest();
  if (!Render)
    return Render.takeError();
  Request.Render = std::move(*Render);
  for (StringRef One : llvm::split(FailOn, ','))
    if (Error E = addFailOn(One.trim(), Request))
      return E;
  if (Error E = checkFailOn(Request))
    return E;
  if (!Baseline.empty()) {
    Expected<SavedReport> Saved = readReport(Baseline);
    if (!Saved)
      return Saved.takeError();
    Request.Baseline = std::move(*Saved);
  }
  return Request;
}

Expected<DiffRequest> diffRequest() {
  DiffRequest Request;
  Request.Form = findForm(Format);
  if (!Request.Form || !Request.Form->RenderDiff)
    return createStringError("unknown format '" + Format + "'; comparisons have " +
                             formNames(/*OfDiffs=*/true));
  Request.Output = Output;
  Expected<RenderRequest> Render = renderRequest();
  if (!Render)
    return Render.takeError();
  Request.Render = std::move(*Render);
  return Request;
}

Expected<Options> wantedOptions() {
  Options Wanted;
  Wanted.Models = Models;
  Wanted.Advice = Advice;
  for (auto &&[Name, Value] : {std::pair<const char *, std::string>("only", Only),
                               {"disable", Disable},
                               {"strict", Strict},
                               {"scope", Scope},
                               {"program", ProgramFile},
                               {"root", Root}})
    if (!Value.empty())
      if (Error E = Wanted.add((Twine(Name) + "=" + Value).str()))
        return E;
  if (Error E = Wanted.check())
    return E;
  return Wanted;
}

// How a context is propagated.
static cl::list<std::string>
    Seeds("seed", cl::value_desc("name[=context]"), cl::CommaSeparated, cl::sub(annotateCommand()),
          InCategory,
          cl::desc("Functions, macros or slots that carry the context; a model may have more"));
static cl::list<std::string>
    Entries("entry", cl::value_desc("names"), cl::CommaSeparated, cl::sub(annotateCommand()),
            InCategory,
            cl::desc("Functions that enter the context, and slots at which it ends; without any, "
                     "the fewest functions that will do are found, and the choice is shown"));
static cl::opt<std::string> Remove("remove", cl::value_desc("context"), cl::sub(annotateCommand()),
                                   InCategory,
                                   cl::desc("Take the context out again, wherever it is written"));
static cl::opt<bool> Minimize("minimize", cl::sub(annotateCommand()), InCategory,
                              cl::desc("Take it off what nothing that it calls asks for"));
static cl::opt<std::string>
    Header("include", cl::value_desc("header"), cl::init("\"airlock.h\""),
           cl::sub(annotateCommand()), InCategory,
           cl::desc("What edited files include for the qualifier, if they do not have it (default: "
                    "\"airlock.h\")"));
static cl::opt<std::string>
    HeaderFile("header", cl::value_desc("file"), cl::sub(annotateCommand()), InCategory,
               cl::desc("Put the header there, from --root on, and include it from there"));
static cl::opt<std::string> Patch("patch", cl::value_desc("file"), cl::sub(annotateCommand()),
                                  InCategory,
                                  cl::desc("Write a patch for 'git am' or 'patch -p1'"));
static cl::opt<std::string> Replacements("replacements", cl::value_desc("file"),
                                         cl::sub(annotateCommand()), InCategory,
                                         cl::desc("Write what 'clang-apply-replacements' reads"));
static cl::opt<bool> Apply("apply", cl::sub(annotateCommand()), InCategory,
                           cl::desc("Edit the files"));
static cl::opt<bool> DryRun("dry-run", cl::sub(annotateCommand()), InCategory,
                            cl::desc("Say what would be done, and do not"));

/// The same where units are compiled, each in a folder of its own.
static Expected<Options> unitOptions() {
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return Wanted;
  if (Error E = Wanted->checkRoot())
    return E;
  Wanted->Root = absolutePath(Wanted->Root.empty() ? "." : Wanted->Root);
  return Wanted;
}

static PieceLimits limits() { return {UnitTimeout, UnitMemory}; }

static unsigned jobs() { return Jobs ? Jobs : hardware_concurrency().compute_thread_count(); }

/// How a file of a tree is included: what is below include/, from there on.
static std::string includeOf(StringRef File) {
  return File.consume_front("include/") ? ("<" + File + ">").str() : ("\"" + File + "\"").str();
}

Expected<AnnotateCommand> annotateRequest() {
  if (BuildFolder.empty())
    return createStringError(
        "name the folder of a compile database, as in 'airlock annotate -p build'");
  if (DryRun == (Apply || !Patch.empty() || !Replacements.empty()))
    return createStringError("say what to do with the result: --patch FILE, --replacements FILE, "
                             "--apply, or else --dry-run");
  if (!HeaderFile.empty() && (!Remove.empty() || Minimize || !Replacements.empty()))
    return createStringError("'--header' adds a file: it goes with --patch, --apply or --dry-run, "
                             "where a context is propagated");
  if (sys::path::is_absolute(HeaderFile))
    return createStringError("'--header' names a file from the root of the tree on");
  if (!Remove.empty() && (Minimize || !Seeds.empty() || !Entries.empty()))
    return createStringError("'--remove' takes all out, and needs neither seeds nor entries");
  Expected<Options> Wanted = unitOptions();
  if (!Wanted)
    return Wanted.takeError();
  AnnotateCommand Request;
  Request.Wanted = std::move(*Wanted);
  Request.Seeds = Seeds;
  Request.Entries = Entries;
  Request.Context = Remove;
  Request.Header =
      Header.getNumOccurrences() || HeaderFile.empty() ? Header.getValue() : includeOf(HeaderFile);
  Request.HeaderFile = HeaderFile;
  Request.Patch = Patch;
  Request.Replacements = Replacements;
  Request.Apply = Apply;
  if (!Remove.empty())
    Request.Does = AnnotateCommand::Remove;
  else if (Minimize)
    Request.Does = AnnotateCommand::Minimize;
  Request.Jobs = jobs();
  Request.Limits = limits();
  return Request;
}

Expected<std::unique_ptr<CompilationDatabase>> loadDatabase(StringRef Folder) {
  SmallString<256> File = Folder;
  if (sys::fs::is_directory(File))
    sys::path::append(File, "compile_commands.json");
  std::string Problem;
  auto Database =
      JSONCompilationDatabase::loadFromFile(File, Problem, JSONCommandLineSyntax::AutoDetect);
  if (!Database)
    return createStringError("cannot read the compile database of '" + Folder +
                             "': " + StringRef(Problem).trim());
  return inferTargetAndDriverMode(inferMissingCompileCommands(
      expandResponseFiles(std::move(Database), vfs::getRealFileSystem())));
}

std::string cacheFolderOf(StringRef Build) {
  SmallString<256> Folder = Build;
  if (!sys::fs::is_directory(Folder))
    sys::path::remove_filename(Folder);
  sys::path::append(Folder, ".airlock-cache");
  return Folder.str().str();
}

Expected<LspRequest> lspRequest() {
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return Wanted.takeError();
  if (Error E = Wanted->checkRoot())
    return E;
  LspRequest Request;
  Request.Wanted = std::move(*Wanted);
  Request.UsesCache = !NoCache;
  // What is named here is seen from here; what an editor names, from its workspace.
  for (auto &&[Path, Named] : {std::pair(&Request.Wanted.Root, StringRef(Root)),
                               {&Request.Wanted.Scope, Scope},
                               {&Request.BuildFolder, BuildFolder},
                               {&Request.CacheFolder, CacheFolder}})
    if (!Named.empty())
      *Path = absolutePath(Named);
  Request.Wanted.Models = modelsFrom(absolutePath("."), Request.Wanted.Models);
  Request.Jobs = jobs();
  Request.Limits = limits();
  return Request;
}

Expected<CheckRequest> checkRequest(bool FromDatabase) {
  Expected<Options> Wanted = unitOptions();
  if (!Wanted)
    return Wanted.takeError();
  CheckRequest Request;
  Request.Wanted = std::move(*Wanted);
  Request.FromDatabase = FromDatabase;
  Request.Jobs = jobs();
  Request.Limits = limits();
  Request.CompilerWarnings = CompilerWarnings;
  Request.CacheFolder = CacheFolder;
  if (CacheFolder.empty() && FromDatabase)
    Request.CacheFolder = cacheFolderOf(BuildFolder);
  if (NoCache)
    Request.CacheFolder.clear();
  if (!DiffOf.empty() && !ChangedFiles.empty())
    return createStringError("'--diff' and '--changed' exclude each other");
  if (!ChangedFiles.empty() && Request.CacheFolder.empty())
    return createStringError("'--changed' is about what the cache has, and there is none");
  if (DiffOf.empty() && ChangedFiles.empty())
    return Request;
  Expected<Change> About = DiffOf.empty() ? Change::readList(ChangedFiles, Request.Wanted.Root)
                                          : Change::read(DiffOf, Request.Wanted.Root);
  if (!About)
    return About.takeError();
  Request.About = std::move(*About);
  return Request;
}

} // namespace airlock
