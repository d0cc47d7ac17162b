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
  Found.Function = Here.In == NoEntity ? "" : F.Entities[Here.In].Name;
  Found.Context = Info.Name;
  Found.Message = {"cast of '%0' to '%1' drops context '%2'; write '__force' in the cast if the "
                   "crossing is intended",
                   {From.Name.str(), To.Name.str(), Info.Name}};
  tellQualifier(C, Here.From, Context, Found.Path);
  if (Here.ForceAt.isValid())
    Found.FixIts.push_back({Here.ForceAt, Here.ForceText.str()});
  Found.Allow = Here.Allow;
  Found.Key = {From.Name, To.Name};
  C.report(std::move(Found));
}

static void adviseUseless(RuleContext &C, const Conversion &Here) {
  const Entity &From = C.F.Entities[Here.From];
  Finding Found;
  Found.Rule = "context-cast";
  Found.Level = Severity::Advice;
  Found.At = Here.At;
  Found.Function = Here.In == NoEntity ? "" : C.F.Entities[Here.In].Name;
  Found.Message = {"'__force' in this cast of '%0' is useless: it drops no context",
                   {From.Name.str()}};
  Found.Allow = Here.Allow;
  Found.Key = {From.Name, C.F.Entities[Here.To].Name, "useless"};
  C.report(std::move(Found));
}

void contextCast(RuleContext &C) {
  for (const Conversion &Here : C.F.Conversions) {
    if (Here.Kind != Site::Cast)
      continue;
    ContextSet Dropped = C.F.Entities[Here.From].Needs - C.F.Entities[Here.To].Needs;
    if (!Here.Forced)
      Dropped.forEach([&](unsigned Context) { reportDrop(C, Here, Context); });
    else if (Dropped.empty() && C.Advice)
      adviseUseless(C, Here);
  }
}

} // namespace airlock
