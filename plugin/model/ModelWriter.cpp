// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/ModelWriter.h"
#include "model/ModelFormat.h"
#include <nlohmann/json.hpp>

namespace airlock {

using json = nlohmann::ordered_json;

namespace {

/// The inverse of ModelFile::readValue().
class ValueWriter {
public:
  explicit ValueWriter(const Model &M) : M(M) {}

  json operator()(bool V) const { return V; }
  json operator()(unsigned V) const { return V; }
  json operator()(const std::string &V) const { return V; }
  json operator()(std::optional<unsigned> Effect) const {
    return Effect ? json(M.effects()[*Effect].Name) : json();
  }
  json operator()(ContextSet V) const { return names(V, M.contexts()); }
  json operator()(EffectSet V) const { return names(V, M.effects()); }
  json operator()(RegionSet V) const { return names(V, M.regions()); }
  json operator()(FlavourSet V) const {
    json Out = json::array();
    V.forEach([&](unsigned Id) { Out.push_back(M.flavours()[Id]); });
    return Out;
  }
  json operator()(const ConditionalRegions &V) const {
    return {{"value", V.Value}, {"regions", (*this)(V.Regions)}};
  }
  json operator()(const TestModel &V) const {
    json Out = {{"value", V.Value}};
    if (!V.Lifts.empty())
      Out["lifts"] = (*this)(V.Lifts);
    if (!V.Grants.empty())
      Out["grants"] = (*this)(V.Grants);
    return Out;
  }
  json operator()(const UserAccess &V) const {
    json Out = {{"pointer", V.Pointer + 1}};
    if (V.Size)
      Out["size"] = *V.Size + 1;
    if (V.Into)
      Out["into"] = *V.Into + 1;
    if (V.From)
      Out["from"] = *V.From + 1;
    if (V.Checked)
      Out["checked"] = true;
    return Out;
  }
  json operator()(const UserCheck &V) const {
    json Out = {{"pointer", V.Pointer + 1}};
    if (V.Size)
      Out["size"] = *V.Size + 1;
    if (!V.Value)
      Out["value"] = false;
    return Out;
  }
  json operator()(const std::vector<EffectCondition> &V) const {
    if (V.size() == 1)
      return (*this)(V.front());
    json Out = json::array();
    for (const EffectCondition &Each : V)
      Out.push_back((*this)(Each));
    return Out;
  }
  json operator()(const Decisions &V) const {
    json Out = json::object();
    auto Put = [&](const auto &Key) {
      if (!(V.*Key.Place).empty())
        Out[Key.Key] = V.*Key.Place;
    };
    std::apply([&](const auto &...Key) { (Put(Key), ...); }, format::DecisionKeys);
    return Out;
  }
  json operator()(const EffectCondition &V) const {
    json Out = {{"parameter", V.Parameter + 1}};
    if (!V.Field.empty())
      Out["field"] = V.Field;
    if (V.Above)
      Out["above"] = *V.Above;
    if (V.Below)
      Out["below"] = *V.Below;
    if (V.Is == EffectCondition::Range)
      return Out;
    if (V.Is == EffectCondition::NonZero || V.Is == EffectCondition::Zero)
      Out["is"] = V.Is == EffectCondition::NonZero;
    else
      Out[V.Is == EffectCondition::Has ? "has" : "lacks"] = V.Constant;
    return Out;
  }

private:
  template <typename Set, typename Info> static json names(Set V, const std::vector<Info> &Rows) {
    json Out = json::array();
    V.forEach([&](unsigned Id) { Out.push_back(Rows[Id].Name); });
    return Out;
  }

  const Model &M;
};

template <typename Keys, typename T>
void writeKeys(const Model &M, const Keys &Known, const T &Entry, llvm::raw_ostream &Out) {
  ValueWriter Write(M);
  auto One = [&](const auto &Key) {
    const auto &Is = Entry.*Key.Place;
    if (Is)
      Out << "  \"" << Key.Key << "\": " << Write(Is.Value).dump() << "  (" << Is.Origin << ")\n";
  };
  std::apply([&](const auto &...Key) { (One(Key), ...); }, Known);
}

template <typename Keys, typename T>
bool anyFrom(const Keys &Known, const T &Entry, const llvm::StringSet<> &Models) {
  return std::apply(
      [&](const auto &...Key) { return (Models.contains((Entry.*Key.Place).Origin) || ...); },
      Known);
}

} // namespace

bool isFrom(const FunctionModel &Entry, const llvm::StringSet<> &Models) {
  return anyFrom(format::FunctionKeys, Entry, Models);
}

bool isFrom(const SlotModel &Entry, const llvm::StringSet<> &Models) {
  return anyFrom(format::SlotKeys, Entry, Models);
}

bool writeEntry(const Model &M, llvm::StringRef Name, llvm::raw_ostream &Out) {
  for (const std::string &Key : M.keysOfFiles(Name))
    writeEntry(M, Key, Out);
  const FunctionModel *Function = M.function(Name);
  const SlotModel *Slot = M.slot(Name);
  auto Head = [&](llvm::StringRef What, llvm::StringRef Family) {
    Out << Name << ": " << What;
    if (!Family.empty())
      Out << ", of the family '" << Family << "'";
    Out << '\n';
  };
  if (Function) {
    Head("a function or macro", Function->Family);
    writeKeys(M, format::FunctionKeys, *Function, Out);
  }
  if (Slot) {
    Head("a slot", Slot->Family);
    writeKeys(M, format::SlotKeys, *Slot, Out);
  }
  return Function || Slot || !M.keysOfFiles(Name).empty();
}

} // namespace airlock
