// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "AnnotateOutput.h"
#include "clang/Tooling/ReplacementsYaml.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

namespace airlock {

std::string countOf(size_t N, const char *One, const char *Many) {
  return std::to_string(N) + " " + (N == 1 ? One : Many);
}

static std::string annotatedOf(size_t N) {
  return countOf(N, "function or pointer", "functions and pointers");
}

void tellProposals(const CrossingProposals &Found, llvm::raw_ostream &Out) {
  if (Found.OnlyCasts)
    Out << "on some ways to a seed there is no function that can be an entry\n";
  for (const auto &[Number, Choice] : llvm::enumerate(Found.Choices))
    Out << "choice " << Number + 1 << (Number ? "" : " (taken)") << ": "
        << countOf(Choice.Entries.size(), "crossing", "crossings") << ", "
        << annotatedOf(Choice.Annotated) << " annotated; --entry "
        << llvm::join(Choice.Entries, ",") << '\n';
  for (const auto &[Seed, Through] : Found.Dominators)
    Out << "every way to '" << Seed << "' leads through '" << llvm::join(Through, "', '") << "'\n";
  if (Found.Choices.empty())
    return;
  if (size_t Fewest = Found.Choices.front().Entries.size(); Fewest > 1)
    Out << "the graph does not factorize: no fewer than " << Fewest
        << " functions separate the seeds from the " << Found.Roots << " roots of the call graph\n";
}

void tellEdits(llvm::ArrayRef<Edit> Made, bool Removed, llvm::raw_ostream &Out) {
  std::set<std::string> Annotated, Entries;
  std::vector<const Edit *> InOrder;
  size_t Casts = 0;
  for (const Edit &E : Made) {
    InOrder.push_back(&E);
    if (E.Is == Edit::Qualifier)
      Annotated.insert(E.Key);
    Casts += E.Is == Edit::Crossing;
  }
  llvm::stable_sort(InOrder, [](const Edit *A, const Edit *B) {
    return std::tie(A->At.File, A->At.Line) < std::tie(B->At.File, B->At.Line);
  });
  for (const Edit *E : InOrder) {
    // Of an entry, only once, whatever declares it.
    bool IsNew = E->Is == Edit::Crossing || (E->Is == Edit::Entry && Entries.insert(E->Key).second);
    if (IsNew && !Removed)
      Out << E->At.File << ':' << E->At.Line << ": crossing: '" << E->Name << "' " << E->Why
          << '\n';
    if (E->InMacro)
      Out << E->At.File << ':' << E->At.Line << ": in the body of a macro, for all that it "
          << "declares: '" << E->Name << "'\n";
  }
  if (Removed)
    for (const std::string &Key : Annotated)
      Out << "taken off: '" << Key << "'\n";
  Out << annotatedOf(Annotated.size()) << (Removed ? " freed, " : " annotated, ")
      << countOf(Casts, "cast", "casts") << ", " << countOf(Entries.size(), "entry", "entries")
      << "; ";
}

std::string replacementsOf(const EditedSources &Sources) {
  clang::tooling::TranslationUnitReplacements All;
  Sources.forEachEdited([&](llvm::StringRef Path, const EditedFile &File) {
    for (const EditedFile::Change &C : File.changes())
      All.Replacements.emplace_back(Path, C.At, C.Erased, C.Text);
  });
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  llvm::yaml::Output Yaml(Out);
  Yaml << All;
  return Text;
}

} // namespace airlock
