// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The terms of one UserFlow: numbers addresses and values, so that the same
// computation has the same number. Casts change nothing: a user pointer is the
// same address as the `unsigned long` that it was made from.

#ifndef AIRLOCK_FRONTEND_USERTERMS_H
#define AIRLOCK_FRONTEND_USERTERMS_H

#include "facts/UserFlow.h"
#include "frontend/FactCollector.h"
#include <map>

namespace airlock {

class UserTerms {
public:
  UserTerms(const CollectorInput &From, UnitTables &Tables, const Facts &Into,
            const clang::FunctionDecl *Function, bool HasModelledMacros, UserFlow &Out)
      : Context(From.Context), Tables(Tables), Into(Into), Function(Function),
        HasModelledMacros(HasModelledMacros), Out(Out) {}

  /// To be called for all that the function assigns, or takes the address of,
  /// before any term is made.
  void noteChanged(const clang::Decl *D) { Changed.insert(D); }
  /// The flow has come by it: what it counts is not what it was.
  void noteStepped(const clang::UnaryOperator *U) { Stepped.insert(U); }
  bool isChanged(const clang::Decl *D) const { return Changed.contains(D); }

  /// The value of an expression.
  TermId of(const clang::Expr *E);
  /// The address of what an expression names.
  TermId addressOf(const clang::Expr *E);
  TermId addressOf(const clang::VarDecl *V);
  /// What is there.
  TermId load(TermId Address, clang::QualType T, const clang::ValueDecl *Field = nullptr);
  TermId parameter(const clang::ParmVarDecl *P);

  /// The number of a call in the flow, by its expression or by its fact.
  uint32_t callOf(const clang::CallExpr *C);
  uint32_t callOf(CallId Expansion);
  TermId resultOf(uint32_t Call, clang::QualType T);
  TermId offset(TermId Base, int64_t Bytes);
  TermId constant(int64_t N) { return make({Term::Constant, false, 0, NoTerm, NoTerm, NoTerm, N}); }

  /// Of the pieces that `++` adds to what has this type.
  int64_t stepOf(clang::QualType T) const;
  /// A value that something was added to, and one that was computed in another way.
  TermId moved(TermId Base, TermId Steps, int64_t Scale);
  TermId computed(clang::BinaryOperatorKind Op, TermId Left, TermId Right);

  /// How many bytes what a term points to has behind it; 0 if nobody knows.
  uint64_t roomAt(TermId Address) const;

  /// Whether functions that stand in for their calls were too many, or too large.
  std::optional<Limit> givenUp() const { return Spend.broken(); }
  uint64_t sizeOf(clang::QualType T) const;

private:
  TermId make(Term T);
  TermId unknown(const void *Of);
  TermId ofWhole(const clang::Expr *E);
  TermId ofPlain(const clang::Expr *E);
  TermId ofCast(const clang::CastExpr *C);
  TermId typed(Term T, clang::QualType Type);
  TermId ofOffsetOf(const clang::OffsetOfExpr *E);
  TermId less(const clang::Expr *L, const clang::Expr *R, bool OrEqual);
  TermId times(TermId A, TermId B);
  TermId ofUnary(const clang::UnaryOperator *U);
  TermId ofBinary(const clang::BinaryOperator *B);
  TermId ofCall(const clang::CallExpr *C);
  TermId loadFrom(const clang::Expr *E);
  TermId sum(const clang::Expr *Base, const clang::Expr *Index, clang::QualType T, bool Minus);
  std::optional<int64_t> number(const clang::Expr *E) const;
  TermId select(TermId If, TermId Then, TermId Else);
  TermId combine(Term::Kind Kind, TermId A, TermId B);

  clang::ASTContext &Context;
  UnitTables &Tables;
  const Facts &Into;
  const clang::FunctionDecl *Function;
  const bool HasModelledMacros;
  UserFlow &Out;

  using Key = std::tuple<unsigned, TermId, TermId, TermId, int64_t>;
  std::map<Key, TermId> Known;
  llvm::DenseMap<const void *, TermId> Unknowns;
  /// Outside of functions that stand in for their calls.
  llvm::DenseMap<const clang::Expr *, TermId> Made;
  /// An expression costs more than a look at a fact.
  Budget Spend{Budget::Steps / 16};
  llvm::DenseMap<const clang::VarDecl *, uint32_t> Variables;
  llvm::DenseMap<const clang::CallExpr *, uint32_t> Calls;
  llvm::DenseMap<CallId, uint32_t> Expansions;
  llvm::DenseSet<const clang::Decl *> Changed;
  llvm::DenseSet<const clang::UnaryOperator *> Stepped;
  /// What is being made was asked for before the flow came by a `++` in it.
  bool IsEarly = false;
  /// While a one-line function stands in for its call: its parameters.
  llvm::DenseMap<const clang::Decl *, TermId> Bound;
  unsigned Inlined = 0;
  unsigned Depth = 0;
  /// ... and whether what is inlined calls anything with a role.
  bool MeetsUser = false;
};

} // namespace airlock

#endif
