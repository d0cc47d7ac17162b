// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// context-cast: an explicit cast drops a context only with `__force` in it.
//
//   cast                                without __force     with __force
//   ---------------------------------   -----------------   ----------------
//   drops a context                     warned              fine: a crossing
//   between function pointers, drops    fine                advice: useless
//   nothing

#include "rules/Story.h"

namespace airlock {

static void reportDrop(RuleContext &C, const Conversion &Here, unsigned Context) {
  const Facts &F = C.F;
  const Entity &From = F.Entities[Here.From];
  const Entity &To = F.Entities[Here.To];
  const ContextInfo &Info = C.M.contexts()[Context];

  Finding Found;
  Found.Rule = "context-cast";
  Found.At = Here.At;
  setFunction(F, Here.In, Found);
  Found.Context = Info.Name;
  Found.Message = {"cast of '%0' to '%1' drops context '%2'; write '__force' in the cast if the "
                   "crossing is intended",
                   {From.Name.str(), To.Name.str(), Info.Name}};
  tellQualifier(C.F, C.M, Here.From, Context, Found.Path);
  if (Here.ForceAt.isValid())
    offer(C, "__force", {{Here.ForceAt, Here.ForceText.str()}}, Found);
  Found.Allow = Here.Allow;
  Found.Line = Here.At;
  Found.Key = {From.Name, To.Name};
  C.report(std::move(Found));
}

/// The other polarity: the cast promises what its operand does not.
static void reportPromise(RuleContext &C, const Conversion &Here, unsigned Effect) {
  const Entity &From = C.F.Entities[Here.From];
  Finding Found;
  Found.Rule = "context-cast";
  Found.At = Here.At;
  setFunction(C.F, Here.In, Found);
  Found.Message = {"cast gives '%0' a promise that it does not make: never to %1; write '__force' "
                   "to do so on purpose",
                   {From.Name.str(), C.M.effects()[Effect].Name}};
  if (Here.ForceAt.isValid())
    offer(C, "__force", {{Here.ForceAt, Here.ForceText.str()}}, Found);
  Found.Allow = Here.Allow;
  Found.Line = Here.At;
  Found.Key = {From.Name, C.F.Entities[Here.To].Name, "promise"};
  C.report(std::move(Found));
}

static void adviseUseless(RuleContext &C, const Conversion &Here) {
  const Entity &From = C.F.Entities[Here.From];
  Finding Found;
  Found.Rule = "context-cast";
  Found.Level = Severity::Advice;
  Found.At = Here.At;
  setFunction(C.F, Here.In, Found);
  Found.Message = {"'__force' in this cast of '%0' is useless: it drops no context",
                   {From.Name.str()}};
  Found.Allow = Here.Allow;
  Found.Line = Here.At;
  Found.Key = {From.Name, C.F.Entities[Here.To].Name, "useless"};
  C.report(std::move(Found));
}

void contextCast(RuleContext &C) {
  const std::vector<Conversion> &All = C.F.Conversions;
  const ContextSet Granted = C.M.granted();
  for (size_t First = 0, Next; First < All.size(); First = Next) {
    Next = First + 1;
    if (All[First].Kind != Site::Cast)
      continue;
    while (Next < All.size() && All[Next].Kind == Site::Cast && All[Next].At == All[First].At)
      ++Next;
    // All that one cast may be of: it drops a context once.
    ContextSet Dropped;
    for (size_t I = First; I < Next; ++I) {
      ContextSet Here = C.F.Entities[All[I].From].Needs - C.F.Entities[All[I].To].Needs - Granted;
      if (!All[I].Forced)
        (Here - Dropped).forEach([&](unsigned Context) { reportDrop(C, All[I], Context); });
      Dropped |= Here;
    }
    EffectSet Promised = C.F.Entities[All[First].To].never();
    for (size_t I = First; I < Next; ++I) {
      std::optional<unsigned> Effect = (Promised - C.F.Entities[All[I].From].never()).first();
      if (Effect && !All[I].Forced)
        reportPromise(C, All[I], *Effect);
    }
    if (All[First].Forced && Dropped.empty() && Promised.empty() &&
        C.F.Entities[All[First].To].CanCarry)
      adviseUseless(C, All[First]);
  }
}

} // namespace airlock
