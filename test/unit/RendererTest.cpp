// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "FactsBuilder.h"
#include "report/Renderers.h"
#include "solver/Solver.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <nlohmann/json.hpp>

using namespace airlock;
using nlohmann::json;

namespace {

const ContextSet Uaccess = ContextSet::of(0);

std::string text(const Report &R, void (*Render)(const Report &, llvm::raw_ostream &)) {
  std::string Out;
  llvm::raw_string_ostream Stream(Out);
  Render(R, Stream);
  return Out;
}

json sarifRun(const Report &R, llvm::StringRef DocsUrl = "") {
  std::string Out;
  llvm::raw_string_ostream Stream(Out);
  renderSarif(R, Stream, "airlock", /*Root=*/"", DocsUrl);
  return json::parse(Out)["runs"][0];
}

class RendererTest : public testing::Test {
protected:
  void SetUp() override {
    EntityId In = B.function("in", Uaccess), Out = B.function("out");
    B.F.Calls[B.call(Out, In)].Allow = B.allow("context-call", "known");
    B.call(Out, In);
    B.F.Seen = {2, 2, 1, 0};
    R.addUnit(solveFacts(B.F, M, SolverOptions()), B.F, LineMap());
    R.sort();
  }
  FactsBuilder B;
  Model M = linuxModel();
  Report R;
};

TEST_F(RendererTest, Text) {
  EXPECT_EQ(text(R, renderText),
            "a.c:4:1: warning: 'out' calls 'in', which needs context 'uaccess', but is not in that "
            "context itself; annotate 'out' with '__uaccess' [airlock-context-call]\n"
            "a.c:4:1: note: 'out' calls 'in' here\n"
            "a.c:1:1: note: 'in' has no definition in this translation unit\n"
            "a.c:1:1: note: 'in' is declared here as needing context 'uaccess'\n"
            "1 finding, 1 suppressed; 1 translation unit (0 failed, 0 skipped), 2 functions "
            "(0 given up), calls: 2 direct, 1 through a slot, 0 unresolved\n");
}

TEST_F(RendererTest, Json) {
  json Root = json::parse(text(R, renderJson));
  ASSERT_EQ(Root["findings"].size(), 2u);
  const json &First = Root["findings"][0];
  EXPECT_EQ(First["suppressed"], (json{{"by", "__airlock_allow"}, {"why", "known"}}));
  EXPECT_EQ(First["location"], (json{{"file", "a.c"}, {"line", 3}, {"column", 1}}));
  EXPECT_EQ(First["context"], "uaccess");
  EXPECT_TRUE(Root["findings"][1]["suppressed"].is_null());
  EXPECT_EQ(Root["stats"]["suppressed"], 1);
  EXPECT_EQ(Root["stats"]["calls"], (json{{"direct", 2}, {"slot", 1}, {"unresolved", 0}}));
}

TEST_F(RendererTest, AFindingThatTwoUnitsGiveIsKeptOnce) {
  R.addUnit(solveFacts(B.F, M, SolverOptions()), B.F, LineMap());
  EXPECT_EQ(R.findings().size(), 2u);
  EXPECT_EQ(R.ledger().Units, 2u);
}

TEST_F(RendererTest, FailedUnitsAreCounted) {
  R.addFailedUnit("bad.c", {"unknown rule 'x'", {"bad.h", 3, 4}});
  R.addSkippedUnit("a.cc", {"it is C++", {}}, /*Harmless=*/true);
  EXPECT_NE(text(R, renderText).find("bad.c: not analysed: bad.h:3:4: unknown rule 'x'\n"),
            std::string::npos);
  json Root = json::parse(text(R, renderJson));
  EXPECT_EQ(Root["stats"]["tus"], (json{{"seen", 3}, {"failed", 1}, {"skipped", 1}}));
}

TEST_F(RendererTest, AReasonHasItsPlace) {
  R.addFailedUnit("bad.c", {"unknown rule 'x'", {"bad.h", 3, 4}});
  json Place = {{"file", "bad.h"}, {"line", 3}, {"column", 4}};
  EXPECT_EQ(json::parse(text(R, renderJson))["stats"]["notifications"][0]["location"], Place);
  json Where = sarifRun(R)["invocations"][0]["toolExecutionNotifications"][0]["locations"][0];
  EXPECT_EQ(Where["physicalLocation"]["artifactLocation"]["uri"], "bad.h");
  EXPECT_EQ(Where["physicalLocation"]["region"], (json{{"startLine", 3}, {"startColumn", 4}}));
}

TEST_F(RendererTest, ANoteLeavesTheReportComplete) {
  R.addSkippedUnit("a.cc", {"it is C++", {}}, /*Harmless=*/true);
  EXPECT_TRUE(R.complete());
  json Invocation = sarifRun(R)["invocations"][0];
  EXPECT_EQ(Invocation["executionSuccessful"], true);
  EXPECT_EQ(Invocation["toolExecutionNotifications"][0]["level"], "note");
  R.addSkippedUnit("b.cc", {"it is C++", {}}, /*Harmless=*/false);
  EXPECT_FALSE(R.complete());
}

TEST_F(RendererTest, WhatWentWrongIsToldByAllInOneOrder) {
  EXPECT_TRUE(R.complete());
  R.addNotification("b.sum", "summary refused: checksum");
  R.addFailedUnit("a.c", {});
  R.sort();
  EXPECT_FALSE(R.complete());
  EXPECT_EQ(R.ledger().Failed, 1u);
  EXPECT_NE(
      text(R, renderText).find("a.c: not analysed\nb.sum: summary refused: checksum\n1 finding"),
      std::string::npos);
  EXPECT_EQ(json::parse(text(R, renderJson))["stats"]["notifications"][1],
            (json{{"file", "b.sum"}, {"text", "summary refused: checksum"}, {"level", "error"}}));
  json Invocation = sarifRun(R)["invocations"][0];
  EXPECT_EQ(Invocation["executionSuccessful"], false);
  EXPECT_EQ(Invocation["toolExecutionNotifications"][1]["message"]["text"],
            "b.sum: summary refused: checksum");
}

TEST_F(RendererTest, SarifNamesThePagesOfRulesWhereTheyArePublished) {
  for (const json &Rule : sarifRun(R)["tool"]["driver"]["rules"])
    EXPECT_FALSE(Rule.contains("helpUri"));
  for (llvm::StringRef Url : {"https://example.org/airlock", "https://example.org/airlock/"}) {
    json Rules = sarifRun(R, Url)["tool"]["driver"]["rules"];
    EXPECT_FALSE(Rules.empty());
    for (const json &Rule : Rules)
      EXPECT_EQ(Rule["helpUri"],
                "https://example.org/airlock/rules/" + Rule["id"].get<std::string>() + ".html");
  }
}

TEST_F(RendererTest, SarifHasBothKindsOfSuppressions) {
  R.suppress([](const ReportedFinding &F) {
    EXPECT_FALSE(F.Suppressed);
    return ReportedSuppression{ByBaseline.str(), "old"};
  });
  json Results = sarifRun(R)["results"];
  EXPECT_EQ(Results[0]["suppressions"], (json{{{"kind", "inSource"}, {"justification", "known"}}}));
  EXPECT_EQ(Results[1]["suppressions"], (json{{{"kind", "external"}, {"justification", "old"}}}));
}

TEST_F(RendererTest, SarifDoublesTheBracesOfAMessage) {
  Finding Found;
  Found.Rule = "context-call";
  Found.Message = {"'%0' is {0}", {"struct { int x; }"}};
  Report One;
  One.addUnit({Found}, B.F, LineMap());
  EXPECT_EQ(sarifRun(One)["results"][0]["message"]["text"], "'struct {{ int x; }}' is {{0}}");
}

TEST_F(RendererTest, SarifShowsBothEndsOfAPathThatIsTooLong) {
  for (unsigned Length : {1000, 1001, 2500}) {
    Finding Found;
    Found.Rule = "context-call";
    Found.At = {Length + 1};
    for (unsigned I = 1; I <= Length; ++I)
      Found.Path.push_back({{I}, "f", {"step", {}}, {}});
    Report One;
    One.addUnit({Found}, B.F, LineMap());
    json Result = sarifRun(One)["results"][0];
    json Steps = Result["codeFlows"][0]["threadFlows"][0]["locations"];
    ASSERT_EQ(Steps.size(), 1000u);
    EXPECT_EQ(Result["relatedLocations"].size(), 1000u);
    auto LineOf = [&](size_t I) {
      return Steps[I]["location"]["physicalLocation"]["region"]["startLine"];
    };
    EXPECT_EQ(LineOf(0), 1u);
    EXPECT_EQ(LineOf(499), 500u);
    EXPECT_EQ(LineOf(500), Length - 499);
    EXPECT_EQ(LineOf(999), Length);
  }
}

TEST(WriteFile, ReplacesAFileWhole) {
  llvm::SmallString<64> Dir;
  ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("airlock", Dir));
  std::string Path = (Dir + "/out").str();
  for (const char *Words : {"first and longer", "second"})
    ASSERT_FALSE(bool(writeFile(Path, [&](llvm::raw_ostream &Out) { Out << Words; })));
  EXPECT_EQ((*llvm::MemoryBuffer::getFile(Path))->getBuffer(), "second");
  (void)llvm::sys::fs::remove_directories(Dir);
}

TEST(WriteFile, SaysWhatIsWrong) {
  auto Nothing = [](llvm::raw_ostream &Out) { Out << "x"; };
  EXPECT_EQ(llvm::toString(writeFile("/nonexistent/out", Nothing)),
            "cannot write '/nonexistent/out': No such file or directory");
  EXPECT_EQ(llvm::toString(writeFile("/dev/full", Nothing)),
            "cannot write '/dev/full': No space left on device");
}

} // namespace
