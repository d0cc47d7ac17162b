// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/JsonParts.h"
#include "report/Renderers.h"
#include "llvm/ADT/StringExtras.h"

namespace airlock {

using json = OrderedJson;

static json orNull(const std::string &Text) { return Text.empty() ? json() : json(Text); }

OrderedJson makePlace(const Place &At) {
  return {{"file", At.File}, {"line", At.Line}, {"column", At.Column}};
}

OrderedJson makeFinding(const ReportedFinding &F) {
  json Out = {{"id", F.Id},
              {"rule", F.Rule},
              {"severity", severityName(F.Level).str()},
              {"message", F.Message},
              {"function", orNull(F.Function)},
              {"location", makePlace(F.At)}};
  json Path = json::array();
  for (const ReportedStep &S : F.Path) {
    json Step = makePlace(S.At);
    Step["function"] = orNull(S.Function);
    Step["text"] = S.Text;
    Path.push_back(std::move(Step));
  }
  Out["path"] = std::move(Path);
  if (!F.Context.empty())
    Out["context"] = F.Context;
  if (!F.Region.empty())
    Out["region"] = F.Region;
  json FixIts = json::array();
  for (const ReportedFixIt &Fix : F.FixIts) {
    json One = makePlace(Fix.At);
    One["endLine"] = Fix.End.Line;
    One["endColumn"] = Fix.End.Column;
    One["insert"] = Fix.Insert;
    FixIts.push_back(std::move(One));
  }
  Out["fixits"] = std::move(FixIts);
  Out["suppressed"] = nullptr;
  if (F.Suppressed)
    Out["suppressed"] = {{"by", F.Suppressed->By}, {"why", F.Suppressed->Why}};
  return Out;
}

OrderedJson makeGivenUp(const ReportedGivenUp &G) {
  return {{"function", G.Function},
          {"file", G.File},
          {"analysis", nameOf(G.By).str()},
          {"limit", nameOf(G.Spent).str()}};
}

OrderedJson makeStats(const Report &R) {
  const Ledger &L = R.ledger();
  json Notifications = json::array();
  for (const Notification &N : L.Notifications) {
    json One = {{"file", N.File}, {"text", N.Text}, {"level", N.IsNote ? "note" : "error"}};
    if (!N.At.File.empty())
      One["location"] = makePlace(N.At);
    Notifications.push_back(std::move(One));
  }
  json Unfinished = json::array();
  for (const ReportedGivenUp &G : L.GivenUp)
    Unfinished.push_back(makeGivenUp(G));
  return {{"tus", {{"seen", L.Units}, {"failed", L.Failed}, {"skipped", L.Skipped}}},
          {"functions", L.Seen.Functions},
          {"given_up", std::move(Unfinished)},
          {"calls",
           {{"direct", L.Seen.DirectCalls},
            {"slot", L.Seen.SlotCalls},
            {"unresolved", L.Seen.UnresolvedCalls}}},
          {"suppressed", R.suppressed()},
          {"notifications", std::move(Notifications)}};
}

OrderedJson makeChange(const ReportedChange &Is) {
  return {{"of", Is.Name},
          {"files", {{"seen", Is.Files}, {"elsewhere", Is.Elsewhere}}},
          {"tus", {{"touched", Is.Units}, {"unknown", Is.Unknown}}}};
}

std::string makeUri(llvm::StringRef Path) {
  std::string Uri;
  for (char C : Path) {
    if (llvm::isAlnum(C) || llvm::StringRef("/-._~").contains(C))
      Uri += C;
    else
      Uri += "%" + llvm::utohexstr(static_cast<unsigned char>(C), /*LowerCase=*/false, 2);
  }
  return Uri;
}

void writeJson(const OrderedJson &Root, llvm::raw_ostream &Out) {
  // File names are bytes; what is not UTF-8 in them is replaced.
  Out << Root.dump(2, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace) << '\n';
}

OrderedJson makeReport(const Report &R) {
  json Findings = json::array();
  for (const ReportedFinding &F : R.findings())
    Findings.push_back(makeFinding(F));
  json Root = {{"airlock", AIRLOCK_VERSION}, {"schema", ReportSchema}};
  if (R.change())
    Root["change"] = makeChange(*R.change());
  Root["findings"] = std::move(Findings);
  Root["stats"] = makeStats(R);
  return Root;
}

void renderJson(const Report &R, llvm::raw_ostream &Out) { writeJson(makeReport(R), Out); }

} // namespace airlock
