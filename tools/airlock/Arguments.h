// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The subcommands and the options that several of them share. An option that
// only one has stands beside it, in main.cpp and, for queries, in Query.cpp.

#ifndef AIRLOCK_TOOLS_ARGUMENTS_H
#define AIRLOCK_TOOLS_ARGUMENTS_H

#include "Commands.h"
#include "llvm/Support/CommandLine.h"

namespace airlock {

// Functions, because options of several files are registered with them before main.
llvm::cl::OptionCategory &airlockCategory();
llvm::cl::SubCommand &checkCommand();
llvm::cl::SubCommand &annotateCommand();
llvm::cl::SubCommand &linkCommand();
llvm::cl::SubCommand &dumpCommand();
llvm::cl::SubCommand &whyCommand();
llvm::cl::SubCommand &callersCommand();
llvm::cl::SubCommand &slotsCommand();
llvm::cl::SubCommand &summaryCommand();
llvm::cl::SubCommand &listCommand();
llvm::cl::SubCommand &graphCommand();
llvm::cl::SubCommand &diffCommand();
llvm::cl::SubCommand &reportCommand();
llvm::cl::SubCommand &explainCommand();
llvm::cl::SubCommand &modelCommand();
llvm::cl::SubCommand &flagsCommand();
llvm::cl::SubCommand &lspCommand();

extern llvm::cl::opt<std::string> Format, Output, BuildFolder;

/// What the options about reports say.
llvm::Expected<ReportRequest> reportRequest();
/// The same for a comparison of two.
llvm::Expected<DiffRequest> diffRequest();
/// What those about the analysis say.
llvm::Expected<Options> wantedOptions();

/// What those about units say, but for which ones, and the report.
llvm::Expected<CheckRequest> checkRequest(bool FromDatabase);
/// What those about editing say.
llvm::Expected<AnnotateCommand> annotateRequest();
/// What those of a language server say, but for the summaries.
llvm::Expected<LspRequest> lspRequest();
/// The database in a folder; or a file that is one.
llvm::Expected<std::unique_ptr<clang::tooling::CompilationDatabase>>
loadDatabase(llvm::StringRef Folder = BuildFolder);
/// Where results are kept if nobody says where.
std::string cacheFolderOf(llvm::StringRef Build);

/// For flagsCommand().
bool wantsCompilerWarnings();

// The queries.
int why();
int callers();
int slots();
int summary();
int listMembers();
int graph();
/// Of the models, against the program of these summaries.
int auditModels(llvm::ArrayRef<std::string> Summaries);

int model();

} // namespace airlock

#endif
