// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/GrantedContexts.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

namespace airlock {

GrantedContexts::GrantedContexts(const Facts &F, const Model &M, const CallGraph &Graph,
                                 RegionSource &Regions)
    : F(F), Graph(Graph), Regions(Regions), Granting(M.contexts().size()) {
  for (unsigned Region = 0; Region < M.regions().size(); ++Region)
    M.regions()[Region].Grants.forEach([&](unsigned Id) { Granting[Id].insert(Region); });
  for (const Store &S : F.Stores)
    Stored.insert(S.Stored);
}

/// Whether it may open a region for all that is known of it.
bool GrantedContexts::isUnknown(const Call &C) const {
  const Entity &Callee = F.callee(C);
  if (Callee.Kind == EntityKind::Macro || Callee.Modelled || Callee.changesRegions())
    return false;
  return Callee.isSlot() || !Callee.HasBody;
}

bool GrantedContexts::mayBeIn(CallId Id, unsigned Context) {
  const EntityId In = F.Calls[Id].In;
  std::shared_ptr<const FunctionRegions> Body = Regions.of(In);
  if (!Body || Body->GivenUp || Body->at(Id).empty())
    return true;
  const RegionSet Open = Granting[Context];
  for (const CallSituations &Here : Body->at(Id))
    for (const Situation &At : Here.Ways)
      if (!((At.open() | At.Maybe | At.Dropped) & Open).empty())
        return true;
  for (CallId Before = Id; Before > 0 && F.Calls[Before - 1].In == In; --Before)
    if (isUnknown(F.Calls[Before - 1]))
      return true;
  return false;
}

/// Others than those who are seen.
bool GrantedContexts::hasUnknownCaller(EntityId Function) const {
  const Entity &E = F.Entities[Function];
  if (E.Kind != EntityKind::Function || Stored.contains(Function))
    return true;
  // Of a program, what nobody calls is called by the machine, or when it boots. What only its
  // file sees, and that does not use it, says nothing.
  const bool IsGlobal = E.File.empty() && !E.Inline;
  return Graph.callsOf(Function).empty() ? !F.WholeProgram || !IsGlobal
                                         : !F.WholeProgram && IsGlobal;
}

bool GrantedContexts::isCalledOutside(EntityId Function, unsigned Context) {
  if (NotOutside.contains({Function, Context}))
    return false;
  llvm::SmallSetVector<EntityId, 8> Callers;
  Callers.insert(Function);
  for (size_t I = 0; I < Callers.size(); ++I) {
    const EntityId Here = Callers[I];
    if (Outside.contains({Here, Context}))
      continue;
    const bool Known =
        !NotOutside.contains({Here, Context}) && !hasUnknownCaller(Here) &&
        !F.Entities[Here].Provides.contains(Context) &&
        llvm::none_of(Graph.callsOf(Here), [&](CallId Id) { return mayBeIn(Id, Context); });
    if (!Known) {
      NotOutside.insert({Function, Context});
      NotOutside.insert({Here, Context});
      return false;
    }
    for (CallId Id : Graph.callsOf(Here))
      Callers.insert(F.Calls[Id].In);
  }
  for (EntityId Each : Callers)
    Outside.insert({Each, Context});
  return true;
}

bool GrantedContexts::mayBeCalledIn(EntityId Function, unsigned Context) {
  llvm::SmallSetVector<EntityId, 8> Callers;
  Callers.insert(Function);
  for (size_t I = 0; I < Callers.size(); ++I) {
    if (F.Entities[Callers[I]].Provides.contains(Context))
      return true;
    for (CallId Id : Graph.callsOf(Callers[I])) {
      if (mayBeIn(Id, Context))
        return true;
      Callers.insert(F.Calls[Id].In);
    }
  }
  return false;
}

bool GrantedContexts::isAlwaysMade(CallId Id) {
  std::shared_ptr<const FunctionRegions> Body = Regions.of(F.Calls[Id].In);
  // That a pointer is not null is what all expect.
  auto Asks = [](const ArgumentCondition &If) {
    return !If.IsPointer || If.Is != ArgumentCondition::NonZero;
  };
  return Body && llvm::any_of(Body->at(Id), [&](const CallSituations &Here) {
           return Here.Decisions == 0 && llvm::none_of(Here.Ways, [&](const Situation &At) {
                    return llvm::any_of(At.If, Asks);
                  });
         });
}

bool GrantedContexts::hasLeft(CallId Id, unsigned Context) {
  const EntityId In = F.Calls[Id].In;
  std::shared_ptr<const FunctionRegions> Body = Regions.of(In);
  for (CallId Before = Id; Body && Before > 0 && F.Calls[Before - 1].In == In; --Before)
    for (const CallSituations &Here : Body->at(Before - 1))
      if (isAlwaysMade(Before - 1) && llvm::all_of(Here.Ways, [&](const Situation &At) {
            return !(At.open() & Granting[Context]).empty();
          }))
        return true;
  return false;
}

} // namespace airlock
