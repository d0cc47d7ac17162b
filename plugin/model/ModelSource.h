// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The text of a model: one file, or one with parts in others, joined to one JSON value that
// knows where each piece of it stands.

#ifndef AIRLOCK_MODEL_MODELSOURCE_H
#define AIRLOCK_MODEL_MODELSOURCE_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <nlohmann/json.hpp>
#include <vector>

namespace airlock {

/// The bytes of a file, or why there are none. A device, which may have no end, is refused; so is a
/// pipe, to which perhaps nobody writes, unless it is what somebody asked for.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> readModelFile(llvm::StringRef Path,
                                                                  bool MayBePipe);

/// A path that a model names, as seen from where the model is.
std::string besideModel(llvm::StringRef Model, llvm::StringRef Path);

class ModelSource {
public:
  /// Reads the file, already in Text, and its parts. Of what cannot be read or is no JSON: an
  /// error, "FILE:LINE: what". What it says is not judged here.
  static llvm::Expected<ModelSource> read(llvm::StringRef Path,
                                          std::unique_ptr<llvm::MemoryBuffer> Text);

  const nlohmann::json &root() const { return Root; }
  /// All bytes of it, in the order of the parts.
  uint64_t hash() const;
  /// The file and the line of what stands at a path of the joined model ("functions.f.effects").
  std::pair<llvm::StringRef, unsigned> placeOf(llvm::StringRef Path) const;

private:
  struct File {
    std::string Path;
    std::unique_ptr<llvm::MemoryBuffer> Text;
  };

  llvm::Expected<nlohmann::json> parse(llvm::StringRef Path,
                                       std::unique_ptr<llvm::MemoryBuffer> Text);
  llvm::Error addParts();
  llvm::Error addPart(const std::string &Path, const nlohmann::json &Part);

  nlohmann::json Root;
  std::vector<File> Files; // the model's own is the first
  /// By the path of an entry: the file that it stands in, if that is a part.
  llvm::StringMap<unsigned> PartOf;
};

} // namespace airlock

#endif
