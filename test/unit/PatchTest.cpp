// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Patch.h"
#include "gtest/gtest.h"

using namespace airlock;

namespace {

std::vector<PatchedFile> read(llvm::StringRef Text) {
  llvm::Expected<std::vector<PatchedFile>> Files = readPatch(Text);
  if (Files)
    return std::move(*Files);
  ADD_FAILURE() << llvm::toString(Files.takeError());
  return {};
}

std::string problem(llvm::StringRef Text) {
  llvm::Expected<std::vector<PatchedFile>> Files = readPatch(Text);
  return Files ? "" : llvm::toString(Files.takeError());
}

std::string undone(llvm::StringRef Patch, llvm::StringRef Now) {
  std::vector<PatchedFile> Files = read(Patch);
  if (Files.size() != 1)
    return "not one file";
  llvm::Expected<std::string> Before = undo(Files.front(), Now);
  return Before ? *Before : llvm::toString(Before.takeError());
}

TEST(Patch, NamesTheFilesAndTheirNewLines) {
  auto Files = read("diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n+++ b/x.c\n"
                    "@@ -1,2 +1,3 @@ int f(void)\n a\n+b\n c\n@@ -9 +10 @@\n-d\n+e\n"
                    "diff -u y.c.orig y.c\n--- y.c.orig\t2020-01-01\n+++ y.c\t2020-01-02\n"
                    "@@ -3,2 +2,0 @@\n-a\n-b\n");
  ASSERT_EQ(Files.size(), 2u);
  EXPECT_EQ(Files[0].Old, "x.c");
  EXPECT_EQ(Files[0].New, "x.c");
  ASSERT_EQ(Files[0].Hunks.size(), 2u);
  EXPECT_EQ(Files[0].Hunks[0].New.First, 1u);
  EXPECT_EQ(Files[0].Hunks[0].New.Count, 3u);
  EXPECT_EQ(Files[0].Hunks[1].New.First, 10u);
  EXPECT_EQ(Files[0].Hunks[1].New.Count, 1u);
  EXPECT_EQ(Files[1].Old, "y.c");
  EXPECT_EQ(Files[1].New, "y.c");
  EXPECT_EQ(Files[1].Hunks[0].New.Count, 0u);
}

TEST(Patch, ReadsWhatGitSaysWithoutHunks) {
  auto Files = read(
      "diff --git a/d/e f.c b/d/e f.c\nold mode 100644\nnew mode 100755\n"
      "diff --git a/new.c b/new.c\nnew file mode 100644\nindex 0..e\n"
      "diff --git a/old.c b/old.c\ndeleted file mode 100644\nindex e..0\n"
      "diff --git a/from.c b/to.c\nsimilarity index 100%\nrename from from.c\nrename to to.c\n"
      "diff --git a/one.c b/two.c\nsimilarity index 100%\ncopy from one.c\ncopy to two.c\n"
      "diff --git a/p.png b/p.png\nindex 1..2 100644\nBinary files a/p.png and b/p.png differ\n");
  ASSERT_EQ(Files.size(), 6u);
  EXPECT_EQ(Files[0].New, "d/e f.c");
  EXPECT_EQ(Files[1].Old, "");
  EXPECT_EQ(Files[1].New, "new.c");
  EXPECT_EQ(Files[2].Old, "old.c");
  EXPECT_EQ(Files[2].New, "");
  EXPECT_EQ(Files[3].Old, "from.c");
  EXPECT_EQ(Files[3].New, "to.c");
  EXPECT_TRUE(Files[4].IsCopy);
  EXPECT_EQ(Files[4].New, "two.c");
  EXPECT_TRUE(Files[5].IsUnknown);
}

TEST(Patch, TakesALastLineWithoutAnEnd) {
  llvm::StringRef Patch = "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,2 @@\n a\n-b\n+c";
  EXPECT_EQ(undone(Patch, "a\nc\n"), "a\nb\n");
  std::vector<LineRange> Lines;
  addChangedLines(read(Patch)[0].Hunks[0], Lines);
  ASSERT_EQ(Lines.size(), 1u);
  EXPECT_EQ(Lines[0].First, 2u);
}

TEST(Patch, CountsAnEmptyLineWithAReturn) {
  std::vector<LineRange> Lines;
  addChangedLines(read("--- a/x.c\n+++ b/x.c\n@@ -1,1 +1,2 @@\n\r\n+a\n")[0].Hunks[0], Lines);
  ASSERT_EQ(Lines.size(), 1u);
  EXPECT_EQ(Lines[0].First, 2u);
}

TEST(Patch, DoesNotUndoLinks) {
  auto Files =
      read("diff --git a/l b/l\nindex 1..2 120000\n--- a/l\n+++ b/l\n@@ -1 +1 @@\n-x\n"
           "\\ No newline at end of file\n+y\n\\ No newline at end of file\n"
           "diff --git a/m b/m\nnew file mode 160000\n--- /dev/null\n+++ b/m\n@@ -0,0 +1 @@\n"
           "+Subproject commit 1\n");
  ASSERT_EQ(Files.size(), 2u);
  EXPECT_TRUE(Files[0].IsUnknown);
  EXPECT_TRUE(Files[1].IsUnknown);
}

TEST(Patch, TakesNamesOutOfTheirQuotes) {
  auto Files =
      read("diff --git \"a/\\303\\274 \\t\\\".c\" \"b/\\303\\274 \\t\\\".c\"\n"
           "--- \"a/\\303\\274 \\t\\\".c\"\n+++ \"b/\\303\\274 \\t\\\".c\"\n@@ -0,0 +1 @@\n+x\n"
           "--- a/with blank.c\t\n+++ b/with blank.c\t\n@@ -0,0 +1 @@\n+x\n");
  ASSERT_EQ(Files.size(), 2u);
  EXPECT_EQ(Files[0].New, "\303\274 \t\".c");
  EXPECT_EQ(Files[1].New, "with blank.c");
}

TEST(Patch, ALineThatLooksLikeAHeadMayBeOneOfAHunk) {
  EXPECT_EQ(
      undone("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a\n-++ b\n+-- a\n+++ b\n", "-- a\n++ b\n"),
      "-- a\n++ b\n");
}

TEST(Patch, IsUndone) {
  const char *P =
      "--- a/x\n+++ b/x\n@@ -2,2 +2,3 @@\n two\n-three\n+3\n+3.5\n@@ -6,0 +8,1 @@\n+end\n";
  EXPECT_EQ(undone(P, "one\ntwo\n3\n3.5\nfour\nfive\nsix\nend\n"),
            "one\ntwo\nthree\nfour\nfive\nsix\n");
  EXPECT_EQ(undone("--- a/x\n+++ b/x\n@@ -2 +1,0 @@\n-two\n", "one\nthree\n"), "one\ntwo\nthree\n");
  EXPECT_EQ(undone("--- a/x\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-two\n", ""), "one\ntwo\n");
  EXPECT_EQ(undone("--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+one\n", "one\n"), "");
}

TEST(Patch, TellsWhatItChangesFromWhatItShows) {
  auto Files = read("--- a/x\n+++ b/x\n@@ -1,7 +1,7 @@\n 1\n-2\n-2\n+2\n+3\n 4\n-5\n 5\n+6\n 7\n");
  ASSERT_EQ(Files.size(), 1u);
  std::vector<LineRange> Lines;
  addChangedLines(Files[0].Hunks[0], Lines);
  ASSERT_EQ(Lines.size(), 3u);
  EXPECT_EQ(Lines[0].First, 2u);
  EXPECT_EQ(Lines[0].Count, 2u);
  EXPECT_EQ(Lines[1].First, 4u);
  EXPECT_EQ(Lines[1].Count, 0u);
  EXPECT_EQ(Lines[2].First, 6u);
  EXPECT_EQ(Lines[2].Count, 1u);
}

TEST(Patch, KnowsLinesWithoutAnEnd) {
  EXPECT_EQ(
      undone("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n\\ No newline at end of file\n+new\n", "new\n"),
      "old");
  EXPECT_EQ(
      undone("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n\\ No newline at end of file\n", "new"),
      "old\n");
}

TEST(Patch, MayEndItsLinesAsMailDoes) {
  EXPECT_EQ(undone("--- a/x\r\n+++ b/x\r\n@@ -1,2 +1,2 @@\r\n one\r\n-2\r\n+two\r\n", "one\ntwo\n"),
            "one\n2\n");
  // The file has them, and the patch as git writes it.
  EXPECT_EQ(undone("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\r\n-2\r\n+two\r\n", "one\r\ntwo\r\n"),
            "one\r\n2\r\n");
}

TEST(Patch, IsNotUndoneWhereItDoesNotLead) {
  const char *P = "--- a/x\n+++ b/x\n@@ -2,1 +2,1 @@\n-b\n+c\n";
  EXPECT_EQ(undone(P, "a\nb\n"), "line 2 of 'x' is not what the patch leads to");
  EXPECT_EQ(undone(P, "a\n"), "line 2 of 'x' is not what the patch leads to");
  EXPECT_EQ(undone(P, ""), "line 1 of 'x' is not what the patch leads to");
}

TEST(Patch, OfNothingHasNoFiles) {
  EXPECT_TRUE(read("").empty());
  EXPECT_TRUE(read("\n\n").empty());
}

TEST(Patch, SaysWhereItIsNone) {
  EXPECT_EQ(problem("hello\n"), "there is no file in it");
  EXPECT_EQ(problem("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n"),
            "line 4: the patch ends within a hunk");
  EXPECT_EQ(problem("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\nb\n"),
            "line 5: not what the head of its hunk says");
  EXPECT_EQ(problem("--- a/x\n+++ b/x\n@@ -1,1 +1,2 @@\n a\n-b\n"),
            "line 5: not what the head of its hunk says");
  EXPECT_EQ(problem("--- a/x\n+++ b/x\n@@ -a +1 @@\n"), "line 3: no head of a hunk");
  EXPECT_EQ(problem("--- a/x\n+++ b/x\n@@ -1 +99999999999 @@\n"), "line 3: no head of a hunk");
  EXPECT_EQ(problem("--- a/x\n+++ b/x\n@@ -1,4294967295 +1 @@\n"), "line 3: no head of a hunk");
  EXPECT_EQ(problem("--- a/x\n+++ b/x\n@@ -1 +0 @@\n"), "line 3: no head of a hunk");
  EXPECT_EQ(problem("@@ -1 +1 @@\n-a\n+b\n"), "line 1: a hunk of no file");
  EXPECT_EQ(problem("--- a/x\n+++ b/x\n@@ -5 +5 @@\n-a\n+b\n@@ -2 +2 @@\n-a\n+b\n"),
            "line 6: this hunk does not come behind the one before");
  EXPECT_EQ(problem("--- a/../../x\n+++ b/../../x\n"), "'../../x' is outside of the tree");
  EXPECT_EQ(problem("--- /etc/passwd\n+++ /etc/passwd\n"), "'/etc/passwd' is outside of the tree");
  EXPECT_EQ(problem("--- /dev/null\n+++ /dev/null\n"),
            "line 2: a file that is neither before nor behind the patch");
  EXPECT_EQ(problem("--- \"a/x\n+++ \"b/x\n"), "line 2: no name of a file: '\"a/x'");
  EXPECT_EQ(problem("--- \"a/\\9\"\n+++ \"b/\\9\"\n"), "line 2: no name of a file: '\"a/\\9\"'");
  EXPECT_EQ(problem("diff --cc x\n@@@ -1,2 -1,2 +1,3 @@@\n"),
            "line 2: this is a diff of a merge against several parents; make it against one");
}

} // namespace
