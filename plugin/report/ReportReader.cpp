// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/ReportReader.h"
#include "model/JsonLines.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MemoryBuffer.h"
#include <limits>
#include <nlohmann/json.hpp>

using nlohmann::json;

namespace airlock {

namespace {

/// Each function returns false once something is wrong; Problem then says what
/// and ProblemPath where.
class Reader {
public:
  bool readFindings(const json &Root, std::vector<ReportedFinding> &Into);
  bool readIsComplete(const json &Root, bool &Into);
  bool readLedger(const json &Root, Ledger &Into);
  bool readChange(const json &Root, std::optional<ReportedChange> &Into);
  std::string Problem, ProblemPath;

private:
  bool fail(const llvm::Twine &Where, const llvm::Twine &What) {
    ProblemPath = Where.str();
    Problem = What.str();
    return false;
  }
  const json *find(const json &Object, const std::string &Where, const std::string &Key);

  bool readMember(const json &Object, const std::string &Where, const char *Key, std::string &Into);
  bool readMember(const json &Object, const std::string &Where, const char *Key, unsigned &Into);
  template <typename T>
  bool readWord(const json &Object, const std::string &Where, const char *Key,
                std::initializer_list<T> Known, T &Into);
  template <typename Fn>
  bool readList(const json &Object, const std::string &Where, const char *Key, Fn ReadItem);

  bool readName(const json &Object, const std::string &Where, const char *Key, std::string &Into);
  bool readPlace(const json &Object, const std::string &Where, Place &Into);
  bool readStep(const json &Item, const std::string &Where, ReportedStep &Into);
  bool readFixIt(const json &Item, const std::string &Where, ReportedFixIt &Into);
  bool readSuppression(const json &Item, const std::string &Where, ReportedFinding &Into);
  bool readFinding(const json &Item, const std::string &Where, ReportedFinding &Into);
  bool readNotification(const json &Item, const std::string &Where, Notification &Into);
  bool readGivenUp(const json &Item, const std::string &Where, ReportedGivenUp &Into);
};

llvm::StringRef nameOf(Severity Level) { return severityName(Level); }

std::string join(const std::string &Where, const std::string &Key) {
  return Where.empty() ? Key : Where + "." + Key;
}

} // namespace

const json *Reader::find(const json &Object, const std::string &Where, const std::string &Key) {
  if (!Object.is_object()) {
    fail(Where, "expected an object");
    return nullptr;
  }
  auto Found = Object.find(Key);
  if (Found != Object.end())
    return &*Found;
  fail(join(Where, Key), "missing");
  return nullptr;
}

bool Reader::readMember(const json &Object, const std::string &Where, const char *Key,
                        std::string &Into) {
  const json *V = find(Object, Where, Key);
  if (!V)
    return false;
  if (!V->is_string())
    return fail(join(Where, Key), "expected a string");
  Into = V->get<std::string>();
  return true;
}

bool Reader::readMember(const json &Object, const std::string &Where, const char *Key,
                        unsigned &Into) {
  const json *V = find(Object, Where, Key);
  if (!V)
    return false;
  if (!V->is_number_unsigned() || *V > std::numeric_limits<unsigned>::max())
    return fail(join(Where, Key), "expected a number");
  Into = V->get<unsigned>();
  return true;
}

/// One of a few words, those that name what is Known.
template <typename T>
bool Reader::readWord(const json &Object, const std::string &Where, const char *Key,
                      std::initializer_list<T> Known, T &Into) {
  std::string Name;
  if (!readMember(Object, Where, Key, Name))
    return false;
  std::string Words;
  for (T One : Known) {
    if (Name == nameOf(One)) {
      Into = One;
      return true;
    }
    Words += (Words.empty() ? "'" : " or '") + nameOf(One).str() + "'";
  }
  return fail(join(Where, Key), "expected " + Words);
}

template <typename Fn>
bool Reader::readList(const json &Object, const std::string &Where, const char *Key, Fn ReadItem) {
  const json *List = find(Object, Where, Key);
  if (!List)
    return false;
  if (!List->is_array())
    return fail(join(Where, Key), "expected a list");
  for (size_t I = 0; I < List->size(); ++I)
    if (!ReadItem((*List)[I], join(Where, Key) + "[" + std::to_string(I) + "]"))
      return false;
  return true;
}

/// A name, or null for none.
bool Reader::readName(const json &Object, const std::string &Where, const char *Key,
                      std::string &Into) {
  const json *V = find(Object, Where, Key);
  return V && (V->is_null() || readMember(Object, Where, Key, Into));
}

bool Reader::readPlace(const json &Object, const std::string &Where, Place &Into) {
  return readMember(Object, Where, "file", Into.File) &&
         readMember(Object, Where, "line", Into.Line) &&
         readMember(Object, Where, "column", Into.Column);
}

bool Reader::readStep(const json &Item, const std::string &Where, ReportedStep &Into) {
  return readPlace(Item, Where, Into.At) && readName(Item, Where, "function", Into.Function) &&
         readMember(Item, Where, "text", Into.Text);
}

bool Reader::readFixIt(const json &Item, const std::string &Where, ReportedFixIt &Into) {
  if (!readPlace(Item, Where, Into.At))
    return false;
  Into.End.File = Into.At.File;
  return readMember(Item, Where, "endLine", Into.End.Line) &&
         readMember(Item, Where, "endColumn", Into.End.Column) &&
         readMember(Item, Where, "insert", Into.Insert);
}

bool Reader::readSuppression(const json &Item, const std::string &Where, ReportedFinding &Into) {
  auto Found = Item.find("suppressed");
  if (Found == Item.end() || Found->is_null())
    return true;
  std::string Here = join(Where, "suppressed");
  Into.Suppressed = {ByBaseline.str(), ""};
  return readMember(*Found, Here, "why", Into.Suppressed->Why) &&
         (!Found->contains("by") || readMember(*Found, Here, "by", Into.Suppressed->By));
}

bool Reader::readFinding(const json &Item, const std::string &Where, ReportedFinding &Into) {
  const json *At = nullptr;
  return readMember(Item, Where, "id", Into.Id) && readMember(Item, Where, "rule", Into.Rule) &&
         readWord(Item, Where, "severity", {Severity::Warning, Severity::Advice}, Into.Level) &&
         readMember(Item, Where, "message", Into.Message) &&
         readName(Item, Where, "function", Into.Function) && (At = find(Item, Where, "location")) &&
         readPlace(*At, join(Where, "location"), Into.At) &&
         readList(Item, Where, "path",
                  [&](const json &Step, const std::string &Here) {
                    return readStep(Step, Here, Into.Path.emplace_back());
                  }) &&
         (!Item.contains("context") || readMember(Item, Where, "context", Into.Context)) &&
         (!Item.contains("region") || readMember(Item, Where, "region", Into.Region)) &&
         readList(Item, Where, "fixits",
                  [&](const json &Fix, const std::string &Here) {
                    return readFixIt(Fix, Here, Into.FixIts.emplace_back());
                  }) &&
         readSuppression(Item, Where, Into);
}

bool Reader::readFindings(const json &Root, std::vector<ReportedFinding> &Into) {
  const json *Version = find(Root, "", "schema");
  if (!Version)
    return false;
  if (*Version != ReportSchema)
    return fail("schema", "this is not version " + llvm::Twine(ReportSchema) +
                              " of the format, the one that is known here");
  return find(Root, "", "stats") &&
         readList(Root, "", "findings", [&](const json &Item, const std::string &Where) {
           return readFinding(Item, Where, Into.emplace_back());
         });
}

bool Reader::readIsComplete(const json &Root, bool &Into) {
  return readList(Root["stats"], "stats", "notifications", [&](const json &Item, const auto &) {
    Into &= Item.is_object() && Item.contains("level") && Item["level"] == "note";
    return true;
  });
}

bool Reader::readNotification(const json &Item, const std::string &Where, Notification &Into) {
  std::string Level;
  if (!readMember(Item, Where, "file", Into.File) || !readMember(Item, Where, "text", Into.Text) ||
      !readMember(Item, Where, "level", Level))
    return false;
  Into.IsNote = Level == "note";
  if (!Into.IsNote && Level != "error")
    return fail(join(Where, "level"), "expected 'error' or 'note'");
  return !Item.contains("location") ||
         readPlace(Item["location"], join(Where, "location"), Into.At);
}

bool Reader::readGivenUp(const json &Item, const std::string &Where, ReportedGivenUp &Into) {
  return readMember(Item, Where, "function", Into.Function) &&
         readMember(Item, Where, "file", Into.File) &&
         readWord(Item, Where, "analysis",
                  {AnalysisKind::Regions, AnalysisKind::Pointers, AnalysisKind::Effects,
                   AnalysisKind::Callers},
                  Into.By) &&
         readWord(Item, Where, "limit", {Limit::Steps, Limit::States, Limit::Depth}, Into.Spent);
}

bool Reader::readLedger(const json &Root, Ledger &Into) {
  const json &Stats = Root["stats"];
  const json *Units = find(Stats, "stats", "tus");
  const json *Calls = Units ? find(Stats, "stats", "calls") : nullptr;
  return Calls && readMember(*Units, "stats.tus", "seen", Into.Units) &&
         readMember(*Units, "stats.tus", "failed", Into.Failed) &&
         readMember(*Units, "stats.tus", "skipped", Into.Skipped) &&
         readMember(Stats, "stats", "functions", Into.Seen.Functions) &&
         readMember(*Calls, "stats.calls", "direct", Into.Seen.DirectCalls) &&
         readMember(*Calls, "stats.calls", "slot", Into.Seen.SlotCalls) &&
         readMember(*Calls, "stats.calls", "unresolved", Into.Seen.UnresolvedCalls) &&
         readList(Stats, "stats", "given_up",
                  [&](const json &Item, const std::string &Where) {
                    return readGivenUp(Item, Where, Into.GivenUp.emplace_back());
                  }) &&
         readList(Stats, "stats", "notifications", [&](const json &Item, const std::string &Where) {
           return readNotification(Item, Where, Into.Notifications.emplace_back());
         });
}

bool Reader::readChange(const json &Root, std::optional<ReportedChange> &Into) {
  auto Found = Root.find("change");
  if (Found == Root.end())
    return true;
  ReportedChange &Is = Into.emplace();
  const json *Files = find(*Found, "change", "files");
  const json *Units = Files ? find(*Found, "change", "tus") : nullptr;
  return Units && readMember(*Found, "change", "of", Is.Name) &&
         readMember(*Files, "change.files", "seen", Is.Files) &&
         readMember(*Files, "change.files", "elsewhere", Is.Elsewhere) &&
         readMember(*Units, "change.tus", "touched", Is.Units) &&
         readMember(*Units, "change.tus", "unknown", Is.Unknown);
}

/// Reads a file of JSON; an error that says where the file is wrong.
static llvm::Error readFile(llvm::StringRef Path,
                            llvm::function_ref<bool(Reader &, const json &)> Read) {
  auto Fail = [&](const llvm::Twine &Text) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "cannot read report '" + Path + "': " + Text);
  };
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return Fail(Buffer.getError().message());
  llvm::StringRef Text = (*Buffer)->getBuffer();
  const json Root = json::parse(Text.begin(), Text.end(), nullptr, /*allow_exceptions=*/false);
  if (Root.is_discarded()) {
    JsonLines Lines(Text);
    return Fail("line " + llvm::Twine(Lines.errorLine()) + ": " + Lines.error());
  }
  Reader R;
  if (Read(R, Root))
    return llvm::Error::success();
  std::string Where = R.ProblemPath.empty() ? "" : R.ProblemPath + ": ";
  return Fail("line " + llvm::Twine(JsonLines(Text).lineOf(R.ProblemPath)) + ": " + Where +
              R.Problem);
}

llvm::Expected<SavedReport> readReport(llvm::StringRef Path) {
  SavedReport Saved;
  Saved.File = Path.str();
  std::optional<ReportedChange> Change;
  if (llvm::Error E = readFile(Path, [&](Reader &R, const json &Root) {
        return R.readFindings(Root, Saved.Findings) && R.readIsComplete(Root, Saved.Complete) &&
               R.readChange(Root, Change);
      }))
    return E;
  if (Change)
    Saved.Change = std::move(Change->Name);
  return Saved;
}

llvm::Expected<Report> readWholeReport(llvm::StringRef Path) {
  std::vector<ReportedFinding> Findings;
  Ledger Counts;
  std::optional<ReportedChange> Change;
  if (llvm::Error E = readFile(Path, [&](Reader &R, const json &Root) {
        return R.readFindings(Root, Findings) && R.readLedger(Root, Counts) &&
               R.readChange(Root, Change);
      }))
    return E;
  Report R(std::move(Findings), std::move(Counts));
  if (Change)
    R.setChange(std::move(*Change));
  return R;
}

} // namespace airlock
