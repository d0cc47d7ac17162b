// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known about code from outside the code: contexts, effects, and the
// facts about functions and macros that carry no annotation. Made from JSON
// by ModelReader; annotations/models/model.schema.json is the published form
// and annotations/README.md explains it. Free of Clang.

#ifndef AIRLOCK_MODEL_MODEL_H
#define AIRLOCK_MODEL_MODEL_H

#include "support/IdSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace airlock {

struct ContextInfo {
  std::string Name;
  std::string Description;
  /// What a fix-it writes to put a function into the context.
  std::string Spelling;
  /// The effect the context guards: chains end at a primitive that has it.
  std::optional<unsigned> Effect;
  /// The model that said so; for messages.
  std::string Origin;
};

struct EffectInfo {
  std::string Name;
  /// A verb phrase: "reads or writes user memory".
  std::string Description;
  std::string Origin;
};

/// A value that some model gave, and which one did.
template <typename T> struct Given {
  T Value{};
  std::string Origin;
  explicit operator bool() const { return !Origin.empty(); }
};

/// The qualifier as a model states it, for a function or for an existing
/// spelling that a code base already has.
struct QualifierModel {
  Given<ContextSet> InContext;
  Given<ContextSet> ContextEntry;
};

/// What a model says about one name: a function, a macro, or both at once
/// (the kernel's user_access_begin is).
struct FunctionModel : QualifierModel {
  Given<EffectSet> Effects;
  /// The insides are not analysed: what the model says is all there is.
  Given<bool> Opaque;
};

/// Several models, composed; owns all its strings.
class Model {
public:
  const std::vector<ContextInfo> &contexts() const { return Contexts; }
  const std::vector<EffectInfo> &effects() const { return Effects; }
  const llvm::StringMap<FunctionModel> &functions() const { return Functions; }

  std::optional<unsigned> findContext(llvm::StringRef Name) const;
  std::optional<unsigned> findEffect(llvm::StringRef Name) const;
  /// "'a', 'b'": the names of a set, for messages.
  std::string names(ContextSet Set) const;

  /// Spellings of other code bases that mean a qualifier: the string of
  /// annotate("…"), the string of btf_type_tag("…"), the name of a macro.
  llvm::StringMap<QualifierModel> Annotate, TypeTag, Macro;

private:
  friend class ModelFile; // the reader of one file
  std::vector<ContextInfo> Contexts;
  std::vector<EffectInfo> Effects;
  llvm::StringMap<FunctionModel> Functions;
  struct LoadedModel {
    std::string Name, Path;
  };
  std::vector<LoadedModel> Loaded;
};

} // namespace airlock

#endif
