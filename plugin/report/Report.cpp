// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

namespace airlock {

llvm::StringRef severityName(Severity Level) {
  return Level == Severity::Advice ? "advice" : "warning";
}

ReportedFinding wordFinding(const Finding &Found, const SourceMap &Map) {
  ReportedFinding Out;
  Out.Id = Found.Id;
  Out.Rule = Found.Rule.str();
  Out.Message = Found.Message.str();
  Out.Function = Found.Function.str();
  Out.Context = Found.Context.str();
  Out.Region = Found.Region.str();
  Out.Level = Found.Level;
  Out.At = Map.placeOf(Found.At);
  for (const Step &S : Found.Path)
    Out.Path.push_back({Map.placeOf(S.At), S.Function.str(), S.What.str()});
  for (const FixIt &Fix : Found.FixIts) {
    ReportedFixIt New = {Map.placeOf(Fix.At), Fix.Insert,
                         Map.placeOf(Fix.End.isValid() ? Fix.End : Fix.At)};
    bool Known = llvm::any_of(Out.FixIts, [&](const ReportedFixIt &One) {
      return One.At == New.At && One.Insert == New.Insert && One.End == New.End;
    });
    if (!Known) // an #include of two edits
      Out.FixIts.push_back(std::move(New));
  }
  if (Found.Suppressed)
    Out.Suppressed = {BySource.str(), Found.Suppressed->Why.str()};
  return Out;
}

ReportedGivenUp wordGivenUp(const GivenUp &Is, const Facts &F, const SourceMap &Map) {
  const Entity &Function = F.Entities[Is.Function];
  return {Function.Name.str(), Map.placeOf(Function.Declared).File, Is.By, Is.Spent};
}

std::string sentenceOf(const ReportedGivenUp &Is) {
  const char *Why = Is.Spent == Limit::Depth ? ": too great a " : ": too many ";
  return "'" + Is.Function + "' is given up by the analysis of " + nameOf(Is.By).str() + Why +
         nameOf(Is.Spent).str();
}

/// Which of two tellings of one finding is kept, whatever order they come in.
static bool tellsMore(const ReportedFinding &A, const ReportedFinding &B) {
  if (A.Path.size() != B.Path.size())
    return A.Path.size() > B.Path.size();
  for (size_t I = 0; I < A.Path.size(); ++I)
    if (A.Path[I].Text != B.Path[I].Text)
      return A.Path[I].Text > B.Path[I].Text;
  return false;
}

void Report::addUnit(const Coverage &Seen) {
  ++Counts.Units;
  Counts.Seen.Functions += Seen.Functions;
  Counts.Seen.DirectCalls += Seen.DirectCalls;
  Counts.Seen.SlotCalls += Seen.SlotCalls;
  Counts.Seen.UnresolvedCalls += Seen.UnresolvedCalls;
}

void Report::addUnit(const std::vector<Finding> &Added, const Facts &F, const SourceMap &Map) {
  addUnit(F.Seen);
  for (const Finding &Found : Added)
    addFinding(wordFinding(Found, Map));
}

void Report::addFinding(ReportedFinding New) {
  std::string Key = New.Id + " " + New.At.File + ":" + std::to_string(New.At.Line) + ":" +
                    std::to_string(New.At.Column);
  auto [It, IsNew] = Known.try_emplace(Key, Findings.size());
  if (IsNew)
    Findings.push_back(std::move(New));
  else if (tellsMore(New, Findings[It->second]))
    Findings[It->second] = std::move(New);
}

/// "not analysed: bad.c:1:22: use of undeclared identifier 'x'"
static std::string tell(const char *What, const Problem &Why) {
  std::string Text = What;
  if (Why.Text.empty())
    return Text;
  Text += ": ";
  if (!Why.At.File.empty())
    Text += Why.At.File + ":" + std::to_string(Why.At.Line) + ":" + std::to_string(Why.At.Column) +
            ": ";
  return Text + Why.Text;
}

void Report::addFailedUnit(llvm::StringRef File, const Problem &Why) {
  ++Counts.Units;
  ++Counts.Failed;
  Counts.Notifications.push_back({File.str(), tell("not analysed", Why), Why.At});
}

void Report::addSkippedUnit(llvm::StringRef File, const Problem &Why, bool Harmless) {
  ++Counts.Units;
  ++Counts.Skipped;
  Counts.Notifications.push_back({File.str(), tell("skipped", Why), Why.At, Harmless});
}

void Report::addNotification(llvm::StringRef File, llvm::StringRef Text) {
  Counts.Notifications.push_back({File.str(), Text.str(), {}});
}

bool Report::complete() const {
  return llvm::all_of(Counts.Notifications, [](const Notification &N) { return N.IsNote; });
}

void Report::sort() {
  auto Order = [](const ReportedFinding &F) {
    return std::tie(F.At.File, F.At.Line, F.At.Column, F.Rule, F.Message, F.Id);
  };
  llvm::sort(Counts.Notifications, [](const Notification &A, const Notification &B) {
    return std::tie(A.File, A.Text) < std::tie(B.File, B.Text);
  });
  auto GivenUpOrder = [](const ReportedGivenUp &G) {
    return std::tie(G.File, G.Function, G.By, G.Spent);
  };
  llvm::sort(Counts.GivenUp, [&](const ReportedGivenUp &A, const ReportedGivenUp &B) {
    return GivenUpOrder(A) < GivenUpOrder(B);
  });
  auto Same = [&](const ReportedGivenUp &A, const ReportedGivenUp &B) {
    return std::tie(A.File, A.Function, A.By) == std::tie(B.File, B.Function, B.By);
  };
  Counts.GivenUp.erase(std::unique(Counts.GivenUp.begin(), Counts.GivenUp.end(), Same),
                       Counts.GivenUp.end());
  llvm::sort(Findings, [&](const ReportedFinding &A, const ReportedFinding &B) {
    return Order(A) < Order(B);
  });
}

void Report::suppress(
    llvm::function_ref<std::optional<ReportedSuppression>(const ReportedFinding &)> Decide) {
  for (ReportedFinding &F : Findings)
    if (!F.Suppressed)
      F.Suppressed = Decide(F);
}

unsigned Report::suppressed() const {
  return llvm::count_if(Findings,
                        [](const ReportedFinding &F) { return F.Suppressed.has_value(); });
}

} // namespace airlock
