// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// stale-annotation: annotations that no longer say what is so. Judged over a
// whole program only: one unit does not show who else needs them.
//
//   annotation                                    verdict
//   -------------------------------------------   ---------------------------
//   a qualifier or a promise that another unit    warned: calls there are not
//   does not see on the same function or slot     held to it
//   a qualifier, or an entry, of a function       advice, if every body on the
//   that reaches nothing that needs the context   way is known
//   a suppression that silences nothing           advice

#include "rules/Story.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

namespace {

/// What one claim says and another does not.
struct Difference {
  std::string Spelling; // "__uaccess", "__no_sleep"
  llvm::StringRef Context, Kind;
  bool (*Has)(const Claim &, unsigned);
  unsigned Id;
};

llvm::SmallVector<Difference, 2> differences(const Model &M, llvm::ArrayRef<Claim> Claims) {
  ContextSet Needs, NeedsAll = Claims.front().Needs;
  ContextSet Enters, EntersAll = Claims.front().Provides - Claims.front().Needs;
  EffectSet Never, NeverAll = Claims.front().Never;
  RegionSet Safe, SafeAll = Claims.front().SafeIn;
  for (const Claim &C : Claims) {
    Needs |= C.Needs;
    NeedsAll = NeedsAll & C.Needs;
    Enters |= C.Provides - C.Needs;
    EntersAll = EntersAll & (C.Provides - C.Needs);
    Never |= C.Never;
    NeverAll = NeverAll & C.Never;
    Safe |= C.SafeIn;
    SafeAll = SafeAll & C.SafeIn;
  }
  llvm::SmallVector<Difference, 2> All;
  (Needs - NeedsAll - M.granted()).forEach([&](unsigned Id) {
    All.push_back({M.contexts()[Id].Spelling, M.contexts()[Id].Name, "needs",
                   [](const Claim &C, unsigned I) { return C.Needs.contains(I); }, Id});
  });
  (Enters - EntersAll).forEach([&](unsigned Id) {
    All.push_back(
        {"__context_entry(" + M.contexts()[Id].Name + ")", M.contexts()[Id].Name, "enters",
         [](const Claim &C, unsigned I) { return (C.Provides - C.Needs).contains(I); }, Id});
  });
  // The kinds of an effect are promised with it: one of them is enough to say it.
  if (std::optional<unsigned> Id = mostGeneral(M, Never - NeverAll))
    All.push_back({M.effects()[*Id].Spelling, "", "never",
                   [](const Claim &C, unsigned I) { return C.Never.contains(I); }, *Id});
  if (std::optional<unsigned> Id = (Safe - SafeAll).first())
    All.push_back({M.regions()[*Id].Spelling, "", "safe",
                   [](const Claim &C, unsigned I) { return C.SafeIn.contains(I); }, *Id});
  return All;
}

/// Claims are of one entity.
void reportClaims(RuleContext &C, llvm::ArrayRef<Claim> Claims) {
  const Entity &Of = C.F.Entities[Claims.front().Of];
  for (const Difference &D : differences(C.M, Claims)) {
    auto Lacks = [&](const Claim &One) { return !D.Has(One, D.Id); };
    const Claim *With = llvm::find_if_not(Claims, Lacks);
    const Claim *Without = llvm::find_if(Claims, Lacks);
    Finding Found;
    Found.Rule = "stale-annotation";
    Found.At = Without->At;
    setFunction(C.F, Of.isSlot() ? NoEntity : Claims.front().Of, Found);
    Found.Context = D.Context;
    Found.Message = {"'%0' is declared here without '%1', which other translation units see on "
                     "it; write '%1' on the declaration that all of them include",
                     {Of.Name.str(), D.Spelling}};
    if (Without->Defines)
      Found.Message.Format = "'%0' is defined here without '%1', which other translation units see "
                             "on it; write '%1' on the declaration that all of them include";
    Found.Path.push_back(
        {With->At,
         Of.Name,
         {With->Defines ? "'%0' is defined here with '%1'" : "'%0' is declared here with '%1'",
          {Of.Name.str(), D.Spelling}},
         {}});
    Found.Key = {Of.Name, "differs", D.Kind};
    C.report(std::move(Found));
  }
}

void checkClaims(RuleContext &C) {
  std::vector<Claim> Claims = C.F.Claims;
  llvm::stable_sort(Claims, [](const Claim &A, const Claim &B) { return A.Of < B.Of; });
  for (size_t First = 0, Next; First < Claims.size(); First = Next) {
    for (Next = First; Next < Claims.size() && Claims[Next].Of == Claims[First].Of;)
      ++Next;
    reportClaims(C, llvm::ArrayRef(Claims).slice(First, Next - First));
  }
}

/// The entities from which something that needs a context may be reached: a
/// primitive, a slot or a macro that needs it, or what nobody knows.
std::vector<bool> reaching(RuleContext &C, unsigned Context) {
  const Facts &F = C.F;
  std::optional<unsigned> Effect = C.M.contexts()[Context].Effect;
  std::vector<bool> Reaches(F.Entities.size());
  std::vector<EntityId> Found;
  auto Add = [&](EntityId E) {
    if (!Reaches[E])
      Found.push_back(E);
    Reaches[E] = true;
  };
  for (EntityId E = 0; E < F.Entities.size(); ++E) {
    const Entity &Is = F.Entities[E];
    bool Primitive = Effect && Is.Effects.contains(*Effect);
    bool NoBody = Is.isSlot() || (Is.Kind == EntityKind::Function && !Is.HasBody);
    bool Unknown = NoBody && !Is.Modelled;
    bool Leaf = Is.Needs.contains(Context) && (NoBody || Is.Kind == EntityKind::Macro);
    if (Primitive || Unknown || Leaf)
      Add(E);
  }
  while (!Found.empty()) {
    EntityId E = Found.back();
    Found.pop_back();
    for (CallId Id : C.graph().callsOf(E)) {
      Add(F.caller(F.Calls[Id]));
      Add(F.Calls[Id].In);
    }
  }
  return Reaches;
}

void checkQualifiers(RuleContext &C) {
  const ContextSet Granted = C.M.granted();
  for (unsigned Context = 0; Context < C.M.contexts().size(); ++Context) {
    if (Granted.contains(Context))
      continue; // a lock guards data
    std::vector<bool> Reaches;
    for (EntityId E = 0; E < C.F.Entities.size(); ++E) {
      const Entity &Is = C.F.Entities[E];
      const QualifierOrigin *Origin =
          llvm::find_if(Is.Origins, [&](const QualifierOrigin &O) { return O.Context == Context; });
      bool Needs = Is.Needs.contains(Context);
      bool Written = Origin != Is.Origins.end() ? Origin->Model.empty() : !Needs && !Is.Modelled;
      if (Is.Kind != EntityKind::Function || !Is.HasBody || !Is.Provides.contains(Context) ||
          !Written)
        continue;
      if (Reaches.empty())
        Reaches = reaching(C, Context);
      if (Reaches[E])
        continue;
      const ContextInfo &Info = C.M.contexts()[Context];
      Finding Found;
      Found.Rule = "stale-annotation";
      Found.Level = Severity::Advice;
      Found.At = Needs && Origin->At.isValid() ? Origin->At : Is.Declared;
      setFunction(C.F, E, Found);
      Found.Context = Info.Name;
      Found.Message = {Needs
                           ? "'%0' needs context '%1', but reaches nothing that does; take '%2' off"
                           : "'%0' is an entry to context '%1', but reaches nothing that needs it",
                       {Is.Name.str(), Info.Name, Info.Spelling}};
      Found.Key = {"reaches-nothing", Needs ? "qualifier" : "entry"};
      C.report(std::move(Found));
    }
  }
}

void checkSuppressions(RuleContext &C) {
  for (AllowId Id = 0; Id < C.F.Allows.size(); ++Id) {
    const Allow &A = C.F.Allows[Id];
    if (A.Rule == "stale-annotation" || !C.isStale(Id))
      continue;
    Finding Found;
    Found.Rule = "stale-annotation";
    Found.Level = Severity::Advice;
    Found.At = A.At;
    Found.Message = {"this silences no finding of '%0' any more; take it off", {A.Rule.str()}};
    Found.Allow = A.Outer;
    Found.Key = {"silences-nothing", A.Rule, A.Why};
    Found.File = A.File;
    C.report(std::move(Found));
  }
}

} // namespace

void staleAnnotation(RuleContext &C) {
  if (!C.F.WholeProgram)
    return;
  checkClaims(C);
  checkQualifiers(C);
  checkSuppressions(C);
}

} // namespace airlock
