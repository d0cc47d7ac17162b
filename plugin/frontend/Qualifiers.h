// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which contexts a declaration, a type or an expression carries: from our
// attributes on any redeclaration, from typedefs, typeof and __auto_type, from
// spellings that a model maps, and from the model's own list of functions.
//
// Canonical types are equal with and without a qualifier, so everything here
// goes by declarations and by type sugar.

#ifndef AIRLOCK_FRONTEND_QUALIFIERS_H
#define AIRLOCK_FRONTEND_QUALIFIERS_H

#include "facts/Facts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/TypeLoc.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace airlock {

class AttributeTable;
class MacroRecorder;
class Model;
struct FunctionModel;
struct QualifierModel;

/// The declarations that speak for one thing, and the one that stands for all
/// of them: of a parameter, the same parameter of its function's declarations.
llvm::SmallVector<const clang::Decl *, 2> redeclarationsOf(const clang::Decl *D);
const clang::Decl *canonicalOf(const clang::Decl *D);

/// What the model says of a function: of one file's alone, or of all of its name; or null.
const FunctionModel *modelOf(const clang::FunctionDecl *F, const MacroRecorder &Macros);

/// Whether a call is of one of the __sync_ builtins, which exchange what their
/// first argument points to.
bool isSyncBuiltin(const clang::CallExpr *C, const clang::ASTContext &Context);

/// What a declaration carries, and on whose word.
struct Carried {
  ContextSet Needs;
  ContextSet Entry;
  ContextSet Excludes;
  /// One for each context of Needs and of Excludes that is written on the declaration or in a
  /// model; what comes with the type has none.
  llvm::SmallVector<QualifierOrigin, 1> Origins;
};

/// One of the things an expression of function-pointer type may stand for.
struct PointerSource {
  /// The expression itself: where a diagnostic points.
  const clang::Expr *Leaf;
  /// A function, variable, parameter or field; null if there is only a type.
  const clang::ValueDecl *Declaration;
};

class Qualifiers {
public:
  Qualifiers(clang::ASTContext &Context, const AttributeTable &Attributes, const Model &M,
             const MacroRecorder &Macros);

  Carried of(const clang::Decl *D);
  ContextSet of(clang::QualType T);
  ContextSet of(const PointerSource &S);
  /// What the type of a cast gives to its result. `(typeof(*f) __force *)f`
  /// takes its type from f but is written to take f's contexts off.
  ContextSet ofCast(const clang::CStyleCastExpr *C);

  /// The declaration that a source is, or that a cast which changes nothing
  /// hides, as READ_ONCE() does; null if there is none.
  const clang::ValueDecl *declarationBehind(const PointerSource &S);

  /// Adds a spelling found by the preprocessor to a declaration.
  void addSpelling(const clang::Decl *D, const QualifierModel &Means, clang::SourceLocation At);
  /// Visit is told the declaration, what the spelling means, and where it is.
  template <typename Fn> void forEachSpelling(Fn Visit) const {
    for (const auto &Entry : BySpelling)
      for (const Spelled &S : Entry.second)
        Visit(Entry.first, *S.Means, S.At);
  }

  /// Follows an expression through parentheses, implicit casts, `&`, `*`,
  /// `?:`, the comma, statement expressions and constant choices, to what it
  /// may stand for. An explicit cast is an end: its type says what it carries.
  static void sources(const clang::Expr *E, const clang::ASTContext &Context,
                      llvm::SmallVectorImpl<PointerSource> &Into);

  /// The declarator of the function at the core of what is called: where its
  /// parameters are declared. Null if there is none (no prototype, a type of
  /// the implementation's).
  static clang::FunctionTypeLoc prototypeOf(const PointerSource &Callee);

private:
  Carried compute(const clang::Decl *D);
  void merge(Carried &Into, const clang::Decl *D);
  ContextSet walk(clang::QualType T, bool ThroughTypeof);
  void mergeModel(Carried &Into, const QualifierModel &Means, clang::SourceLocation At);

  clang::ASTContext &Context;
  const AttributeTable &Attributes;
  const Model &M;
  const MacroRecorder &Macros;
  llvm::DenseMap<const clang::Decl *, Carried> ByDecl;
  llvm::DenseMap<const clang::Type *, ContextSet> ByType;
  struct Spelled {
    const QualifierModel *Means;
    clang::SourceLocation At;
  };
  llvm::DenseMap<const clang::Decl *, llvm::SmallVector<Spelled, 1>> BySpelling;
};

} // namespace airlock

#endif
