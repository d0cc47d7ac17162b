// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// user-address-space: what a `__user` pointer points to is no kernel memory.
//
//   what                                              verdict
//   -----------------------------------------------   -------------------------
//   read, written or called through                   warned
//   converted, and the target is not `__user`         warned, in a cast, too
//   a plain pointer converted to `__user`             warned; in a cast, advice
//   the same at a deeper level, or in the             warned; casts may do so
//   parameters of a function
//   `c ? p : q`, and only one is `__user`             warned
//   a cast with `__force`                             fine
//   an address that was copied from user memory, by   warned
//   whatever type, and memory is accessed there
//
// Null, integers, comparisons and tests never become facts: see frontend/SpaceRecorder.cpp.

#include "model/Model.h"
#include "rules/PointerStory.h"
#include "rules/Story.h"
#include <set>

namespace airlock {

namespace {

class Reporter {
public:
  explicit Reporter(RuleContext &C) : C(C), F(C.F) {}
  void report(const SpaceChange &Here);

private:
  Text access(const SpaceChange &Here);
  Text cast(const SpaceChange &Here) const;
  Text conversion(const SpaceChange &Here) const;
  Text arms(const SpaceChange &Here) const;
  void tellDeclared(EntityId Of, bool IsUser, std::vector<Step> &Path) const;
  void tellPath(const SpaceChange &Here, std::vector<Step> &Path) const;

  RuleContext &C;
  const Facts &F;
  std::optional<OfferedNames> Names;
};

Text Reporter::access(const SpaceChange &Here) {
  if (Here.Is == SpaceChange::Calls)
    return {"'%0' points into user memory and is called", {Here.Text.str()}};
  if (!Names)
    Names = offeredNames(C.M);
  bool Writes = Here.Is == SpaceChange::Writes;
  const std::string &Accessor = Writes ? Names->Writer : Names->Reader;
  Text Message = {"'%0' points into user memory, which is %1 as if it were the kernel's; use ",
                  {Here.Text.str(), Writes ? "written" : "read", Accessor}};
  Message.Format += Accessor.empty() ? "a user access function" : "'%2'";
  return Message;
}

Text Reporter::cast(const SpaceChange &Here) const {
  return {Here.Is == SpaceChange::Drops
              ? "cast of '%0' to '%1' drops '__user'; write '__force' in the cast if it is "
                "intended"
              : "cast of '%0' to '%1' adds '__user'; write '__force' in the cast to say that it "
                "is intended",
          {Here.Text.str(), F.Entities[Here.To].Name.str()}};
}

Text Reporter::conversion(const SpaceChange &Here) const {
  const Entity &From = F.Entities[Here.From], &To = F.Entities[Here.To];
  llvm::StringRef Function = Here.Function == NoEntity ? "" : F.Entities[Here.Function].Name;
  bool IsPlace = From.Named && From.isSlot();
  Text Message = {conversionText(Here.Where, To.Named),
                  {Here.Text.str(), To.Name.str(), From.Name.str(), Function.str(),
                   std::to_string(Here.Index + 1)}};
  const char *Format = nullptr;
  switch (Here.Is) {
  case SpaceChange::Drops:
    Format = To.Named ? " drops '__user'; declare '%1' with '__user' if it is for user memory, or "
                        "cast with '__force' if it is intended"
                      : " drops '__user'; cast with '__force' if it is intended";
    break;
  case SpaceChange::Adds:
    Format = IsPlace ? " makes it a '__user' pointer; declare '%2' with '__user' if it is one, "
                       "or cast with '__force' if it is intended"
                     : " makes it a '__user' pointer; cast with '__force' if it is intended";
    break;
  case SpaceChange::Beneath:
    Format = ", and only one of them points to '__user' pointers; declare both alike";
    break;
  case SpaceChange::Parameter:
    Format = ", and only one of them has '__user' on parameter %4; declare both alike";
    break;
  case SpaceChange::Result:
    Format = ", and only one of them returns a '__user' pointer; declare both alike";
    break;
  default:
    llvm_unreachable("no conversion");
  }
  Message.Format += Format;
  return Message;
}

Text Reporter::arms(const SpaceChange &Here) const {
  return {"of the two that '?:' chooses from, '%0' is a '__user' pointer and '%1' is not; cast one "
          "with '__force' if it is intended",
          {Here.Text.str(), F.Entities[Here.To].Name.str()}};
}

void Reporter::tellDeclared(EntityId Of, bool IsUser, std::vector<Step> &Path) const {
  const Entity &Is = F.Entities[Of];
  if (Is.Named && Is.Declared.isValid())
    Path.push_back({Is.Declared,
                    Is.Name,
                    {IsUser ? "'%0' is declared here, with '__user'"
                            : "'%0' is declared here, without '__user'",
                     {Is.Name.str()}},
                    {}});
}

void Reporter::tellPath(const SpaceChange &Here, std::vector<Step> &Path) const {
  const Entity &From = F.Entities[Here.From];
  switch (Here.Is) {
  case SpaceChange::Beneath:
  case SpaceChange::Parameter:
  case SpaceChange::Result:
    for (EntityId Id : {Here.From, Here.To})
      if (const Entity &Is = F.Entities[Id]; Is.Named && Is.Declared.isValid())
        Path.push_back({Is.Declared, Is.Name, {"'%0' is declared here", {Is.Name.str()}}, {}});
    break;
  case SpaceChange::Adds:
    tellDeclared(Here.From, /*IsUser=*/false, Path);
    if (Here.Where != Site::Cast)
      tellDeclared(Here.To, /*IsUser=*/true, Path);
    break;
  default:
    tellDeclared(Here.From, /*IsUser=*/true, Path);
    if (Here.To != NoEntity && Here.Where != Site::Cast)
      tellDeclared(Here.To, /*IsUser=*/false, Path);
    break;
  }
  if (Here.ForceAt.isValid()) {
    const FixIt Force = {Here.ForceAt, "__force "};
    Path.push_back({Here.ForceAt,
                    From.Name,
                    {"to say that it is intended, write '__force' here", {}},
                    withHeader(C, "__force", {Force})});
    tellMacro(C, "__force", {Force}, From.Name, Path);
  }
}

void Reporter::report(const SpaceChange &Here) {
  Finding Found;
  Found.Rule = "user-address-space";
  Found.At = Here.At;
  setFunction(F, Here.In, Found);
  switch (Here.Is) {
  case SpaceChange::Reads:
  case SpaceChange::Writes:
  case SpaceChange::Calls:
    Found.Message = access(Here);
    break;
  case SpaceChange::Arms:
    Found.Message = arms(Here);
    break;
  default:
    Found.Message = Here.Where == Site::Cast ? cast(Here) : conversion(Here);
    break;
  }
  // To make a '__user' pointer of an address is what the cast is written for.
  if (Here.Is == SpaceChange::Adds && Here.Where == Site::Cast)
    Found.Level = Severity::Advice;
  tellPath(Here, Found.Path);
  Found.Allow = Here.Allow;
  static const char *const Kinds[] = {"reads",   "writes",    "calls",  "drops", "adds",
                                      "beneath", "parameter", "result", "arms"};
  Found.Key = {Kinds[Here.Is], Here.Text};
  if (Here.To != NoEntity)
    Found.Key.push_back(F.Entities[Here.To].Name);
  Found.Line = Here.At;
  C.report(std::move(Found));
}

/// Addresses that a copy of user memory has, or that user space passes, in whatever type, and
/// that are followed as if they were the kernel's: by where they come from.
class Followed {
public:
  Followed(RuleContext &C, EntityId Function, const PointerAnalysis &P)
      : C(C), F(C.F), Function(Function), P(P), T(P.terms()) {}
  void run();

private:
  /// The fetch that has brought an address; none for one that user space passes, by itself or
  /// in what was copied before.
  struct Source {
    std::optional<uint32_t> Fetch;
  };
  std::optional<Source> sourceOf(const PointerState &At, TermId Address) const;
  void look(const PointerAnalysis::Step &At, TermId Value);
  void lookAtCopy(const PointerAnalysis::Step &At);
  void report(const PointerAnalysis::Step &At, Source From);

  RuleContext &C;
  const Facts &F;
  const EntityId Function;
  const PointerAnalysis &P;
  const Terms &T;
  /// By fetch; what is passed is one.
  std::set<std::optional<uint32_t>> Reported;
};

/// Where an address comes from, if that is user space and nothing else may have been put in
/// its place.
std::optional<Followed::Source> Followed::sourceOf(const PointerState &At, TermId Address) const {
  constexpr int64_t PointerSize = 8;
  std::optional<Source> By;
  for (const BasedAddress &A : T.addresses(At, Address)) {
    const Term &Is = T[A.Base];
    if (T.isUserParameter(A.Base)) {
      By.emplace();
      continue;
    }
    if (Is.Is != Term::Load)
      return std::nullopt;
    llvm::ArrayRef<PointerFact> Assigned = At.all(PointerFact::Alias, A.Base);
    Terms::Sources From = T.fetched(At, A.Base);
    if (From.empty() && !Assigned.empty())
      continue; // each of its values comes by itself
    // An element is looked up by a number, which may be the user's: that is no address.
    bool IsOther =
        From.empty() || !Assigned.empty() || Is.Number != PointerSize || !T.written(Is.A).Exact;
    for (const BasedAddress &Holder : T.addresses(At, Is.A))
      IsOther |= !At.all(PointerFact::Handed, Holder.Base).empty();
    if (IsOther)
      return std::nullopt;
    By.emplace();
    if (P.flow().Calls[From.front().Event].Made != NoCall)
      By->Fetch = From.front().Event;
  }
  return By;
}

void Followed::look(const PointerAnalysis::Step &At, TermId Value) {
  if (Value == NoTerm)
    return;
  T.visit(
      At.Before, Value,
      [&](TermId Part) {
        if (T[Part].Is == Term::Load)
          if (std::optional<Source> By = sourceOf(At.Before, T[Part].A))
            report(At, *By);
      },
      Terms::NotIntoCalls);
}

/// memcpy() reads and writes; so do copies to and from user memory, at their other end.
void Followed::lookAtCopy(const PointerAnalysis::Step &At) {
  const UserEvent &E = *At.Event;
  const FunctionModel *Role = P.roleOf(E);
  if (!Role)
    return;
  auto Look = [&](std::optional<unsigned> Index) {
    if (Index && *Index < E.Arguments.size() && E.Arguments[*Index].Value != NoTerm)
      if (std::optional<Source> By = sourceOf(At.Before, E.Arguments[*Index].Value))
        report(At, *By);
  };
  if (Role->Copies) {
    Look(Role->Copies.Value.Into);
    Look(Role->Copies.Value.Pointer);
  }
  if (Role->Stores)
    Look(Role->Stores.Value.From);
  if (Role->Fetches && Role->Fetches.Value.Size)
    Look(Role->Fetches.Value.Into);
}

void Followed::report(const PointerAnalysis::Step &At, Source From) {
  if (!Reported.insert(From.Fetch).second)
    return;
  Finding Found;
  Found.Rule = "user-address-space";
  Found.At = At.Event ? At.Event->At : At.Block.At;
  setFunction(F, Function, Found);
  if (From.Fetch) {
    const Call &By = F.Calls[P.flow().Calls[*From.Fetch].Made];
    const llvm::StringRef Name = F.callee(By).Name;
    Found.Message = {"memory is accessed at an address that '%0' has copied from user memory, as "
                     "if it were the kernel's; copy what is there with a user access function",
                     {Name.str()}};
    Found.Path.push_back({placeOf(F, By),
                          F.Entities[Function].Name,
                          {"'%0' copies the address here", {Name.str()}},
                          {}});
    Found.Key = {"followed", Name};
  } else {
    Found.Message = {"memory is accessed at an address that user space passes, as if it were the "
                     "kernel's; copy what is there with a user access function",
                     {}};
    tellRoot(F, Function, Found.Path);
    Found.Key = {"followed", "passed"};
  }
  Found.Line = Found.At;
  C.report(std::move(Found));
}

void Followed::run() {
  const bool IsPassed =
      llvm::any_of(P.flow().Parameters, [](const UserParameter &Is) { return Is.FromUser; });
  P.walk([&](const PointerAnalysis::Step &At) {
    if (!IsPassed && At.Before.all(PointerFact::Fetched).empty())
      return;
    if (!At.Event)
      return look(At, At.Block.Condition);
    const UserEvent &E = *At.Event;
    look(At, E.Source);
    for (const UserArgument &A : E.Arguments)
      look(At, A.Value);
    if (E.Is == UserEvent::Call)
      return lookAtCopy(At);
    if (E.Target != NoTerm)
      if (std::optional<Source> By = sourceOf(At.Before, E.Target))
        report(At, *By);
  });
}

} // namespace

void userAddressSpace(RuleContext &C) {
  Reporter Report(C);
  for (const SpaceChange &Here : C.F.SpaceChanges)
    Report.report(Here);
  forEachAnalysed(
      C, [&](EntityId Function, const PointerAnalysis &P) { Followed(C, Function, P).run(); });
}

} // namespace airlock
