// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/ModelReader.h"
#include "model/JsonCut.h"
#include "model/JsonLines.h"
#include "model/ModelFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

using nlohmann::json;

namespace airlock {

namespace {

struct BuiltinModel {
  llvm::StringRef Name, Text;
};
const BuiltinModel BuiltinModels[] = {
#include "BuiltinModels.inc"
};

llvm::Error makeError(const llvm::Twine &Text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Text);
}

/// Such as /dev/zero, that has no end.
bool isDevice(llvm::sys::fs::file_type Type) {
  return Type == llvm::sys::fs::file_type::character_file ||
         Type == llvm::sys::fs::file_type::block_file;
}

} // namespace

std::vector<llvm::StringRef> ModelReader::builtinNames() {
  std::vector<llvm::StringRef> Names;
  for (const BuiltinModel &M : BuiltinModels)
    Names.push_back(M.Name);
  llvm::sort(Names);
  return Names;
}

llvm::Error ModelReader::add(llvm::StringRef NameOrPath) {
  for (const BuiltinModel &M : BuiltinModels)
    if (M.Name == NameOrPath)
      return addText(M.Text, M.Name, /*Builtin=*/true);

  llvm::sys::fs::file_status Status;
  if (!llvm::sys::fs::status(NameOrPath, Status) && isDevice(Status.type()))
    return makeError("cannot read model " + inQuotes(NameOrPath) + ": it is a device");
  auto Buffer = llvm::MemoryBuffer::getFile(NameOrPath, /*IsText=*/true);
  if (!Buffer) {
    std::string Known;
    for (llvm::StringRef Name : builtinNames())
      Known += (Known.empty() ? "" : ", ") + inQuotes(Name);
    return makeError("cannot read model " + inQuotes(NameOrPath) + ": " +
                     Buffer.getError().message() + " (built-in models: " + Known + ")");
  }
  return addText((*Buffer)->getBuffer(), NameOrPath, /*Builtin=*/false);
}

const FunctionModel *Model::function(llvm::StringRef Name) const {
  auto Known = Functions.find(Name);
  if (Known != Functions.end())
    return &Known->second;
  auto Found = Unread.find(Name);
  if (Found == Unread.end())
    return nullptr;
  UnreadFunction Entry = Found->second;
  Unread.erase(Found);
  json Root = json::parse(Entry.Text.begin(), Entry.Text.end(), nullptr,
                          /*allow_exceptions=*/false);
  // Reading it later than the rest changes nothing that could be seen.
  ModelFile(nullptr, const_cast<Model &>(*this), Root, Entry.Model).readUnread(Name);
  return &Functions.find(Name)->second;
}

/// Leaves the functions of a built-in model for later, but for those that come
/// on top of another model's or that carry a qualifier: these are looked for.
void ModelReader::keepUnread(llvm::StringRef ModelName, const JsonCut &Cut) {
  for (const JsonCut::Entry &Entry : Cut.Entries) {
    if (!Result.function(Entry.Name) && !Entry.Text.contains("context")) {
      Result.Unread[Entry.Name] = {ModelName, Entry.Text};
      continue;
    }
    json Root = json::parse(Entry.Text.begin(), Entry.Text.end(), nullptr,
                            /*allow_exceptions=*/false);
    ModelFile(this, Result, Root, ModelName).readUnread(Entry.Name);
  }
}

/// In the order in which models take effect, each once: it does not matter whether
/// one is named or comes with another that extends it.
void ModelReader::addToFingerprint(uint64_t Hash) {
  uint64_t Words[] = {Result.Fingerprint, Hash};
  Result.Fingerprint = llvm::xxh3_64bits(
      llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(Words), sizeof(Words)));
}

llvm::Error ModelReader::addText(llvm::StringRef Text, llvm::StringRef Path, bool Builtin) {
  // The tests check the built-in models; at run time they cost one parse.
  if (!Builtin) {
    JsonLines Lines(Text);
    if (!Lines.error().empty())
      return makeError(Path + ":" + llvm::Twine(Lines.errorLine()) + ": " + Lines.error());
  }
  uint64_t Hash = llvm::xxh3_64bits(Text);
  size_t LoadedBefore = Result.Loaded.size();
  JsonCut Cut;
  bool IsNew = llvm::none_of(Result.Loaded, [&](const auto &M) { return M.Name == Path; });
  if (Builtin && IsNew) {
    Cut = cutSection(Text, "functions");
    Text = Cut.Rest;
  }
  json Root = json::parse(Text.begin(), Text.end(), nullptr, /*allow_exceptions=*/false);
  ModelFile File(*this, Root, Path);
  if (File.read()) {
    keepUnread(Path, Cut);
    if (Result.Loaded.size() != LoadedBefore)
      addToFingerprint(Hash);
    return llvm::Error::success();
  }
  if (!File.NestedProblem.empty())
    return makeError(File.NestedProblem);
  const JsonLines Lines(Text);
  std::vector<std::pair<unsigned, std::string>> ByLine;
  for (const ModelFile::Problem &P : File.problems())
    ByLine.push_back({Lines.lineOf(P.Path), (P.Path.empty() ? "" : P.Path + ": ") + P.What});
  llvm::stable_sort(ByLine, llvm::less_first());
  for (const auto &[Line, What] : ByLine)
    Problems.push_back((Path + ":" + llvm::Twine(Line) + ": " + What).str());
  return makeError(Problems.front() + (Problems.size() == 1
                                           ? ""
                                           : " (" + llvm::Twine(Problems.size() - 1) +
                                                 " more: see 'airlock model check')"));
}

} // namespace airlock
