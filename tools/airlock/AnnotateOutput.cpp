// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "AnnotateOutput.h"
#include "clang/Tooling/ReplacementsYaml.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
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

namespace {

/// Edits in the order of their places, and what they come to.
struct Tally {
  explicit Tally(llvm::ArrayRef<Edit> Made) {
    for (const Edit &E : Made)
      InOrder.push_back(&E);
    llvm::stable_sort(InOrder, [](const Edit *A, const Edit *B) {
      return std::tie(A->At.File, A->At.Line) < std::tie(B->At.File, B->At.Line);
    });
    for (const Edit *E : InOrder) {
      if (E->Is == Edit::Qualifier)
        Annotated.insert(E->Key);
      // Of an entry, only once, whatever declares it.
      else if (E->Is == Edit::Crossing || Entries.insert(E->Key).second)
        Crossings.insert(E);
      Casts += E->Is == Edit::Crossing;
    }
  }

  std::vector<const Edit *> InOrder;
  llvm::DenseSet<const Edit *> Crossings;
  std::set<std::string> Annotated, Entries;
  size_t Casts = 0;
};

} // namespace

void tellEdits(llvm::ArrayRef<Edit> Made, bool Removed, llvm::raw_ostream &Out) {
  const Tally All(Made);
  for (const Edit *E : All.InOrder) {
    if (All.Crossings.contains(E) && !Removed)
      Out << E->At.File << ':' << E->At.Line << ": crossing: '" << E->Name << "' " << E->Why
          << '\n';
    if (E->InMacro)
      Out << E->At.File << ':' << E->At.Line << ": in the body of a macro, for all that it "
          << "declares: '" << E->Name << "'\n";
  }
  if (Removed)
    for (const std::string &Key : All.Annotated)
      Out << "taken off: '" << Key << "'\n";
  Out << annotatedOf(All.Annotated.size()) << (Removed ? " freed, " : " annotated, ")
      << countOf(All.Casts, "cast", "casts") << ", "
      << countOf(All.Entries.size(), "entry", "entries") << "; ";
}

/// In lines of at most 72 columns, those behind the first further in.
static std::string wrap(llvm::StringRef Text, size_t Indent = 0, size_t Further = 0) {
  constexpr size_t Most = 72;
  std::string All;
  size_t Column = 0;
  llvm::SmallVector<llvm::StringRef, 32> Words;
  Text.split(Words, ' ', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Word : Words) {
    bool IsFirst = All.empty();
    if (IsFirst || Column + 1 + Word.size() > Most) {
      size_t Blanks = IsFirst ? Indent : Further;
      All += (IsFirst ? "" : "\n") + std::string(Blanks, ' ');
      Column = Blanks;
    } else {
      All += ' ';
      ++Column;
    }
    All += Word;
    Column += Word.size();
  }
  return All + "\n";
}

std::string write(const Letter &L, llvm::ArrayRef<Edit> Made) {
  const Tally All(Made);
  std::string Macro, Entered, Left;
  for (const Edit *E : All.InOrder) {
    if (E->Is == Edit::Qualifier)
      Macro = llvm::StringRef(E->Text).trim().str();
    else if (All.Crossings.contains(E))
      (E->Is == Edit::Entry ? Entered : Left) +=
          wrap("- " + E->At.File + ": '" + E->Name + "' " + E->Why, 1, 3);
  }
  const std::string Context = "'" + L.Context.str() + "'";
  std::string Text;
  if (!L.Author.empty())
    Text += "From: " + L.Author + "\n";
  Text += "Subject: [PATCH] " +
          (L.Scope.empty() ? "" : llvm::sys::path::filename(L.Scope).str() + ": ") +
          "Annotate the context " + Context + "\n\n";
  if (!All.Annotated.empty())
    Text +=
        wrap(annotatedOf(All.Annotated.size()) + (All.Annotated.size() == 1 ? " is" : " are") +
             " annotated with " + Macro + ": to be called only by code that is in the context " +
             Context + ", and to be stored only where a pointer says the same.") +
        "\n";
  if (!Entered.empty())
    Text += wrap("The context is entered here, and each of these is to be reviewed:") + "\n" +
            Entered + "\n";
  if (!Left.empty())
    Text +=
        wrap("Here a pointer leaves what is annotated, and the context is dropped on purpose:") +
        "\n" + Left + "\n";
  Text += wrap("Airlock, a plugin for Clang, warns where that does not hold. For every other "
               "compiler the macros expand to nothing. The code that Clang generates for " +
               countOf(L.Units, "unit that reads", "units that read") +
               " an edited file is the same as before.");
  if (!L.Header.empty())
    Text += "\n" + wrap(L.Header.str() + " defines the macros.");
  return Text + "---\n";
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
