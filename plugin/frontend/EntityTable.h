// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang's declarations, macros and types as the entities of the facts: each
// once, with its name, its contexts and the places for a fix-it.

#ifndef AIRLOCK_FRONTEND_ENTITYTABLE_H
#define AIRLOCK_FRONTEND_ENTITYTABLE_H

#include "frontend/BehaviourReader.h"
#include "frontend/Locations.h"
#include "frontend/Qualifiers.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

struct MacroFrame;
class ClangSourceMap;

/// Where a pointer goes. Becomes an entity only if something goes there that
/// matters: most arguments are numbers.
struct Destination {
  Destination(Site Kind, clang::QualType Type, const clang::ValueDecl *Declaration = nullptr)
      : Kind(Kind), Type(Type), Declaration(Declaration) {}

  Site Kind;
  clang::QualType Type;
  /// The variable, field or parameter; null if there is only a type.
  const clang::ValueDecl *Declaration;
  /// What is called, for arguments.
  EntityId Function = NoEntity;
  /// Without a declaration: what kind of place it is, where it is declared,
  /// and which parameter.
  EntityKind PlaceKind = EntityKind::Value;
  clang::SourceLocation At;
  unsigned Parameter = 0;
  /// What the source points to goes there, not the source itself.
  bool Pointee = false;
};

class EntityTable {
public:
  EntityTable(clang::ASTContext &Context, const UnitNames &Names, Qualifiers &Q,
              const AttributeTable &Attributes, const MacroRecorder &Macros, const Model &M,
              const ClangSourceMap &Map, Facts &Into)
      : Context(Context), Q(Q), Macros(Macros),
        Behaviours(Context, Names, Attributes, Macros, M, Into), Map(Map), Into(Into) {}

  EntityId of(const clang::ValueDecl *D);
  EntityId of(const MacroFrame &Frame);
  EntityId of(const PointerSource &S);
  EntityId of(const Destination &To);
  /// Whether a type brings a promise with it.
  bool promises(clang::QualType T) {
    Entity E;
    Behaviours.describeType(T, E);
    return !E.never().empty() || !E.safeIn().empty();
  }
  /// Whether a model says that the field holds the answer of a test.
  bool isTestField(const clang::FieldDecl *F) const { return Behaviours.isTestField(F); }
  /// Whether a model may say that translations are kept in the field: by its name alone.
  bool isCacheField(const clang::FieldDecl *F) const { return Behaviours.isCacheField(F); }
  /// A place that has only a type: the target of a cast, `...`, an asm operand.
  EntityId ofType(EntityKind Kind, clang::QualType T, clang::SourceLocation At) {
    return ofType(Kind, T, Q.of(T), At);
  }
  EntityId ofType(EntityKind Kind, clang::QualType T, ContextSet Needs, clang::SourceLocation At);
  /// What a function returns.
  EntityId ofResult(clang::QualType T, clang::SourceLocation At);
  /// A parameter that no declaration names: "parameter 2".
  EntityId ofUnnamedParameter(clang::QualType T, unsigned Index, clang::SourceLocation At);

  std::string printType(clang::QualType T) const;

private:
  EntityId add(Entity E) {
    Into.Entities.push_back(std::move(E));
    return Into.Entities.size() - 1;
  }
  void describeFunction(const clang::FunctionDecl *F, Entity &E);
  void noteMacroBody(const clang::FunctionDecl *F, EntityId Id);
  void describeParameter(const clang::ParmVarDecl *P, Entity &E);
  llvm::StringRef fileOf(clang::SourceLocation L);
  llvm::StringRef fieldName(const clang::FieldDecl *F);

  clang::ASTContext &Context;
  Qualifiers &Q;
  const MacroRecorder &Macros;
  BehaviourReader Behaviours;
  const ClangSourceMap &Map;
  Facts &Into;
  llvm::DenseMap<const void *, EntityId> Ids;
  llvm::DenseMap<const char *, llvm::StringRef> Files;
};

} // namespace airlock

#endif
