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

/// What was read of a name, or what the first of Builtins that has an entry says.
template <typename T, typename Fn>
static const T *readOnce(llvm::StringMap<T> &Known, llvm::ArrayRef<const BuiltinModel *> Builtins,
                         BuiltinModel::Section BuiltinModel::*In, llvm::StringRef Name,
                         Fn ReadEntry) {
  auto Found = Known.find(Name);
  if (Found != Known.end())
    return &Found->second;
  for (const BuiltinModel *Of : Builtins) {
    const BuiltinModel::Entry *Entry = (Of->*In).find(Name);
    if (!Entry)
      continue;
    T &Read = Known[Name]; // from now on it is known, to its reader, too
    ReadEntry(parse(Entry->Text), *Of, Entry->Key);
    return &Read;
  }
  return nullptr;
}

// Reading an entry later than the rest changes nothing that could be seen.

const FunctionModel *Model::function(llvm::StringRef Name) const {
  return readOnce(Functions, Builtins, &BuiltinModel::Functions, Name,
                  [&](const json &Entry, const BuiltinModel &Of, llvm::StringRef Key) {
                    ModelFile(nullptr, const_cast<Model &>(*this), Entry, Of.Name)
                        .readUnreadFunction(Name, Key);
                  });
}

const SlotModel *Model::slot(llvm::StringRef Name) const {
  return readOnce(
      Slots, Builtins, &BuiltinModel::Slots, Name,
      [&](const json &Entry, const BuiltinModel &Of, llvm::StringRef Key) {
        ModelFile(nullptr, const_cast<Model &>(*this), Entry, Of.Name).readUnreadSlot(Name, Key);
      });
}

/// Those that were read, and those of the built-in entries that are Wanted.
template <typename T>
static void
visitNames(const llvm::StringMap<T> &Known, llvm::ArrayRef<const BuiltinModel *> Builtins,
           BuiltinModel::Section BuiltinModel::*In, bool (*IsWanted)(const BuiltinModel::Entry &),
           llvm::function_ref<void(llvm::StringRef)> Visit) {
  for (const auto &Entry : Known)
    Visit(Entry.getKey());
  for (const BuiltinModel *Of : Builtins)
    for (const BuiltinModel::EntryName &Each : (Of->*In).Names)
      if (IsWanted((Of->*In).Entries[Each.Entry]) && !Known.contains(Each.Name))
        Visit(Each.Name);
}

static bool isAny(const BuiltinModel::Entry & /*Entry*/) { return true; }
static bool isOfUser(const BuiltinModel::Entry &Entry) { return Entry.TouchesUser; }

void Model::forEachFunctionName(llvm::function_ref<void(llvm::StringRef)> Visit) const {
  visitNames(Functions, Builtins, &BuiltinModel::Functions, isAny, Visit);
}

void Model::forEachUserName(llvm::function_ref<void(llvm::StringRef)> Visit) const {
  visitNames(Functions, Builtins, &BuiltinModel::Functions, isOfUser, Visit);
}

void Model::forEachSlotName(llvm::function_ref<void(llvm::StringRef)> Visit) const {
  visitNames(Slots, Builtins, &BuiltinModel::Slots, isAny, Visit);
}

/// The tests check the built-in models; at run time they cost one parse. Their functions and
/// slots are left for later, but for those that come on top of another model's and those that are
/// looked for.
llvm::Error ModelReader::addBuiltin(const BuiltinModel &M) {
  const size_t LoadedBefore = Result.Loaded.size();
  json Root = parse(M.Rest);
  ModelFile File(*this, Root, M.Name);
  if (!File.read())
    return makeError(File.NestedProblem.empty() ? M.Name + ": " + File.problems().front().What
                                                : File.NestedProblem);
  if (Result.Loaded.size() == LoadedBefore)
    return llvm::Error::success(); // it has been read before
  const bool IsFirst = Result.Builtins.empty();
  auto ReadNow = [&](const BuiltinModel::Section &Section, auto IsKnown, auto Read) {
    for (const BuiltinModel::EntryName &Each : Section.Names) {
      const BuiltinModel::Entry &Is = Section.Entries[Each.Entry];
      if (!Is.ReadAtOnce && !IsKnown(Each.Name))
        continue;
      json Entry = parse(Is.Text);
      (ModelFile(this, Result, Entry, M.Name).*Read)(Each.Name, Is.Key);
    }
  };
  ReadNow(
      M.Functions,
      [&](llvm::StringRef Name) {
        return !(IsFirst && Result.Functions.empty()) && Result.function(Name);
      },
      &ModelFile::readUnreadFunction);
  ReadNow(
      M.Slots,
      [&](llvm::StringRef Name) { return !(IsFirst && Result.Slots.empty()) && Result.slot(Name); },
      &ModelFile::readUnreadSlot);
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
