// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock check`: each unit of a compile database to its summary, in parallel
// and through the cache; then what `airlock link` does with them.

#include "Cache.h"
#include "ClangFlags.h"
#include "Commands.h"
#include "Processes.h"
#include "Progress.h"
#include "Unit.h"
#include "support/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

using clang::tooling::CompilationDatabase;
using clang::tooling::CompileCommand;

namespace airlock {

namespace {

class Checker {
public:
  Checker(const CheckRequest &Request, const Model &M, Cache &Known)
      : Request(Request), M(M), Known(Known) {}

  bool choose(const CompilationDatabase &Database);
  bool analyse();
  SummaryFiles takeSummaries() { return std::move(Summaries); }

private:
  bool wanted(llvm::StringRef File, std::vector<bool> &Used) const;
  void take(size_t Unit, const UnitResult &Result);
  void sayInOrder();
  void finished(size_t Unit, PieceResult Piece);

  const CheckRequest &Request;
  const Model &M;
  Cache &Known;
  std::vector<CompileCommand> Units;
  /// The units that have to be parsed.
  std::vector<size_t> ToParse;
  /// What the compiler said of each unit that has ended.
  std::vector<std::optional<std::string>> Messages;
  size_t Said = 0;
  bool CacheWorks = true;
  SummaryFiles Summaries;
  Progress Shown;
};

/// Whether the user asked for the file: by its name, or a folder that it is in.
bool Checker::wanted(llvm::StringRef File, std::vector<bool> &Used) const {
  bool Wanted = Request.Files.empty();
  for (size_t I = 0; I < Request.Files.size(); ++I) {
    llvm::StringRef Rest;
    if (isBelow(absolutePath(Request.Files[I]), File, Rest))
      Wanted = Used[I] = true;
  }
  return Wanted;
}

/// False if a file or folder was named that the database does not have.
bool Checker::choose(const CompilationDatabase &Database) {
  ClangFlags Flags(Request.CompilerWarnings);
  auto Add = [&](CompileCommand Command) { Units.push_back(Flags.adapt(std::move(Command))); };
  std::vector<CompileCommand> All = Database.getAllCompileCommands();
  if (Request.FromDatabase) {
    std::vector<bool> Used(Request.Files.size());
    for (CompileCommand &Command : All)
      if (wanted(fileOf(Command), Used))
        Add(std::move(Command));
    for (size_t I = 0; I < Used.size(); ++I)
      if (!Used[I])
        return fail("'" + Request.Files[I] + "' is not in the compile database"), false;
    if (Units.empty())
      return fail("the compile database has no units"), false;
  } else {
    for (const std::string &File : Request.Files)
      for (CompileCommand &Command : Database.getCompileCommands(File))
        Add(std::move(Command));
  }
  std::vector<llvm::StringRef> LeftOut = Flags.leftOut();
  if (!LeftOut.empty())
    llvm::WithColor::note(llvm::errs(), "airlock")
        << "flags that Clang does not know are left out: " << llvm::join(LeftOut, " ") << '\n';
  return true;
}

void Checker::take(size_t Unit, const UnitResult &Result) {
  Summaries.addFrames(llvm::MemoryBuffer::getMemBufferCopy(Result.Summary, Units[Unit].Filename));
  Messages[Unit] = Result.Messages;
  sayInOrder();
  Shown.step(Result.Parsed);
}

/// The compiler's messages come in the order of the units, whoever ends first.
void Checker::sayInOrder() {
  while (Said < Units.size() && Messages[Said]) {
    if (!Messages[Said]->empty()) {
      Shown.clear();
      llvm::errs() << *Messages[Said];
    }
    Messages[Said++]->clear();
  }
}

void Checker::finished(size_t Index, PieceResult Piece) {
  size_t Unit = ToParse[Index];
  UnitResult Result;
  if (!Piece.Died.empty() || !Result.unpack(Piece.Bytes)) {
    Result = UnitResult();
    std::string How = Piece.Died.empty() ? "gave no result" : Piece.Died;
    Result.Summary = failedSummary(Units[Unit], {"the analysis " + How, {}}, Request.Wanted, M);
    Result.Messages =
        "airlock: error: the analysis of '" + Units[Unit].Filename + "' " + How + "\n";
  }
  take(Unit, Result);
  if (!CacheWorks)
    return;
  if (llvm::Error E = Known.keep(Units[Unit], Result)) {
    // The report does not need it; the next run will take longer.
    CacheWorks = false;
    Shown.clear();
    llvm::WithColor::warning(llvm::errs(), "airlock")
        << llvm::toString(std::move(E)) << "; going on without the cache\n";
  }
}

bool Checker::analyse() {
  Messages.resize(Units.size());
  Shown.start(Units.size());
  unsigned FromCache = 0;
  for (size_t I = 0; I < Units.size(); ++I) {
    std::optional<UnitResult> Result = Known.find(Units[I]);
    if (!Result) {
      ToParse.push_back(I);
      continue;
    }
    ++FromCache;
    take(I, *Result);
  }
  if (FromCache) {
    Shown.clear();
    llvm::WithColor::note(llvm::errs(), "airlock")
        << FromCache << " of " << Units.size() << " translation units from the cache\n";
  }
  llvm::Error Problem = runInProcesses(
      ToParse.size(), Request.Jobs, Request.Limits,
      [&](size_t I) { return runUnit(Units[ToParse[I]], Request.Wanted, M).pack(); },
      [&](size_t I, PieceResult Piece) { finished(I, std::move(Piece)); });
  Shown.clear();
  Summaries.finish();
  if (Problem)
    return fail(llvm::toString(std::move(Problem))), false;
  return true;
}

} // namespace

bool summarizeUnits(const CheckRequest &Request, const CompilationDatabase &Database,
                    const Model &M, SummaryFiles &Into) {
  llvm::Expected<Cache> Known = Cache::open(Request.CacheFolder, Request.Wanted, M);
  if (!Known) {
    llvm::WithColor::warning(llvm::errs(), "airlock")
        << llvm::toString(Known.takeError()) << "; going on without the cache\n";
    Known = Cache::open("", Request.Wanted, M);
  }
  Checker Units(Request, M, *Known);
  if (!Units.choose(Database) || !Units.analyse())
    return false;
  Known->prune();
  Into = Units.takeSummaries();
  return true;
}

int runCheck(const CheckRequest &Request, const CompilationDatabase &Database) {
  llvm::Expected<Model> M = loadModelsAloud(Request.Wanted);
  if (!M)
    return fail(llvm::toString(M.takeError()));
  SummaryFiles Summaries;
  if (!summarizeUnits(Request, Database, *M, Summaries))
    return BadUsage;
  if (!Request.SummaryFile.empty())
    if (llvm::Error E = writeSummaries(Summaries, Request.SummaryFile))
      return fail(llvm::toString(std::move(E)));
  return linkAndDeliver(Summaries, *M, Request.Wanted, Request.Reporting);
}

} // namespace airlock
