// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the preprocessor saw and the AST no longer tells: expansions of
// `__force` (which the kernel defines as nothing), of modelled macros, and of
// the empty macros that a model reads as a qualifier. Names are compared by
// pointer: a kernel unit expands some hundred thousand macros.

#ifndef AIRLOCK_FRONTEND_MACRORECORDER_H
#define AIRLOCK_FRONTEND_MACRORECORDER_H

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <memory>
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

class MacroRecorder {
public:
  MacroRecorder(clang::Preprocessor &PP, const Model &M);

  /// To be added to the preprocessor; refers to this recorder, which must outlive it.
  std::unique_ptr<clang::PPCallbacks> makeCallbacks();

  /// To be called once the unit is parsed, before any question below.
  void finish();

  /// What the model says of a name, or null.
  const FunctionModel *modelOf(const clang::IdentifierInfo *Name) const;
  /// Where the modelled macro of that name was defined when it was expanded.
  clang::SourceLocation definitionOf(const clang::IdentifierInfo *Name) const {
    return Definitions.lookup(Name);
  }

  /// Whether a modelled macro was expanded in a piece of code; also true for one
  /// that reaches from one file into another, where places do not compare.
  bool expandsModelled(clang::SourceRange R) const;
  /// Whether a modelled macro was expanded at a place of a file, however deep.
  bool isModelledAt(clang::SourceLocation InFile) const { return ModelledPlaces.contains(InFile); }
  /// Whether any macro that carries a context was expanded at all.
  bool expandedQualified() const { return ExpandedQualified; }

  /// Where each argument of an expansion begins, by the place of the macro's name;
  /// kept for macros that a model says something of user pointers about.
  llvm::ArrayRef<clang::SourceLocation> argumentsOf(clang::SourceLocation Expanded) const {
    auto Found = Arguments.find(Expanded);
    return Found == Arguments.end() ? llvm::ArrayRef<clang::SourceLocation>() : Found->second;
  }

  /// Whether `__force` is written inside a cast: the cast's parentheses are
  /// Parens, its type is written at Type.
  bool isForced(clang::SourceRange Parens, clang::SourceRange Type) const;

  llvm::ArrayRef<SpellingExpansion> spellings() const { return Spellings; }

  bool anyMarkers() const { return !Markers.empty(); }
  /// The markers behind a place, in the order of the files.
  llvm::ArrayRef<MarkerExpansion> markersAfter(clang::SourceLocation L) const;

private:
  class Callbacks;
  bool inside(clang::SourceLocation Force, clang::SourceRange Range) const;
  bool inOneArgument(clang::SourceLocation A, clang::SourceLocation B) const;

  clang::Preprocessor &PP;
  const clang::SourceManager &SM;
  const Model &M;
  /// What a name means to us; most mean nothing and are not in the table.
  struct Meaning {
    bool IsForce = false;
    bool IsModelled = false;
    const FunctionModel *Known = nullptr; // once somebody has asked
    const QualifierModel *Spelling = nullptr;
  };
  mutable llvm::DenseMap<const clang::IdentifierInfo *, Meaning> Names;

  llvm::DenseMap<const clang::IdentifierInfo *, clang::SourceLocation> Definitions;
  llvm::DenseSet<clang::SourceLocation> ModelledPlaces;
  llvm::DenseMap<clang::SourceLocation, llvm::SmallVector<clang::SourceLocation, 4>> Arguments;
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
