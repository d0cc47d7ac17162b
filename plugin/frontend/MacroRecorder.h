// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the preprocessor saw and the AST no longer tells: expansions of
// `__force` (which the kernel defines as nothing), of modelled macros, and of
// the empty macros that a model reads as a qualifier. A kernel unit expands some
// hundred thousand macros of some thousand names: the model is asked once a name.

#ifndef AIRLOCK_FRONTEND_MACRORECORDER_H
#define AIRLOCK_FRONTEND_MACRORECORDER_H

#include "frontend/MacroPlaces.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <vector>

namespace airlock {

class Model;
struct FunctionModel;
struct QualifierModel;

/// An expansion of a macro that some model qualifies; see MacroSpelling.h.
struct SpellingExpansion {
  clang::SourceRange Range;
  const QualifierModel *Means;
};

/// An expansion, in a file, of a macro that marks what a function acquires or releases.
struct MarkerExpansion {
  clang::SourceLocation Name;
  bool Acquires;
};

/// Calls Visit with the place of each macro without parameters that a name comes out of,
/// innermost first, as long as the place End, behind its arguments, is further out: such a
/// macro is an alias of what is called.
template <typename Fn>
void forEachAlias(clang::SourceLocation Name, clang::SourceLocation End,
                  const clang::SourceManager &SM, Fn Visit) {
  while (Name.isMacroID()) {
    const clang::FileID In = SM.getFileID(Name);
    const auto &Expansion = SM.getSLocEntry(In).getExpansion();
    if (Expansion.isMacroArgExpansion() || Expansion.isFunctionMacroExpansion() ||
        In == SM.getFileID(End))
      return;
    Name = Expansion.getExpansionLocStart();
    Visit(Name);
  }
}

class MacroRecorder {
public:
  MacroRecorder(clang::Preprocessor &PP, const Model &M);

  /// To be told of every expansion.
  void noteExpansion(const clang::Token &Name, const clang::MacroDefinition &Definition,
                     clang::SourceRange Range, const clang::MacroArgs *Args) {
    // Most mean nothing.
    if (!Meaningless.contains(Name.getIdentifierInfo()))
      noteMeaning(Name, *Definition.getMacroInfo(), Range, Args);
  }

  /// To be called once the unit is parsed, before any question below.
  void finish();

  /// What the model says of a name, or null.
  const FunctionModel *modelOf(const clang::IdentifierInfo *Name) const;
  const Model &model() const { return M; }
  const MacroPlaces &places() const { return Places; }
  /// Where the modelled macro of that name was defined when it was expanded.
  clang::SourceLocation definitionOf(const clang::IdentifierInfo *Name) const {
    return Definitions.lookup(Name);
  }

  /// Whether a macro asks by itself, or by a macro in its body, if an address is good: of an
  /// accessor, whatever it promises elsewhere, this machine's checks.
  bool checksAddress(const clang::IdentifierInfo *Macro) const;

  /// Whether a modelled macro was expanded in a piece of code; also true for one
  /// that reaches from one file into another, where places do not compare.
  bool expandsModelled(clang::SourceRange R) const;
  /// Whether a modelled macro was expanded at a place of a file, however deep.
  bool isModelledAt(clang::SourceLocation InFile) const { return ModelledPlaces.contains(InFile); }
  /// Whether any macro that carries a context was expanded at all.
  bool expandedQualified() const { return ExpandedQualified; }

  /// Where each argument of an expansion begins, by the place of the macro's name;
  /// kept for macros that a model says something of user pointers about. An alias has
  /// those of what it stands for: with `#define get_user __get_user`, both have them.
  llvm::ArrayRef<clang::SourceLocation> argumentsOf(clang::SourceLocation Expanded) const {
    auto Found = Arguments.find(Expanded);
    return Found == Arguments.end() ? llvm::ArrayRef<clang::SourceLocation>() : Found->second;
  }
  /// The place of the alias that the macro's name at a place comes out of, if it has the
  /// same arguments; nowhere for any other.
  clang::SourceLocation aliasOf(clang::SourceLocation Expanded) const {
    return Aliases.lookup(Expanded);
  }

  /// Whether `__force` is written inside a cast: the cast's parentheses are
  /// Parens, its type is written at Type.
  bool isForced(clang::SourceRange Parens, clang::SourceRange Type) const;

  llvm::ArrayRef<SpellingExpansion> spellings() const { return Spellings; }

  bool anyMarkers() const { return !Markers.empty(); }
  /// The markers behind a place, in the order of the files.
  llvm::ArrayRef<MarkerExpansion> markersAfter(clang::SourceLocation L) const;

private:
  void noteMeaning(const clang::Token &Name, const clang::MacroInfo &Macro,
                   clang::SourceRange Range, const clang::MacroArgs *Args);
  void noteAlias(clang::SourceLocation Name, const clang::MacroInfo *Alias);
  void noteArguments(const clang::IdentifierInfo *Of, clang::SourceLocation Name,
                     clang::SourceRange Range, const clang::MacroArgs &Args, bool IsWanted);
  bool inside(clang::SourceLocation Force, clang::SourceRange Range) const;
  bool inOneArgument(clang::SourceLocation A, clang::SourceLocation B) const;

  clang::Preprocessor &PP;
  const clang::SourceManager &SM;
  const MacroPlaces Places;
  const Model &M;
  const clang::IdentifierInfo *ForceName;
  /// Names that have been looked for in the model.
  mutable llvm::DenseMap<const clang::IdentifierInfo *, const FunctionModel *> Models;
  /// Macros that somebody has asked about, and whether they check an address.
  mutable llvm::DenseMap<const clang::IdentifierInfo *, bool> Checking;
  /// Macros that have been expanded, whose expansions are of no interest.
  llvm::DenseSet<const clang::IdentifierInfo *> Meaningless;
  llvm::DenseMap<const clang::IdentifierInfo *, const QualifierModel *> Qualifying;

  llvm::DenseMap<const clang::IdentifierInfo *, clang::SourceLocation> Definitions;
  llvm::DenseSet<clang::SourceLocation> ModelledPlaces;
  llvm::DenseMap<clang::SourceLocation, llvm::SmallVector<clang::SourceLocation, 4>> Arguments;
  /// Where macros without parameters are expanded that arguments may matter of.
  llvm::DenseSet<clang::SourceLocation> WithoutArguments;
  /// The macros with parameters that those end with.
  llvm::SmallPtrSet<const clang::IdentifierInfo *, 4> Aliased;
  llvm::DenseMap<clang::SourceLocation, clang::SourceLocation> Aliases;
  // Both are sorted by finish().
  /// The places in files that modelled expansions begin at.
  std::vector<clang::SourceLocation> ModelledAt;
  /// `__force` tokens, and the place in a file that each was expanded at; by that place.
  struct Force {
    clang::SourceLocation Token, InFile;
  };
  std::vector<Force> Forces;
  std::vector<SpellingExpansion> Spellings;
  std::vector<MarkerExpansion> Markers; // sorted by finish(), too
  bool ExpandedQualified = false;
};

} // namespace airlock

#endif
