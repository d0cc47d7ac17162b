// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Baseline.h"
#include "FactsBuilder.h"

using namespace airlock;

namespace {

/// Reports findings with these ids, the n-th one in line n.
Report reportOf(llvm::ArrayRef<const char *> Ids) {
  std::vector<Finding> Findings;
  for (const char *Id : Ids) {
    Finding &Found = Findings.emplace_back();
    Found.Rule = "context-call";
    Found.Id = Id;
    Found.At = {static_cast<uint32_t>(Findings.size())};
  }
  Report R;
  R.addUnit(Findings, Facts(), LineMap());
  R.sort();
  return R;
}

ReportedFinding entry(const char *Id, std::optional<ReportedSuppression> Suppressed = {}) {
  ReportedFinding F;
  F.Id = Id;
  F.Suppressed = std::move(Suppressed);
  return F;
}

/// The reasons of R's findings, in order; "open" for those that have none.
std::vector<std::string> reasons(const Report &R) {
  std::vector<std::string> Reasons;
  for (const ReportedFinding &F : R.findings())
    Reasons.push_back(F.Suppressed ? F.Suppressed->By + ": " + F.Suppressed->Why : "open");
  return Reasons;
}

using Strings = std::vector<std::string>;

TEST(Baseline, AnEntrySilencesOneFindingOfItsId) {
  Report R = reportOf({"a", "b", "a", "a"});
  SavedReport Saved{"dir/old.json",
                    {entry("a"), entry("a", ReportedSuppression{"baseline", "bug 7"})}};
  EXPECT_EQ(applyBaseline(R, Saved), 0u);
  EXPECT_EQ(reasons(R), (Strings{"baseline: old.json", "open", "baseline: bug 7", "open"}));
}

TEST(Baseline, CountsTheEntriesThatSilenceNothing) {
  Report R = reportOf({"a"});
  EXPECT_EQ(applyBaseline(R, {"old.json", {entry("a"), entry("a"), entry("c")}}), 2u);
  EXPECT_EQ(R.open(), 0u);
}

TEST(Baseline, WhatTheSourceSilencedIsNoEntry) {
  Report R = reportOf({"a"});
  SavedReport Saved{"old.json", {entry("a", ReportedSuppression{"__airlock_allow", "fine"})}};
  EXPECT_EQ(applyBaseline(R, Saved), 0u);
  EXPECT_EQ(reasons(R), Strings{"open"});
}

} // namespace
