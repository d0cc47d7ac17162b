// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/ModelReader.h"
#include "model/JsonLines.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <nlohmann/json.hpp>

using nlohmann::json;

namespace airlock {

namespace {

struct BuiltinModel {
  llvm::StringRef Name, Text;
};
const BuiltinModel BuiltinModels[] = {
#include "BuiltinModels.inc"
};

constexpr int FormatVersion = 1;

llvm::Error makeError(const llvm::Twine &Text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Text);
}

bool isIdentifier(llvm::StringRef Name) {
  return !Name.empty() && !llvm::isDigit(Name.front()) &&
         llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

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

std::string inQuotes(llvm::StringRef Name) { return ("'" + Name + "'").str(); }

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

/// Reads one model file into the composed model. Each read* returns false once
/// something is wrong; Problem then says what and where.
class ModelFile {
public:
  ModelFile(ModelReader &Reader, const json &Root, llvm::StringRef Path)
      : Reader(Reader), Out(Reader.Result), Root(Root), Path(Path) {}

  bool read();

  std::string Problem, ProblemPath;
  /// The whole message of a model that this one extends and that is wrong.
  std::string NestedProblem;

private:
  bool fail(const llvm::Twine &Path, const llvm::Twine &What) {
    ProblemPath = Path.str();
    Problem = What.str();
    return false;
  }

  template <typename Fn> bool readEntries(llvm::StringRef Section, Fn ReadEntry);
  bool checkKeys(const json &Object, const std::string &Path,
                 std::initializer_list<llvm::StringRef> Known);
  bool readString(const json &Object, const std::string &Path, const char *Key, std::string &Value);
  bool readExtends();
  bool readEffect(const std::string &Name, const json &Entry, const std::string &Path);
  bool readContext(const std::string &Name, const json &Entry, const std::string &Path);
  bool readFunction(const std::string &Name, const json &Entry, const std::string &Path);
  bool readSpellings();
  bool readQualifier(const std::string &Name, const json &Entry, const std::string &Path,
                     QualifierModel &Into);
  template <typename Set, typename Find>
  bool readNames(const std::string &Name, const json &Entry, const std::string &Path,
                 const char *Key, llvm::StringRef What, Find FindId, Given<Set> &Into);

  /// Sets a value, and says so when an earlier model gave another one.
  template <typename T>
  void give(const std::string &Name, llvm::StringRef Key, Given<T> &Into, T Value) {
    if (Into && Into.Origin != ModelName && Into.Value != Value)
      contradict(Name, Key, Into.Origin);
    Into = {Value, ModelName};
  }
  void contradict(llvm::StringRef Name, llvm::StringRef Key, llvm::StringRef Earlier) {
    Reader.Contradictions.push_back(Path.str() + ": model " + inQuotes(ModelName) + " overrides " +
                                    inQuotes(Key) + " of " + inQuotes(Name) + " given by model " +
                                    inQuotes(Earlier));
  }

  ModelReader &Reader;
  Model &Out;
  const json &Root;
  llvm::StringRef Path;
  std::string ModelName;
};

bool ModelFile::checkKeys(const json &Object, const std::string &Path,
                          std::initializer_list<llvm::StringRef> Known) {
  if (!Object.is_object())
    return fail(Path, "expected an object");
  for (const auto &Item : Object.items())
    if (!llvm::is_contained(Known, Item.key()))
      return fail(Path.empty() ? Item.key() : Path + "." + Item.key(), "unknown key");
  return true;
}

bool ModelFile::readString(const json &Object, const std::string &Path, const char *Key,
                           std::string &Value) {
  auto Found = Object.find(Key);
  if (Found == Object.end())
    return true;
  if (!Found->is_string() || Found->get_ref<const std::string &>().empty())
    return fail(Path.empty() ? Key : Path + "." + Key, "expected a non-empty string");
  Value = Found->get_ref<const std::string &>();
  return true;
}

template <typename Fn> bool ModelFile::readEntries(llvm::StringRef Section, Fn ReadEntry) {
  auto Found = Root.find(Section.str());
  if (Found == Root.end())
    return true;
  if (!Found->is_object())
    return fail(Section, "expected an object");
  for (const auto &Item : Found->items()) {
    std::string Path = Section.str() + "." + Item.key();
    if (!isIdentifier(Item.key()))
      return fail(Path, inQuotes(Item.key()) + " is not a C identifier");
    if (Item.value().is_object() && Item.value().empty())
      return fail(Path, "says nothing");
    if (!ReadEntry(Item.key(), Item.value(), Path))
      return false;
  }
  return true;
}

bool ModelFile::read() {
  if (!checkKeys(Root, "",
                 {"$schema", "$comment", "airlock_model", "name", "description", "extends",
                  "contexts", "effects", "functions", "spellings"}))
    return false;
  auto Version = Root.find("airlock_model");
  if (Version == Root.end())
    return fail("airlock_model", "missing: this is not an Airlock model");
  if (!Version->is_number() || *Version != FormatVersion)
    return fail("airlock_model", "this Airlock reads version " + llvm::Twine(FormatVersion));
  std::string Ignored;
  if (!readString(Root, "", "name", ModelName) || !readString(Root, "", "description", Ignored))
    return false;
  for (const char *Key : {"$schema", "$comment"})
    if (Root.contains(Key) && !Root[Key].is_string())
      return fail(Key, "expected a string");
  if (!isModelName(ModelName))
    return fail("name", ModelName.empty() ? "missing" : "expected lower-case words joined by '-'");
  for (const Model::LoadedModel &Other : Out.Loaded) {
    if (Other.Name != ModelName)
      continue;
    if (Other.Path == Path)
      return true; // named twice, or extended by several: once is enough
    return fail("name", "a model of that name is loaded from " + inQuotes(Other.Path));
  }
  Out.Loaded.push_back({ModelName, Path.str()});

  return readExtends() &&
         readEntries("effects", [&](auto &&...Args) { return readEffect(Args...); }) &&
         readEntries("contexts", [&](auto &&...Args) { return readContext(Args...); }) &&
         readEntries("functions", [&](auto &&...Args) { return readFunction(Args...); }) &&
         readSpellings();
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
    if (!llvm::is_contained(ModelReader::builtinNames(), Text))
      return fail(Path, "no built-in model is named " + inQuotes(Text));
    if (llvm::Error E = Reader.add(Text)) {
      NestedProblem = llvm::toString(std::move(E));
      return false;
    }
  }
  return true;
}

bool ModelFile::readEffect(const std::string &Name, const json &Entry, const std::string &Path) {
  EffectInfo Info{Name, "", ModelName};
  if (!checkKeys(Entry, Path, {"description"}) ||
      !readString(Entry, Path, "description", Info.Description))
    return false;
  if (Info.Description.empty())
    return fail(Path + ".description", "missing");
  if (std::optional<unsigned> Known = Out.findEffect(Name)) {
    EffectInfo &Old = Out.Effects[*Known];
    if (Info.Description != Old.Description)
      contradict(Name, "description", Old.Origin);
    Old = Info;
    return true;
  }
  if (Out.Effects.size() == EffectSet::MaxIds)
    return fail(Path, "too many effects; at most " + llvm::Twine(EffectSet::MaxIds));
  Out.Effects.push_back(Info);
  return true;
}

bool ModelFile::readContext(const std::string &Name, const json &Entry, const std::string &Path) {
  ContextInfo Info;
  Info.Name = Name;
  Info.Origin = ModelName;
  std::string Effect;
  if (!checkKeys(Entry, Path, {"description", "spelling", "effect"}) ||
      !readString(Entry, Path, "description", Info.Description) ||
      !readString(Entry, Path, "spelling", Info.Spelling) ||
      !readString(Entry, Path, "effect", Effect))
    return false;
  llvm::StringRef Macro =
      llvm::StringRef(Info.Spelling).take_until([](char C) { return C == '('; });
  if (!Info.Spelling.empty() &&
      (!isIdentifier(Macro) || (Macro != Info.Spelling && Info.Spelling.back() != ')')))
    return fail(Path + ".spelling", "expected a macro's name, with or without arguments");
  if (!Effect.empty() && !(Info.Effect = Out.findEffect(Effect)))
    return fail(Path + ".effect", "unknown effect " + inQuotes(Effect));

  if (std::optional<unsigned> Known = Out.findContext(Name)) {
    ContextInfo &Old = Out.Contexts[*Known];
    if (!Info.Description.empty())
      Old.Description = Info.Description;
    if (!Info.Spelling.empty() && Info.Spelling != Old.Spelling) {
      contradict(Name, "spelling", Old.Origin);
      Old.Spelling = Info.Spelling;
    }
    if (Info.Effect && Info.Effect != Old.Effect) {
      contradict(Name, "effect", Old.Origin);
      Old.Effect = Info.Effect;
    }
    return true;
  }
  if (Info.Spelling.empty())
    Info.Spelling = "__in_context(" + Name + ")";
  if (Out.Contexts.size() == ContextSet::MaxIds)
    return fail(Path, "too many contexts; at most " + llvm::Twine(ContextSet::MaxIds));
  Out.Contexts.push_back(Info);
  return true;
}

template <typename Set, typename Find>
bool ModelFile::readNames(const std::string &Name, const json &Entry, const std::string &Path,
                          const char *Key, llvm::StringRef What, Find FindId, Given<Set> &Into) {
  auto Found = Entry.find(Key);
  if (Found == Entry.end())
    return true;
  std::string Here = Path + "." + Key;
  if (!Found->is_array())
    return fail(Here, "expected an array of " + What + " names");
  Set Ids;
  for (size_t I = 0; I < Found->size(); ++I) {
    const json &Item = (*Found)[I];
    std::string ItemPath = Here + "[" + std::to_string(I) + "]";
    if (!Item.is_string())
      return fail(ItemPath,
                  "expected the name of " + llvm::Twine(What == "effect" ? "an " : "a ") + What);
    const auto &Text = Item.get_ref<const std::string &>();
    std::optional<unsigned> Id = FindId(Text);
    if (!Id)
      return fail(ItemPath, "unknown " + What + " " + inQuotes(Text));
    if (Ids.contains(*Id))
      return fail(ItemPath, inQuotes(Text) + " is given twice");
    Ids.insert(*Id);
  }
  give(Name, Key, Into, Ids);
  return true;
}

bool ModelFile::readQualifier(const std::string &Name, const json &Entry, const std::string &Path,
                              QualifierModel &Into) {
  auto FindContext = [&](llvm::StringRef Text) { return Out.findContext(Text); };
  if (!readNames(Name, Entry, Path, "in_context", "context", FindContext, Into.InContext) ||
      !readNames(Name, Entry, Path, "context_entry", "context", FindContext, Into.ContextEntry))
    return false;

  // Nobody may call the one from outside, anyone may call the other.
  ContextSet Both = Into.InContext.Value & Into.ContextEntry.Value;
  if (Both.empty())
    return true;
  bool Needs = Entry.contains("in_context"), Enters = Entry.contains("context_entry");
  if (Needs && Enters)
    return fail(Path, "needs context " + Out.names(Both) + " and is its entry");
  Given<ContextSet> &Earlier = Needs ? Into.ContextEntry : Into.InContext;
  contradict(Name, Needs ? "context_entry" : "in_context", Earlier.Origin);
  Earlier.Value = Earlier.Value - Both;
  return true;
}

bool ModelFile::readFunction(const std::string &Name, const json &Entry, const std::string &Path) {
  FunctionModel &Into = Out.Functions[Name];
  auto FindEffect = [&](llvm::StringRef Text) { return Out.findEffect(Text); };
  if (!checkKeys(Entry, Path, {"in_context", "context_entry", "effects", "opaque"}) ||
      !readQualifier(Name, Entry, Path, Into) ||
      !readNames(Name, Entry, Path, "effects", "effect", FindEffect, Into.Effects))
    return false;
  auto Opaque = Entry.find("opaque");
  if (Opaque == Entry.end())
    return true;
  if (!Opaque->is_boolean())
    return fail(Path + ".opaque", "expected true or false");
  give(Name, "opaque", Into.Opaque, Opaque->get<bool>());
  return true;
}

bool ModelFile::readSpellings() {
  struct Kind {
    const char *Key;
    llvm::StringMap<QualifierModel> *Table;
  };
  const Kind Kinds[] = {
      {"annotate", &Out.Annotate}, {"btf_type_tag", &Out.TypeTag}, {"macro", &Out.Macro}};

  auto Found = Root.find("spellings");
  if (Found == Root.end())
    return true;
  if (!checkKeys(*Found, "spellings", {"annotate", "btf_type_tag", "macro"}))
    return false;
  for (const Kind &K : Kinds) {
    auto Section = Found->find(K.Key);
    if (Section == Found->end())
      continue;
    std::string Path = std::string("spellings.") + K.Key;
    if (!Section->is_object())
      return fail(Path, "expected an object");
    for (const auto &Item : Section->items()) {
      std::string Here = Path + "." + Item.key();
      if (K.Table == &Out.Macro && !isIdentifier(Item.key()))
        return fail(Here, inQuotes(Item.key()) + " is not a C identifier");
      if (Item.key().empty() || Item.value().empty())
        return fail(Here, Item.key().empty() ? "a mark has a name" : "says nothing");
      // Who calls whom is a matter of declarations: a type enters nothing.
      if (K.Table == &Out.TypeTag && Item.value().contains("context_entry"))
        return fail(Here + ".context_entry", "unknown key");
      if (!checkKeys(Item.value(), Here, {"in_context", "context_entry"}) ||
          !readQualifier(Item.key(), Item.value(), Here, (*K.Table)[Item.key()]))
        return false;
    }
  }
  return true;
}

llvm::Error ModelReader::addText(llvm::StringRef Text, llvm::StringRef Path, bool Builtin) {
  // The tests check the built-in models; at run time they cost one parse.
  if (!Builtin) {
    JsonLines Lines(Text);
    if (!Lines.error().empty())
      return makeError(Path + ":" + llvm::Twine(Lines.errorLine()) + ": " + Lines.error());
  }
  json Root = json::parse(Text.begin(), Text.end(), nullptr, /*allow_exceptions=*/false);
  ModelFile File(*this, Root, Path);
  if (File.read())
    return llvm::Error::success();
  if (!File.NestedProblem.empty())
    return makeError(File.NestedProblem);
  unsigned Line = JsonLines(Text).lineOf(File.ProblemPath);
  std::string Where = File.ProblemPath.empty() ? "" : File.ProblemPath + ": ";
  return makeError(Path + ":" + llvm::Twine(Line) + ": " + Where + File.Problem);
}

} // namespace airlock
