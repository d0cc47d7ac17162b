// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// uaccess-unchecked: CVE-2017-5123's rule. An accessor that does not check its
// address is handed one that nobody checked.
//
//   the address                                     verdict
//   ---------------------------------------------   -------------------------
//   passed a check here, on some path               fine
//   `__prevalidated`, or a model says so            fine; who fills it is held to it
//   of a parameter                                  up to those who call
//   read from user memory                           warned
//   read from kernel memory                         advice: say `__prevalidated`
//   stored or passed where it says `__prevalidated` held to the same
//
// And accessors that need an open region (a model's `needs_open`), where none is.

#include "model/Model.h"
#include "rules/PointerStory.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

namespace {

class Checker {
public:
  explicit Checker(RuleContext &C) : C(C), F(C.F) {}
  void run();

private:
  const OfferedNames &names();
  void reportPromise(const Unsure &Of);
  void reportUnchecked(const Unsure &Of);
  FlavourSet openForOther(CallId Call, RegionSet Regions, FlavourSet Needed);
  void reportOther(CallId Id, FlavourSet Needed, FlavourSet Open);
  void checkOpen(EntityId Function);
  bool isCalledOpen(EntityId Function, RegionSet Needed);
  bool mayBeOpen(CallId Call, RegionSet Needed, bool &Dropped);

  RuleContext &C;
  const Facts &F;
  std::optional<OfferedNames> Names;
  /// One finding for what one function does with one address.
  llvm::DenseSet<std::pair<EntityId, llvm::StringRef>> Reported;
  /// Functions that are never called with these regions open.
  llvm::DenseSet<std::pair<EntityId, uint64_t>> NeverOpen;
};

const char *verbOf(const FunctionModel &Role) {
  return Role.Fetches ? "reads" : Role.Stores ? "writes" : "reads and writes";
}

const OfferedNames &Checker::names() {
  if (!Names)
    Names = offeredNames(C.M);
  return *Names;
}

/// Who promises that it was checked has to have it from somebody who did.
void Checker::reportPromise(const Unsure &Of) {
  const Passing &P = *Of.Access;
  Finding Found;
  Found.Rule = "uaccess-unchecked";
  setFunction(F, Of.Function, Found);
  if (P.From == Origin::Field)
    Found.Level = Severity::Advice;
  if (P.Call == NoCall) {
    Found.At = P.At;
    Found.Message = {"a user pointer that nothing has checked is stored where it is declared "
                     "'__prevalidated'; call '%0' first",
                     {names().Check}};
    Found.Key = {"stored"};
  } else {
    const Call &Made = F.Calls[P.Call];
    Found.At = placeOf(F, Made);
    Found.Message = {"passing '%0', which nothing has checked, to '%1', which declares it "
                     "'__prevalidated'; call '%2' first",
                     {P.Text.str(), F.callee(Made).Name.str(), names().Check}};
    Found.Allow = Made.Allow;
    Found.Key = {F.callee(Made).Name, P.Text, "promised"};
  }
  tellPassing(C, Of, Found.Path);
  C.report(std::move(Found));
}

void Checker::reportUnchecked(const Unsure &Of) {
  if (Of.Access->Promised)
    return reportPromise(Of);
  const Call &Access = F.Calls[Of.Access->Call];
  const FunctionModel &Role = *userRole(C, F.callee(Access));
  llvm::StringRef Text = Of.Access->Text;
  // `&p->a` and `&p->b` are one mistake.
  llvm::StringRef Root = Text.ltrim("&(").take_until([](char Is) {
    return Is == '-' || Is == '.' || Is == '[' || Is == '+' || Is == ' ' || Is == ')';
  });
  if (!Reported.insert({Of.Function, Of.Access->TooShort ? Text : Root}).second)
    return;
  Finding Found;
  Found.Rule = "uaccess-unchecked";
  Found.At = placeOf(F, Access);
  setFunction(F, Of.Function, Found);
  std::string What = Text.empty() ? "an address" : "'" + Text.str() + "'";
  std::string Name = F.callee(Access).Name.str();
  if (Of.Access->TooShort) {
    Found.Message = {"'%0' %1 user memory through %2, beyond what was checked; check the whole "
                     "range",
                     {Name, verbOf(Role), What}};
  } else if (Of.Access->From == Origin::Field) {
    Found.Level = Severity::Advice;
    Found.Message = {"'%0' %1 user memory through %2, which nothing here checks; if it is checked "
                     "where it is stored, declare it '__prevalidated'",
                     {Name, verbOf(Role), What}};
  } else {
    Found.Message = {"'%0' %1 user memory through %2, which nothing has checked; call '%3' or "
                     "open the region with '%4(ptr, len)'",
                     {Name, verbOf(Role), What, names().Check, names().Opener}};
  }
  tellPassing(C, Of, Found.Path);
  if (Of.Access->From == Origin::User)
    Found.Path.push_back(
        {Found.At, F.Entities[Of.Function].Name, {"%0 comes from user memory itself", {What}}, {}});
  tellFramesAbove(F, Of.Access->Call, Found.Path);
  Found.Path.push_back({F.callee(Access).Declared,
                        F.callee(Access).Name,
                        {"'%0' does not check the address by itself", {Name}},
                        {}});
  Found.Allow = Access.Allow;
  Found.Key = {F.callee(Access).Name, Of.Access->TooShort ? Text : Root,
               Of.Access->TooShort ? "beyond" : "unchecked"};
  C.report(std::move(Found));
}

/// Whether a region that is needed may be open at a call. Dropped: it is not any
/// more, though the caller may have had it open.
bool Checker::mayBeOpen(CallId Call, RegionSet Needed, bool &Dropped) {
  std::shared_ptr<const FunctionRegions> Body = C.regions().of(F.Calls[Call].In);
  if (!Body)
    return true;
  for (const CallSituations &Here : Body->at(Call))
    for (const Situation &At : Here.Ways) {
      if (!((At.open() | At.Maybe) & Needed).empty())
        return true;
      Dropped |= !(At.Dropped & Needed).empty();
    }
  return false;
}

/// Whether anybody may call a function with the region open.
bool Checker::isCalledOpen(EntityId Function, RegionSet Needed) {
  using AtCall = CallGraph::AtCall;
  llvm::SmallVector<EntityId, 8> Asked;
  auto IsSafe = [&](EntityId Here) {
    Asked.push_back(Here);
    return !(F.Entities[Here].safeIn() & Needed).empty();
  };
  auto At = [&](CallId Id, EntityId Called) {
    bool Dropped = false;
    if (NeverOpen.contains({Called, Needed.bits()}))
      return AtCall::No;
    if (mayBeOpen(Id, Needed, Dropped))
      return AtCall::Yes;
    return Dropped ? AtCall::No : AtCall::AskCaller;
  };
  if (C.graph().askCallers(Function, IsSafe, At))
    return true;
  for (EntityId Each : Asked)
    NeverOpen.insert({Each, Needed.bits()});
  return false;
}

/// What a region is open for at a call, where that is known on every way and does not do;
/// empty otherwise.
FlavourSet Checker::openForOther(CallId Call, RegionSet Regions, FlavourSet Needed) {
  FlavourSet Others;
  std::shared_ptr<const FunctionRegions> Body = C.regions().of(F.Calls[Call].In);
  if (!Body || Needed.empty())
    return Others;
  for (const CallSituations &Here : Body->at(Call))
    for (const Situation &At : Here.Ways) {
      auto Open = llvm::find_if(At.Open, [&](const OpenRegion &O) {
        return Regions.contains(O.Region) && !O.Flavour.empty() && !(Needed - O.Flavour).empty();
      });
      if (Open == At.Open.end())
        return FlavourSet();
      Others |= Open->Flavour;
    }
  return Others;
}

void Checker::reportOther(CallId Id, FlavourSet Needed, FlavourSet Open) {
  const Call &Access = F.Calls[Id];
  if (!Reported.insert({Access.In, F.callee(Access).Name}).second)
    return;
  Finding Found;
  Found.Rule = "uaccess-unchecked";
  Found.At = placeOf(F, Access);
  setFunction(F, Access.In, Found);
  Found.Message = {std::string(verbFor(F.callee(Access))) +
                       " in a user access region that is open for %2, not for %3",
                   {F.Entities[Access.In].Name.str(), F.callee(Access).Name.str(),
                    C.M.namesOf(Open), C.M.namesOf(Needed)}};
  tellFramesAbove(F, Id, Found.Path);
  Found.Allow = Access.Allow;
  Found.Key = {F.callee(Access).Name, "open-for-other"};
  C.report(std::move(Found));
}

void Checker::checkOpen(EntityId Function) {
  for (CallId Id : C.graph().callsIn(Function)) {
    const Call &Access = F.Calls[Id];
    const FunctionModel *Role = userRole(C, F.callee(Access));
    if (!Role || !Role->NeedsOpen)
      continue;
    FlavourSet Other = openForOther(Id, Role->NeedsOpen.Value, Role->Flavour.Value);
    if (!Other.empty())
      reportOther(Id, Role->Flavour.Value, Other);
    bool Dropped = false;
    if (mayBeOpen(Id, Role->NeedsOpen.Value, Dropped) ||
        (!Dropped && isCalledOpen(Function, Role->NeedsOpen.Value)))
      continue;
    if (!Reported.insert({Function, F.callee(Access).Name}).second)
      continue;
    Finding Found;
    Found.Rule = "uaccess-unchecked";
    Found.At = placeOf(F, Access);
    setFunction(F, Function, Found);
    Found.Message = {
        std::string(verbFor(F.callee(Access))) + " outside a user access region; open one with "
                                                 "'%2(ptr, len)' before",
        {F.Entities[Function].Name.str(), F.callee(Access).Name.str(), names().Opener}};
    tellFramesAbove(F, Id, Found.Path);
    Found.Allow = Access.Allow;
    Found.Key = {F.callee(Access).Name, "outside"};
    C.report(std::move(Found));
  }
}

void Checker::run() {
  forEachUnsure(
      C, SureFields, [](const Passing &P) { return P.Checked; },
      [&](const Unsure &Of) { reportUnchecked(Of); });
  // Of a program, who touches pointers is not all who access: what is sure is not kept.
  llvm::SmallVector<EntityId, 16> Functions;
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    if (const FunctionModel *Role = userRole(C, F.Entities[E]); Role && Role->NeedsOpen)
      for (CallId Id : C.graph().callsOf(E))
        Functions.push_back(F.Calls[Id].In);
  llvm::sort(Functions);
  Functions.erase(std::unique(Functions.begin(), Functions.end()), Functions.end());
  for (EntityId Function : Functions)
    checkOpen(Function);
}

} // namespace

void uaccessUnchecked(RuleContext &C) { Checker(C).run(); }

} // namespace airlock
