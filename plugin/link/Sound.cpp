// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "link/Sound.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

template <typename Set> static bool within(Set S, size_t Count) {
  return Count >= Set::MaxIds || S.bits() >> Count == 0;
}

static bool isSound(const Behaviour &B, const Model &M) {
  size_t Regions = M.regions().size(), Effects = M.effects().size();
  return within(B.Regions.all() | B.SafeIn | B.RunsIn, Regions) &&
         within(B.Never | B.Lifts, Effects);
}

static bool isSound(const Entity &E, EntityId Id, const Model &M) {
  size_t Contexts = M.contexts().size();
  return within(E.Needs | E.Provides, Contexts) && within(E.Effects, M.effects().size()) &&
         // Each is made after its owner; so it is not its own, either.
         (E.Owner == NoEntity || E.Owner < Id) && (!E.More || isSound(*E.More, M)) &&
         llvm::all_of(E.Origins, [&](const QualifierOrigin &O) { return O.Context < Contexts; });
}

bool isSound(const UnitSummary &Unit, const Model &M) {
  for (EntityId Id = 0; Id < Unit.F.Entities.size(); ++Id)
    if (!isSound(Unit.F.Entities[Id], Id, M))
      return false;
  return llvm::all_of(Unit.Bodies, [&](const UnitBody &Body) {
    const Entity &Is = Unit.F.Entities[Body.Function];
    return Is.Kind == EntityKind::Function && Is.HasBody;
  });
}

bool isSound(const FunctionRegions &Regions, const Model &M, CallId First, CallId Count) {
  size_t Known = M.regions().size();
  auto IsOwn = [&](CallId Id) { return Id >= First && Id - First < Count; };
  auto IsGood = [&](const Situation &At) {
    return within(At.Maybe | At.Dropped, Known) && within(At.Lifted, M.effects().size()) &&
           llvm::all_of(At.Open, [&](const OpenRegion &O) {
             return O.Region < Known && (O.By == NoCall || IsOwn(O.By));
           });
  };
  auto IsDelta = [&](const RegionDelta &D) {
    return D.Region < Known && (D.By == NoCall || IsOwn(D.By));
  };
  return llvm::all_of(Regions.Written, [&](const auto &One) { return IsOwn(One.first); }) &&
         llvm::all_of(Regions.Calls,
                      [&](const CallSituations &Here) {
                        return IsOwn(Here.Call) && !Here.Ways.empty() &&
                               llvm::all_of(Here.Ways, IsGood);
                      }) &&
         llvm::all_of(Regions.Outcomes,
                      [&](const Outcome &O) { return llvm::all_of(O.Deltas, IsDelta); });
}

bool isSound(const FunctionPointers &Pointers, CallId First, CallId Count) {
  auto IsOwn = [&](CallId Id) { return Id >= First && Id - First < Count; };
  return llvm::all_of(Pointers.Passings,
                      [&](const Passing &P) {
                        return (IsOwn(P.Call) || (P.Promised && P.Call == NoCall)) &&
                               (P.FirstFetch == NoCall || IsOwn(P.FirstFetch));
                      }) &&
         llvm::all_of(Pointers.Fetches, [&](const ParameterFetch &Is) { return IsOwn(Is.Call); });
}

} // namespace airlock
