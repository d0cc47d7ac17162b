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
#include "llvm/ADT/DenseSet.h"

namespace airlock {

namespace {

class Checker {
public:
  Checker(RuleContext &C, unsigned Region) : C(C), F(C.F), Region(Region) {}
  void run();

private:
  /// What is not said of a callee, its body tells.
  enum class Verdict : uint8_t { Safe, Unsafe, AskBody };
  Verdict verdictOf(EntityId Callee) const;
  bool isSafe(EntityId Callee);
  bool isSafeBody(EntityId Function);
  void forEachCallInside(EntityId Function, llvm::function_ref<bool(CallId)> Visit);
  CallId unsafeCall(EntityId Function);
  void report(const CallSituations &Here, const OpenRegion &Open);
  void offerHoist(CallId Bad, const Hoist &H, const OpenRegion &Open, Finding &Found);

  RuleContext &C;
  const Facts &F;
  const unsigned Region;
  /// The inline functions that have been looked at.
  llvm::DenseSet<EntityId> Looked;
  /// Those of them that are not safe, numbered: each calls one with a lower number, or
  /// something else that is not.
  llvm::DenseMap<EntityId, size_t> Unsafe;
};

Checker::Verdict Checker::verdictOf(EntityId Callee) const {
  const Entity &E = F.Entities[Callee];
  if (E.More && (E.More->SafeIn.contains(Region) || E.More->Regions.all().contains(Region)))
    return Verdict::Safe;
  if (E.Kind == EntityKind::Macro)
    return E.Opaque ? Verdict::Unsafe : Verdict::Safe; // else what is inside counts
  if (E.isSlot() || !E.HasBody || !E.Inline || E.Opaque)
    return Verdict::Unsafe;
  return Verdict::AskBody;
}

/// The calls of a function, until one is what is looked for. What it does after it closed
/// the region is its own matter.
void Checker::forEachCallInside(EntityId Function, llvm::function_ref<bool(CallId)> Visit) {
  std::shared_ptr<const FunctionRegions> Body = C.regions().of(Function);
  if (!Body)
    return;
  for (const CallSituations &Here : Body->Calls) {
    bool Closed =
        llvm::all_of(Here.Ways, [&](const Situation &At) { return At.Dropped.contains(Region); });
    if (!Closed && Visit(Here.Call))
      return;
  }
}

/// The first call of an inline function that is the reason why it is not safe; NoCall if
/// there is none.
CallId Checker::unsafeCall(EntityId Function) {
  CallId Found = NoCall;
  const auto Outer = Unsafe.find(Function);
  if (Outer == Unsafe.end())
    return NoCall;
  forEachCallInside(Function, [&](CallId Id) {
    EntityId Callee = F.Calls[Id].Callee;
    auto Inner = Unsafe.find(Callee);
    if (verdictOf(Callee) == Verdict::Unsafe ||
        (Inner != Unsafe.end() && Inner->second < Outer->second))
      Found = Id;
    return Found != NoCall;
  });
  return Found;
}

/// Looks at all inline functions that it leads to, and goes back from what is not safe
/// to those that call it: a cycle decides nothing.
bool Checker::isSafeBody(EntityId Function) {
  std::vector<EntityId> New, Bad;
  llvm::DenseMap<EntityId, llvm::SmallVector<EntityId, 2>> Callers;
  auto Look = [&](EntityId E) {
    if (Looked.insert(E).second)
      New.push_back(E);
  };
  auto Condemn = [&](EntityId E) {
    if (Unsafe.try_emplace(E, Unsafe.size()).second)
      Bad.push_back(E);
  };
  Look(Function);
  for (size_t I = 0; I < New.size(); ++I) {
    const EntityId E = New[I];
    if (!C.regions().of(E))
      Condemn(E);
    forEachCallInside(E, [&](CallId Id) {
      EntityId Callee = F.Calls[Id].Callee;
      Verdict Is = verdictOf(Callee);
      if (Is == Verdict::Unsafe || Unsafe.contains(Callee)) {
        Condemn(E);
        return true;
      }
      if (Is == Verdict::AskBody) {
        Callers[Callee].push_back(E);
        Look(Callee);
      }
      return false;
    });
  }
  while (!Bad.empty()) {
    EntityId E = Bad.back();
    Bad.pop_back();
    llvm::for_each(Callers.lookup(E), Condemn);
  }
  return !Unsafe.contains(Function);
}

bool Checker::isSafe(EntityId Callee) {
  Verdict Is = verdictOf(Callee);
  return Is == Verdict::Safe || (Is == Verdict::AskBody && isSafeBody(Callee));
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
    Found.Message.Format += " while %2; '%1' is neither '%3' nor shown safe by its body";
    Found.Message.Arguments.push_back(Info.Spelling);
  }
  tellOpening(C, Open, Bad.In, Found.Path);
  tellFramesAbove(F, Here.Call, Found.Path);
  EntityId At = Bad.Callee;
  const size_t Before = Found.Path.size();
  for (CallId Next = unsafeCall(At); Next != NoCall; Next = unsafeCall(At)) {
    tellFrames(F, Next, Found.Path);
    At = F.Calls[Next].Callee;
  }
  shorten(Found.Path, Before);
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
