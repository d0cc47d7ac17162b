// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What composed models say of one name, as a model file would say it, and which model says
// it: for people who ask why.

#ifndef AIRLOCK_MODEL_MODELWRITER_H
#define AIRLOCK_MODEL_MODELWRITER_H

#include "model/Model.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

namespace airlock {

/// A line a key, `"effects": ["sleep"]  (linux)`, for a function or macro and for a slot of
/// that name; false, and nothing, if no model knows it.
bool writeEntry(const Model &M, llvm::StringRef Name, llvm::raw_ostream &Out);

/// Whether one of these models, by name, says anything in an entry.
bool isFrom(const FunctionModel &Entry, const llvm::StringSet<> &Models);
bool isFrom(const SlotModel &Entry, const llvm::StringSet<> &Models);

} // namespace airlock

#endif
