// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known of an entity beyond its contexts, from all who say anything:
// the model, the attributes of airlock.h on any redeclaration or on a typedef,
// and sparse's `__acquires` and `__releases` behind a prototype.

#ifndef AIRLOCK_FRONTEND_BEHAVIOURREADER_H
#define AIRLOCK_FRONTEND_BEHAVIOURREADER_H

#include "facts/Facts.h"
#include "frontend/Attributes.h"
#include "frontend/MacroRecorder.h"
#include "frontend/UnitNames.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

struct EffectCondition;
struct TestModel;

class BehaviourReader {
public:
  BehaviourReader(clang::ASTContext &Context, const UnitNames &Names,
                  const AttributeTable &Attributes, const MacroRecorder &Macros, const Model &M,
                  Facts &Into);

  void describe(const clang::FunctionDecl *F, Entity &E);
  void describeType(clang::QualType T, Entity &E);
  void describeSlot(const clang::ValueDecl *D, Entity &E);
  bool isTestField(const clang::FieldDecl *F) const {
    return TestFields.contains(F->getIdentifier());
  }
  bool isCacheField(const clang::FieldDecl *F) const {
    return CacheFields.contains(F->getIdentifier());
  }
  /// What the model says; of a macro it is all that is said. So many parameters has a function.
  void describe(const FunctionModel &Known, Entity &E, unsigned Parameters = 0);

private:
  void readAttributes(const clang::Decl *D, Entity &E);
  void readAttribute(const Attribute &A, Entity &E);
  void ask(const TestModel &Question, Behaviour &Into) const;
  void readMarkers(const clang::FunctionDecl *F, Entity &E);
  void readCapabilities(const clang::FunctionDecl *F, Entity &E);
  RegionChanges &markedChanges(Entity &E);
  void state(const EffectCondition &When, unsigned Parameters, Behaviour &Into);
  uint64_t valueOf(llvm::StringRef Constant);
  bool isReferred(llvm::StringRef Name) const;
  /// E's behaviour, to be written to.
  Behaviour &behaviourOf(Entity &E);

  clang::ASTContext &Context;
  const UnitNames &Names;
  const AttributeTable &Attributes;
  const MacroRecorder &Macros;
  const Model &M;
  Facts &Into;
  llvm::StringMap<uint64_t> Constants;
  /// The names of the fields that hold the answer of a test, of whatever struct.
  llvm::DenseSet<const clang::IdentifierInfo *> TestFields, CacheFields;
};

} // namespace airlock

#endif
