// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SARIF 2.1.0 (OASIS), within what code-scanning services take: every file
// relative to a root that they know, a bounded path, all that went wrong with
// the run among the invocation's notifications. Columns are Clang's, bytes;
// SARIF has no such unit, and on a line of ASCII they are code points. The pages of rules are
// inside; their address (helpUri) is there only if the build knows one.

#include "report/JsonParts.h"
#include "report/Renderers.h"
#include "rules/Rule.h"
#include "rules/Weakness.h"
#include "support/Contents.h"
#include "support/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include <map>
#include <set>

namespace airlock {

using json = OrderedJson;

static constexpr char SchemaUri[] =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Stands for the source root, wherever the reader has it.
static constexpr char RootId[] = "SRCROOT";
/// GitHub shows no more steps of a path than this.
static constexpr size_t MaxSteps = 1000;

/// A message. Braces are doubled: single ones would be placeholders (3.11.5).
static json makeMessage(llvm::StringRef Text) {
  std::string Escaped;
  for (char C : Text)
    Escaped.append(C == '{' || C == '}' ? 2 : 1, C);
  return {{"text", Escaped}};
}

/// A file outside of the root, a system's header, has no relative name.
static json makeFile(llvm::StringRef File) {
  namespace path = llvm::sys::path;
  if (path::is_absolute(File))
    return {{"uri", "file://" + makeUri(File)}};
  return {{"uri", makeUri(path::remove_leading_dotslash(File))}, {"uriBaseId", RootId}};
}

namespace {

/// Where what stands at a place ends. A finding has a place and no extent, and a viewer would
/// mark the rest of the line; so the sources are looked into, where they are at hand.
class Ends {
public:
  /// Root: what files are relative to; empty for no sources.
  explicit Ends(llvm::StringRef Root) : Root(Root) {}
  /// The column behind a name or a single character; 0 if there is no telling.
  unsigned behind(const Place &At);

private:
  struct File {
    std::unique_ptr<llvm::MemoryBuffer> Text;
    llvm::SmallVector<llvm::StringRef, 0> Lines;
  };
  std::string Root;
  llvm::StringMap<File> Files;
};

} // namespace

unsigned Ends::behind(const Place &At) {
  if (Root.empty())
    return 0;
  auto [It, New] = Files.try_emplace(At.File);
  File &In = It->second;
  if (New) {
    In.Text = readPlainFile(pathFrom(Root, At.File));
    if (In.Text)
      In.Text->getBuffer().split(In.Lines, '\n');
  }
  if (!At.Line || At.Line > In.Lines.size() || !At.Column ||
      At.Column > In.Lines[At.Line - 1].size())
    return 0;
  llvm::StringRef Rest = In.Lines[At.Line - 1].drop_front(At.Column - 1);
  size_t Length = Rest.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; }).size();
  return At.Column + std::max<size_t>(Length, 1);
}

static json makePhysicalLocation(const Place &At, Ends &Of) {
  json Region = {{"startLine", At.Line}, {"startColumn", At.Column}};
  if (unsigned Behind = Of.behind(At))
    Region["endColumn"] = Behind;
  return {{"artifactLocation", makeFile(At.File)}, {"region", std::move(Region)}};
}

static json makeLocation(const Place &At, const std::string &Function, Ends &Of) {
  json Out = {{"physicalLocation", makePhysicalLocation(At, Of)}};
  if (!Function.empty())
    Out["logicalLocations"] = json::array({{{"name", Function}}});
  return Out;
}

/// The steps of a path, the middle of one that is too long left out.
static std::vector<json> makeSteps(const std::vector<ReportedStep> &Path, Ends &Of) {
  std::vector<json> Steps;
  size_t Left = Path.size() > MaxSteps ? Path.size() - MaxSteps : 0;
  for (size_t I = 0; I < Path.size(); ++I) {
    if (I == MaxSteps / 2)
      I += Left;
    json Step = makeLocation(Path[I].At, Path[I].Function, Of);
    Step["message"] = makeMessage(Path[I].Text);
    Steps.push_back(std::move(Step));
  }
  return Steps;
}

/// All steps are the flow; the places that they lead to, each once, are related to the result's.
static void addPath(json &Result, const std::vector<ReportedStep> &Path, Ends &Of) {
  json Flow = json::array(), Related = json::array();
  std::set<json> Known = {Result["locations"][0]["physicalLocation"]};
  for (json &Step : makeSteps(Path, Of)) {
    Flow.push_back({{"location", Step}});
    if (!Known.insert(Step["physicalLocation"]).second)
      continue;
    Step["id"] = Related.size();
    Related.push_back(std::move(Step));
  }
  if (!Flow.empty())
    Result["codeFlows"] = json::array({{{"threadFlows", json::array({{{"locations", Flow}}})}}});
  if (!Related.empty())
    Result["relatedLocations"] = std::move(Related);
}

/// The edits are one fix, file by file.
static json makeFix(const std::vector<ReportedFixIt> &FixIts) {
  std::map<std::string, json> Replacements;
  for (const ReportedFixIt &Fix : FixIts)
    Replacements[Fix.At.File].push_back({{"deletedRegion",
                                          {{"startLine", Fix.At.Line},
                                           {"startColumn", Fix.At.Column},
                                           {"endLine", Fix.End.Line},
                                           {"endColumn", Fix.End.Column}}},
                                         {"insertedContent", {{"text", Fix.Insert}}}});
  json Changes = json::array();
  for (auto &[File, Edits] : Replacements)
    Changes.push_back({{"artifactLocation", makeFile(File)}, {"replacements", std::move(Edits)}});
  return {{"artifactChanges", std::move(Changes)}};
}

/// Given for every result, or readers must take them for unknown (3.27.23).
static json makeSuppressions(const ReportedFinding &F) {
  json Out = json::array();
  if (F.Suppressed)
    Out.push_back({{"kind", F.Suppressed->By == BySource ? "inSource" : "external"},
                   {"justification", F.Suppressed->Why}});
  return Out;
}

static json makeResult(const ReportedFinding &F, Ends &Of) {
  json Out = {{"ruleId", F.Rule}};
  if (const Rule *R = findRule(F.Rule))
    Out["ruleIndex"] = R - allRules().begin();
  Out["level"] = F.Level == Severity::Advice ? "note" : "warning";
  Out["message"] = makeMessage(F.Message);
  json Location = makeLocation(F.At, F.Function, Of);
  if (!F.Function.empty())
    Location["logicalLocations"][0]["kind"] = "function"; // a step may be in a macro or a slot
  Out["locations"] = json::array({std::move(Location)});
  Out["partialFingerprints"] = {{"airlockId/v1", F.Id}};
  addPath(Out, F.Path, Of);
  if (!F.FixIts.empty())
    Out["fixes"] = json::array({makeFix(F.FixIts)});
  Out["suppressions"] = makeSuppressions(F);
  if (!F.Context.empty())
    Out["properties"]["context"] = F.Context;
  if (!F.Region.empty())
    Out["properties"]["region"] = F.Region;
  return Out;
}

/// A rule's page starts with its title and a paragraph that says it in full.
static std::string firstParagraph(llvm::StringRef Page) {
  std::string Text = Page.split("\n\n").second.split("\n\n").first.str();
  std::replace(Text.begin(), Text.end(), '\n', ' ');
  return Text;
}

/// What code-scanning services sort and filter by.
static json makeProperties(const Rule &R) {
  json Out = {{"precision", R.OnlyAdvises ? "medium" : "high"},
              {"problem.severity", R.OnlyAdvises ? "recommendation" : "warning"},
              {"tags", json::array()}};
  if (const Weakness *Is = findWeakness(R.Id)) {
    Out["tags"] = {"security", "external/cwe/" + Is->Cwe.lower()};
    Out["security-severity"] = Is->Score.str();
  } else {
    Out["tags"] = {"maintainability"};
  }
  return Out;
}

static json makeRules(llvm::StringRef DocsUrl) {
  json Rules = json::array();
  for (const Rule &R : allRules()) {
    std::string Page = R.page().str();
    Rules.push_back({{"id", R.Id.str()},
                     {"shortDescription", {{"text", R.Summary.str()}}},
                     {"fullDescription", {{"text", firstParagraph(Page)}}},
                     {"help", {{"text", Page}, {"markdown", Page}}},
                     {"defaultConfiguration", {{"level", R.OnlyAdvises ? "note" : "warning"}}},
                     {"properties", makeProperties(R)}});
    if (!DocsUrl.empty())
      Rules.back()["helpUri"] = (DocsUrl.rtrim('/') + "/rules/" + R.Id + ".html").str();
  }
  return Rules;
}

/// Where in the source, or else which input.
static json makeNotification(const Notification &N, Ends &Of) {
  json Where = N.At.File.empty() ? json{{"artifactLocation", makeFile(N.File)}}
                                 : makePhysicalLocation(N.At, Of);
  return {{"level", N.IsNote ? "note" : "error"},
          {"message", makeMessage(N.File + ": " + N.Text)},
          {"locations", json::array({{{"physicalLocation", std::move(Where)}}})}};
}

static json makeInvocation(const Report &R, Ends &Of) {
  json Notifications = json::array();
  for (const Notification &N : R.ledger().Notifications)
    Notifications.push_back(makeNotification(N, Of));
  for (const ReportedGivenUp &G : R.ledger().GivenUp)
    Notifications.push_back(
        {{"level", "note"},
         {"message", makeMessage(sentenceOf(G))},
         {"locations",
          json::array({{{"physicalLocation", {{"artifactLocation", makeFile(G.File)}}}}})}});
  return {{"executionSuccessful", R.complete()},
          {"toolExecutionNotifications", std::move(Notifications)}};
}

void renderSarif(const Report &R, llvm::raw_ostream &Out, llvm::StringRef Category,
                 llvm::StringRef Root, llvm::StringRef DocsUrl) {
  Ends Of(Root);
  json Results = json::array();
  for (const ReportedFinding &F : R.findings())
    Results.push_back(makeResult(F, Of));
  json Run = {{"tool",
               {{"driver",
                 {{"name", "Airlock"},
                  {"semanticVersion", AIRLOCK_VERSION},
                  {"rules", makeRules(DocsUrl)}}}}},
              // What follows the last slash would be the name of this one run.
              {"automationDetails", {{"id", Category.rtrim('/').str() + "/"}}},
              {"originalUriBaseIds",
               {{RootId, {{"description", makeMessage("The root of the sources.")}}}}},
              {"columnKind", "unicodeCodePoints"},
              {"invocations", json::array({makeInvocation(R, Of)})},
              {"results", std::move(Results)},
              {"properties", {{"stats", makeStats(R)}}}};
  if (R.change())
    Run["properties"]["change"] = makeChange(*R.change());
  writeJson({{"$schema", SchemaUri}, {"version", "2.1.0"}, {"runs", json::array({Run})}}, Out);
}

} // namespace airlock
