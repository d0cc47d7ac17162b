// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// JSON text -> Model. Reads built-in models (embedded from annotations/models)
// and files, one after another, each overriding the ones before it key by key.
//
// Errors: one llvm::Error per model, "FILE:LINE: KEY.PATH: what is wrong", of the first thing
// that is wrong in it; problems() has all of them.
// A refused model leaves the composed Model unusable: callers stop.

#ifndef AIRLOCK_MODEL_MODELREADER_H
#define AIRLOCK_MODEL_MODELREADER_H

#include "model/Model.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

namespace airlock {

class ModelSource;

class ModelReader {
public:
  /// Adds a model: the name of a built-in one, or the path of a file.
  llvm::Error add(llvm::StringRef NameOrPath);

  /// The models added so far, composed.
  Model take() { return std::move(Result); }

  /// How the last model describes itself.
  const std::string &description() const { return Description; }

  /// Where a later model contradicted an earlier one: one sentence each.
  const std::vector<std::string> &contradictions() const { return Contradictions; }

  /// All that is wrong in the model that add() refused, in the order of its lines.
  llvm::ArrayRef<std::string> problems() const { return Problems; }

  static std::vector<llvm::StringRef> builtinNames();

private:
  friend class ModelFile;
  llvm::Error addBuiltin(const BuiltinModel &M);
  llvm::Error addFile(llvm::StringRef Path, const ModelSource &Source);
  void addToFingerprint(uint64_t Hash);

  Model Result;
  /// The files that are being read, each extended by the one before it.
  std::vector<std::string> Open;
  std::string Description;
  std::vector<std::string> Contradictions, Problems;
  /// By path ("regions.rcu.nests"): the model that gave what Result holds
  /// there, where Result itself does not say (Given does).
  llvm::StringMap<std::string> Origins;
};

} // namespace airlock

#endif
