// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock link`: many summaries to one report, or to one file that links like
// them all.

#include "link/Link.h"
#include "Commands.h"
#include "model/ModelReader.h"
#include "query/Pictures.h"
#include "report/Renderers.h"
#include "summary/Summary.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/WithColor.h"

namespace airlock {

llvm::Expected<Model> loadModelsAloud(const Options &Wanted) {
  std::vector<std::string> Notes;
  llvm::Expected<Model> M = loadModels(Wanted, Notes);
  for (const std::string &Note : Notes)
    llvm::WithColor::warning(llvm::errs(), "airlock") << Note << '\n';
  return M;
}

llvm::Expected<std::optional<Contracts>> openContracts(const Options &Wanted, const Model &M) {
  if (Wanted.Program.empty())
    return std::nullopt;
  std::string WhyNot;
  llvm::Expected<std::optional<Contracts>> Opened = Contracts::open(Wanted.Program, M, WhyNot);
  if (Opened && !*Opened)
    llvm::WithColor::warning(llvm::errs(), "airlock") << WhyNot << '\n';
  return Opened;
}

bool reportSummaries(const SummaryFiles &Files, const Model &M, const Options &Wanted,
                     const Contracts *Known, Program &P, Report &Into) {
  loadProgram(Files, M, P, Into);
  if (Known)
    if (llvm::Error E = P.add(*Known))
      Into.addNotification(Wanted.Program, llvm::toString(std::move(E)));
  reportProgram(P, M, Wanted, Into);
  return hasScope(P, Wanted);
}

int deliverProgram(Report &R, const Model &M, Program &P, const ReportRequest &Reporting) {
  return deliver(R, Reporting, [&] { return picturesOfContexts({P.facts(), M, P.places()}); });
}

int failScope(const Options &Wanted) {
  return fail("nothing of the program is in scope '" + Wanted.Scope + "'");
}

llvm::Expected<std::vector<std::string>> modelsNamedBy(const UnitSummary &Unit) {
  std::vector<std::string> Names;
  for (llvm::StringRef Name : Unit.Models) {
    if (!llvm::is_contained(ModelReader::builtinNames(), Name) &&
        !llvm::sys::fs::is_regular_file(Name))
      return llvm::createStringError("the model '" + Name +
                                     "', which a summary names, is no file here; say with --model "
                                     "where it is");
    Names.push_back(Name.str());
  }
  return Names;
}

/// The models that the summaries name, if the user names none: those of the first
/// one whose models are here. The others are refused later, by name.
static llvm::Expected<Options> withModels(const Options &Wanted, const SummaryFiles &Files) {
  Options All = Wanted;
  std::string Missing; // of the first one
  for (const SummaryFiles::Summary &One : Files.summaries()) {
    if (!All.Models.empty())
      break;
    llvm::Expected<std::unique_ptr<UnitSummary>> Unit = decodeUnit(One.Bytes, nullptr);
    if (!Unit) {
      llvm::consumeError(Unit.takeError());
      continue;
    }
    llvm::Expected<std::vector<std::string>> Names = modelsNamedBy(**Unit);
    if (Names)
      All.Models = std::move(*Names);
    else if (std::string Why = llvm::toString(Names.takeError()); Missing.empty())
      Missing = Why;
  }
  if (All.Models.empty() && !Missing.empty())
    return llvm::createStringError(Missing);
  return All;
}

llvm::Error openSummaries(const SummaryRequest &Request, SummaryFiles &Into) {
  for (const std::string &Path : Request.Paths)
    if (llvm::Error E = Into.add(Path))
      return E;
  Into.finish();
  if (Into.summaries().empty() && Into.refusals().empty())
    return llvm::createStringError("no summaries in what was named");
  return llvm::Error::success();
}

llvm::Expected<Model> loadModelsFor(const SummaryFiles &Files, Options &Wanted) {
  llvm::Expected<Options> All = withModels(Wanted, Files);
  if (!All)
    return All.takeError();
  Wanted = std::move(*All);
  return loadModelsAloud(Wanted);
}

void complain(const Refusal &R) {
  llvm::WithColor::error(llvm::errs(), "airlock")
      << R.File << ": summary refused: " << R.Why << '\n';
}

bool complain(llvm::ArrayRef<Refusal> Refusals) {
  for (const Refusal &R : Refusals)
    complain(R);
  return Refusals.empty();
}

static llvm::Error writeContracts(Program &P, const Model &M, llvm::StringRef File) {
  Analyses Of(P.facts(), M, P, RegionSet());
  llvm::Expected<std::string> Bytes = encodeContracts(Of, P.places());
  if (!Bytes)
    return Bytes.takeError();
  return writeFile(File, [&](llvm::raw_ostream &Out) { Out << *Bytes; });
}

int runLink(const SummaryRequest &Request, const ReportRequest &Reporting,
            llvm::StringRef ContractFile) {
  SummaryFiles Files;
  if (llvm::Error E = openSummaries(Request, Files))
    return fail(llvm::toString(std::move(E)));
  Options Wanted = Request.Wanted;
  llvm::Expected<Model> M = loadModelsFor(Files, Wanted);
  if (!M)
    return fail(llvm::toString(M.takeError()));
  llvm::Expected<std::optional<Contracts>> Known = openContracts(Wanted, *M);
  if (!Known)
    return fail(llvm::toString(Known.takeError()));
  Program P;
  Report R;
  // An empty report would say that all is well.
  if (!reportSummaries(Files, *M, Wanted, *Known ? &**Known : nullptr, P, R) && R.complete())
    return failScope(Wanted);
  if (!ContractFile.empty())
    if (llvm::Error E = writeContracts(P, *M, ContractFile))
      return fail(llvm::toString(std::move(E)));
  return deliverProgram(R, *M, P, Reporting);
}

llvm::Error writeSummaries(const SummaryFiles &Files, llvm::StringRef Output) {
  return writeFile(Output, [&](llvm::raw_ostream &Out) {
    for (const SummaryFiles::Summary &One : Files.summaries())
      Out << frameSummary(One.Bytes);
  });
}

int runMerge(const SummaryRequest &Request, llvm::StringRef Output) {
  SummaryFiles Files;
  if (llvm::Error E = openSummaries(Request, Files))
    return fail(llvm::toString(std::move(E)));
  bool Complete = complain(Files.refusals());
  if (Files.summaries().empty()) // whatever stands there is worth more
    return Incomplete;
  if (llvm::Error E = writeSummaries(Files, Output))
    return fail(llvm::toString(std::move(E)));
  return Complete ? NothingFound : Incomplete;
}

} // namespace airlock
