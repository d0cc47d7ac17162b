// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The attributes behind annotations/include/airlock.h. They are registered
// with Clang's parser and kept in a side table, never on the AST: code
// generation cannot see them, so the object file stays as it is.

#ifndef AIRLOCK_FRONTEND_ATTRIBUTES_H
#define AIRLOCK_FRONTEND_ATTRIBUTES_H

#include "support/IdSet.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace clang {
class Decl;
class Stmt;
} // namespace clang

namespace airlock {

class Model;

enum class AttributeKind : uint8_t {
  InContext,
  ContextEntry,
  HasEffect,
  Never,
  SafeIn,
  Enters,
  Exits,
  CondEnters,
  CondExits,
  Prevalidated,
  Allow,
};

/// One attribute as written. Which arguments it has follows from its kind.
struct Attribute {
  AttributeKind Kind;
  clang::SourceLocation At;
  /// Where the macro that stands for it is spelled; in the body of another one, there.
  clang::SourceLocation Spelled = {};
  /// InContext, ContextEntry: the context.
  unsigned Context = 0;
  /// HasEffect, Never: the effect.
  unsigned Effect = 0;
  /// SafeIn, Enters, Exits and the conditional forms of these: the region.
  unsigned Region = 0;
  /// CondEnters, CondExits: the return value that the effect depends on.
  bool Value = false;
  /// Allow: the rule.
  std::string Name;
  /// Allow: the reason.
  std::string Why;
};

/// The attributes of one translation unit, by the very declaration (not the
/// canonical one) or statement they are written on.
class AttributeTable {
public:
  explicit AttributeTable(const Model &M);
  ~AttributeTable();
  AttributeTable(const AttributeTable &) = delete;
  AttributeTable &operator=(const AttributeTable &) = delete;

  llvm::ArrayRef<Attribute> of(const clang::Decl *D) const { return lookup(Decls, D); }
  llvm::ArrayRef<Attribute> of(const clang::Stmt *S) const { return lookup(Stmts, S); }
  bool empty() const { return Decls.empty(); }
  bool anyOnStatements() const { return !Stmts.empty(); }
  /// Whether any declaration carries a context.
  bool anyContexts() const { return AnyContexts; }

  /// Whether any declaration carries an effect or a promise.
  bool anyPromises() const { return AnyPromises; }

  /// Whether any pointer is `__prevalidated`.
  bool anyPrevalidated() const { return AnyPrevalidated; }

  void add(const clang::Decl *D, Attribute A) {
    AnyPromises |= A.Kind == AttributeKind::HasEffect || A.Kind == AttributeKind::Never ||
                   A.Kind == AttributeKind::SafeIn;
    AnyPrevalidated |= A.Kind == AttributeKind::Prevalidated;
    AnyContexts |= A.Kind == AttributeKind::InContext || A.Kind == AttributeKind::ContextEntry;
    Decls[D].push_back(std::move(A));
  }
  void add(const clang::Stmt *S, Attribute A) { Stmts[S].push_back(std::move(A)); }

  template <typename Fn> void forEachDecl(Fn Visit) const {
    for (const auto &Entry : Decls)
      Visit(Entry.first, llvm::ArrayRef<Attribute>(Entry.second));
  }

  const Model &model() const { return M; }

  /// The table that the parser of this thread fills; null outside a run. The
  /// parser's hooks are objects of Clang's own making and can be told no other way.
  static AttributeTable *current();

private:
  template <typename T> using Table = llvm::DenseMap<const T *, llvm::SmallVector<Attribute, 1>>;

  template <typename T>
  static llvm::ArrayRef<Attribute> lookup(const Table<T> &Entries, const T *Key) {
    auto Found = Entries.find(Key);
    return Found == Entries.end() ? llvm::ArrayRef<Attribute>() : Found->second;
  }

  const Model &M;
  Table<clang::Decl> Decls;
  Table<clang::Stmt> Stmts;
  bool AnyContexts = false;
  bool AnyPromises = false;
  bool AnyPrevalidated = false;
  AttributeTable *Outer;
};

} // namespace airlock

#endif
