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
//
// Null, integers, comparisons and tests never become facts: see frontend/SpaceRecorder.cpp.

#include "rules/PointerStory.h"
#include "rules/Story.h"

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
  const char *Format = "";
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

} // namespace

void userAddressSpace(RuleContext &C) {
  Reporter Report(C);
  for (const SpaceChange &Here : C.F.SpaceChanges)
    Report.report(Here);
}

} // namespace airlock
