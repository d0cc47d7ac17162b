// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The model format as tables: the keys of each kind of entry and the members
// of Model that they fill. Private to ModelFile.

#ifndef AIRLOCK_MODEL_MODELFORMAT_H
#define AIRLOCK_MODEL_MODELFORMAT_H

#include "model/FileFunction.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <tuple>

namespace airlock::format {

inline constexpr int FormatVersion = 1;
inline constexpr unsigned MaxParameter = 64;
inline constexpr size_t MaxConditions = 8;

inline bool isIdentifier(llvm::StringRef Name) {
  return !Name.empty() && !llvm::isDigit(Name.front()) &&
         llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

inline bool isSlot(llvm::StringRef Name) {
  auto [Owner, Part] = Name.split('.');
  if (Owner == "*") // the fields of that name, of whatever struct
    return isIdentifier(Part);
  return isIdentifier(Owner) && (Owner == Name || isIdentifier(Part));
}

inline bool isLockType(llvm::StringRef Name) {
  Name.consume_front("struct ");
  return isIdentifier(Name);
}

/// A function, of whatever file or of one.
inline bool isFunction(llvm::StringRef Name) {
  if (!isOfFile(Name))
    return isIdentifier(Name);
  auto [File, Function] = splitOfFile(Name);
  return isIdentifier(Function) && (File.ends_with(".c") || File.ends_with(".h")) &&
         !File.starts_with("/") && !File.contains(':');
}

/// What the keys of a section look like, once a family (NameFamily.h) is taken apart.
struct KeyForm {
  bool (*Fits)(llvm::StringRef Name);
  const char *Otherwise;
  bool MayBeFamily = false;
};
inline constexpr KeyForm Identifier{isIdentifier, "is not a C identifier"};
inline constexpr KeyForm Function{isFunction, "is not a function: 'name' or 'file.c:name'", true};
inline constexpr KeyForm Slot{
    isSlot, "is not a slot: 'struct.field', '*.field', a variable or 'function.parameter'", true};
inline constexpr KeyForm LockType{isLockType,
                                  "is not a type: 'struct NAME' or the name of a typedef"};
inline constexpr KeyForm Mark{[](llvm::StringRef) { return true; }, ""};

inline constexpr llvm::StringLiteral RegionRules[] = {"sleep-in-region", "notifier-context"};

/// A key of an entry, and the member that it fills: the tables below are the
/// format. How a value is read follows from the member's type.
template <typename Owner, typename T> struct Member {
  const char *Key;
  T Owner::*Place;
  bool Required;
  constexpr Member(const char *Key, T Owner::*Place, bool Required = false)
      : Key(Key), Place(Place), Required(Required) {}
};
inline constexpr bool Required = true;

inline constexpr std::tuple ContextKeys{Member("description", &ContextInfo::Description),
                                        Member("spelling", &ContextInfo::Spelling),
                                        Member("effect", &ContextInfo::Effect)};

inline constexpr std::tuple EffectKeys{Member("description", &EffectInfo::Description, Required),
                                       Member("kind_of", &EffectInfo::KindOf),
                                       Member("fixes_faults", &EffectInfo::FixesFaults),
                                       Member("spelling", &EffectInfo::Spelling)};

inline constexpr std::tuple RegionKeys{Member("description", &RegionInfo::Description, Required),
                                       Member("forbids", &RegionInfo::Forbids),
                                       Member("absorbs", &RegionInfo::Absorbs),
                                       Member("nests", &RegionInfo::Nests),
                                       Member("confined", &RegionInfo::Confined),
                                       Member("restricts_calls", &RegionInfo::RestrictsCalls),
                                       Member("balanced", &RegionInfo::Balanced),
                                       Member("counted", &RegionInfo::Counted),
                                       Member("flavours", &RegionInfo::Flavours),
                                       Member("grants", &RegionInfo::Grants),
                                       Member("spelling", &RegionInfo::Spelling),
                                       Member("rule", &RegionInfo::Rule)};

inline constexpr std::tuple ConstantKeys{Member("value", &ConstantInfo::Value, Required),
                                         Member("bit", &ConstantInfo::Bit)};

inline constexpr std::tuple FunctionKeys{Member("in_context", &FunctionModel::InContext),
                                         Member("context_entry", &FunctionModel::ContextEntry),
                                         Member("not_in_context", &FunctionModel::NotInContext),
                                         Member("effects", &FunctionModel::Effects),
                                         Member("when", &FunctionModel::When),
                                         Member("unless_called", &FunctionModel::UnlessCalled),
                                         Member("external", &FunctionModel::External),
                                         Member("opaque", &FunctionModel::Opaque),
                                         Member("enters", &FunctionModel::Enters),
                                         Member("exits", &FunctionModel::Exits),
                                         Member("exits_all", &FunctionModel::ExitsAll),
                                         Member("cond_enters", &FunctionModel::CondEnters),
                                         Member("cond_exits", &FunctionModel::CondExits),
                                         Member("saves", &FunctionModel::Saves),
                                         Member("restores", &FunctionModel::Restores),
                                         Member("acquires", &FunctionModel::Acquires),
                                         Member("releases", &FunctionModel::Releases),
                                         Member("safe_in", &FunctionModel::SafeIn),
                                         Member("never", &FunctionModel::Never),
                                         Member("tests", &FunctionModel::Tests),
                                         Member("fetches", &FunctionModel::Fetches),
                                         Member("stores", &FunctionModel::Stores),
                                         Member("exchanges", &FunctionModel::Exchanges),
                                         Member("copies", &FunctionModel::Copies),
                                         Member("validates", &FunctionModel::Validates),
                                         Member("barrier", &FunctionModel::Barrier),
                                         Member("needs_open", &FunctionModel::NeedsOpen),
                                         Member("flavour", &FunctionModel::Flavour),
                                         Member("masks", &FunctionModel::Masks),
                                         Member("aligns", &FunctionModel::Aligns),
                                         Member("allocates", &FunctionModel::Allocates),
                                         Member("element_size", &FunctionModel::ElementSize),
                                         Member("frees", &FunctionModel::Frees),
                                         Member("fails", &FunctionModel::Fails),
                                         Member("heeds_signals", &FunctionModel::HeedsSignals),
                                         Member("killable", &FunctionModel::Killable),
                                         Member("reason", &FunctionModel::Reason),
                                         Member("audited", &FunctionModel::Audited)};

inline constexpr std::tuple SlotKeys{Member("runs_in", &SlotModel::RunsIn),
                                     Member("effects", &SlotModel::Effects),
                                     Member("never", &SlotModel::Never),
                                     Member("tests", &SlotModel::Tests),
                                     Member("prevalidated", &SlotModel::Prevalidated),
                                     Member("passes_checked", &SlotModel::PassesChecked),
                                     Member("passes_from_user", &SlotModel::PassesFromUser),
                                     Member("passes_copied", &SlotModel::PassesCopied),
                                     Member("hands_over", &SlotModel::HandsOver),
                                     Member("callback", &SlotModel::Callback),
                                     Member("reset_by", &SlotModel::ResetBy),
                                     Member("user_size", &SlotModel::UserSize),
                                     Member("from_user", &SlotModel::FromUser),
                                     Member("reason", &SlotModel::Reason),
                                     Member("audited", &SlotModel::Audited)};

/// By the names that an audit calls its remarks.
inline constexpr std::tuple DecisionKeys{
    Member("unused", &Decisions::Unused), Member("says-less", &Decisions::SaysLess),
    Member("says-more", &Decisions::SaysMore), Member("no-parameter", &Decisions::NoParameter)};

/// UserAccess and UserCheck as the file spells them.
struct WrittenAccess {
  unsigned Pointer = 0, Size = 0, Into = 0, From = 0;
  bool Checked = false, Value = true;
};
inline constexpr std::tuple FetchKeys{
    Member("pointer", &WrittenAccess::Pointer, Required), Member("size", &WrittenAccess::Size),
    Member("into", &WrittenAccess::Into), Member("from", &WrittenAccess::From),
    Member("checked", &WrittenAccess::Checked)};
inline constexpr std::tuple CheckKeys{Member("pointer", &WrittenAccess::Pointer, Required),
                                      Member("size", &WrittenAccess::Size),
                                      Member("value", &WrittenAccess::Value)};

inline constexpr std::tuple QualifierKeys{Member("in_context", &QualifierModel::InContext),
                                          Member("context_entry", &QualifierModel::ContextEntry),
                                          Member("not_in_context", &QualifierModel::NotInContext)};
// Who calls whom is a matter of declarations: a type enters nothing.
inline constexpr std::tuple TagKeys{Member("in_context", &QualifierModel::InContext)};

inline constexpr std::tuple ConditionalKeys{
    Member("value", &ConditionalRegions::Value, Required),
    Member("regions", &ConditionalRegions::Regions, Required)};

inline constexpr std::tuple TestKeys{Member("value", &TestModel::Value, Required),
                                     Member("lifts", &TestModel::Lifts),
                                     Member("grants", &TestModel::Grants)};

/// An EffectCondition as the file spells it.
struct WrittenCondition {
  unsigned Parameter = 0;
  std::string Field;
  bool Is = false;
  std::string Has, Lacks;
  int64_t Above = 0, Below = 0;
};
inline constexpr std::tuple ConditionKeys{
    Member("parameter", &WrittenCondition::Parameter, Required),
    Member("field", &WrittenCondition::Field),
    Member("is", &WrittenCondition::Is),
    Member("has", &WrittenCondition::Has),
    Member("lacks", &WrittenCondition::Lacks),
    Member("above", &WrittenCondition::Above),
    Member("below", &WrittenCondition::Below)};

} // namespace airlock::format

#endif
