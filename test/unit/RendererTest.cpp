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
            "1 finding, 1 suppressed; 1 translation unit (0 failed, 0 skipped), 2 functions, "
            "calls: 2 direct, 1 through a slot, 0 unresolved\n");
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
  R.addFailedUnit("bad.c");
  R.addSkippedUnit();
  EXPECT_NE(text(R, renderText).find("bad.c: not analysed\n"), std::string::npos);
  json Root = json::parse(text(R, renderJson));
  EXPECT_EQ(Root["stats"]["tus"], (json{{"seen", 3}, {"failed", 1}, {"skipped", 1}}));
}

TEST(WriteFile, ReplacesAFileWhole) {
  llvm::SmallString<64> Dir;
  ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("airlock", Dir));
  std::string Path = (Dir + "/out").str();
  for (const char *Words : {"first and longer", "second"})
    ASSERT_FALSE(bool(writeFile(Path, [&](llvm::raw_ostream &Out) { Out << Words; })));
  EXPECT_EQ((*llvm::MemoryBuffer::getFile(Path))->getBuffer(), "second");
  llvm::sys::fs::remove_directories(Dir);
}

TEST(WriteFile, SaysWhatIsWrong) {
  auto Nothing = [](llvm::raw_ostream &Out) { Out << "x"; };
  EXPECT_EQ(llvm::toString(writeFile("/nonexistent/out", Nothing)),
            "cannot write '/nonexistent/out': No such file or directory");
  EXPECT_EQ(llvm::toString(writeFile("/dev/full", Nothing)),
            "cannot write '/dev/full': No space left on device");
}

} // namespace
