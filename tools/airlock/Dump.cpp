// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock dump`: what summaries say, one unit after the other.
//
//   {"airlock": VERSION, "format": VERSION OF SUMMARIES, "units": [UNIT...]}

#include "Commands.h"
#include "query/UnitJson.h"
#include "report/Renderers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/WithColor.h"
#include <map>

namespace airlock {

namespace {

/// The models that units name, each set of them read once.
class ModelsOfUnits {
public:
  explicit ModelsOfUnits(const Options &Wanted) : Wanted(Wanted) {}

  /// Null if it is not the one that the unit was made with.
  const Model *of(const UnitSummary &Unit) {
    std::vector<std::string> Names = Wanted.Models;
    if (Names.empty())
      for (llvm::StringRef Name : Unit.Models)
        Names.push_back(Name.str());
    auto [It, New] = Known.try_emplace({Names, Unit.Fingerprint});
    std::optional<Model> &Is = It->second;
    if (!New)
      return Is ? &*Is : nullptr;
    llvm::Expected<Model> M = load(Unit);
    if (!M)
      warn(llvm::toString(M.takeError()));
    else if (M->fingerprint() != Unit.Fingerprint)
      warn("summaries were made with another model (" + llvm::join(Unit.Models, ", ") + ")");
    else
      return &Is.emplace(std::move(*M));
    return nullptr;
  }

private:
  llvm::Expected<Model> load(const UnitSummary &Unit) const {
    Options Theirs = Wanted;
    if (Theirs.Models.empty()) {
      llvm::Expected<std::vector<std::string>> Names = modelsNamedBy(Unit);
      if (!Names)
        return Names.takeError();
      Theirs.Models = std::move(*Names);
    }
    return loadModelsAloud(Theirs);
  }
  static void warn(const llvm::Twine &Text) {
    llvm::WithColor::warning(llvm::errs(), "airlock")
        << Text << "; contexts, effects and regions are shown as numbers\n";
  }
  const Options &Wanted;
  std::map<std::pair<std::vector<std::string>, uint64_t>, std::optional<Model>> Known;
};

} // namespace

int runDump(const SummaryRequest &Request, llvm::StringRef Output) {
  SummaryFiles Files;
  if (llvm::Error E = openSummaries(Request, Files))
    return fail(llvm::toString(std::move(E)));
  bool Complete = complain(Files.refusals());
  ModelsOfUnits Models(Request.Wanted);
  auto Write = [&](llvm::raw_ostream &Out) {
    Out << "{\"airlock\": \"" AIRLOCK_VERSION "\", \"format\": " << SummaryFormatVersion
        << ", \"units\": [";
    const char *Between = "\n";
    for (const SummaryFiles::Summary &One : Files.summaries()) {
      llvm::Expected<std::unique_ptr<UnitSummary>> Unit = decodeUnit(One.Bytes, nullptr);
      llvm::Expected<OrderedJson> Json =
          Unit ? makeUnit(**Unit, Models.of(**Unit)) : Unit.takeError();
      if (!Json) {
        complain(Refusal{One.File, llvm::toString(Json.takeError())});
        Complete = false;
        continue;
      }
      Out << Between;
      writeJson(*Json, Out);
      Between = ",\n";
    }
    Out << "]}\n";
  };
  if (llvm::Error E = writeFile(Output, Write))
    return fail(llvm::toString(std::move(E)));
  return Complete ? NothingFound : Incomplete;
}

} // namespace airlock
