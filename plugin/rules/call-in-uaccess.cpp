// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// call-in-uaccess: objtool's rule on the source (tools/objtool/check.c,
// validate_call): nothing leaves an open user access region.
//
//   callee                                       verdict
//   ------------------------------------------   -----------------------------
//   __uaccess_safe, or in a model's safe_in      fine
//   opens or closes the region itself            fine; region-balance looks at it
//   inline, and all it calls in the region is    fine
//   any other function, a pointer, an opaque     warned
//   macro
//
// The same for every region whose model says "restricts_calls".

#include "rules/RegionStory.h"
#include "llvm/ADT/DenseMap.h"

namespace airlock {

namespace {

class Checker {
public:
  Checker(RuleContext &C, unsigned Region) : C(C), F(C.F), Region(Region) {}
  void run();

private:
  bool isSafe(EntityId Callee);
  bool isSafeBody(EntityId Function);
  CallId unsafeCall(EntityId Function);
  void report(const CallSituations &Here, const OpenRegion &Open);
  void offerHoist(CallId Bad, const Hoist &H, const OpenRegion &Open, Finding &Found);

  RuleContext &C;
  const Facts &F;
  const unsigned Region;
  llvm::DenseMap<EntityId, bool> SafeBodies;
};

/// The first call of a function that must not be made in the region; NoCall if
/// there is none. What it does after it closed the region is its own matter.
CallId Checker::unsafeCall(EntityId Function) {
  std::shared_ptr<const FunctionRegions> Body = C.regions().of(Function);
  if (!Body)
    return NoCall;
  for (const CallSituations &Here : Body->Calls) {
    bool Closed =
        llvm::all_of(Here.Ways, [&](const Situation &At) { return At.Dropped.contains(Region); });
    if (!Closed && !isSafe(F.Calls[Here.Call].Callee))
      return Here.Call;
  }
  return NoCall;
}

bool Checker::isSafeBody(EntityId Function) {
  // While it is being looked at, a function is safe: a cycle decides nothing.
  auto [It, New] = SafeBodies.try_emplace(Function, true);
  if (!New)
    return It->second;
  bool Safe = C.regions().of(Function) && unsafeCall(Function) == NoCall;
  return SafeBodies[Function] = Safe;
}

bool Checker::isSafe(EntityId Callee) {
  const Entity &E = F.Entities[Callee];
  if (E.More && (E.More->SafeIn.contains(Region) || E.More->Regions.all().contains(Region)))
    return true;
  if (E.Kind == EntityKind::Macro)
    return !E.Opaque; // else what is inside counts
  if (E.isSlot() || !E.HasBody || !E.Inline || E.Opaque)
    return false;
  return isSafeBody(Callee);
}

/// Computing the argument before the region opens is the mend.
void Checker::offerHoist(CallId Bad, const Hoist &H, const OpenRegion &Open, Finding &Found) {
  if (Open.By == NoCall)
    return;
  StatementPlace At = F.Statements.lookup(Open.By);
  if (!At.Statement.isValid())
    return;
  Location Before = At.Statement;
  // Not out of a branch that may have been taken for a reason, but for the one
  // that asks whether the region opened.
  bool SameLevel = H.IsPlain && (H.Block == At.Block || H.Around == Before);
  if (!H.Movable || H.After.Raw >= Before.Raw || !(SameLevel || H.Statement == Before))
    return;
  std::string Name = F.callee(F.Calls[Bad]).Name.str() + "_value";
  Found.FixIts.push_back(
      {Before, "__auto_type " + Name + " = " + H.Text.str() + ";\n" + At.Indent.str()});
  Found.FixIts.push_back({H.From, Name, H.To});
}

void Checker::report(const CallSituations &Here, const OpenRegion &Open) {
  const Call &Bad = F.Calls[Here.Call];
  const Entity &Callee = F.callee(Bad);
  const Entity &Caller = F.Entities[Bad.In];
  const RegionInfo &Info = C.M.regions()[Region];

  Finding Found;
  Found.Rule = "call-in-uaccess";
  Found.At = placeOf(F, Bad);
  setFunction(F, Bad.In, Found);
  Found.Region = Info.Name;
  Found.Message = {verbFor(Callee), {Caller.Name.str(), Callee.Name.str(), Info.Description}};
  if (auto Hoisted = F.Hoists.find(Here.Call); Hoisted != F.Hoists.end()) {
    Found.Message.Format += " in an argument of '%3', while %2; compute it before the region";
    Found.Message.Arguments.push_back(Hoisted->second.Macro.str());
    offerHoist(Here.Call, Hoisted->second, Open, Found);
  } else if (Callee.isSlot()) {
    Found.Message.Format += " while %2; nothing says that it is safe";
  } else {
    Found.Message.Format +=
        " while %2; '%1' is neither '__uaccess_safe' nor shown safe by its body";
  }
  tellOpening(C, Open, Bad.In, Found.Path);
  tellFramesAbove(F, Here.Call, Found.Path);
  EntityId At = Bad.Callee;
  llvm::DenseMap<EntityId, bool> Told;
  while (F.Entities[At].HasBody && F.Entities[At].Inline && Told.try_emplace(At, true).second) {
    CallId Next = unsafeCall(At);
    if (Next == NoCall)
      break;
    tellFrames(F, Next, Found.Path);
    At = F.Calls[Next].Callee;
  }
  const Entity &End = F.Entities[At];
  if (End.Kind == EntityKind::Function && !End.Opaque)
    Found.Path.push_back(
        {End.Declared,
         End.Name,
         {!End.HasBody ? "'%0' has no definition in this translation unit" : "'%0' is not inline",
          {End.Name.str()}},
         {}});
  Found.Allow = Bad.Allow;
  Found.Key = {Callee.Name};
  Found.Calls = {Here.Call};
  C.report(std::move(Found));
}

void Checker::run() {
  for (EntityId Function : C.regions().touching()) {
    std::shared_ptr<const FunctionRegions> Body = C.regions().of(Function);
    for (const CallSituations &Here : Body->Calls)
      for (const OpenRegion &Open : certainlyOpen(Here))
        if (Open.Region == Region && !isSafe(F.Calls[Here.Call].Callee))
          report(Here, Open);
  }
}

} // namespace

void callInUaccess(RuleContext &C) {
  for (unsigned Region = 0; Region < C.M.regions().size(); ++Region)
    if (C.M.regions()[Region].RestrictsCalls)
      Checker(C, Region).run();
}

} // namespace airlock
