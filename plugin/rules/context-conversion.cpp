// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// context-conversion: a pointer keeps its contexts on every implicit
// conversion, so that whoever calls through it is held to them.
//
//   from              to                                    verdict
//   ---------------   -----------------------------------   ---------------
//   needs C           carries C                             fine
//   needs nothing     carries C                             fine
//   needs C           a pointer or number without C         warned
//   the place of a    a pointer to pointers with other      warned, both
//   pointer           contexts                              ways
//   declaration       later one with other contexts, used   warned
//   promises nothing  promises never to sleep, or to be     warned
//                     safe in a region
//
// Booleans and comparisons never become facts: see frontend/FactCollector.cpp.

#include "rules/Story.h"

namespace airlock {

/// Why the context is there, and why it is lost; each way out is a note's fix-it.
static std::vector<Step> tellPath(RuleContext &C, const Conversion &Here, unsigned Context) {
  const Facts &F = C.F;
  const Entity &To = F.Entities[Here.To];
  const llvm::StringRef Macro = macroOf(C.M.contexts()[Context].Spelling);
  std::vector<Step> Path;
  tellQualifier(C.F, C.M, Here.From, Context, Path);
  if (To.Declared.isValid())
    Path.push_back({To.Declared,
                    To.Name,
                    {To.CanCarry ? "'%0' is a function pointer that carries no context '%1'"
                                 : "'%0' is of a type that carries no context",
                     {To.Name.str(), C.M.contexts()[Context].Name}},
                    withHeader(C, Macro, addQualifier(C.M, To, Context))});
  tellMacro(C, Macro, addQualifier(C.M, To, Context), To.Name, Path);
  if (Here.ForceAt.isValid()) {
    const FixIt Force = {Here.ForceAt, Here.ForceText.str()};
    Path.push_back({Here.ForceAt,
                    F.Entities[Here.From].Name,
                    {"to drop the context on purpose, write '%0'", {Here.ForceText.str()}},
                    withHeader(C, "__force", {Force})});
    tellMacro(C, "__force", {Force}, F.Entities[Here.From].Name, Path);
  }
  return Path;
}

/// Inverse: the pointer's place is handed to somebody who may store there what
/// needs more than it carries.
static void reportConversion(RuleContext &C, const Conversion &Here, unsigned Context,
                             bool Inverse) {
  const Facts &F = C.F;
  const Entity &From = F.Entities[Here.From];
  const Entity &To = F.Entities[Here.To];
  const ContextInfo &Info = C.M.contexts()[Context];
  llvm::StringRef Function = Here.Function == NoEntity ? "" : F.Entities[Here.Function].Name;

  Finding Found;
  Found.Rule = "context-conversion";
  Found.At = Here.At;
  setFunction(F, Here.In, Found);
  Found.Context = Info.Name;
  Found.Message.Format = conversionText(Here.Kind, To.Named);
  Found.Message.Format +=
      Inverse ? " lets functions that need context '%2' be stored in '%0', which carries none; "
              : " drops context '%2'; ";
  Found.Message.Format += Inverse ? "declare '%0' with '%4'"
                          : To.CanCarry && To.Named
                              ? "declare '%1' with '%4', or cast with '__force' on purpose"
                              : "cast with '__force' if that is intended";
  Found.Message.Arguments = {From.Name.str(), To.Name.str(), Info.Name, Function.str(),
                             Info.Spelling};
  if (Inverse)
    tellQualifier(C.F, C.M, Here.To, Context, Found.Path);
  else
    Found.Path = tellPath(C, Here, Context);
  Found.Allow = Here.Allow;
  Found.Line = Here.At;
  Found.Key = {From.Name, To.Name, Function, Inverse ? "place" : ""};
  C.report(std::move(Found));
}

/// A model's promise is about code that nobody has annotated: a function that is seen
/// whole keeps it by what it does.
static bool keepsPromise(RuleContext &C, const Conversion &Here, EffectSet Never) {
  const Entity &From = C.F.Entities[Here.From];
  const Behaviour &Promise = *C.F.Entities[Here.To].More;
  if (Promise.NeverModel.empty() || Promise.NeverAt.isValid() ||
      From.Kind != EntityKind::Function || !From.HasBody || From.Opaque)
    return false;
  return llvm::none_of(C.effects().of(Here.From), [&](const EffectWay &Way) {
    return Never.contains(Way.Effect) && !Way.isUnlikely();
  });
}

/// The other polarity: a promise that the source does not make.
static void reportPromise(RuleContext &C, const Conversion &Here, unsigned Effect) {
  const Facts &F = C.F;
  const Entity &From = F.Entities[Here.From], &To = F.Entities[Here.To];
  Finding Found;
  Found.Rule = "context-conversion";
  Found.At = Here.At;
  setFunction(F, Here.In, Found);
  const std::string &Promise = C.M.effects()[Effect].Spelling;
  Found.Message = {"'%1' promises '%2', which '%0' does not; annotate '%0' with '%2'",
                   {From.Name.str(), To.Name.str(), Promise}};
  if (!From.Named)
    Found.Message.Format =
        "'%1' promises '%2', which '%0' does not; cast with '__force' if that is intended";
  std::vector<FixIt> Fixes;
  for (const Insertion &I : From.Insertions)
    Fixes.push_back({I.At, I.AfterDeclarator ? " " + Promise : Promise + " "});
  Location At = To.More->NeverAt.isValid() ? To.More->NeverAt : To.Declared;
  if (At.isValid())
    Found.Path.push_back(
        {At, To.Name, {"the promise of '%0' is declared here", {To.Name.str()}}, {}});
  offer(C, macroOf(Promise), std::move(Fixes), Found);
  Found.Allow = Here.Allow;
  Found.Line = Here.At;
  Found.Key = {From.Name, To.Name, "promise"};
  C.report(std::move(Found));
}

/// The same for a pointer that may be called while a region is open.
static void reportSafe(RuleContext &C, const Conversion &Here, unsigned Region) {
  const Facts &F = C.F;
  const Entity &From = F.Entities[Here.From], &To = F.Entities[Here.To];
  Finding Found;
  Found.Rule = "context-conversion";
  Found.At = Here.At;
  setFunction(F, Here.In, Found);
  Found.Region = C.M.regions()[Region].Name;
  Found.Message = {"'%1' promises to be safe while %2, which '%0' does not",
                   {From.Name.str(), To.Name.str(), C.M.regions()[Region].Description}};
  if (To.Declared.isValid())
    Found.Path.push_back(
        {To.Declared, To.Name, {"the promise of '%0' is declared here", {To.Name.str()}}, {}});
  Found.Allow = Here.Allow;
  Found.Line = Here.At;
  Found.Key = {From.Name, To.Name, "safe"};
  C.report(std::move(Found));
}

static void reportRedeclaration(RuleContext &C, const Redeclaration &Here, unsigned Context,
                                bool Adds) {
  const Entity &Function = C.F.Entities[Here.Function];
  const ContextInfo &Info = C.M.contexts()[Context];
  std::string Name = Function.Name.str();

  Finding Found;
  Found.Rule = "context-conversion";
  Found.At = Here.At;
  setFunction(C.F, Here.Function, Found);
  Found.Context = Info.Name;
  Found.Message = {Adds ? "redeclaration of '%0' adds context '%1' after its first use; write "
                          "'%2' on the first declaration"
                        : "redeclaration of '%0' drops context '%1' after its first use; write "
                          "'%2' here too",
                   {Name, Info.Name, Info.Spelling}};
  Found.Path.push_back({Here.Previous,
                        Function.Name,
                        {Adds ? "'%0' is declared here without context '%1'"
                              : "'%0' is declared here as needing context '%1'",
                         {Name, Info.Name}},
                        {}});
  Found.Path.push_back({Here.Use, Function.Name, {"'%0' is first used here", {Name}}, {}});
  Found.Allow = Here.Allow;
  Found.Key = {Adds ? "adds" : "drops"};
  C.report(std::move(Found));
}

void contextConversion(RuleContext &C) {
  // Who calls through the pointer holds the lock or not, whatever its type says.
  const ContextSet Granted = C.M.granted();
  for (const Conversion &Here : C.F.Conversions) {
    if (Here.Kind == Site::Cast)
      continue;
    ContextSet From = C.F.Entities[Here.From].Needs - Granted,
               To = C.F.Entities[Here.To].Needs - Granted;
    (From - To).forEach([&](unsigned Id) { reportConversion(C, Here, Id, /*Inverse=*/false); });
    EffectSet Unpromised = C.F.Entities[Here.To].never() - C.F.Entities[Here.From].never();
    if (std::optional<unsigned> Effect = mostGeneral(C.M, Unpromised);
        Effect && !Here.OfPlace && !keepsPromise(C, Here, Unpromised))
      reportPromise(C, Here, *Effect);
    RegionSet Unsafe = C.F.Entities[Here.To].safeIn() - C.F.Entities[Here.From].safeIn();
    if (!Here.OfPlace)
      Unsafe.forEach([&](unsigned Region) { reportSafe(C, Here, Region); });
    if (Here.OfPlace)
      (To - From).forEach([&](unsigned Id) { reportConversion(C, Here, Id, /*Inverse=*/true); });
  }
  for (const Redeclaration &Here : C.F.Redeclarations) {
    (Here.Added - Granted).forEach([&](unsigned Id) {
      reportRedeclaration(C, Here, Id, /*Adds=*/true);
    });
    (Here.Dropped - Granted).forEach([&](unsigned Id) {
      reportRedeclaration(C, Here, Id, /*Adds=*/false);
    });
  }
}

} // namespace airlock
