// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// stale-translation: what was read out of a cache of translations is used after
// something that may have reset the cache (vhost's meta_iotlb[] and
// __vhost_vq_meta_reset()). Which slots are caches, and which effect resets
// them, a model says (`reset_by`); which calls have the effect is inferred.
//
//   after a call that may reset                verdict
//   ----------------------------------------   -------------------------------
//   the value is used                          warned
//   it is read from the cache again first      fine
//   it is only compared with another           fine

#include "model/Model.h"
#include "rules/PointerStory.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

namespace {

class Checker {
public:
  Checker(RuleContext &C, EntityId Function, const PointerAnalysis &P)
      : C(C), F(C.F), Function(Function), P(P) {}
  void run();

private:
  bool uses(const PointerState &At, TermId Value, TermId Stale, bool Inside) const;
  bool uses(const PointerAnalysis::Step &At, TermId Stale) const;
  void report(const PointerAnalysis::Step &At, const PointerFact &Stale);

  RuleContext &C;
  const Facts &F;
  const EntityId Function;
  const PointerAnalysis &P;
  llvm::DenseSet<TermId> Reported;
};

/// Inside: only if it is read through.
bool Checker::uses(const PointerState &At, TermId Value, TermId Stale, bool Inside) const {
  bool Found = false;
  if (Value != NoTerm)
    P.terms().visit(
        At, Value,
        [&](TermId Part) {
          const Term &Is = P.terms()[Part];
          Found |= Inside ? Is.Is == Term::Load && P.terms().mentions(Is.A, Stale) : Part == Stale;
        },
        Inside ? Terms::NotIntoCalls : Terms::Values);
  return Found;
}

bool Checker::uses(const PointerAnalysis::Step &At, TermId Stale) const {
  if (!At.Event)
    return uses(At.Before, At.Block.Condition, Stale, true);
  const UserEvent &E = *At.Event;
  bool Used = uses(At.Before, E.Source, Stale, false);
  if (E.Target != NoTerm)
    Used |= P.terms().mentions(E.Target, Stale);
  for (const UserArgument &A : E.Arguments)
    Used |= uses(At.Before, A.Value, Stale, false);
  return Used;
}

void Checker::report(const PointerAnalysis::Step &At, const PointerFact &Stale) {
  if (!Reported.insert(Stale.Of).second)
    return;
  llvm::StringRef In = F.Entities[Function].Name;
  const UserCall &Reset = P.flow().Calls[Stale.Event];
  const Entity &Resets = F.callee(F.Calls[Reset.Made]);
  const Term &Is = P.terms()[Stale.Of];
  std::string What = "a cached translation";
  llvm::StringRef Variable;
  if (Is.Is == Term::Load && P.terms()[Is.A].Is == Term::Object) {
    Variable = P.flow().Variables[P.terms()[Is.A].Number].Name;
    What = "'" + Variable.str() + "', " + What + ",";
  }
  Finding Found;
  Found.Rule = "stale-translation";
  Found.At = At.Event && At.Event->Is == UserEvent::Call ? placeOf(F, F.Calls[At.Event->Made])
             : At.Event                                  ? At.Event->At
                                                         : At.Block.At;
  setFunction(F, Function, Found);
  Found.Message = {"%0 is used after '%1', which may have reset it; read it from the cache again",
                   {What, Resets.Name.str()}};
  Found.Path.push_back(
      {P.placeOf(Stale.Event), In, {"'%0' calls '%1' here", {In.str(), Resets.Name.str()}}, {}});
  // How it comes to that.
  for (const PointerFact &Cached : At.Before.all(PointerFact::Cached)) {
    if (Cached.Of != Stale.Of)
      continue;
    for (const EffectWay &Way : C.effects().of(Reset.Callee))
      if (Way.Effect == Cached.Event) {
        EffectWay Copy = Way;
        tellEffect(C, Reset.Callee, Copy, Found.Path);
        break;
      }
    break;
  }
  Found.Allow = F.Calls[Reset.Made].Allow;
  Found.Key = {Resets.Name, Variable};
  Found.Calls = {Reset.Made};
  Found.Line = Found.At;
  C.report(std::move(Found));
}

void Checker::run() {
  P.walk([&](const PointerAnalysis::Step &At) {
    for (const PointerFact &Stale : At.Before.all(PointerFact::Stale))
      if (uses(At, Stale.Of))
        report(At, Stale);
  });
}

} // namespace

void staleTranslation(RuleContext &C) {
  forEachAnalysed(
      C, [&](EntityId Function, const PointerAnalysis &P) { Checker(C, Function, P).run(); });
}

} // namespace airlock
