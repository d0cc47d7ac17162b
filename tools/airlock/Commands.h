// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The subcommands of `airlock` that have a file of their own. Each returns the
// exit status of the process.

#ifndef AIRLOCK_TOOLS_COMMANDS_H
#define AIRLOCK_TOOLS_COMMANDS_H

#include "Change.h"
#include "Deliver.h"
#include "Processes.h"
#include "contracts/Contracts.h"
#include "solver/Options.h"
#include "summary/SummaryFile.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/Twine.h"

namespace airlock {

class Program;
struct UnitSummary;

enum ExitStatus {
  NothingFound = 0,
  FoundSomething = 1,
  BadUsage = 2,
  Incomplete = 3,
};

/// Says on standard error what is wrong; returns the status for it.
int fail(const llvm::Twine &Text);

struct CheckRequest {
  Options Wanted;
  ReportRequest Reporting;
  /// What the run is about, if not about all that there is.
  std::optional<Change> About;
  /// Files and folders; with a compile database, none are all of its units.
  std::vector<std::string> Files;
  bool FromDatabase = false;
  unsigned Jobs = 1;
  /// For one unit.
  PieceLimits Limits;
  /// Print what Clang warns of, too, in code that another compiler is used for.
  bool CompilerWarnings = false;
  /// Empty for no cache.
  std::string CacheFolder;
  /// Where all summaries go, in one file; empty for nowhere.
  std::string SummaryFile;
};

/// Analyses units with the flags that Database gives them, and links them.
int runCheck(const CheckRequest &Request, const clang::tooling::CompilationDatabase &Database);

struct CheckedUnits {
  SummaryFiles Now;
  /// Of a run that is about a change: the program without it.
  SummaryFiles Without;
  ReportedChange About;
  /// A unit, or a file that one reads, is in the scope that is wanted.
  bool HasScope = false;
};

/// The first half of that: each unit to its summary. Nothing after saying why not.
std::optional<CheckedUnits> summarizeUnits(const CheckRequest &Request,
                                           const clang::tooling::CompilationDatabase &Database,
                                           const Model &M);

struct SummaryRequest {
  Options Wanted;
  /// Files, folders, and lists of them: see SummaryFile.h.
  std::vector<std::string> Paths;
};

/// Links summaries. ContractFile: where what the program says of its functions goes; empty for
/// nowhere.
int runLink(const SummaryRequest &Request, const ReportRequest &Reporting,
            llvm::StringRef ContractFile);
/// Writes all summaries into one file.
llvm::Error writeSummaries(const SummaryFiles &Files, llvm::StringRef Output);
/// The same for what is named.
int runMerge(const SummaryRequest &Request, llvm::StringRef Output);

struct AnnotateCommand {
  Options Wanted;
  enum Work { Propagate, Remove, Minimize } Does = Propagate;
  /// "FUNC" or "FUNC=CONTEXT"; macros and slots, too.
  std::vector<std::string> Seeds;
  std::vector<std::string> Entries;
  /// The context, if the seeds do not say it.
  std::string Context;
  /// The header that defines the qualifier, as it is included; for files that lack it.
  std::string Header;
  /// Where to put that header, from the root on; empty: it is somewhere already.
  std::string HeaderFile;
  /// Where the patch goes, and the same as clang-apply-replacements reads it; empty for
  /// nowhere.
  std::string Patch, Replacements;
  /// Edit the files.
  bool Apply = false;
  unsigned Jobs = 1;
  /// For one unit.
  PieceLimits Limits;
};

/// Propagates a context through the units of Database that are in scope, or takes it out.
int runAnnotate(const AnnotateCommand &Request,
                const clang::tooling::CompilationDatabase &Database);

/// The models that are wanted; notes about them go to standard error.
llvm::Expected<Model> loadModelsAloud(const Options &Wanted);
/// Opens what is named; an error if there is nothing in it.
llvm::Error openSummaries(const SummaryRequest &Request, SummaryFiles &Into);
/// The models that a summary names. Not whatever it names is opened: built-in ones, and files.
llvm::Expected<std::vector<std::string>> modelsNamedBy(const UnitSummary &Unit);
/// The same models for summaries: Wanted gets the ones that they name if the user
/// names none.
llvm::Expected<Model> loadModelsFor(const SummaryFiles &Files, Options &Wanted);
/// Says on standard error what is refused, and whether it was nothing.
void complain(const Refusal &R);
bool complain(llvm::ArrayRef<Refusal> Refusals);
/// The contracts that are wanted, if any, and if they are of the model: if not, standard error
/// says so.
llvm::Expected<std::optional<Contracts>> openContracts(const Options &Wanted, const Model &M);
/// What is found in a program; false if nothing of it is in the scope that is wanted. Known may
/// be null.
bool reportSummaries(const SummaryFiles &Files, const Model &M, const Options &Wanted,
                     const Contracts *Known, Program &P, Report &Into);
/// Writes it, with the call graphs of the program where a form has them; the exit status.
int deliverProgram(Report &R, const Model &M, Program &P, const ReportRequest &Reporting);
/// Says so.
int failScope(const Options &Wanted);

/// Prints what summaries say, as JSON.
int runDump(const SummaryRequest &Request, llvm::StringRef Output);

struct InsideRequest {
  Options Wanted;
  std::string File, Function;
  /// What was known where, instead of what it was known over.
  bool States = false;
};

/// Writes what the analyses saw of a function of one file, as text.
int runInside(const InsideRequest &Request, const clang::tooling::CompilationDatabase &Database,
              llvm::StringRef Output);

/// Prints the flags of a compiler as Clang takes them, each with a zero behind it. Command:
/// the compiler, and its flags.
int runFlags(std::vector<std::string> Command, bool Warnings);

/// Paths that are not absolute are seen from the folder of the workspace that a file is in.
struct LspRequest {
  /// Without a root, that is the folder of the workspace.
  Options Wanted;
  /// That of the compile database; empty: found from the file upwards.
  std::string BuildFolder;
  /// Empty: beside the database.
  std::string CacheFolder;
  bool UsesCache = true;
  /// Of the whole program, as of an earlier check; may be none.
  std::vector<std::string> Summaries;
  unsigned Jobs = 1;
  /// Of one analysis.
  PieceLimits Limits;
};

/// Serves an editor on standard input and output until it says that it is enough. The status
/// is 1 if it left without a word.
int runLsp(LspRequest Request);

struct DiffRequest {
  std::string Before, After;
  const ReportForm *Form = nullptr; // one that comparisons come in
  std::string Output;               // "-" for standard output
  RenderRequest Render;
};

/// Compares two JSON reports.
int runDiff(const DiffRequest &Request);

} // namespace airlock

#endif
