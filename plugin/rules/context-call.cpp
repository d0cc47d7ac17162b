// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// context-call: what needs a context is called only from code in that context.
//
//   called            the caller must be in
//   -------------     ------------------------------------------------------
//   a function, a     every context it needs: by its own qualifier, by
//   macro, a slot     __context_entry, by the macro whose body holds the call, or
//                     because it has asked at run time
//   the same, of a    unless it is known that nothing is open that grants it
//   context that a    (GrantedContexts.h)
//   region grants
//
// and what must not be called in a context is called only from code that is not in
// it, or that has asked and is not in it then.

#include "regions/AskedContexts.h"
#include "regions/GrantedContexts.h"
#include "rules/RegionStory.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace airlock {

static ContextSet contextsAround(const Facts &F, const Call &C) {
  ContextSet Contexts = F.Entities[C.In].Provides;
  for (CallId Id = C.Outer; Id != NoCall; Id = F.Calls[Id].Outer)
    Contexts |= F.callee(F.Calls[Id]).Provides;
  return Contexts;
}

/// From a function that nobody calls, through the call, down to the primitive.
static std::vector<Step> tellPath(RuleContext &C, CallId Id, unsigned Context) {
  const Facts &F = C.F;
  const Call &Bad = F.Calls[Id];
  CallGraph::Chain Chain = C.graph().longestChainTo(Bad.In);
  EntityId Root = Chain.empty() ? Bad.In : F.caller(F.Calls[Chain.front()]);

  llvm::append_range(Chain, framesOf(F, Id));

  std::optional<unsigned> Effect = C.M.contexts()[Context].Effect;
  EntityId Last = Bad.Callee;
  if (Effect) {
    CallGraph::Chain Down = C.graph().chainToEffect(Bad.Callee, *Effect);
    Chain.insert(Chain.end(), Down.begin(), Down.end());
    if (!Down.empty())
      Last = F.Calls[Down.back()].Callee;
  }

  std::vector<Step> Path;
  tellRoot(F, Root, Path);
  tellCalls(F, Chain, Path);
  const Entity &End = F.Entities[Last];
  if (Effect && End.Effects.contains(*Effect))
    Path.push_back({End.Declared,
                    End.Name,
                    {"'%0' %1", {End.Name.str(), C.M.effects()[*Effect].Description}},
                    {}});
  else if (!End.HasBody && End.Kind == EntityKind::Function)
    Path.push_back({End.Declared,
                    End.Name,
                    {"'%0' has no definition in this translation unit", {End.Name.str()}},
                    {}});
  tellQualifier(C.F, C.M, Bad.Callee, Context, Path);
  return Path;
}

static void reportCall(RuleContext &C, CallId Id, unsigned Context, bool WithFix) {
  const Facts &F = C.F;
  const Call &Bad = F.Calls[Id];
  const Entity &Caller = F.Entities[Bad.In];
  const Entity &Callee = F.callee(Bad);
  const ContextInfo &Info = C.M.contexts()[Context];

  Finding Found;
  Found.Rule = "context-call";
  Found.At = placeOf(F, Bad);
  setFunction(F, Bad.In, Found);
  Found.Context = Info.Name;
  const char *Format =
      Callee.Kind == EntityKind::Macro
          ? "'%0' expands '%1', which needs context '%2', but is not in that context itself; "
            "annotate '%0' with '%3'"
      : Callee.isSlot()
          ? "'%0' calls through '%1', which needs context '%2', but is not in that context "
            "itself; annotate '%0' with '%3'"
          : "'%0' calls '%1', which needs context '%2', but is not in that context itself; "
            "annotate '%0' with '%3'";
  Found.Message = {Format, {Caller.Name.str(), Callee.Name.str(), Info.Name, Info.Spelling}};
  Found.Path = tellPath(C, Id, Context);
  if (WithFix)
    offer(C, macroOf(Info.Spelling), addQualifier(C.M, Caller, Context), Found);
  Found.Allow = Bad.Allow;
  Found.Key = {Callee.Name};
  Found.Calls = {Id};
  C.report(std::move(Found));
}

/// The code is in a context in which what it calls must not be called.
static void reportExcluded(RuleContext &C, CallId Id, unsigned Context) {
  const Facts &F = C.F;
  const Call &Bad = F.Calls[Id];
  const Entity &Caller = F.Entities[Bad.In];
  const Entity &Callee = F.callee(Bad);
  const std::string &Name = C.M.contexts()[Context].Name;

  Finding Found;
  Found.Rule = "context-call";
  Found.At = placeOf(F, Bad);
  setFunction(F, Bad.In, Found);
  Found.Context = Name;
  const char *Format =
      Callee.Kind == EntityKind::Macro
          ? "'%0' expands '%1', which must not be called in context '%2', and is in it"
      : Callee.isSlot()
          ? "'%0' calls through '%1', which must not be called in context '%2', and is in it"
          : "'%0' calls '%1', which must not be called in context '%2', and is in it";
  Found.Message = {Format, {Caller.Name.str(), Callee.Name.str(), Name}};
  tellFrames(F, Id, Found.Path);
  tellQualifier(F, C.M, Bad.Callee, Context, Found.Path);
  // Who says so: the function, a macro around the call, or a test, which the line shows.
  EntityId Inside = Bad.In;
  for (CallId Outer = Bad.Outer; Outer != NoCall && !F.Entities[Inside].Provides.contains(Context);
       Outer = F.Calls[Outer].Outer)
    Inside = F.Calls[Outer].Callee;
  const Entity &Is = F.Entities[Inside];
  if (Is.Needs.contains(Context))
    tellQualifier(F, C.M, Inside, Context, Found.Path);
  else if (Is.Provides.contains(Context))
    Found.Path.push_back(
        {Is.Declared, Is.Name, {"'%0' enters context '%1'", {Is.Name.str(), Name}}, {}});
  Found.Allow = Bad.Allow;
  Found.Key = {Callee.Name};
  Found.Calls = {Id};
  C.report(std::move(Found));
}

namespace {

/// Calls of what needs a context that a region grants. What a function asserts on every way
/// (`lockdep_assert_held()`) it needs, too: its callers are asked one by one.
class Held {
public:
  Held(RuleContext &C, AskedContexts &Asked)
      : C(C), F(C.F), Asked(Asked), Granted(C.M.granted()),
        Contexts(F, C.M, C.graph(), C.regions()) {}
  void run();

private:
  void check(CallId Id, unsigned Context);
  void report(CallId Id, unsigned Context, Severity Level);

  RuleContext &C;
  const Facts &F;
  AskedContexts &Asked;
  const ContextSet Granted;
  GrantedContexts Contexts;
  /// What needs a context, by itself or for a call that it always makes.
  llvm::SetVector<std::pair<EntityId, unsigned>> Needing;
  llvm::DenseMap<std::pair<EntityId, unsigned>, CallId> Because;
};

void Held::report(CallId Id, unsigned Context, Severity Level) {
  const Call &Bad = F.Calls[Id];
  const std::string &Name = C.M.contexts()[Context].Name;
  Finding Found;
  Found.Rule = "context-call";
  Found.Level = Level;
  Found.At = placeOf(F, Bad);
  setFunction(F, Bad.In, Found);
  Found.Context = Name;
  Found.Message = {std::string(verbFor(F.callee(Bad))) +
                       ", which needs context '%2', and no region that grants it is open here",
                   {F.Entities[Bad.In].Name.str(), F.callee(Bad).Name.str(), Name}};
  EntityId Needs = Bad.Callee;
  CallGraph::Chain Down = {Id};
  for (auto Why = Because.find({Needs, Context}); Why != Because.end();
       Why = Because.find({Needs, Context})) {
    Down.push_back(Why->second);
    Needs = F.Calls[Why->second].Callee;
  }
  tellCalls(F, Down, Found.Path);
  tellQualifier(F, C.M, Needs, Context, Found.Path);
  Found.Allow = Bad.Allow;
  Found.Key = {F.callee(Bad).Name, "not-granted"};
  Found.Calls = {Id};
  C.report(std::move(Found));
}

void Held::check(CallId Id, unsigned Context) {
  const EntityId In = F.Calls[Id].In;
  if (contextsAround(F, F.Calls[Id]).contains(Context) || Asked.at(Id).Inside.contains(Context) ||
      Contexts.mayBeIn(Id, Context))
    return;
  // Who nobody calls may be called from where nobody looks, with a lock; and what has been let
  // go of may be another lock than the one that is meant. Both together are certain enough.
  const bool Left = Contexts.hasLeft(Id, Context);
  if (Contexts.isCalledOutside(In, Context))
    return report(Id, Context, Left ? Severity::Warning : Severity::Advice);
  if (Left && !Contexts.mayBeCalledIn(In, Context))
    return report(Id, Context, Severity::Advice);
  if (Contexts.isAlwaysMade(Id) && Needing.insert({In, Context}))
    Because[{In, Context}] = Id;
}

void Held::run() {
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    (F.Entities[E].Needs & Granted).forEach([&](unsigned Id) { Needing.insert({E, Id}); });
  for (size_t I = 0; I < Needing.size(); ++I) {
    const std::pair<EntityId, unsigned> Each = Needing[I];
    for (CallId Id : C.graph().callsOf(Each.first))
      check(Id, Each.second);
  }
}

} // namespace

void contextCall(RuleContext &C) {
  const ContextSet Granted = C.M.granted();
  AskedContexts Asked(C.F, [&C]() -> RegionSource & { return C.regions(); });
  // One annotation mends every call in a function: only the first offers it.
  llvm::DenseSet<std::pair<EntityId, unsigned>> Offered;
  for (CallId Id = 0; Id < C.F.Calls.size(); ++Id) {
    const Call &Here = C.F.Calls[Id];
    const Entity &Callee = C.F.callee(Here);
    if ((Callee.Needs | Callee.Excludes).empty())
      continue;
    const ContextSet Around = contextsAround(C.F, Here);
    ContextSet Lacks = Callee.Needs - Granted - Around;
    if (Lacks.empty() && Callee.Excludes.empty())
      continue;
    const AskedContexts::Answers Answers = Asked.at(Id);
    (Lacks - Answers.Inside).forEach([&](unsigned Context) {
      reportCall(C, Id, Context, Offered.insert({Here.In, Context}).second);
    });
    (((Around | Answers.Inside) & Callee.Excludes) - Answers.Outside)
        .forEach([&](unsigned Context) { reportExcluded(C, Id, Context); });
  }
  if (!Granted.empty())
    Held(C, Asked).run();
}

} // namespace airlock
