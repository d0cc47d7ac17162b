// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/GrantedContexts.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

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
  llvm::SmallVector<EntityId, 8> Asked;
  auto MayBeIn = [&](EntityId Here) {
    Asked.push_back(Here);
    return NotOutside.contains({Here, Context}) || hasUnknownCaller(Here) ||
           F.Entities[Here].Provides.contains(Context);
  };
  auto AtCall = [&](CallId Id, EntityId Called) {
    if (Outside.contains({Called, Context}))
      return CallGraph::AtCall::No;
    return mayBeIn(Id, Context) ? CallGraph::AtCall::Yes : CallGraph::AtCall::AskCaller;
  };
  if (Graph.askCallers(Function, MayBeIn, AtCall)) {
    NotOutside.insert({Function, Context});
    NotOutside.insert({Asked.back(), Context});
    return false;
  }
  for (EntityId Each : Asked)
    Outside.insert({Each, Context});
  return true;
}

bool GrantedContexts::mayBeCalledIn(EntityId Function, unsigned Context) {
  return Graph.askCallers(
      Function, [&](EntityId Here) { return F.Entities[Here].Provides.contains(Context); },
      [&](CallId Id, EntityId) {
        return mayBeIn(Id, Context) ? CallGraph::AtCall::Yes : CallGraph::AtCall::AskCaller;
      });
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
