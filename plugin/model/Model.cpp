// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/Model.h"
#include "model/FileFunction.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

template <typename Table>
static std::optional<unsigned> findNamed(const Table &Rows, llvm::StringRef Name) {
  for (unsigned Id = 0; Id < Rows.size(); ++Id)
    if (Rows[Id].Name == Name)
      return Id;
  return std::nullopt;
}

std::optional<unsigned> Model::findContext(llvm::StringRef Name) const {
  return findNamed(Contexts, Name);
}

std::optional<unsigned> Model::findEffect(llvm::StringRef Name) const {
  return findNamed(Effects, Name);
}

std::optional<unsigned> Model::findRegion(llvm::StringRef Name) const {
  return findNamed(Regions, Name);
}

std::optional<unsigned> Model::findFlavour(llvm::StringRef Name) const {
  auto Found = llvm::find(Flavours, Name);
  return Found == Flavours.end() ? std::nullopt : std::optional<unsigned>(Found - Flavours.begin());
}

std::string Model::namesOf(FlavourSet Set) const {
  std::string Text;
  Set.forEach([&](unsigned Id) { Text += (Text.empty() ? "'" : " and '") + Flavours[Id] + "'"; });
  return Text;
}

std::string Model::names(ContextSet Set) const {
  std::string Text;
  Set.forEach([&](unsigned Id) {
    if (!Text.empty())
      Text += ", ";
    Text += "'" + Contexts[Id].Name + "'";
  });
  return Text;
}

const FunctionModel *Model::functionOfFile(llvm::StringRef Name, llvm::StringRef File) const {
  for (const std::string &Key : keysOfFiles(Name))
    if (endsIn(File, splitOfFile(Key).first))
      return function(Key);
  return function(Name);
}

EffectSet Model::withKinds(EffectSet Set) const {
  EffectSet All;
  for (unsigned Id = 0; Id < Effects.size(); ++Id)
    for (std::optional<unsigned> Up = Id; Up; Up = Effects[*Up].KindOf)
      if (Set.contains(*Up))
        All.insert(Id);
  return All;
}

} // namespace airlock
