// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expressions and values of one flow: numbers what conditions and
// arguments speak about, so that the same thing has the same number.

#ifndef AIRLOCK_FRONTEND_FLOWEXPRESSIONS_H
#define AIRLOCK_FRONTEND_FLOWEXPRESSIONS_H

#include "facts/Flow.h"
#include "frontend/FactCollector.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <map>

namespace airlock {

class FlowExpressions {
public:
  FlowExpressions(const CollectorInput &From, UnitTables &Tables, const Facts &Into,
                  const clang::FunctionDecl *Function, bool HasModelledMacros,
                  llvm::function_ref<bool(EntityId)> ChangesRegions, Flow &Out);

  ExprId of(const clang::Expr *E);
  /// Of an argument: what it points to does not matter, unless a test is in it.
  ExprId ofArgument(const clang::Expr *E);
  /// A local variable or a parameter of the function; NoValue for anything else.
  ValueId variable(const clang::ValueDecl *D);
  /// What a call or an expansion returned.
  ValueId result(const clang::Expr *C) { return numbered(Results, C); }
  ValueId result(CallId Expansion) { return numbered(ExpansionResults, Expansion); }
  ExprId value(ValueId V);
  ExprId combine(FlowExpr::Kind Kind, ExprId A, ExprId B);
  ExprId constant(int64_t N);
  ExprId address(EntityId Function = NoEntity);

  /// The value that stands for `a && b` or `c ? a : b` where the flow joins
  /// again; NoValue if it does not.
  ValueId joined(const clang::Expr *E);
  void noteJoin(const clang::Expr *E) { Joins.insert(E); }
  void noteAssigned(const clang::Decl *D) { Assigned.insert(D); }

  /// What an assignment to E changes: a variable, or memory that somebody reads.
  static bool isSmall(const clang::Expr *E);
  void changedBy(const clang::Expr *E, llvm::SmallVectorImpl<ValueId> &Into);

private:
  ExprId add(FlowExpr E);
  ValueId addValue(FlowValue V);
  template <typename Map, typename Key> ValueId numbered(Map &Numbers, Key K);
  ExprId ofNode(const clang::Expr *E);
  ExprId ofPlain(const clang::Expr *E);
  ExprId ofUnary(const clang::UnaryOperator *U);
  ExprId ofBinary(const clang::BinaryOperator *B);
  ExprId ofCall(const clang::CallExpr *C);
  ExprId ofReference(const clang::DeclRefExpr *R);
  /// Something that is read from memory, known again when it is written the same.
  ExprId ofMemory(const clang::Expr *E, EntityId Test = NoEntity);
  ExprId ofConstant(const clang::Expr *E);
  /// The value for something that is the same wherever it is written the same.
  ValueId keyOf(const llvm::FoldingSetNodeID &Key, llvm::ArrayRef<const clang::Expr *> Reads,
                FlowValue::Kind Is, EntityId Test);
  ValueId comparison(FlowExpr::Kind Kind, const clang::Expr *L, const clang::Expr *R);
  EntityId testOf(const clang::FieldDecl *F);
  void noteVariables(const clang::Stmt *S, ValueId Reader);

  clang::ASTContext &Context;
  UnitTables &Tables;
  const Facts &Into;
  const clang::FunctionDecl *Function;
  const bool HasModelledMacros;
  llvm::function_ref<bool(EntityId)> ChangesRegions;
  Flow &Out;

  llvm::DenseMap<const clang::Decl *, ValueId> Variables;
  llvm::DenseMap<const clang::Expr *, ValueId> Results;
  llvm::DenseMap<CallId, ValueId> ExpansionResults;
  llvm::DenseMap<std::pair<ValueId, uint64_t>, ValueId> Masks;
  std::map<llvm::FoldingSetNodeID, ValueId> Memory;
  llvm::SmallPtrSet<const clang::Expr *, 8> Joins;
  /// Variables that are given a value after their declaration.
  llvm::SmallPtrSet<const clang::Decl *, 8> Assigned;
  const clang::Expr *definitionOf(const clang::ValueDecl *D) const;
  bool keepsValue(const clang::Expr *E) const;
  /// By field, what reads it.
  llvm::DenseMap<const clang::Decl *, llvm::SmallVector<ValueId, 2>> FieldReads;
  /// While a one-line function stands in for its call: its parameters.
  llvm::DenseMap<const clang::Decl *, ExprId> Bound;
  unsigned Inlined = 0;
  /// What a variable with one value stands for, by where it is named.
  using DefinitionKey = std::tuple<const clang::Decl *, CallId, bool>;
  std::map<DefinitionKey, ExprId> Definitions;
  /// By expression, how deep it is; and the nodes of the source that are being looked into.
  std::vector<uint16_t> Levels;
  unsigned Nested = 0;
  bool InArgument = false;
  /// The expansion that is being looked into.
  CallId Inside = NoCall;
};

} // namespace airlock

#endif
