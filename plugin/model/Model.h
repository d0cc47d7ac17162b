// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known about code from outside the code: contexts, effects, regions,
// and the facts about functions and macros that carry no annotation. Made from JSON
// by ModelReader; annotations/models/model.schema.json is the published form
// and annotations/README.md explains it. Free of Clang.

#ifndef AIRLOCK_MODEL_MODEL_H
#define AIRLOCK_MODEL_MODEL_H

#include "support/IdSet.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace airlock {

struct ContextInfo {
  std::string Name;
  std::string Description;
  /// What a fix-it writes to put a function into the context.
  std::string Spelling;
  /// The effect the context guards: chains end at a primitive that has it.
  std::optional<unsigned> Effect;
};

struct EffectInfo {
  std::string Name;
  /// A verb phrase: "reads or writes user memory".
  std::string Description;
  /// The effect that this one is a special case of; never in a circle. What
  /// forbids or promises away the one covers the other.
  std::optional<unsigned> KindOf;
  /// It mends a fault: who does it and tries again needs another way out.
  bool FixesFaults = false;
  /// What a fix-it writes to promise that a function never has it.
  std::string Spelling;
};

/// A stretch of control flow between an opener and a closer.
struct RegionInfo {
  std::string Name;
  /// A clause that goes after "while": "a spinlock is held".
  std::string Description;
  /// What must not happen while it is open.
  EffectSet Forbids;
  /// What does not happen while it is open, whatever the code says: with page
  /// faults disabled a user access fails where it would have slept.
  EffectSet Absorbs;
  /// Opening it twice is two levels, not a mistake.
  bool Nests = true;
  /// Only a function that is inlined may leave it open, or close it for its caller.
  bool Confined = false;
  /// What is called in it must be safe in it (FunctionModel::SafeIn).
  bool RestrictsCalls = false;
  /// Whether opening and closing must match (region-balance).
  bool Balanced = true;
  /// Whether each closing undoes one opening: interrupts are on again however often
  /// they were turned off.
  bool Counted = true;
  /// What it can be opened for: a closer has to be for the same.
  FlavourSet Flavours;
  /// The contexts that code is in while it is open.
  ContextSet Grants;
  /// What a message tells to write on a function that is safe in it.
  std::string Spelling;
  /// The rule that reports what it forbids.
  std::string Rule = "sleep-in-region";
};

/// A name for a bit mask. The unit's own enumerator of that name wins, then
/// the bit that the enumerator Bit numbers, then Value.
struct ConstantInfo {
  uint64_t Value = 0;
  std::string Bit;
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
  Given<ContextSet> NotInContext;
};

/// What an argument must be for the effects of a call to happen.
struct EffectCondition {
  enum Kind : uint8_t { NonZero, Zero, Has, Lacks, Range };
  Kind Is = NonZero;
  /// Counted from 0 here, from 1 in the file (as GCC's attributes count).
  unsigned Parameter = 0;
  /// Of the struct that the argument points to: this field, in place of the argument.
  std::string Field;
  /// Has, Lacks: the name of a constant.
  std::string Constant;
  /// Range: what it is above, and below; one of the two, or both.
  std::optional<int64_t> Above, Below;
  bool operator==(const EffectCondition &O) const {
    return Is == O.Is && Parameter == O.Parameter && Field == O.Field && Constant == O.Constant &&
           Above == O.Above && Below == O.Below;
  }
};

/// What an audit of the model has to say of an entry and that somebody has looked into: for each
/// kind of remark why it is right as it is, or nothing.
struct Decisions {
  std::string Unused, SaysLess, SaysMore, NoParameter;
  bool operator!=(const Decisions &O) const {
    return std::tie(Unused, SaysLess, SaysMore, NoParameter) !=
           std::tie(O.Unused, O.SaysLess, O.SaysMore, O.NoParameter);
  }
};

/// Regions that a call opens or closes if it returns true (Value) or false.
struct ConditionalRegions {
  bool Value = true;
  RegionSet Regions;
  bool operator!=(const ConditionalRegions &O) const {
    return Value != O.Value || Regions != O.Regions;
  }
};

/// A question that code asks at run time: where the answer is Value, it knows
/// that it may do what Lifts says (preemptible(), in_atomic()), and that it is in
/// the contexts of Grants; where it is not Value, that it is outside of those.
struct TestModel {
  bool Value = true;
  EffectSet Lifts;
  ContextSet Grants;
  bool operator!=(const TestModel &O) const {
    return Value != O.Value || Lifts != O.Lifts || Grants != O.Grants;
  }
};

/// What a call does with an address of user memory. Parameters are counted from
/// 0 here, from 1 in the file.
struct UserAccess {
  unsigned Pointer = 0;
  /// How many bytes; without it, as many as what the pointer points to has.
  std::optional<unsigned> Size;
  /// A fetch: where the value goes. An argument of a macro is the place itself.
  std::optional<unsigned> Into;
  /// A store: where the value comes from, in kernel memory.
  std::optional<unsigned> From;
  /// It makes sure of the address by itself, as get_user() does and __get_user()
  /// does not.
  bool Checked = false;
  bool operator!=(const UserAccess &O) const {
    return Pointer != O.Pointer || Size != O.Size || Into != O.Into || From != O.From ||
           Checked != O.Checked;
  }
};

/// A check of an address: passed where the call returns Value.
struct UserCheck {
  unsigned Pointer = 0;
  std::optional<unsigned> Size;
  bool Value = true;
  bool operator!=(const UserCheck &O) const {
    return Pointer != O.Pointer || Size != O.Size || Value != O.Value;
  }
};

/// What a model says about one name: a function, a macro, or both at once
/// (the kernel's user_access_begin is).
struct FunctionModel : QualifierModel {
  Given<EffectSet> Effects;
  /// Its effects happen only where all of these hold.
  Given<std::vector<EffectCondition>> When;
  /// Nor do they in a unit that calls this: what it is called with has been told not to.
  Given<std::string> UnlessCalled;
  /// It is the one that other units define: a static one of its name is not meant.
  Given<bool> External;
  /// The insides are not analysed: what the model says is all there is.
  Given<bool> Opaque;

  Given<RegionSet> Enters, Exits;
  /// Closes them, however often they were opened.
  Given<RegionSet> ExitsAll;
  Given<ConditionalRegions> CondEnters, CondExits;
  /// Closes the regions and returns what they were; opens them again so.
  Given<RegionSet> Saves, Restores;
  /// Opens or closes the region that its argument, a lock or a name, stands
  /// for (Model::LockTypes, Model::LockNames): sparse's markers.
  Given<bool> Acquires, Releases;

  /// May be called where these are open and restrict calls.
  Given<RegionSet> SafeIn;
  /// The promise never to have these effects.
  Given<EffectSet> Never;
  Given<TestModel> Tests;

  // User pointers. The numbers of single parameters are those of the file, from 1.
  Given<UserAccess> Fetches, Stores, Exchanges;
  /// The same within kernel memory: Pointer is where from, Into where to.
  Given<UserAccess> Copies;
  Given<UserCheck> Validates;
  /// What comes after it is not speculated past what came before.
  Given<bool> Barrier;
  /// Must be called with one of these open.
  Given<RegionSet> NeedsOpen;
  /// What a region is opened or closed for, or has to be open for.
  Given<FlavourSet> Flavour;
  /// Returns this argument, made an address of user memory.
  Given<unsigned> Masks;
  /// Makes sure that this argument, an address, is aligned.
  Given<unsigned> Aligns;
  /// Allocates as many bytes as this argument says.
  Given<unsigned> Allocates;
  /// Allocates so many pieces of the size that this argument says.
  Given<unsigned> ElementSize;
  /// Frees this argument: no use of what is in it.
  Given<unsigned> Frees;
  /// Returns a negative error, in a type that sizes have, too.
  Given<bool> Fails;
  /// Asks for a signal, or gives up on one: a way out of a loop.
  Given<bool> HeedsSignals;
  /// The form of it that gives up when the task is killed.
  Given<std::string> Killable;

  /// Why the entry says so, for people.
  Given<std::string> Reason;
  Given<Decisions> Audited;
  /// The key of its entry, if that stands for a family of names.
  std::string Family;

  std::array<const Given<UserAccess> *, 3> accesses() const {
    return {&Fetches, &Stores, &Exchanges};
  }
  bool accessesMemory() const { return Fetches || Stores || Exchanges; }
  /// What it does is worth looking at in those who call it.
  bool accessesUser() const {
    return accessesMemory() || Validates || Barrier || NeedsOpen || Masks || Aligns;
  }
  bool touchesUserPointers() const {
    return accessesUser() || Copies || Allocates || Frees || Fails || HeedsSignals || Killable;
  }

  bool touchesRegions() const {
    return Enters || Exits || ExitsAll || CondEnters || CondExits || Saves || Restores ||
           Acquires || Releases;
  }
};

/// What a model says about a slot: "struct.field", a variable, or
/// "function.parameter".
struct SlotModel {
  /// Functions that are stored there run with these regions open.
  Given<RegionSet> RunsIn;
  /// What a call through it may do, whoever is stored there.
  Given<EffectSet> Effects;
  /// The promise that what is stored there never has these effects.
  Given<EffectSet> Never;
  /// A field that holds the answer of a test.
  Given<TestModel> Tests;
  /// The user pointer that is kept there has been checked, as `__prevalidated`.
  Given<bool> Prevalidated;
  /// Functions that are stored there get this argument checked.
  Given<unsigned> PassesChecked;
  /// Functions that are stored there get this argument as user space has it.
  Given<unsigned> PassesFromUser;
  /// What this argument of theirs points to was copied from user memory.
  Given<unsigned> PassesCopied;
  /// What a function that is stored there leaves open, another one of its table closes.
  Given<bool> HandsOver;
  /// Of a parameter: what is called is in this field of what it points to.
  Given<std::string> Callback;
  /// Translations are kept there that a call with this effect resets.
  Given<std::optional<unsigned>> ResetBy;
  /// User memory says there how much of itself there is: VFIO's `argsz`.
  Given<bool> UserSize;
  /// What is kept there, user space has put there: a register of a system call.
  Given<bool> FromUser;
  /// Why the entry says so, for people.
  Given<std::string> Reason;
  Given<Decisions> Audited;
  /// The key of its entry, if that stands for a family of names.
  std::string Family;
};

struct BuiltinModel;

/// Several models, composed; owns all its strings.
class Model {
public:
  const std::vector<ContextInfo> &contexts() const { return Contexts; }
  const std::vector<EffectInfo> &effects() const { return Effects; }
  const std::vector<RegionInfo> &regions() const { return Regions; }
  /// The contexts that some region grants.
  ContextSet granted() const {
    ContextSet All;
    for (const RegionInfo &R : Regions)
      All |= R.Grants;
    return All;
  }
  const llvm::StringMap<ConstantInfo> &constants() const { return Constants; }
  /// What is known of a function or a macro; null if nothing. Of one that only its file sees,
  /// what is said of that file's is asked for as "file.c:name".
  const FunctionModel *function(llvm::StringRef Name) const;
  /// What is known of a function that is defined in a file and that no other file sees: the
  /// entry for that file's, or else the one of its name.
  const FunctionModel *functionOfFile(llvm::StringRef Name, llvm::StringRef File) const;
  /// The keys of the entries that are for one file's function of that name.
  llvm::ArrayRef<std::string> keysOfFiles(llvm::StringRef Name) const {
    auto Found = OfFiles.find(Name);
    return Found == OfFiles.end() ? llvm::ArrayRef<std::string>() : llvm::ArrayRef(Found->second);
  }
  /// Every name that function() knows, in no order.
  void forEachFunctionName(llvm::function_ref<void(llvm::StringRef)> Visit) const;
  /// Among them, all that access or check user memory, or keep speculation from it.
  void forEachUserName(llvm::function_ref<void(llvm::StringRef)> Visit) const;
  /// The functions with a qualifier are among these.
  const llvm::StringMap<FunctionModel> &readFunctions() const { return Functions; }
  /// What is known of a slot, by the key of its entry; null if nothing.
  const SlotModel *slot(llvm::StringRef Key) const;
  void forEachSlotName(llvm::function_ref<void(llvm::StringRef)> Visit) const;
  /// The slots that test, that are reset, that hold a callback, those with a promise and those that
  /// pass what is checked are among these.
  const llvm::StringMap<SlotModel> &readSlots() const { return Slots; }

  const std::vector<std::string> &flavours() const { return Flavours; }

  std::optional<unsigned> findContext(llvm::StringRef Name) const;
  std::optional<unsigned> findEffect(llvm::StringRef Name) const;
  std::optional<unsigned> findRegion(llvm::StringRef Name) const;
  std::optional<unsigned> findFlavour(llvm::StringRef Name) const;
  /// "'read' and 'write'", for messages.
  std::string namesOf(FlavourSet Set) const;
  /// "'a', 'b'": the names of a set, for messages.
  std::string names(ContextSet Set) const;
  /// The set, and every effect that is a kind of one in it, however remotely.
  EffectSet withKinds(EffectSet Set) const;

  /// The models in the order they were loaded, built-in names or paths.
  std::vector<llvm::StringRef> loaded() const {
    std::vector<llvm::StringRef> Names;
    Names.reserve(Loaded.size());
    for (const LoadedModel &One : Loaded)
      Names.push_back(One.Path);
    return Names;
  }
  /// The name that a loaded model gives itself, by which Given::Origin calls it; empty if none
  /// was loaded from there.
  llvm::StringRef nameOfLoaded(llvm::StringRef Path) const {
    for (const LoadedModel &One : Loaded)
      if (One.Path == Path)
        return One.Name;
    return "";
  }
  /// What the model of that name has decided of all its entries; null if nothing.
  const Decisions *decidedBy(llvm::StringRef ModelName) const {
    auto Found = Audited.find(ModelName);
    return Found == Audited.end() ? nullptr : &Found->second;
  }
  /// Depends on every byte of every model; ids of two models with the same
  /// fingerprint mean the same.
  uint64_t fingerprint() const { return Fingerprint; }

  /// Spellings of other code bases that mean a qualifier: the string of
  /// annotate("…"), the string of btf_type_tag("…"), the name of a macro.
  llvm::StringMap<QualifierModel> Annotate, TypeTag, Macro;

  /// What `__acquires(x)` opens: by the type of x ("spinlock_t", "struct
  /// mutex"), or by its text where it is only a name ("RCU").
  llvm::StringMap<Given<RegionSet>> LockTypes, LockNames;

private:
  friend class ModelFile; // the reader of one file
  friend class ModelReader;

  std::vector<ContextInfo> Contexts;
  std::vector<EffectInfo> Effects;
  std::vector<RegionInfo> Regions;
  std::vector<std::string> Flavours;
  llvm::StringMap<ConstantInfo> Constants;
  /// Those of built-in models are read when somebody asks; what was read, or stands in a file,
  /// is here.
  mutable llvm::StringMap<FunctionModel> Functions;
  mutable llvm::StringMap<SlotModel> Slots;
  std::vector<const BuiltinModel *> Builtins;
  /// By name: the entries that are for one file's function.
  llvm::StringMap<std::vector<std::string>> OfFiles;
  llvm::StringMap<Decisions> Audited;
  struct LoadedModel {
    std::string Name, Path;
  };
  std::vector<LoadedModel> Loaded;
  uint64_t Fingerprint = 0;
};

} // namespace airlock

#endif
