// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/OutputPlaces.h"
#include "support/Paths.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang;
namespace fs = llvm::sys::fs;

namespace airlock {

static llvm::Error makeError(const llvm::Twine &Text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Text);
}

/// Whether it exists and is a device, a pipe or a folder.
static bool isSpecial(llvm::StringRef File) {
  fs::file_status Status;
  return !fs::status(File, Status) && !fs::is_regular_file(Status);
}

static llvm::Expected<SummaryPlace> placeBeside(llvm::StringRef Output) {
  if (fs::equivalent(Output, "/dev/null")) // whoever tries whether something compiles
    return SummaryPlace();
  if (Output.empty() || Output == "-" || isSpecial(Output))
    return makeError(
        "'summary=beside' needs an output file; name one for the summary with 'summary=FILE'");
  llvm::SmallString<256> File = Output;
  // unit.o and what else the same source is made to, unit.s, have one summary.
  llvm::sys::path::replace_extension(File, ".airlock");
  return SummaryPlace{SummaryPlace::InFile, File.str().str()};
}

static llvm::Expected<SummaryPlace> placeInObject(frontend::ActionKind Makes) {
  switch (Makes) {
  case frontend::EmitAssembly:
  case frontend::EmitBC:
  case frontend::EmitLLVM:
  case frontend::EmitObj:
    return SummaryPlace{SummaryPlace::InObject, ""};
  case frontend::GenerateModule:
  case frontend::GeneratePCH: // a header, that is no unit of a program
    return SummaryPlace();
  default:
    return makeError("'summary=embed' needs an object to be in; name a file for the summary with "
                     "'summary=FILE'");
  }
}

static llvm::Expected<SummaryPlace> findPlace(const Options &Wanted, const FrontendOptions &Asked) {
  if (Wanted.Summary.empty())
    return SummaryPlace();
  if (Wanted.Summary == "embed")
    return placeInObject(Asked.ProgramAction);
  if (Wanted.Summary == "beside")
    return placeBeside(Asked.OutputFile);
  return SummaryPlace{SummaryPlace::InFile, Wanted.Summary};
}

/// What is written to both would be one after the other, or the last one alone.
static bool areSame(llvm::StringRef A, llvm::StringRef B) {
  if (A.empty() || B.empty() || (A != "-" && isSpecial(A)))
    return false;
  return A == B || (A != "-" && B != "-" && realPath(A) == realPath(B));
}

llvm::Expected<SummaryPlace> placeSummary(const Options &Wanted, const CompilerInstance &CI) {
  const FrontendOptions &Asked = CI.getFrontendOpts();
  llvm::Expected<SummaryPlace> Place = findPlace(Wanted, Asked);
  if (!Place)
    return Place;
  const FrontendInputFile &First = Asked.Inputs.front();
  llvm::StringRef Input = First.isFile() && First.getFile() != "-" ? First.getFile() : "";
  auto Clash = [](llvm::StringRef A, llvm::StringRef B, llvm::StringRef File) {
    return makeError(A + " and " + B + " are the same file, '" + File + "'");
  };
  if (areSame(Wanted.Report, Place->File))
    return Clash("the report", "the summary", Wanted.Report);
  for (auto [What, File] :
       {std::pair<llvm::StringRef, llvm::StringRef>("the report", Wanted.Report),
        {"the summary", Place->File}}) {
    if (areSame(File, Asked.OutputFile))
      return Clash(What, "the compiler's output", File);
    if (areSame(File, Input))
      return Clash(What, "the compiler's input", File);
  }
  return Place;
}

} // namespace airlock
