// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reader of one model's JSON; ModelReader composes what it reads.

#ifndef AIRLOCK_MODEL_MODELFILE_H
#define AIRLOCK_MODEL_MODELFILE_H

#include "model/ModelFormat.h"
#include "model/ModelReader.h"
#include "llvm/ADT/Twine.h"
#include <nlohmann/json.hpp>

namespace airlock {

inline std::string inQuotes(llvm::StringRef Name) { return ("'" + Name + "'").str(); }

/// Reads one model file into the composed model. Each function returns false if
/// something is wrong in what it read; problems() then has what and where, for all that is wrong
/// in the file.
class ModelFile {
  using json = nlohmann::json;

public:
  ModelFile(ModelReader &Reader, const json &Root, llvm::StringRef Path)
      : Reader(&Reader), Out(Reader.Result), Root(Root), Path(Path) {}
  /// For one entry of a built-in model, which has nothing wrong. Without a reader it must be the
  /// first to say anything about its function or slot.
  ModelFile(ModelReader *Reader, Model &Out, const json &Root, llvm::StringRef ModelName)
      : Reader(Reader), Out(Out), Root(Root), Path(ModelName), ModelName(ModelName) {}

  bool read();
  void readUnreadFunction(llvm::StringRef Name, llvm::StringRef Key) {
    readFunction(Name.str(), Root, ("functions." + Key).str());
  }
  void readUnreadSlot(llvm::StringRef Name, llvm::StringRef Key) {
    readSlot(Name.str(), Root, ("slots." + Key).str());
  }

  struct Problem {
    std::string Path, What;
  };
  /// Not more than there is a use for.
  llvm::ArrayRef<Problem> problems() const { return Problems; }
  /// The whole message of a model that this one extends and that is wrong.
  std::string NestedProblem;

private:
  static constexpr size_t MaxProblems = 100;
  bool fail(const llvm::Twine &Path, const llvm::Twine &What) {
    if (Problems.size() < MaxProblems)
      Problems.push_back({Path.str(), What.str()});
    return false;
  }

  bool checkKeys(const json &Object, const std::string &Path,
                 std::initializer_list<llvm::StringRef> Known);
  bool readExtends();
  std::string extended(const std::string &Name, const std::string &Path);
  bool readEffects();
  bool readContext(const std::string &Name, const json &Entry, const std::string &Path);
  bool readSpelling(const std::string &Otherwise, const std::string &Path, std::string &Spelling);
  bool readRegion(const std::string &Name, const json &Entry, const std::string &Path);
  bool declareFlavours(const json &Entry, const std::string &Path);
  bool readConstant(const std::string &Name, const json &Entry, const std::string &Path);
  bool readFunction(const std::string &Name, const json &Entry, const std::string &Path);
  bool readSlot(const std::string &Name, const json &Entry, const std::string &Path);
  bool readLocks(const char *Section, const format::KeyForm &Form,
                 llvm::StringMap<Given<RegionSet>> &Into);
  bool readSpellings();
  bool reconcile(const std::string &Name, const json &Entry, const std::string &Path,
                 QualifierModel &Into);

  template <typename Fn>
  bool readEntries(const json &Parent, const std::string &Path, const format::KeyForm &Form,
                   Fn ReadEntry);
  template <typename Keys, typename Fn>
  bool readMembers(const json &Entry, const std::string &Path, const Keys &Known, Fn ReadMember);
  template <typename Keys, typename T>
  bool readObject(const json &Entry, const std::string &Path, const Keys &Known, T &Into);
  template <typename Keys, typename T>
  bool readOver(const std::string &Name, const json &Entry, const std::string &Path,
                const Keys &Known, T &Into);
  template <typename Info>
  Info *declare(std::vector<Info> &Rows, const std::string &Name, const std::string &Path,
                llvm::StringRef What);

  bool readValue(const json &V, const std::string &Path, std::string &Into);
  bool readValue(const json &V, const std::string &Path, bool &Into);
  /// A mask.
  bool readValue(const json &V, const std::string &Path, uint64_t &Into);
  /// A number to compare with.
  bool readValue(const json &V, const std::string &Path, int64_t &Into);
  /// A parameter's number.
  bool readValue(const json &V, const std::string &Path, unsigned &Into);
  /// The name of an effect.
  bool readValue(const json &V, const std::string &Path, std::optional<unsigned> &Into);
  bool readValue(const json &V, const std::string &Path, ContextSet &Into) {
    return readNames(V, Path, "context", &Model::findContext, Out.Contexts, Into);
  }
  bool readValue(const json &V, const std::string &Path, EffectSet &Into) {
    return readNames(V, Path, "effect", &Model::findEffect, Out.Effects, Into);
  }
  bool readValue(const json &V, const std::string &Path, RegionSet &Into) {
    return readNames(V, Path, "region", &Model::findRegion, Out.Regions, Into);
  }
  bool readValue(const json &V, const std::string &Path, FlavourSet &Into) {
    return readNames(V, Path, "flavour", &Model::findFlavour, Out.Flavours, Into);
  }
  bool readValue(const json &V, const std::string &Path, ConditionalRegions &Into);
  bool readValue(const json &V, const std::string &Path, TestModel &Into);
  bool readValue(const json &V, const std::string &Path, UserAccess &Into);
  bool readValue(const json &V, const std::string &Path, UserCheck &Into);
  bool readValue(const json &V, const std::string &Path, EffectCondition &Into);
  bool readValue(const json &V, const std::string &Path, std::vector<EffectCondition> &Into);
  bool readValue(const json &V, const std::string &Path, Decisions &Into);
  template <typename Set, typename Info>
  bool readNames(const json &List, const std::string &Path, llvm::StringRef What,
                 std::optional<unsigned> (Model::*Find)(llvm::StringRef) const,
                 const std::vector<Info> &Known, Set &Into);

  /// Sets a value, and says so when an earlier model gave another one.
  template <typename T>
  void give(llvm::StringRef Name, llvm::StringRef Key, llvm::StringRef /*Path*/, Given<T> &Into,
            T Value) {
    if (Into && Into.Origin != ModelName && Into.Value != Value)
      contradict(Name, Key, Into.Origin);
    Into = {std::move(Value), ModelName};
  }
  template <typename T>
  void give(llvm::StringRef Name, llvm::StringRef Key, llvm::StringRef Path, T &Into, T Value) {
    std::string &Origin = Reader->Origins[Path];
    if (!Origin.empty() && Origin != ModelName && Into != Value)
      contradict(Name, Key, Origin);
    Origin = ModelName;
    Into = std::move(Value);
  }
  void contradict(llvm::StringRef Name, llvm::StringRef Key, llvm::StringRef Earlier) {
    if (Key == "reason" || Key == "audited")
      return; // of another entry, it is another one
    Reader->Contradictions.push_back(Path.str() + ": model " + inQuotes(ModelName) + " overrides " +
                                     inQuotes(Key) + " of " + inQuotes(Name) + " given by model " +
                                     inQuotes(Earlier));
  }

  std::vector<Problem> Problems;
  ModelReader *Reader;
  Model &Out;
  const json &Root;
  llvm::StringRef Path;
  std::string ModelName;
};

} // namespace airlock

#endif
