// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// JSON text -> Model. Reads built-in models (embedded from annotations/models)
// and files, one after another, each overriding the ones before it key by key.
//
// Errors: one llvm::Error per model, "FILE:LINE: KEY.PATH: what is wrong".
// A refused model leaves the composed Model unusable: callers stop.

#ifndef AIRLOCK_MODEL_MODELREADER_H
#define AIRLOCK_MODEL_MODELREADER_H

#include "model/Model.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

namespace airlock {

struct JsonCut;

class ModelReader {
public:
  /// Adds a model: the name of a built-in one, or the path of a file.
  llvm::Error add(llvm::StringRef NameOrPath);

  /// The models added so far, composed.
  Model take() { return std::move(Result); }

  /// Where a later model contradicted an earlier one: one sentence each.
  const std::vector<std::string> &contradictions() const { return Contradictions; }

  static std::vector<llvm::StringRef> builtinNames();

private:
  friend class ModelFile;
  void keepUnread(llvm::StringRef ModelName, const JsonCut &Cut);
  void addToFingerprint(uint64_t Hash);
  llvm::Error addText(llvm::StringRef Text, llvm::StringRef Path, bool Builtin);

  Model Result;
  std::vector<std::string> Contradictions;
  /// By path ("regions.rcu.nests"): the model that gave what Result holds
  /// there, where Result itself does not say (Given does).
  llvm::StringMap<std::string> Origins;
};

} // namespace airlock

#endif
