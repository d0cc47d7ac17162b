// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/ModelFile.h"
#include "model/ModelSource.h"
#include "model/NameFamily.h"
#include "support/Spelling.h"
#include "llvm/Support/FileSystem.h"

using nlohmann::json;

namespace airlock {

using namespace format;

namespace {

/// Lower-case words, joined by '-' or '_'.
bool isModelName(llvm::StringRef Name) {
  bool AfterJoin = true;
  for (char C : Name) {
    bool Join = C == '-' || C == '_';
    if (!Join && !llvm::isDigit(C) && !(C >= 'a' && C <= 'z'))
      return false;
    if (Join && AfterJoin)
      return false;
    AfterJoin = Join;
  }
  return !AfterJoin && !llvm::isDigit(Name.front());
}

/// "; did you mean 'x'?"
template <typename Names> std::string nearest(llvm::StringRef Wrong, const Names &Known) {
  NearestName Nearest(Wrong);
  for (const auto &Name : Known)
    Nearest.consider(Name);
  return Nearest.question();
}

template <typename Info> std::vector<llvm::StringRef> namesOf(const std::vector<Info> &Rows) {
  std::vector<llvm::StringRef> Names;
  Names.reserve(Rows.size());
  for (const Info &Row : Rows)
    Names.push_back(Row.Name);
  return Names;
}
const std::vector<std::string> &namesOf(const std::vector<std::string> &Names) { return Names; }

/// A new value of the kind that a member holds.
template <typename T> T makeValue(const T & /*Place*/) { return T(); }
template <typename T> T makeValue(const Given<T> & /*Place*/) { return T(); }

} // namespace

bool ModelFile::checkKeys(const json &Object, const std::string &Path,
                          std::initializer_list<llvm::StringRef> Known) {
  if (!Object.is_object())
    return fail(Path, "expected an object");
  bool Good = true;
  for (const auto &Item : Object.items())
    if (!llvm::is_contained(Known, Item.key()))
      Good = fail(Path.empty() ? Item.key() : Path + "." + Item.key(),
                  "unknown key" + nearest(Item.key(), Known));
  return Good;
}

/// Calls ReadEntry(name, entry, path) for what stands in the section at Path,
/// whose last word is its key in Parent; once for each name of a family.
template <typename Fn>
bool ModelFile::readEntries(const json &Parent, const std::string &Path, const KeyForm &Form,
                            Fn ReadEntry) {
  auto Section = Parent.find(Path.substr(Path.rfind('.') + 1));
  if (Section == Parent.end())
    return true;
  if (!Section->is_object())
    return fail(Path, "expected an object");
  bool Good = true;
  FamilyNames Said;
  for (const auto &Item : Section->items()) {
    const std::string &Key = Item.key();
    std::string Here = (llvm::Twine(Path) + "." + Key).str();
    std::string Wrong;
    std::vector<std::string> Names =
        Form.MayBeFamily ? namesOfFamily(Key, Wrong) : std::vector<std::string>{Key};
    for (const std::string &Name : Names)
      if (Wrong.empty() && !Form.Fits(Name))
        Wrong = Form.Otherwise;
      else if (Form.MayBeFamily && Wrong.empty())
        Wrong = Said.add(Name, Key);
    if (!Wrong.empty())
      Good = fail(Here, inQuotes(Key) + " " + Wrong);
    else if (Item.value().is_object() && Item.value().empty())
      Good = fail(Here, "says nothing");
    else // what is wrong in it is wrong of one name as of the others
      Good &= llvm::all_of(
          Names, [&](const std::string &Name) { return ReadEntry(Name, Item.value(), Here); });
  }
  return Good;
}

/// Calls ReadMember(member, value, path) for each key of an entry.
template <typename Keys, typename Fn>
bool ModelFile::readMembers(const json &Entry, const std::string &Path, const Keys &Known,
                            Fn ReadMember) {
  if (!Entry.is_object())
    return fail(Path, "expected an object");
  bool Good = true;
  for (const auto &Item : Entry.items()) {
    std::string Here = Path + "." + Item.key();
    bool Found = false;
    auto Try = [&](const auto &M) {
      if (Item.key() == M.Key) {
        Found = true;
        Good &= ReadMember(M, Item.value(), Here);
      }
    };
    std::apply([&](const auto &...M) { (Try(M), ...); }, Known);
    auto KeysAsWritten = [](const auto &...M) {
      return std::array<llvm::StringRef, sizeof...(M)>{M.Key...};
    };
    if (!Found)
      Good = fail(Here, "unknown key" + nearest(Item.key(), std::apply(KeysAsWritten, Known)));
  }
  auto Check = [&](const auto &M) {
    return !M.Required || Entry.contains(M.Key) || fail(Path + "." + M.Key, "missing");
  };
  return std::apply([&](const auto &...M) { return (Check(M) & ...); }, Known) && Good;
}

/// Reads an object that is one value.
template <typename Keys, typename T>
bool ModelFile::readObject(const json &Entry, const std::string &Path, const Keys &Known, T &Into) {
  return readMembers(Entry, Path, Known,
                     [&](const auto &M, const json &V, const std::string &Here) {
                       return readValue(V, Here, Into.*M.Place);
                     });
}

/// Reads an entry over what earlier models said of the same name, key by key.
template <typename Keys, typename T>
bool ModelFile::readOver(const std::string &Name, const json &Entry, const std::string &Path,
                         const Keys &Known, T &Into) {
  return readMembers(Entry, Path, Known,
                     [&](const auto &M, const json &V, const std::string &Here) {
                       auto Value = makeValue(Into.*M.Place);
                       if (!readValue(V, Here, Value))
                         return false;
                       give(Name, M.Key, Here, Into.*M.Place, std::move(Value));
                       return true;
                     });
}

/// The row of that name, a new one if there is none.
template <typename Info>
Info *ModelFile::declare(std::vector<Info> &Rows, const std::string &Name, const std::string &Path,
                         llvm::StringRef What) {
  auto Known = llvm::find_if(Rows, [&](const Info &Row) { return Row.Name == Name; });
  if (Known != Rows.end())
    return &*Known;
  constexpr unsigned Max = EffectSet::MaxIds;
  if (Rows.size() == Max) {
    fail(Path, "too many " + What + "; at most " + llvm::Twine(Max));
    return nullptr;
  }
  Rows.emplace_back();
  Rows.back().Name = Name;
  return &Rows.back();
}

bool ModelFile::read() {
  if (!Root.is_object())
    return fail("", "expected an object");
  if (Root.contains("part_of"))
    return fail("part_of", "this is a part of a model: name the model that it is a part of");
  auto Version = Root.find("airlock_model");
  if (Version == Root.end())
    return fail("airlock_model", "missing: this is not an Airlock model");
  if (!Version->is_number() || *Version != FormatVersion)
    return fail("airlock_model", "this Airlock reads version " + llvm::Twine(FormatVersion));
  bool Good = checkKeys(Root, "",
                        {"$schema", "$comment", "airlock_model", "name", "description", "extends",
                         "audited", "constants", "contexts", "effects", "functions", "lock_names",
                         "lock_types", "regions", "slots", "spellings"});
  std::string Description;
  for (auto [Key, Into] : {std::pair("name", &ModelName), std::pair("description", &Description)})
    if (Root.contains(Key) && !readValue(Root[Key], Key, *Into))
      return false;
  for (const char *Key : {"$schema", "$comment"})
    if (Root.contains(Key) && !Root[Key].is_string())
      Good = fail(Key, "expected a string");
  if (!isModelName(ModelName))
    return fail("name", ModelName.empty() ? "missing" : "expected lower-case words joined by '-'");
  for (const Model::LoadedModel &Other : Out.Loaded) {
    if (Other.Name != ModelName)
      continue;
    if (Other.Path == Path ||
        (Other.Path != Other.Name && llvm::sys::fs::equivalent(Other.Path, Path)))
      return true; // named twice, or extended by several: once is enough
    return fail("name", "a model of that name is loaded from " + inQuotes(Other.Path));
  }
  Out.Loaded.push_back({ModelName, Path.str()});

  auto By = [this](auto Method) {
    return [this, Method](const auto &...Args) { return (this->*Method)(Args...); };
  };
  // What others name comes first, whatever the order in the file.
  if (!readExtends())
    return false; // nothing that it says of theirs could be judged
  Reader->Description = Description;
  Good &= readEffects();
  Good &= readEntries(Root, "constants", Identifier, By(&ModelFile::readConstant));
  Good &= readEntries(Root, "contexts", Identifier, By(&ModelFile::readContext));
  Good &= readEntries(Root, "regions", Identifier, By(&ModelFile::readRegion));
  Good &= readEntries(Root, "functions", Function, By(&ModelFile::readFunction));
  Good &= readEntries(Root, "slots", Slot, By(&ModelFile::readSlot));
  Good &= readLocks("lock_types", LockType, Out.LockTypes);
  Good &= readLocks("lock_names", Identifier, Out.LockNames);
  Good &= readSpellings();
  if (auto Decided = Root.find("audited"); Decided != Root.end())
    Good &= readValue(*Decided, "audited", Out.Audited[ModelName]);
  return Good;
}

bool ModelFile::readExtends() {
  auto Found = Root.find("extends");
  if (Found == Root.end())
    return true;
  if (!Found->is_array())
    return fail("extends", "expected an array of model names");
  for (size_t I = 0; I < Found->size(); ++I) {
    const json &Name = (*Found)[I];
    std::string Path = "extends[" + std::to_string(I) + "]";
    if (!Name.is_string())
      return fail(Path, "expected the name of a built-in model");
    const auto &Text = Name.get_ref<const std::string &>();
    if (llvm::count(*Found, Name) > 1)
      return fail(Path, inQuotes(Text) + " is given twice");
    std::string Extended = this->extended(Text, Path);
    if (Extended.empty())
      return false;
    if (llvm::Error E = Reader->add(Extended)) {
      NestedProblem = llvm::toString(std::move(E));
      return false;
    }
  }
  return true;
}

/// The built-in model, or the file, that a model names; empty if it is no good.
std::string ModelFile::extended(const std::string &Name, const std::string &Where) {
  const bool IsFile = llvm::StringRef(Name).ends_with(".json");
  if (!IsFile && !llvm::is_contained(ModelReader::builtinNames(), Name)) {
    fail(Where, "no built-in model is named " + inQuotes(Name) +
                    nearest(Name, ModelReader::builtinNames()));
    return "";
  }
  if (!IsFile)
    return Name;
  std::string File = besideModel(Path, Name);
  for (const std::string &Open : Reader->Open)
    if (llvm::sys::fs::equivalent(Open, File)) {
      fail(Where, inQuotes(Name) + " extends this model, or is this model");
      return "";
    }
  return File;
}

bool ModelFile::readEffects() {
  // All names first: an effect may be a kind of one that stands below it.
  auto Declare = [&](const std::string &Name, const json &, const std::string &Path) {
    return declare(Out.Effects, Name, Path, "effects") != nullptr;
  };
  auto Read = [&](const std::string &Name, const json &Entry, const std::string &Path) {
    EffectInfo &Info = Out.Effects[*Out.findEffect(Name)];
    return readOver(Name, Entry, Path, EffectKeys, Info) &&
           readSpelling("__never(" + Name + ")", Path, Info.Spelling);
  };
  auto CheckKinds = [&](const std::string &Name, const json &, const std::string &Path) {
    unsigned Id = *Out.findEffect(Name);
    std::optional<unsigned> Up = Out.Effects[Id].KindOf;
    // Another effect's circle would have no end: that one reports it.
    for (size_t Steps = 0; Up && Steps < Out.Effects.size(); ++Steps) {
      if (*Up == Id) {
        Out.Effects[Id].KindOf.reset(); // one report a circle
        return fail(Path + ".kind_of", inQuotes(Name) + " is a kind of itself");
      }
      Up = Out.Effects[*Up].KindOf;
    }
    return true;
  };
  return readEntries(Root, "effects", Identifier, Declare) &&
         readEntries(Root, "effects", Identifier, Read) &&
         readEntries(Root, "effects", Identifier, CheckKinds);
}

bool ModelFile::readContext(const std::string &Name, const json &Entry, const std::string &Path) {
  ContextInfo *Info = declare(Out.Contexts, Name, Path, "contexts");
  return Info && readOver(Name, Entry, Path, ContextKeys, *Info) &&
         readSpelling("__in_context(" + Name + ")", Path, Info->Spelling);
}

/// Of what was read, or else the one of airlock.h.
bool ModelFile::readSpelling(const std::string &Otherwise, const std::string &Path,
                             std::string &Spelling) {
  if (Spelling.empty())
    Spelling = Otherwise;
  llvm::StringRef Text = Spelling;
  llvm::StringRef Macro = Text.take_until([](char C) { return C == '('; });
  if (!isIdentifier(Macro) || (Macro != Text && Text.back() != ')'))
    return fail(Path + ".spelling", "expected a macro's name, with or without arguments");
  return true;
}

bool ModelFile::readRegion(const std::string &Name, const json &Entry, const std::string &Path) {
  RegionInfo *Info = declare(Out.Regions, Name, Path, "regions");
  if (!Info || !declareFlavours(Entry, Path) || !readOver(Name, Entry, Path, RegionKeys, *Info))
    return false;
  if (!llvm::is_contained(RegionRules, Info->Rule))
    return fail(Path + ".rule",
                "unknown rule " + inQuotes(Info->Rule) + nearest(Info->Rule, RegionRules));
  return readSpelling("__safe_in(" + Name + ")", Path, Info->Spelling);
}

/// A region that has flavours names them.
bool ModelFile::declareFlavours(const json &Entry, const std::string &Path) {
  if (!Entry.is_object() || !Entry.contains("flavours") || !Entry["flavours"].is_array())
    return true; // complained about where it is read
  for (const json &Each : Entry["flavours"]) {
    if (!Each.is_string() || Out.findFlavour(Each.get_ref<const std::string &>()))
      continue;
    if (Out.Flavours.size() == FlavourSet::MaxIds)
      return fail(Path + ".flavours",
                  "too many flavours; at most " + llvm::Twine(FlavourSet::MaxIds));
    if (!isIdentifier(Each.get_ref<const std::string &>()))
      return fail(Path + ".flavours",
                  inQuotes(Each.get_ref<const std::string &>()) + " " + Identifier.Otherwise);
    Out.Flavours.push_back(Each.get_ref<const std::string &>());
  }
  return true;
}

bool ModelFile::readConstant(const std::string &Name, const json &Entry, const std::string &Path) {
  ConstantInfo &Info = Out.Constants[Name];
  if (!readOver(Name, Entry, Path, ConstantKeys, Info))
    return false;
  if (!Info.Bit.empty() && !isIdentifier(Info.Bit))
    return fail(Path + ".bit", inQuotes(Info.Bit) + " " + Identifier.Otherwise);
  return true;
}

/// The key of an entry if that stands for a family: what comes after the section in its path.
static std::string familyAt(llvm::StringRef Path) {
  llvm::StringRef Key = Path.split('.').second;
  return isFamily(Key) ? Key.str() : "";
}

bool ModelFile::readFunction(const std::string &Name, const json &Entry, const std::string &Path) {
  Out.function(Name); // what a built-in model says comes first
  auto [Known, IsNew] = Out.Functions.try_emplace(Name);
  FunctionModel &Into = Known->second;
  if (IsNew && isOfFile(Name))
    Out.OfFiles[functionOf(Name)].push_back(Name);
  Into.Family = familyAt(Path);
  return readOver(Name, Entry, Path, FunctionKeys, Into) && reconcile(Name, Entry, Path, Into);
}

bool ModelFile::readSlot(const std::string &Name, const json &Entry, const std::string &Path) {
  Out.slot(Name); // what a built-in model says comes first
  SlotModel &Into = Out.Slots[Name];
  Into.Family = familyAt(Path);
  return readOver(Name, Entry, Path, SlotKeys, Into);
}

bool ModelFile::readLocks(const char *Section, const KeyForm &Form,
                          llvm::StringMap<Given<RegionSet>> &Into) {
  return readEntries(Root, Section, Form,
                     [&](const std::string &Name, const json &Entry, const std::string &Path) {
                       RegionSet Regions;
                       if (!readValue(Entry, Path, Regions))
                         return false;
                       give(Section, Name, Path, Into[Name], Regions);
                       return true;
                     });
}

bool ModelFile::readSpellings() {
  auto Spellings = Root.find("spellings");
  if (Spellings == Root.end())
    return true;
  auto ReadInto = [&](llvm::StringMap<QualifierModel> &Table, const auto &Keys) {
    return [&](const std::string &Name, const json &Entry, const std::string &Path) {
      if (Name.empty())
        return fail(Path, "a mark has a name");
      QualifierModel &Into = Table[Name];
      return readOver(Name, Entry, Path, Keys, Into) && reconcile(Name, Entry, Path, Into);
    };
  };
  if (!Spellings->is_object())
    return fail("spellings", "expected an object");
  bool Good = checkKeys(*Spellings, "spellings", {"annotate", "btf_type_tag", "macro"});
  Good &=
      readEntries(*Spellings, "spellings.annotate", Mark, ReadInto(Out.Annotate, QualifierKeys));
  Good &= readEntries(*Spellings, "spellings.btf_type_tag", Mark, ReadInto(Out.TypeTag, TagKeys));
  Good &=
      readEntries(*Spellings, "spellings.macro", Identifier, ReadInto(Out.Macro, QualifierKeys));
  return Good;
}

/// Nobody may call what needs a context from outside, anyone may call its entry, and what is
/// not for a context nobody in it: of one context, only one of the three is true.
bool ModelFile::reconcile(const std::string &Name, const json &Entry, const std::string &Path,
                          QualifierModel &Into) {
  struct Claim {
    const char *Key, *Says, *AndSays;
    Given<ContextSet> &Is;
  };
  const Claim All[] = {
      {"in_context", "needs context ", "", Into.InContext},
      {"context_entry", "is an entry of context ", " and is its entry", Into.ContextEntry},
      {"not_in_context", "", " and must not be called in it", Into.NotInContext}};
  for (const Claim &A : All)
    for (const Claim &B : llvm::drop_begin(All, &A - All + 1)) {
      ContextSet Both = A.Is.Value & B.Is.Value;
      if (Both.empty())
        continue;
      bool SaysA = Entry.contains(A.Key), SaysB = Entry.contains(B.Key);
      if (SaysA && SaysB)
        return fail(Path, A.Says + Out.names(Both) + B.AndSays);
      const Claim &Earlier = SaysA ? B : A;
      contradict(Name, Earlier.Key, Earlier.Is.Origin);
      Earlier.Is.Value = Earlier.Is.Value - Both;
    }
  return true;
}

bool ModelFile::readValue(const json &V, const std::string &Path, std::string &Into) {
  if (!V.is_string() || V.get_ref<const std::string &>().empty())
    return fail(Path, "expected a non-empty string");
  Into = V.get_ref<const std::string &>();
  return true;
}

bool ModelFile::readValue(const json &V, const std::string &Path, bool &Into) {
  if (!V.is_boolean())
    return fail(Path, "expected true or false");
  Into = V.get<bool>();
  return true;
}

bool ModelFile::readValue(const json &V, const std::string &Path, uint64_t &Into) {
  if (!V.is_number_unsigned())
    return fail(Path, "expected a whole number of at most 64 bits");
  Into = V.get<uint64_t>();
  return true;
}

bool ModelFile::readValue(const json &V, const std::string &Path, int64_t &Into) {
  if (!V.is_number_integer() || (V.is_number_unsigned() && V.get<uint64_t>() > INT64_MAX))
    return fail(Path, "expected a whole number of at most 64 bits");
  Into = V.get<int64_t>();
  return true;
}

bool ModelFile::readValue(const json &V, const std::string &Path, Decisions &Into) {
  if (!readObject(V, Path, DecisionKeys, Into))
    return false;
  return !V.empty() || fail(Path, "says nothing");
}

bool ModelFile::readValue(const json &V, const std::string &Path, unsigned &Into) {
  if (!V.is_number_unsigned() || V < 1 || V > MaxParameter)
    return fail(Path, "expected a number from 1 to " + llvm::Twine(MaxParameter));
  Into = V.get<unsigned>();
  return true;
}

bool ModelFile::readValue(const json &V, const std::string &Path, std::optional<unsigned> &Into) {
  std::string Name;
  if (!readValue(V, Path, Name))
    return false;
  Into = Out.findEffect(Name);
  return Into ||
         fail(Path, "unknown effect " + inQuotes(Name) + nearest(Name, namesOf(Out.Effects)));
}

bool ModelFile::readValue(const json &V, const std::string &Path, ConditionalRegions &Into) {
  return readObject(V, Path, ConditionalKeys, Into);
}

bool ModelFile::readValue(const json &V, const std::string &Path, TestModel &Into) {
  if (!readObject(V, Path, TestKeys, Into))
    return false;
  return V.contains("lifts") || V.contains("grants") || fail(Path + ".lifts", "missing");
}

/// A parameter that need not be given.
static std::optional<unsigned> fromZero(unsigned Parameter) {
  return Parameter ? std::optional(Parameter - 1) : std::nullopt;
}

bool ModelFile::readValue(const json &V, const std::string &Path, UserAccess &Into) {
  WrittenAccess W;
  if (!readObject(V, Path, FetchKeys, W))
    return false;
  Into = {W.Pointer - 1, fromZero(W.Size), fromZero(W.Into), fromZero(W.From), W.Checked};
  return true;
}

bool ModelFile::readValue(const json &V, const std::string &Path, UserCheck &Into) {
  WrittenAccess W;
  if (!readObject(V, Path, CheckKeys, W))
    return false;
  Into = {W.Pointer - 1, fromZero(W.Size), W.Value};
  return true;
}

bool ModelFile::readValue(const json &V, const std::string &Path, EffectCondition &Into) {
  WrittenCondition W;
  if (!readObject(V, Path, ConditionKeys, W))
    return false;
  const bool Is = V.contains("is"), Has = V.contains("has"), Lacks = V.contains("lacks"),
             Above = V.contains("above"), Below = V.contains("below");
  if (Is + Has + Lacks + (Above || Below) != 1)
    return fail(Path, "expected one of 'is', 'has', 'lacks', and 'above' or 'below' or both");
  Into.Parameter = W.Parameter - 1;
  Into.Field = W.Field;
  if (!W.Field.empty() && !isIdentifier(W.Field))
    return fail(Path + ".field", inQuotes(W.Field) + " " + Identifier.Otherwise);
  if (Above || Below) {
    Into.Is = EffectCondition::Range;
    if (Above)
      Into.Above = W.Above;
    if (Below)
      Into.Below = W.Below;
    // The numbers strictly between the two.
    if (Above && Below && (W.Above >= W.Below || W.Above == W.Below - 1))
      return fail(Path, "no number is above " + llvm::Twine(W.Above) + " and below " +
                            llvm::Twine(W.Below));
    return true;
  }
  if (Is) {
    Into.Is = W.Is ? EffectCondition::NonZero : EffectCondition::Zero;
    return true;
  }
  Into.Is = Has ? EffectCondition::Has : EffectCondition::Lacks;
  Into.Constant = Has ? W.Has : W.Lacks;
  if (!Out.Constants.contains(Into.Constant))
    return fail(Path + (Has ? ".has" : ".lacks"), "unknown constant " + inQuotes(Into.Constant) +
                                                      nearest(Into.Constant, Out.Constants.keys()));
  return true;
}

/// One condition, or several that all have to hold.
bool ModelFile::readValue(const json &V, const std::string &Path,
                          std::vector<EffectCondition> &Into) {
  if (!V.is_array())
    return readValue(V, Path, Into.emplace_back());
  if (V.empty() || V.size() > MaxConditions)
    return fail(Path, "expected 1 to " + llvm::Twine(MaxConditions) + " conditions");
  bool Good = true;
  for (size_t I = 0; I < V.size(); ++I)
    Good &= readValue(V[I], Path + "[" + std::to_string(I) + "]", Into.emplace_back());
  return Good;
}

template <typename Set, typename Info>
bool ModelFile::readNames(const json &List, const std::string &Path, llvm::StringRef What,
                          std::optional<unsigned> (Model::*Find)(llvm::StringRef) const,
                          const std::vector<Info> &Known, Set &Into) {
  if (!List.is_array())
    return fail(Path, "expected an array of " + What + " names");
  bool Good = true;
  for (size_t I = 0; I < List.size(); ++I) {
    std::string Here = Path + "[" + std::to_string(I) + "]";
    if (!List[I].is_string()) {
      Good =
          fail(Here, "expected the name of " + llvm::Twine(What == "effect" ? "an " : "a ") + What);
      continue;
    }
    const auto &Name = List[I].get_ref<const std::string &>();
    std::optional<unsigned> Id = (Out.*Find)(Name);
    if (!Id)
      Good = fail(Here, "unknown " + What + " " + inQuotes(Name) + nearest(Name, namesOf(Known)));
    else if (Into.contains(*Id))
      Good = fail(Here, inQuotes(Name) + " is given twice");
    else
      Into.insert(*Id);
  }
  return Good;
}

} // namespace airlock
