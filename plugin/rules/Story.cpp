// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "rules/Story.h"
#include "llvm/ADT/StringExtras.h"

namespace airlock {

Location placeOf(const Facts &F, const Call &C) {
  const Call *Outermost = &C;
  while (Outermost->Outer != NoCall)
    Outermost = &F.Calls[Outermost->Outer];
  return Outermost->At;
}

// Nobody reads a thousand steps, and every finding below a long chain has them.
static constexpr size_t MaxSteps = 64, Kept = MaxSteps / 2;

void shorten(std::vector<Step> &Path, size_t From) {
  if (Path.size() - From <= MaxSteps)
    return;
  size_t Left = Path.size() - From - MaxSteps;
  auto Begin = Path.begin() + From + Kept;
  Begin->What = {"(%0 more steps from here on)", {std::to_string(Left)}};
  Path.erase(Begin + 1, Begin + Left);
}

void tellCalls(const Facts &F, llvm::ArrayRef<CallId> Chain, std::vector<Step> &Path) {
  for (size_t I = 0; I < Chain.size(); ++I) {
    const Call &C = F.Calls[Chain[I]];
    if (Chain.size() > MaxSteps && I == Kept) {
      size_t Left = Chain.size() - MaxSteps;
      Path.push_back({C.At,
                      F.Entities[F.caller(C)].Name,
                      {"(%0 more calls from here on)", {std::to_string(Left)}},
                      {}});
      I += Left - 1;
      continue;
    }
    const Entity &Caller = F.Entities[F.caller(C)];
    const Entity &Callee = F.callee(C);
    const char *Format = Callee.Kind == EntityKind::Macro ? "'%0' expands '%1' here"
                         : Callee.isSlot()                ? "'%0' calls through '%1' here"
                                                          : "'%0' calls '%1' here";
    Path.push_back({C.At, Caller.Name, {Format, {Caller.Name.str(), Callee.Name.str()}}, {}});
  }
}

llvm::SmallVector<CallId, 4> framesOf(const Facts &F, CallId Id) {
  llvm::SmallVector<CallId, 4> Frames;
  for (CallId Frame = Id; Frame != NoCall; Frame = F.Calls[Frame].Outer)
    Frames.insert(Frames.begin(), Frame);
  return Frames;
}

void tellFrames(const Facts &F, CallId Id, std::vector<Step> &Path) {
  tellCalls(F, framesOf(F, Id), Path);
}

void tellFramesAbove(const Facts &F, CallId Id, std::vector<Step> &Path) {
  if (F.Calls[Id].Outer != NoCall)
    tellFrames(F, Id, Path);
}

void tellStore(const Facts &F, const Store &S, std::vector<Step> &Path) {
  llvm::StringRef Name = F.Entities[S.Stored].Name;
  Text What = {"'%0' is stored in '%1' here", {Name.str(), F.Entities[S.Slot].Name.str()}};
  if (S.PassedTo != NoEntity)
    What = {"'%0' is passed to '%1' as '%2' here",
            {Name.str(), F.Entities[S.PassedTo].Name.str(), F.Entities[S.Slot].Name.str()}};
  Path.push_back({S.At, Name, std::move(What), {}});
}

/// Slot and To are NoEntity for any.
static void tellStored(const Facts &F, EntityId Function, EntityId Slot, EntityId To,
                       std::vector<Step> &Path) {
  for (const Store &S : F.Stores) {
    if (S.Stored != Function || (Slot != NoEntity && S.Slot != Slot) ||
        (To != NoEntity && S.PassedTo != To))
      continue;
    tellStore(F, S, Path);
    return;
  }
}

void tellPassed(const Facts &F, EntityId Function, EntityId To, std::vector<Step> &Path) {
  tellStored(F, Function, NoEntity, To, Path);
}

void tellStore(const Facts &F, EntityId Function, EntityId Slot, std::vector<Step> &Path) {
  tellStored(F, Function, Slot, NoEntity, Path);
}

void tellRoot(const Facts &F, EntityId Function, std::vector<Step> &Path) {
  tellStored(F, Function, NoEntity, NoEntity, Path);
}

Text textOfPrimitive(const Model &M, llvm::StringRef Name, unsigned Effect,
                     llvm::ArrayRef<StatedCondition> When) {
  Text Why = {"'%0' %1", {Name.str(), M.effects()[Effect].Description}};
  if (!When.empty()) {
    std::string If;
    for (const StatedCondition &Each : When)
      If += (If.empty() ? "" : " and ") + Each.Text.str();
    Why.Format += " if %2";
    Why.Arguments.push_back(std::move(If));
  }
  return Why;
}

void tellPrimitive(const Facts &F, const Model &M, EntityId Primitive, unsigned Effect,
                   std::vector<Step> &Path) {
  const Entity &E = F.Entities[Primitive];
  llvm::ArrayRef<StatedCondition> When;
  if (E.More)
    When = E.More->When;
  Path.push_back({E.Declared, E.Name, textOfPrimitive(M, E.Name, Effect, When), {}});
}

void tellQualifier(const Facts &F, const Model &M, EntityId Subject, unsigned Context,
                   std::vector<Step> &Path) {
  const Entity &E = F.Entities[Subject];
  const std::string &Name = M.contexts()[Context].Name;
  const bool Needs = E.Needs.contains(Context); // or else it is excluded
  const QualifierOrigin *Origin =
      llvm::find_if(E.Origins, [&](const QualifierOrigin &O) { return O.Context == Context; });
  if (Origin != E.Origins.end() && !Origin->Model.empty()) {
    Text Why = {Needs ? "'%0' needs context '%1' because model '%2' says so"
                      : "'%0' must not be called in context '%1' because model '%2' says so",
                {E.Name.str(), Name, Origin->Model.str()}};
    Path.push_back({Origin->At.isValid() ? Origin->At : E.Declared, E.Name, std::move(Why), {}});
    return;
  }
  Location At = Origin != E.Origins.end() ? Origin->At : E.Declared;
  if (At.isValid())
    Path.push_back(
        {At, E.Name, {"'%0' is declared here as needing context '%1'", {E.Name.str(), Name}}, {}});
}

std::optional<unsigned> mostGeneral(const Model &M, EffectSet Of) {
  std::optional<unsigned> Best = Of.first();
  // Kinds make no circle.
  while (Best && M.effects()[*Best].KindOf && Of.contains(*M.effects()[*Best].KindOf))
    Best = M.effects()[*Best].KindOf;
  return Best;
}

void setFunction(const Facts &F, EntityId Function, Finding &Found) {
  Found.File = F.MainFile;
  if (Function == NoEntity)
    return;
  Found.In = Function;
  Found.Function = F.Entities[Function].Name;
  Found.File = F.Entities[Function].File;
}

const char *conversionText(Site Kind, bool ParameterHasName) {
  switch (Kind) {
  case Site::Initialization:
    return "initializing '%1' with '%0'";
  case Site::Assignment:
    return "assigning '%0' to '%1'";
  case Site::Argument:
    return ParameterHasName ? "passing '%0' to parameter '%1' of '%3'"
                            : "passing '%0' to %1 of '%3'";
  case Site::VariadicArgument:
    return "passing '%0' as a variadic argument of '%3'";
  case Site::UnprototypedArgument:
    return "passing '%0' to '%3', which has no prototype,";
  case Site::Return:
    return "returning '%0' from '%3'";
  case Site::AsmOperand:
    return "using '%0' as an operand of asm";
  case Site::Cast:
    break;
  }
  llvm_unreachable("a cast says so itself");
}

std::vector<FixIt> addQualifier(const Model &M, const Entity &Target, unsigned Context) {
  const std::string &Spelling = M.contexts()[Context].Spelling;
  std::vector<FixIt> Fixes;
  for (const Insertion &I : Target.Insertions)
    Fixes.push_back({I.At, I.AfterDeclarator ? " " + Spelling : Spelling + " "});
  return Fixes;
}

llvm::StringRef macroOf(llvm::StringRef Spelling) {
  return Spelling.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
}

std::vector<FixIt> withHeader(RuleContext &C, llvm::StringRef Macro, std::vector<FixIt> Fixes) {
  std::vector<FixIt> Includes;
  for (const FixIt &Fix : Fixes) {
    MacroNeed Need = C.code() ? C.code()->needOf(Macro, Fix.At) : MacroNeed();
    if (Need.Is == MacroNeed::Nothing)
      continue;
    if (Need.Is != MacroNeed::Include)
      return {};
    if (llvm::none_of(Includes, [&](const FixIt &Known) { return Known.At == Need.At; }))
      Includes.push_back({Need.At, Need.Line});
  }
  Fixes.insert(Fixes.begin(), Includes.begin(), Includes.end());
  return Fixes;
}

void tellMacro(RuleContext &C, llvm::StringRef Macro, llvm::ArrayRef<FixIt> Fixes,
               llvm::StringRef Function, std::vector<Step> &Path) {
  // What cannot be had is what to tell of.
  std::optional<std::pair<MacroNeed, Location>> Worst;
  for (const FixIt &Fix : Fixes) {
    MacroNeed Need = C.code() ? C.code()->needOf(Macro, Fix.At) : MacroNeed();
    if (Need.Is > (Worst ? Worst->first.Is : MacroNeed::Nothing))
      Worst = {std::move(Need), Fix.At};
  }
  if (!Worst)
    return;
  const auto &[Need, At] = *Worst;
  const char *Format =
      Need.Is == MacroNeed::Include ? "'%0' is a macro of %1, which is to be included here"
      : Need.Is == MacroNeed::NoHeader
          ? "'%0' is a macro of %1, which is not on the include path; put it there and include it"
          : "'%0' is a macro that is not defined here; include the header that defines it";
  Path.push_back({At, Function, {Format, {Macro.str(), Need.Header}}, {}});
}

void offer(RuleContext &C, llvm::StringRef Macro, std::vector<FixIt> Fixes, Finding &Found) {
  tellMacro(C, Macro, Fixes, Found.Function, Found.Path);
  Found.FixIts = withHeader(C, Macro, std::move(Fixes));
}

} // namespace airlock
