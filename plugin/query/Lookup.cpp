// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Lookup.h"
#include "support/Paths.h"
#include "support/Spelling.h"

namespace airlock {

static bool isOwned(const Entity &E) {
  return E.Kind == EntityKind::Parameter && E.Owner != NoEntity;
}

std::string fullName(const Facts &F, EntityId Id) {
  const Entity &E = F.Entities[Id];
  return isOwned(E) ? (F.Entities[E.Owner].Name + "." + E.Name).str() : E.Name.str();
}

static bool hasName(const Facts &F, const Entity &E, llvm::StringRef Name) {
  if (!isOwned(E))
    return E.Name == Name;
  return Name.consume_front(F.Entities[E.Owner].Name) && Name.consume_front(".") && Name == E.Name;
}

std::vector<EntityId> findNamed(const Facts &F, const SourceMap &Map, llvm::StringRef Name,
                                llvm::function_ref<bool(const Entity &)> IsWanted) {
  auto [File, Rest] = Name.rsplit(':');
  bool InFile = !Rest.empty();
  std::vector<EntityId> Found;
  for (EntityId Id = 0; Id < F.Entities.size(); ++Id) {
    const Entity &E = F.Entities[Id];
    if (hasName(F, E, InFile ? Rest : Name) && IsWanted(E) &&
        (!InFile || endsIn(E.File.empty() ? Map.placeOf(E.Declared).File : E.File.str(), File)))
      Found.push_back(Id);
  }
  return Found;
}

std::string similarName(const Facts &F, llvm::StringRef Name,
                        llvm::function_ref<bool(const Entity &)> IsWanted) {
  if (Name.contains(':'))
    Name = Name.rsplit(':').second;
  NearestName Nearest(Name);
  for (EntityId Id = 0; Id < F.Entities.size(); ++Id)
    if (IsWanted(F.Entities[Id]))
      Nearest.consider(fullName(F, Id));
  return Nearest.name();
}

} // namespace airlock
