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
  explicit Reader(SavedReport &Out) : Out(Out) {}
  bool read(const json &Root);
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
  bool readMember(const json &Object, const std::string &Where, const char *Key, Severity &Into);
  template <typename Fn>
  bool readList(const json &Object, const std::string &Where, const char *Key, Fn ReadItem);

  bool readName(const json &Object, const std::string &Where, const char *Key, std::string &Into);
  bool readPlace(const json &Object, const std::string &Where, Place &Into);
  bool readStep(const json &Item, const std::string &Where, ReportedStep &Into);
  bool readFixIt(const json &Item, const std::string &Where, ReportedFixIt &Into);
  bool readSuppression(const json &Item, const std::string &Where, ReportedFinding &Into);
  bool readFinding(const json &Item, const std::string &Where, ReportedFinding &Into);

  SavedReport &Out;
};

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

bool Reader::readMember(const json &Object, const std::string &Where, const char *Key,
                        Severity &Into) {
  std::string Name;
  if (!readMember(Object, Where, Key, Name))
    return false;
  for (Severity Level : {Severity::Warning, Severity::Advice})
    if (Name == severityName(Level)) {
      Into = Level;
      return true;
    }
  return fail(join(Where, Key), "expected 'warning' or 'advice'");
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
         readMember(Item, Where, "severity", Into.Level) &&
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

bool Reader::read(const json &Root) {
  const json *Version = find(Root, "", "schema");
  if (!Version)
    return false;
  if (*Version != ReportSchema)
    return fail("schema", "this is not version " + llvm::Twine(ReportSchema) +
                              " of the format, the one that is known here");
  if (auto Change = Root.find("change");
      Change != Root.end() && !readMember(*Change, "change", "of", Out.Change))
    return false;
  const json *Stats = find(Root, "", "stats");
  return Stats &&
         readList(Root, "", "findings",
                  [&](const json &Item, const std::string &Where) {
                    return readFinding(Item, Where, Out.Findings.emplace_back());
                  }) &&
         readList(*Stats, "stats", "notifications", [&](const json &, const std::string &) {
           Out.Complete = false;
           return true;
         });
}

llvm::Expected<SavedReport> readReport(llvm::StringRef Path) {
  auto Fail = [&](const llvm::Twine &Text) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "cannot read report '" + Path + "': " + Text);
  };
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return Fail(Buffer.getError().message());
  llvm::StringRef Text = (*Buffer)->getBuffer();
  json Root = json::parse(Text.begin(), Text.end(), nullptr, /*allow_exceptions=*/false);
  if (Root.is_discarded()) {
    JsonLines Lines(Text);
    return Fail("line " + llvm::Twine(Lines.errorLine()) + ": " + Lines.error());
  }
  SavedReport Saved;
  Saved.File = Path.str();
  Reader R(Saved);
  if (R.read(Root))
    return Saved;
  std::string Where = R.ProblemPath.empty() ? "" : R.ProblemPath + ": ";
  return Fail("line " + llvm::Twine(JsonLines(Text).lineOf(R.ProblemPath)) + ": " + Where +
              R.Problem);
}

} // namespace airlock
