// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Change.h"
#include "gtest/gtest.h"

using namespace airlock;

namespace {

ReportedFinding finding(const char *Id, const char *File, bool IsSuppressed = false) {
  ReportedFinding F;
  F.Id = Id;
  F.At = {File, 1, 1};
  if (IsSuppressed)
    F.Suppressed = {BySource.str(), "fine"};
  return F;
}

Report reportOf(std::vector<ReportedFinding> Findings) {
  Report R;
  unsigned Line = 0;
  for (ReportedFinding &F : Findings) {
    F.At.Line = ++Line;
    R.addFinding(std::move(F));
  }
  return R;
}

/// What is new, as "ID FILE", with a question mark where it is suppressed.
std::vector<std::string> newIn(std::vector<ReportedFinding> Now, std::vector<ReportedFinding> Was) {
  Report R = reportOf(std::move(Now));
  leaveNew(R, reportOf(std::move(Was)));
  std::vector<std::string> Left;
  for (const ReportedFinding &F : R.findings())
    Left.push_back(F.Id + " " + F.At.File + (F.Suppressed ? "?" : ""));
  return Left;
}

using Strings = std::vector<std::string>;

TEST(Change, BringsWhatWasNotThere) {
  EXPECT_EQ(newIn({finding("a", "x.c"), finding("b", "x.c")}, {finding("a", "x.c")}),
            Strings{"b x.c"});
  EXPECT_EQ(newIn({finding("a", "x.c")}, {finding("a", "x.c"), finding("b", "x.c")}), Strings{});
  EXPECT_EQ(newIn({finding("a", "x.c"), finding("a", "x.c")}, {finding("a", "x.c")}),
            Strings{"a x.c"});
}

TEST(Change, PairsWhatIsInTheSameFileFirst) {
  EXPECT_EQ(newIn({finding("a", "new/x.c"), finding("a", "old/x.c")}, {finding("a", "old/x.c")}),
            Strings{"a new/x.c"});
  EXPECT_EQ(newIn({finding("a", "new/x.c")}, {finding("a", "old/x.c")}), Strings{});
}

TEST(Change, BringsWhatIsSilencedNoMore) {
  EXPECT_EQ(newIn({finding("a", "x.c")}, {finding("a", "x.c", true)}), Strings{"a x.c"});
  EXPECT_EQ(newIn({finding("a", "x.c", true)}, {finding("a", "x.c")}), Strings{});
  EXPECT_EQ(newIn({finding("a", "x.c", true), finding("a", "x.c")},
                  {finding("a", "x.c"), finding("a", "x.c", true)}),
            Strings{});
  EXPECT_EQ(newIn({finding("a", "x.c", true)}, {}), Strings{"a x.c?"});
}

TEST(Change, BringsWhatIsGivenUpWithItOnly) {
  Report R, Without;
  R.addGivenUp({"old", "x.c", AnalysisKind::Regions, Limit::States});
  R.addGivenUp({"worse", "x.c", AnalysisKind::Regions, Limit::States});
  Without.addGivenUp({"old", "x.c", AnalysisKind::Regions, Limit::States});
  Without.addGivenUp({"worse", "x.c", AnalysisKind::Regions, Limit::Depth});
  Without.addGivenUp({"mended", "x.c", AnalysisKind::Effects, Limit::States});
  leaveNew(R, Without);
  ASSERT_EQ(R.ledger().GivenUp.size(), 1u);
  EXPECT_EQ(R.ledger().GivenUp[0].Function, "worse");
}

/// Where a finding of line 10, with steps in these lines, is shown by a change of line 5 that
/// shows those from 4 to 6; and its steps then.
std::vector<unsigned> moved(unsigned At, std::vector<unsigned> Steps) {
  ReportedFinding F = finding("a", "x.c");
  for (unsigned Line : Steps)
    F.Path.push_back({{"x.c", Line, 1}, "f", "step"});
  Report R = reportOf({std::move(F)});
  R.revise([&](ReportedFinding &Found) {
    Found.At.Line = At;
    return true;
  });
  moveIntoChange(
      R, [](const Place &P) { return P.Line >= 4 && P.Line <= 6; },
      [](const Place &P) { return P.Line == 5; });
  std::vector<unsigned> Lines = {R.findings()[0].At.Line};
  for (const ReportedStep &S : R.findings()[0].Path)
    Lines.push_back(S.At.Line);
  return Lines;
}

using Lines = std::vector<unsigned>;

TEST(Change, IsWhereAFindingIsShown) {
  EXPECT_EQ(moved(10, {3, 6, 5}), (Lines{5, 10, 3, 6, 5}));
  EXPECT_EQ(moved(10, {10, 6}), (Lines{6, 10, 6}));
  EXPECT_EQ(moved(10, {3, 20}), (Lines{10, 3, 20}));
  EXPECT_EQ(moved(6, {5}), (Lines{6, 5}));
}

} // namespace
