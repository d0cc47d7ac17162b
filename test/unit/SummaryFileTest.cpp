// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summary/SummaryFile.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

using namespace airlock;

namespace {

using Texts = std::vector<std::string>;

void add(SummaryFiles &To, llvm::StringRef Bytes, llvm::StringRef Name) {
  To.addFrames(llvm::MemoryBuffer::getMemBufferCopy(Bytes, Name));
}

SummaryFiles filesOf(llvm::ArrayRef<std::string> All) {
  SummaryFiles Files;
  for (size_t I = 0; I < All.size(); ++I)
    add(Files, All[I], "file" + std::to_string(I));
  Files.finish();
  return Files;
}

Texts contents(const SummaryFiles &Files) {
  Texts All;
  for (const SummaryFiles::Summary &One : Files.summaries())
    All.push_back(One.Bytes.str());
  return All;
}

Texts refusals(const SummaryFiles &Files) {
  Texts All;
  for (const Refusal &R : Files.refusals())
    All.push_back(R.File + ": " + R.Why);
  return All;
}

const std::string One = frameSummary("first"), Two = frameSummary("second");

TEST(SummaryFile, WhatWasFramedComesOut) {
  SummaryFiles Files = filesOf({Two + One});
  EXPECT_EQ(contents(Files), (Texts{"first", "second"}));
  EXPECT_TRUE(Files.refusals().empty());
  EXPECT_EQ(Files.bytes(), One.size() + Two.size());
}

TEST(SummaryFile, ASummaryMayBeEmpty) {
  EXPECT_EQ(contents(filesOf({frameSummary("")})), Texts{""});
}

TEST(SummaryFile, TheOrderOfAddingDoesNotMatter) {
  Texts Parts = {One, Two, frameSummary("third"), One + frameSummary("fourth")};
  Texts Expected = contents(filesOf(Parts));
  EXPECT_EQ(Expected.size(), 4u); // what is there twice counts once
  std::sort(Parts.begin(), Parts.end());
  do
    EXPECT_EQ(contents(filesOf(Parts)), Expected);
  while (std::next_permutation(Parts.begin(), Parts.end()));
}

TEST(SummaryFile, ALinkerMayPad) {
  SummaryFiles Files = filesOf({One + std::string(5, '\0') + Two + std::string(3, '\0')});
  EXPECT_EQ(contents(Files), (Texts{"first", "second"}));
  EXPECT_TRUE(Files.refusals().empty());
}

TEST(SummaryFile, EveryTruncationIsRefusedByName) {
  for (size_t Size = 1; Size < Two.size(); ++Size) {
    SummaryFiles Files = filesOf({One + Two.substr(0, Size)});
    EXPECT_EQ(contents(Files), Texts{"first"}) << Size;
    EXPECT_EQ(refusals(Files), Texts{"file0: truncated"}) << Size;
  }
}

TEST(SummaryFile, EveryFlippedBitIsRefusedByName) {
  for (size_t Bit = 0; Bit < One.size() * 8; ++Bit) {
    std::string Flipped = One;
    Flipped[Bit / 8] ^= 1 << Bit % 8;
    SummaryFiles Files = filesOf({Flipped, Two});
    EXPECT_EQ(contents(Files), Texts{"second"}) << Bit;
    // Of a length that is too short there is something left over.
    ASSERT_GE(Files.refusals().size(), 1u) << Bit;
    for (const Refusal &R : Files.refusals())
      EXPECT_EQ(R.File, "file0");
  }
}

TEST(SummaryFile, AfterACorruptSummaryComeTheOthers) {
  std::string Flipped = One;
  Flipped.back() ^= 1;
  SummaryFiles Files = filesOf({Flipped + Two});
  EXPECT_EQ(contents(Files), Texts{"second"});
  EXPECT_EQ(refusals(Files), Texts{"file0: corrupt (the checksum does not match)"});
}

TEST(SummaryFile, AnotherVersionIsNamed) {
  std::string Other = One;
  Other[8] = char(SummaryFormatVersion + 1);
  SummaryFiles Files = filesOf({Other, Two});
  EXPECT_EQ(contents(Files), Texts{"second"});
  EXPECT_EQ(refusals(Files), Texts{"file0: made by another version of Airlock (format " +
                                   std::to_string(SummaryFormatVersion + 1) + ", this one reads " +
                                   std::to_string(SummaryFormatVersion) + ")"});
}

TEST(SummaryFile, SomethingElseIsNoSummary) {
  EXPECT_EQ(refusals(filesOf({"int main(void) { return 0; }\n"})),
            Texts{"file0: not an Airlock summary"});
}

TEST(SummaryFile, WhatCannotBeReadIsAnError) {
  SummaryFiles Files;
  EXPECT_EQ(llvm::toString(Files.add("no/such/file")),
            "cannot read 'no/such/file': No such file or directory");
  EXPECT_EQ(llvm::toString(Files.add("@no/such/list")),
            "cannot read 'no/such/list': No such file or directory");
  Files.finish();
  EXPECT_TRUE(Files.summaries().empty());
}

} // namespace
