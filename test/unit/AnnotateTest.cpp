// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Layout.h"
#include "annotate/Removal.h"
#include "annotate/Sources.h"
#include "annotate/VertexCut.h"
#include "report/Renderers.h"
#include "support/Contents.h"
#include "support/Paths.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"
#include <random>

using namespace airlock;

namespace {

CutGraph graphOf(unsigned Size, std::vector<std::pair<unsigned, unsigned>> Edges,
                 std::vector<unsigned> Sources, std::vector<unsigned> Sinks) {
  CutGraph G;
  G.Next.resize(Size);
  G.MayCut.assign(Size, true);
  for (auto [From, To] : Edges)
    G.Next[From].push_back(To);
  for (unsigned V : Sinks)
    G.MayCut[V] = false;
  G.Sources = std::move(Sources);
  G.Sinks = std::move(Sinks);
  return G;
}

/// Whether some path from a source to a sink has none of these.
bool isOpen(const CutGraph &G, uint32_t Cut) {
  uint32_t Seen = Cut;
  std::vector<unsigned> Queue;
  auto Visit = [&](unsigned V) {
    if (!(Seen >> V & 1)) {
      Seen |= 1U << V;
      Queue.push_back(V);
    }
  };
  for (unsigned V : G.Sources)
    Visit(V);
  for (size_t I = 0; I < Queue.size(); ++I) {
    if (llvm::is_contained(G.Sinks, Queue[I]))
      return true;
    for (unsigned Next : G.Next[Queue[I]])
      Visit(Next);
  }
  return false;
}

uint32_t maskOf(const std::vector<unsigned> &Cut) {
  uint32_t Mask = 0;
  for (unsigned V : Cut)
    Mask |= 1U << V;
  return Mask;
}

TEST(VertexCut, WaistOfTwo) {
  // 0,1 -> 2 -> 3 -> 4,5 -> 6
  CutGraph G = graphOf(7, {{0, 2}, {1, 2}, {2, 3}, {3, 4}, {3, 5}, {4, 6}, {5, 6}}, {0, 1}, {6});
  std::optional<VertexCuts> Cuts = smallestCuts(G);
  ASSERT_TRUE(Cuts);
  EXPECT_EQ(Cuts->NearSources, std::vector<unsigned>{2});
  EXPECT_EQ(Cuts->NearSinks, std::vector<unsigned>{3});
}

TEST(VertexCut, NothingToCut) {
  CutGraph None = graphOf(3, {{0, 1}}, {0}, {2});
  std::optional<VertexCuts> Cuts = smallestCuts(None);
  ASSERT_TRUE(Cuts);
  EXPECT_TRUE(Cuts->NearSinks.empty());

  CutGraph Direct = graphOf(3, {{0, 1}, {1, 2}}, {0}, {2});
  Direct.MayCut[0] = Direct.MayCut[1] = false;
  EXPECT_FALSE(smallestCuts(Direct));
}

TEST(VertexCut, AsSmallAsAnyOfAll) {
  std::mt19937 Random(20261128);
  constexpr unsigned Size = 9;
  for (unsigned Round = 0; Round < 400; ++Round) {
    std::vector<std::pair<unsigned, unsigned>> Edges;
    const unsigned Count = 4 + Random() % 16;
    Edges.reserve(Count);
    for (unsigned I = 0; I < Count; ++I)
      Edges.push_back({Random() % Size, Random() % Size});
    CutGraph G = graphOf(Size, Edges, {0, 1}, {7, 8});
    for (unsigned V = 2; V < 7; ++V)
      G.MayCut[V] = Random() % 5 != 0;
    std::optional<unsigned> Fewest;
    for (uint32_t Cut = 0; Cut < 1U << Size; ++Cut) {
      bool May = true;
      for (unsigned V = 0; V < Size; ++V)
        May &= G.MayCut[V] || !(Cut >> V & 1);
      unsigned Count = llvm::popcount(Cut);
      if (May && (!Fewest || Count < *Fewest) && !isOpen(G, Cut))
        Fewest = Count;
    }
    std::optional<VertexCuts> Cuts = smallestCuts(G);
    ASSERT_EQ(Cuts.has_value(), Fewest.has_value()) << Round;
    if (!Cuts)
      continue;
    EXPECT_EQ(Cuts->NearSources.size(), *Fewest) << Round;
    EXPECT_EQ(Cuts->NearSinks.size(), *Fewest) << Round;
    EXPECT_FALSE(isOpen(G, maskOf(Cuts->NearSources))) << Round;
    EXPECT_FALSE(isOpen(G, maskOf(Cuts->NearSinks))) << Round;
  }
}

/// A file on the disk that goes away by itself.
class OnDisk {
public:
  explicit OnDisk(llvm::StringRef Text) {
    llvm::SmallString<128> Path;
    EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("airlock", "c", Path));
    Name = realPath(Path);
    Remover.setFile(Name);
    hold(Text);
  }
  void hold(llvm::StringRef Text) const {
    EXPECT_FALSE(writeFile(Name, [&](llvm::raw_ostream &Out) { Out << Text; }));
  }
  std::string text() const { return (*llvm::MemoryBuffer::getFile(Name))->getBuffer().str(); }
  std::string Name;

private:
  llvm::FileRemover Remover;
};

constexpr char OneLine[] = "#include <airlock.h>\n";

TEST(EditedSources, AFileThatIsNotWhatWasParsedIsNotEdited) {
  OnDisk File("int f(void);\n");
  EditedSources Sources("/");
  Sources.expect(File.Name, hashOfInput("int g(void);\n"));
  std::string Problem = llvm::toString(Sources.include("<airlock.h>", File.Name));
  EXPECT_NE(Problem.find("was edited meanwhile"), std::string::npos) << Problem;
}

TEST(EditedSources, AFileThatIsEditedMeanwhileStops) {
  OnDisk First("int f(void);\n"), Second("int g(void);\n");
  EditedSources Sources("/");
  for (const OnDisk *File : {&First, &Second}) {
    Sources.expect(File->Name, hashOfInput(File->text()));
    ASSERT_FALSE(Sources.include("<airlock.h>", File->Name));
  }
  Second.hold("int h(void);\n");
  std::string Problem = llvm::toString(Sources.write());
  EXPECT_NE(Problem.find("was edited meanwhile"), std::string::npos) << Problem;
  EXPECT_EQ(First.text(), "int f(void);\n");
  EXPECT_EQ(Second.text(), "int h(void);\n");
  Second.hold("int g(void);\n");
  EXPECT_FALSE(Sources.write());
  EXPECT_EQ(First.text(), std::string(OneLine) + "int f(void);\n");
}

TEST(VertexCut, OnEveryPath) {
  // 0,1 -> 2 -> 3 -> 4,5 -> 6 -> 7
  CutGraph G = graphOf(8, {{0, 2}, {1, 2}, {2, 3}, {3, 4}, {3, 5}, {4, 6}, {5, 6}, {6, 7}, {6, 3}},
                       {0, 1}, {7});
  EXPECT_EQ(onEveryPath(G, 7), (std::vector<unsigned>{2, 3, 6, 7}));
  EXPECT_EQ(onEveryPath(G, 3), (std::vector<unsigned>{2, 3}));
  EXPECT_EQ(onEveryPath(G, 0), std::vector<unsigned>{0});
  G.Sources = {1};
  EXPECT_TRUE(onEveryPath(G, 0).empty());
}

TEST(VertexCut, OnEveryPathIsWhatCutsAlone) {
  std::mt19937 Random(20261129);
  constexpr unsigned Size = 9;
  for (unsigned Round = 0; Round < 400; ++Round) {
    std::vector<std::pair<unsigned, unsigned>> Edges;
    const unsigned Count = 4 + Random() % 16;
    Edges.reserve(Count);
    for (unsigned I = 0; I < Count; ++I)
      Edges.push_back({Random() % Size, Random() % Size});
    CutGraph G = graphOf(Size, Edges, {0, 1}, {8});
    std::vector<unsigned> Alone, Found = onEveryPath(G, 8);
    for (unsigned V = 0; V < Size && isOpen(G, 0); ++V)
      if (!isOpen(G, 1U << V))
        Alone.push_back(V);
    llvm::sort(Found);
    EXPECT_EQ(Found, Alone) << Round;
  }
}

TEST(VertexCut, ManyCallersOfOne) {
  constexpr unsigned Callers = 50000, Seed = 2 * Callers;
  std::vector<std::pair<unsigned, unsigned>> Edges;
  std::vector<unsigned> Sources;
  for (unsigned V = 0; V < Callers; ++V) {
    Sources.push_back(V);
    Edges.push_back({V, Callers + V});
    Edges.push_back({Callers + V, Seed});
  }
  std::optional<VertexCuts> Cuts = smallestCuts(graphOf(Seed + 1, Edges, Sources, {Seed}));
  ASSERT_TRUE(Cuts);
  EXPECT_EQ(Cuts->NearSources.size(), Callers);
  EXPECT_EQ(Cuts->NearSinks.front(), Callers);
}

TEST(VertexCut, LongChain) {
  constexpr unsigned Size = 100000;
  std::vector<std::pair<unsigned, unsigned>> Edges;
  for (unsigned V = 0; V + 1 < Size; ++V)
    Edges.push_back({V, V + 1});
  EXPECT_EQ(onEveryPath(graphOf(Size, Edges, {0}, {Size - 1}), Size - 1).size(), Size);
}

TEST(EditedFile, WhatIsPutInIsKnown) {
  EditedFile File("int f(void);\nint g(void);\n");
  File.insert(4, "Q ");
  File.insert(0, "#include\n");
  EXPECT_EQ(File.now(), "#include\nint Q f(void);\nint g(void);\n");
  EXPECT_EQ(File.before(), "int f(void);\nint g(void);\n");
  EXPECT_EQ(File.beforeWithLines(), "\nint f(void);\nint g(void);\n");
  EXPECT_EQ(File.nowWithLines(), File.now());
  EXPECT_EQ(File.lineBefore(2), 1U);
  EXPECT_EQ(File.lineBefore(3), 2U);
  std::vector<EditedFile::Change> Changes = File.changes();
  ASSERT_EQ(Changes.size(), 2U);
  EXPECT_EQ(Changes[0].Text, "#include\n");
  EXPECT_EQ(Changes[1].At, 4U);
  EXPECT_EQ(Changes[1].Text, "Q ");

  // What was put in is gone for good; what is its own is remembered.
  File.erase(13, 2);
  EXPECT_EQ(File.now(), "#include\nint f(void);\nint g(void);\n");
  File.erase(9, 13);
  EXPECT_EQ(File.now(), "#include\nint g(void);\n");
  EXPECT_EQ(File.nowWithLines(), "#include\n\nint g(void);\n");
  EXPECT_EQ(File.beforeWithLines(), "\nint f(void);\nint g(void);\n");
  Changes = File.changes();
  ASSERT_EQ(Changes.size(), 1U);
  EXPECT_EQ(Changes[0].At, 0U);
  EXPECT_EQ(Changes[0].Erased, 13U);
  EXPECT_EQ(Changes[0].Text, "#include\n");
}

/// Puts an edit in, finds what is written, and takes it out again.
void goThereAndBack(llvm::StringRef Text, llvm::StringRef At, Edit::Break Breaks,
                    llvm::StringRef Expected) {
  size_t Place = Text.find(At);
  ASSERT_NE(Place, llvm::StringRef::npos);
  Edit E;
  E.Breaks = Breaks;
  E.Text = Breaks == Edit::Before ? " __uaccess" : "__uaccess ";
  EditedFile File(Text.str());
  File.replace(Place, 0, textFor(E, Text, Place));
  EXPECT_EQ(File.now(), Expected.str());

  llvm::StringRef Now = File.now();
  size_t Written = Now.find("__uaccess");
  WrittenContext W;
  std::tie(W.At.Line, W.At.Column) = placeOf(Now, Written);
  std::optional<Edit> Back = planRemoval(W, Now);
  ASSERT_TRUE(Back);
  std::optional<size_t> From = offsetOf(Now, Back->At.Line, Back->At.Column);
  ASSERT_TRUE(From);
  File.replace(*From, Back->Erased, "");
  EXPECT_EQ(File.now(), Text.str());
}

TEST(Layout, ThereAndBack) {
  goThereAndBack("int f(void)\n{\n}\n", "f(", Edit::Behind, "int __uaccess f(void)\n{\n}\n");
  goThereAndBack("int f(void);\n", ";", Edit::Before, "int f(void) __uaccess;\n");
  goThereAndBack("int f(void) __pure;\n", " __pure", Edit::Before,
                 "int f(void) __uaccess __pure;\n");
  goThereAndBack("int (*f)(int);\n", "f)", Edit::Nowhere, "int (*__uaccess f)(int);\n");
  std::string Long(95, 'x');
  goThereAndBack("int " + Long + "(void)\n{\n", Long, Edit::Behind,
                 "int __uaccess " + Long + "(void)\n{\n"); // it was too long before
  std::string Full(80, 'x');
  goThereAndBack("\tint " + Full + "(v)\n{\n", Full, Edit::Behind,
                 "\tint __uaccess\n\t" + Full + "(v)\n{\n");
  // What is aligned with a parenthesis stays so, and what is aligned with one in it.
  goThereAndBack("int f(int a,\n      int (*b)(int,\n               int),\n      int c)\n{\n", "f(",
                 Edit::Behind,
                 "int __uaccess f(int a,\n                int (*b)(int,\n"
                 "                         int),\n                int c)\n{\n");
  goThereAndBack("long ff(int a,\n\tint b,\n\t\tint c);\n", "ff(", Edit::Behind,
                 "long __uaccess ff(int a,\n\t\t  int b,\n\t\tint c);\n");
  goThereAndBack("int f(char *a, // (\n\tint b);\n", "f(", Edit::Behind,
                 "int __uaccess f(char *a, // (\n\tint b);\n");
  goThereAndBack("int g(int a,\n      int b)\n", ")\n", Edit::Nowhere,
                 "int g(int a,\n      int b__uaccess )\n");
  std::string Wide(84, 'x');
  goThereAndBack("int f(int a,\n      int " + Wide + ")\n", "f(", Edit::Behind,
                 "int __uaccess f(int a,\n      int " + Wide + ")\n");
  std::string Name(75, 'x');
  goThereAndBack("static int " + Name + "(int a,\n" + std::string(87, ' ') + "int b)\n", Name,
                 Edit::Behind,
                 "static int __uaccess\n" + Name + "(int a,\n" + std::string(76, ' ') + "int b)\n");
  std::string Less(70, 'x');
  goThereAndBack("\tint " + Less + "(v); /* so long */\n", ";", Edit::Before,
                 "\tint " + Less + "(v)\n\t\t\t__uaccess; /* so long */\n");
  goThereAndBack("\tint " + Full + "(v);\n", ";", Edit::Before,
                 "\tint " + Full + "(v)\n\t\t\t__uaccess;\n");
}

TEST(Layout, PlacesOfIncludes) {
  auto Behind = [](llvm::StringRef Text) { return Text.take_front(behindIncludes(Text)).str(); };
  EXPECT_EQ(Behind("int f;\n"), "");
  EXPECT_EQ(Behind("// license\nint f;\n"), "// license\n");
  EXPECT_EQ(Behind("/*\n * license\n */\nint f;\n"), "/*\n * license\n */\n");
  EXPECT_EQ(Behind("#include <a.h>\n#ifdef B\n#include <b.h>\n#endif\nint f;\n"),
            "#include <a.h>\n");
  EXPECT_EQ(Behind("#ifndef G\n#define G\nint f;\n#endif\n"), "#ifndef G\n#define G\n");
  // Not behind one in the middle of things, nor one that is only talked of.
  EXPECT_EQ(Behind("#include <a.h>\nint f;\n#include \"table.h\"\n"), "#include <a.h>\n");
  EXPECT_EQ(Behind("/* L */\n/*\n#include <b.h>\n*/\n#include <a.h>\nint f;\n"),
            "/* L */\n/*\n#include <b.h>\n*/\n#include <a.h>\n");
  EXPECT_EQ(Behind("#define F(x) \\\n  x\n#include <a.h>\nint f;\n"),
            "#define F(x) \\\n  x\n#include <a.h>\n");
  EXPECT_EQ(Behind("#include <a.h>"), "#include <a.h>");
  EXPECT_EQ(Behind("#ifndef G\n#define G\n# include <a.h>\nint f;\n#endif\n"),
            "#ifndef G\n#define G\n# include <a.h>\n");
}

TEST(Removal, OnlyWhatIsOfTheContext) {
  auto Plan = [](WrittenContext::Kind Kind, llvm::StringRef Text, unsigned Column) {
    WrittenContext W;
    W.Is = Kind;
    W.At.Line = 1;
    W.At.Column = Column;
    return planRemoval(W, Text);
  };
  // An attribute that is written out, or a macro that takes more than a word, is the author's.
  EXPECT_FALSE(Plan(WrittenContext::Qualifier, "airlock_in_context(\"uaccess\")", 1));
  EXPECT_FALSE(Plan(WrittenContext::Qualifier, "DEFINE(int, f)", 1));
  EXPECT_TRUE(Plan(WrittenContext::Qualifier, "__in_context(uaccess) f", 1));
  EXPECT_FALSE(Plan(WrittenContext::Force, "(fn_t)f", 1));
  std::optional<Edit> Force = Plan(WrittenContext::Force, "(__force fn_t)f", 1);
  ASSERT_TRUE(Force);
  EXPECT_EQ(Force->At.Column, 2U);
  EXPECT_EQ(Force->Erased, 8U);
  std::optional<Edit> Cast = Plan(WrittenContext::UselessCast, "(__force int (*)(int))f", 1);
  ASSERT_TRUE(Cast);
  EXPECT_EQ(Cast->Erased, 22U);
}

TEST(Includes, ADefineIsFoundHoweverItIsSpaced) {
  EXPECT_TRUE(definesMacro("#define __uaccess x\n", "__uaccess"));
  EXPECT_TRUE(definesMacro("int a;\n  #  define\t__in_context(C) C", "__in_context"));
  EXPECT_FALSE(definesMacro("#define __uaccess_safe x\n", "__uaccess"));
  EXPECT_FALSE(definesMacro("#undef __uaccess\n// #define __uaccess\n", "__uaccess"));
}

} // namespace
