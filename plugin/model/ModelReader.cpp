// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/ModelReader.h"
#include "model/BuiltinModels.h"
#include "model/ModelFile.h"
#include "model/ModelSource.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/xxhash.h"

using nlohmann::json;

namespace airlock {

static llvm::Error makeError(const llvm::Twine &Text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Text);
}

std::vector<llvm::StringRef> ModelReader::builtinNames() {
  std::vector<llvm::StringRef> Names;
  for (const BuiltinModel &M : builtinModels())
    Names.push_back(M.Name);
  llvm::sort(Names);
  return Names;
}

llvm::Error ModelReader::add(llvm::StringRef NameOrPath) {
  for (const BuiltinModel &M : builtinModels())
    if (M.Name == NameOrPath)
      return addBuiltin(M);

  constexpr size_t MaxOpen = 32;
  if (Open.size() == MaxOpen)
    return makeError("cannot read model " + inQuotes(NameOrPath) + ": too many models extend it");
  auto Buffer = readModelFile(NameOrPath, /*MayBePipe=*/Open.empty());
  if (!Buffer) {
    std::string Known;
    for (llvm::StringRef Name : builtinNames())
      Known += (Known.empty() ? "" : ", ") + inQuotes(Name);
    return makeError("cannot read model " + inQuotes(NameOrPath) + ": " +
                     llvm::toString(Buffer.takeError()) + " (built-in models: " + Known + ")");
  }
  llvm::Expected<ModelSource> Source = ModelSource::read(NameOrPath, std::move(*Buffer));
  if (!Source)
    return Source.takeError();
  Open.push_back(NameOrPath.str());
  llvm::Error Problem = addFile(NameOrPath, *Source);
  Open.pop_back();
  return Problem;
}

static json parse(llvm::StringRef Text) {
  return json::parse(Text.begin(), Text.end(), nullptr, /*allow_exceptions=*/false);
}

const FunctionModel *Model::function(llvm::StringRef Name) const {
  auto Known = Functions.find(Name);
  if (Known != Functions.end())
    return &Known->second;
  for (const BuiltinModel *Of : Builtins) {
    const BuiltinModel::Entry *Found = Of->find(Name);
    if (!Found)
      continue;
    json Entry = parse(Found->Text);
    FunctionModel &Read = Functions[Name]; // from now on it is known, to its reader, too
    // Reading it later than the rest changes nothing that could be seen.
    ModelFile(nullptr, const_cast<Model &>(*this), Entry, Of->Name).readUnread(Name, Found->Key);
    return &Read;
  }
  return nullptr;
}

void Model::forEachFunctionName(llvm::function_ref<void(llvm::StringRef)> Visit) const {
  forEachName(/*OnlyUser=*/false, Visit);
}

void Model::forEachUserName(llvm::function_ref<void(llvm::StringRef)> Visit) const {
  forEachName(/*OnlyUser=*/true, Visit);
}

void Model::forEachName(bool OnlyUser, llvm::function_ref<void(llvm::StringRef)> Visit) const {
  for (const auto &Entry : Functions)
    Visit(Entry.getKey());
  for (const BuiltinModel *Of : Builtins)
    for (const BuiltinModel::FunctionName &Each : Of->Names)
      if ((!OnlyUser || Of->Entries[Each.Entry].TouchesUser) && !Functions.contains(Each.Name))
        Visit(Each.Name);
}

/// The tests check the built-in models; at run time they cost one parse. Their functions are
/// left for later, but for those that come on top of another model's and those that are looked
/// for.
llvm::Error ModelReader::addBuiltin(const BuiltinModel &M) {
  const size_t LoadedBefore = Result.Loaded.size();
  json Root = parse(M.Rest);
  ModelFile File(*this, Root, M.Name);
  if (!File.read())
    return makeError(File.NestedProblem.empty() ? M.Name + ": " + File.problems().front().What
                                                : File.NestedProblem);
  if (Result.Loaded.size() == LoadedBefore)
    return llvm::Error::success(); // it has been read before
  const bool IsFirst = Result.Functions.empty() && Result.Builtins.empty();
  for (const BuiltinModel::FunctionName &Each : M.Names) {
    const BuiltinModel::Entry &Is = M.Entries[Each.Entry];
    if (!Is.ReadAtOnce && (IsFirst || !Result.function(Each.Name)))
      continue;
    json Entry = parse(Is.Text);
    ModelFile(this, Result, Entry, M.Name).readUnread(Each.Name, Is.Key);
  }
  Result.Builtins.push_back(&M);
  addToFingerprint(M.Hash);
  return llvm::Error::success();
}

/// In the order in which models take effect, each once: it does not matter whether
/// one is named or comes with another that extends it.
void ModelReader::addToFingerprint(uint64_t Hash) {
  uint64_t Words[] = {Result.Fingerprint, Hash};
  Result.Fingerprint = llvm::xxh3_64bits(
      llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(Words), sizeof(Words)));
}

llvm::Error ModelReader::addFile(llvm::StringRef Path, const ModelSource &Source) {
  const size_t LoadedBefore = Result.Loaded.size();
  ModelFile File(*this, Source.root(), Path);
  if (File.read()) {
    if (Result.Loaded.size() != LoadedBefore)
      addToFingerprint(Source.hash());
    return llvm::Error::success();
  }
  if (!File.NestedProblem.empty())
    return makeError(File.NestedProblem);
  std::vector<std::tuple<llvm::StringRef, unsigned, std::string>> ByLine;
  for (const ModelFile::Problem &P : File.problems()) {
    auto [In, Line] = Source.placeOf(P.Path);
    ByLine.push_back({In, Line, (P.Path.empty() ? "" : P.Path + ": ") + P.What});
  }
  llvm::stable_sort(ByLine, [&](const auto &A, const auto &B) {
    auto Order = [&](const auto &Each) {
      return std::tuple(std::get<0>(Each) != Path, std::get<0>(Each), std::get<1>(Each));
    };
    return Order(A) < Order(B);
  });
  for (const auto &[In, Line, What] : ByLine)
    Problems.push_back((In + ":" + llvm::Twine(Line) + ": " + What).str());
  return makeError(Problems.front() + (Problems.size() == 1
                                           ? ""
                                           : " (" + llvm::Twine(Problems.size() - 1) +
                                                 " more: see 'airlock model check')"));
}

} // namespace airlock
