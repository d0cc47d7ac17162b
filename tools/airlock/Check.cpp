// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock check`: each unit of a compile database to its summary, in parallel
// and through the cache; then what `airlock link` does with them. Where the run is about a
// change, the units that read any of it are also brought to the summaries that they had
// without it, the others have the same in both programs, and what is found in both goes.

#include "Cache.h"
#include "ClangFlags.h"
#include "Commands.h"
#include "Processes.h"
#include "Progress.h"
#include "Unit.h"
#include "link/Program.h"
#include "report/Change.h"
#include "support/Paths.h"
#include "llvm/ADT/DenseSet.h"
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
  CheckedUnits takeResults();

private:
  bool wanted(llvm::StringRef File, std::vector<bool> &Used) const;
  const ChangedFile *changed(size_t Unit) const;
  bool isGone(size_t Unit) const;
  bool wasThere(size_t Unit) const;
  bool isInScope(size_t Unit, const UnitResult &Result) const;
  void look(size_t Unit);
  void take(size_t Unit, const UnitResult &Result, bool IsTouched);
  void takeWithout(size_t Unit, const UnitResult &Result);
  void sayInOrder();
  void sayWhatIsKnown();
  void kept(llvm::Error E);
  void finished(size_t Unit, PieceResult Piece);
  void finishedWithout(size_t Unit, PieceResult Piece);
  llvm::Error analyseWithout();

  const CheckRequest &Request;
  const Model &M;
  Cache &Known;
  std::vector<CompileCommand> Units;
  /// The units that have to be parsed.
  std::vector<size_t> ToParse;
  unsigned FromCache = 0;
  /// What the compiler said of each unit that has ended.
  std::vector<std::optional<std::string>> Messages;
  size_t Said = 0;
  bool CacheWorks = true;
  CheckedUnits Results;
  /// Of a run that is about a change: what the cache has of units without it, the units that
  /// read any of it, and those of them to parse without it.
  std::vector<std::optional<UnitResult>> Withouts;
  std::vector<size_t> Touched, ToUndo;
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

/// The unit's own file, if it is one of the change.
const ChangedFile *Checker::changed(size_t Unit) const {
  return Request.About ? Request.About->find(fileOf(Units[Unit])) : nullptr;
}

/// The change takes the file away, and the database still has it.
bool Checker::isGone(size_t Unit) const {
  return changed(Unit) && !llvm::sys::fs::exists(fileOf(Units[Unit]));
}

bool Checker::wasThere(size_t Unit) const {
  const ChangedFile *File = changed(Unit);
  return !File || File->Without || Request.About->isList();
}

/// Whether the unit, or anything that it reads, is where findings are wanted.
bool Checker::isInScope(size_t Unit, const UnitResult &Result) const {
  const std::string Scope = absolutePath(Request.Wanted.Scope);
  auto IsIn = [&](llvm::StringRef File) {
    llvm::StringRef Rest;
    return isBelow(Scope, absolutePath(File), Rest);
  };
  return IsIn(fileOf(Units[Unit])) ||
         llvm::any_of(Result.Inputs, [&](const UnitInput &Input) { return IsIn(Input.File); });
}

static std::unique_ptr<llvm::MemoryBuffer> framesOf(const UnitResult &Result,
                                                    const CompileCommand &Command) {
  return llvm::MemoryBuffer::getMemBufferCopy(Result.Summary, Command.Filename);
}

void Checker::take(size_t Unit, const UnitResult &Result, bool IsTouched) {
  Results.Now.addFrames(framesOf(Result, Units[Unit]));
  if (!Request.Wanted.Scope.empty() && !Results.HasScope)
    Results.HasScope = isInScope(Unit, Result);
  if (Request.About && IsTouched)
    Touched.push_back(Unit);
  else if (Request.About)
    Results.Without.addFrames(framesOf(Result, Units[Unit]));
  Messages[Unit] = Result.Messages;
  sayInOrder();
  Shown.step(Result.Parsed);
}

void Checker::takeWithout(size_t Unit, const UnitResult &Result) {
  Known.isTouched(Units[Unit], Result); // which files were read, counts
  Results.Without.addFrames(framesOf(Result, Units[Unit]));
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
  take(Unit, Result, Request.About && Known.isTouched(Units[Unit], Result));
  if (CacheWorks)
    kept(Known.keep(Units[Unit], Result));
}

void Checker::kept(llvm::Error E) {
  if (!E)
    return;
  CacheWorks = false;
  Shown.clear();
  goOnWithoutCache(std::move(E));
}

void Checker::finishedWithout(size_t Index, PieceResult Piece) {
  size_t Unit = ToUndo[Index];
  UnitResult Result;
  if (!Piece.Died.empty() || !Result.unpack(Piece.Bytes) || !Result.Parsed ||
      !Known.isWithout(Result)) {
    ++Results.About.Unknown;
    return;
  }
  takeWithout(Unit, Result);
  if (CacheWorks)
    kept(Known.keepWithout(Units[Unit], Result));
}

/// Looks a unit up.
void Checker::look(size_t Unit) {
  Cache::Known Of = Known.find(Units[Unit]);
  if (Request.About)
    Withouts[Unit] = std::move(Of.Without);
  if (isGone(Unit)) {
    Known.isTouched(Units[Unit], {}); // which files were read, counts
    Messages[Unit] = "";
    Touched.push_back(Unit);
    sayInOrder();
  } else if (Of.Now) {
    ++FromCache;
    take(Unit, *Of.Now, Of.IsTouched);
  } else {
    ToParse.push_back(Unit);
  }
}

void Checker::sayWhatIsKnown() {
  Shown.clear();
  if (FromCache)
    llvm::WithColor::note(llvm::errs(), "airlock")
        << FromCache << " of " << Units.size() << " translation units from the cache\n";
  size_t Others =
      llvm::count_if(ToParse, [&](size_t Unit) { return !Withouts[Unit] && !changed(Unit); });
  if (Request.About && Others)
    llvm::WithColor::note(llvm::errs(), "airlock")
        << Others << (Others == 1 ? " translation unit is" : " translation units are")
        << " not in the cache as the sources are now, and analysed to see whether the change "
           "touches "
        << (Others == 1 ? "it\n" : "them\n");
}

/// A unit that is compiled in a folder with several names reads files by one of them.
static std::vector<std::string> namesOf(llvm::StringRef Path,
                                        const llvm::StringSet<> &FoldersThroughLinks) {
  std::vector<std::string> Names = {Path.str()};
  const std::string Real = realPath(Path);
  for (const auto &Folder : FoldersThroughLinks) {
    llvm::StringRef Rest;
    if (!isBelow(realPath(Folder.getKey()), Real, Rest))
      continue;
    llvm::SmallString<256> Name = Folder.getKey();
    llvm::sys::path::append(Name, Rest);
    Names.push_back(Name.str().str());
  }
  return Names;
}

/// What the units that the change touches were without it.
llvm::Error Checker::analyseWithout() {
  ReportedChange &About = Results.About;
  const Change &Of = *Request.About;
  llvm::StringMap<std::string> Before;
  llvm::StringSet<> Absent;
  llvm::StringSet<> Folders;
  for (size_t Unit : Touched)
    if (std::string Folder = absolutePath(Units[Unit].Directory); realPath(Folder) != Folder)
      Folders.insert(Folder);
  auto SetBack = [&](llvm::StringRef Path, const ChangedFile &File) {
    for (const std::string &Name : namesOf(Path, Folders))
      if (File.Without)
        Before[Name] = *File.Without;
      else
        Absent.insert(Name);
  };
  for (const ChangedFile &File : Of.files())
    SetBack(File.Path, File);
  for (const auto &Read : Known.touching())
    SetBack(absolutePath(Read.getKey()), *Read.getValue());
  for (size_t Unit : Touched)
    if (Withouts[Unit])
      takeWithout(Unit, *Withouts[Unit]);
    else if (Of.isList())
      ++About.Unknown;
    else if (wasThere(Unit))
      ToUndo.push_back(Unit);
  llvm::Error Problem = runInProcesses(
      ToUndo.size(), Request.Jobs, Request.Limits,
      [&](size_t I) { return runUnit(Units[ToUndo[I]], Request.Wanted, M, Before, Absent).pack(); },
      [&](size_t I, PieceResult Piece) { finishedWithout(I, std::move(Piece)); });
  About.Name = Of.name();
  llvm::DenseSet<const ChangedFile *> AnyRead;
  for (const auto &Read : Known.touching())
    AnyRead.insert(Read.getValue());
  for (const ChangedFile &File : Of.files()) {
    About.Files += !File.IsRenamed;
    About.Elsewhere += !File.IsRenamed && !AnyRead.contains(&File);
  }
  About.Units = Touched.size();
  Results.Without.finish();
  return Problem;
}

bool Checker::analyse() {
  Messages.resize(Units.size());
  Withouts.resize(Units.size());
  Shown.start(Units.size());
  for (size_t I = 0; I < Units.size(); ++I)
    look(I);
  sayWhatIsKnown();
  llvm::Error Problem = runInProcesses(
      ToParse.size(), Request.Jobs, Request.Limits,
      [&](size_t I) { return runUnit(Units[ToParse[I]], Request.Wanted, M).pack(); },
      [&](size_t I, PieceResult Piece) { finished(I, std::move(Piece)); });
  Shown.clear();
  Results.Now.finish();
  if (!Problem && Request.About)
    Problem = analyseWithout();
  if (Problem)
    return fail(llvm::toString(std::move(Problem))), false;
  return true;
}

CheckedUnits Checker::takeResults() { return std::move(Results); }

} // namespace

std::optional<CheckedUnits> summarizeUnits(const CheckRequest &Request,
                                           const CompilationDatabase &Database, const Model &M) {
  const Change *About = Request.About ? &*Request.About : nullptr;
  Cache Known = Cache::open(Request.CacheFolder, Request.Wanted, M, About);
  Checker Units(Request, M, Known);
  if (!Units.choose(Database) || !Units.analyse())
    return std::nullopt;
  Known.prune();
  return Units.takeResults();
}

/// Leaves of a report what the change brings.
static void narrow(Report &R, const CheckedUnits &Units, const Model &M, const Contracts *Known,
                   const CheckRequest &Request) {
  R.setChange(Units.About);
  Program P;
  Report Without;
  reportSummaries(Units.Without, M, Request.Wanted, Known, P, Without);
  leaveNew(R, Without);
  auto PathOf = [&](const Place &At) { return pathFrom(Request.Wanted.Root, At.File); };
  moveIntoChange(
      R, [&](const Place &At) { return Request.About->showsLine(PathOf(At), At.Line); },
      [&](const Place &At) { return Request.About->changesLine(PathOf(At), At.Line); });
}

int runCheck(const CheckRequest &Request, const CompilationDatabase &Database) {
  llvm::Expected<Model> M = loadModelsAloud(Request.Wanted);
  if (!M)
    return fail(llvm::toString(M.takeError()));
  llvm::Expected<std::optional<Contracts>> Opened = openContracts(Request.Wanted, *M);
  if (!Opened)
    return fail(llvm::toString(Opened.takeError()));
  const Contracts *Known = *Opened ? &**Opened : nullptr;
  std::optional<CheckedUnits> Units = summarizeUnits(Request, Database, *M);
  if (!Units)
    return BadUsage;
  if (!Request.SummaryFile.empty())
    if (llvm::Error E = writeSummaries(Units->Now, Request.SummaryFile))
      return fail(llvm::toString(std::move(E)));
  if (!Request.Wanted.Scope.empty() && !Units->HasScope)
    return failScope(Request.Wanted);
  Program P;
  Report R;
  reportSummaries(Units->Now, *M, Request.Wanted, Known, P, R);
  if (Request.About)
    narrow(R, *Units, *M, Known, Request);
  return deliverProgram(R, *M, P, Request.Reporting);
}

} // namespace airlock
