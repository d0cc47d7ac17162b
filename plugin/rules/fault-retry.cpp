// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// fault-retry: a loop that accesses user memory, has the fault fixed where it
// fails, and tries again. The page may be there and the access fail all the same
// (an address that splits a cache line, a page that is taken away again), so the
// loop needs a way out that does not depend on it.
//
//   the loop ends                                        verdict
//   --------------------------------------------------   --------------------
//   when the access works, or the fix fails              warned
//   ... and the address is known to be aligned           fine (the futex way)
//   on a signal, also of a helper that looks for one     fine
//   after so many times                                  fine
//   its address moves on: it copies                      fine
//
// And as advice: a lock that can be had in a killable form, taken without it in a
// function that fixes faults and can fail. What fixes faults is an effect with a
// model's `fixes_faults`.

#include "model/Model.h"
#include "pointers/Loops.h"
#include "rules/PointerStory.h"

namespace airlock {

namespace {

class Checker {
public:
  Checker(RuleContext &C, EntityId Function, const PointerAnalysis &P)
      : C(C), F(C.F), Function(Function), P(P), T(P.terms()) {}
  void run();

private:
  bool retries(const std::vector<UserLoop> &Loops) const;
  bool waits() const;
  struct Here {
    const UserEvent *Event;
    PointerState Before;
  };
  const EffectWay *fixes(EntityId Callee) const;
  bool heedsSignals(EntityId Callee) const;
  bool accesses(const UserEvent &E, TermId &Pointer) const;
  bool changesIn(const UserLoop &L, TermId Address) const;
  bool counts(const UserLoop &L, TermId Value) const;
  void checkLoop(const UserLoop &L);
  bool hasWayOut(const UserLoop &L, const Here &Access, TermId Pointer, uint32_t Fix) const;
  void report(const UserLoop &L, const UserEvent &Access, const UserEvent &Fix);
  void adviseKillable(const UserEvent &Lock, const FunctionModel &Role);
  bool canFail() const;

  RuleContext &C;
  const Facts &F;
  const EntityId Function;
  const PointerAnalysis &P;
  const Terms &T;
  /// By block.
  std::vector<std::vector<Here>> Calls;
  std::vector<PointerState> AtCondition;
  std::vector<Here> Returns;
};

const EffectWay *Checker::fixes(EntityId Callee) const {
  for (const EffectWay &Way : C.effects().of(Callee))
    if (C.M.effects()[Way.Effect].FixesFaults)
      return &Way;
  return nullptr;
}

/// By itself, or through what it calls.
bool Checker::heedsSignals(EntityId Callee) const {
  using Walk = CallGraph::Walk;
  return !C.graph().visitCallees(Callee, [&](EntityId Here) {
    const Entity &Is = F.Entities[Here];
    if (Is.More && Is.More->User && Is.More->User->HeedsSignals.Value)
      return Walk::Stop;
    return Is.HasBody && !Is.Opaque ? Walk::Into : Walk::Past;
  });
}

/// Whether user memory is accessed there, through which address.
bool Checker::accesses(const UserEvent &E, TermId &Pointer) const {
  auto Take = [&](unsigned Argument) {
    Pointer = Argument < E.Arguments.size() ? E.Arguments[Argument].Value : NoTerm;
    return Pointer != NoTerm;
  };
  if (const FunctionModel *Role = P.roleOf(E)) {
    for (const Given<UserAccess> *Is : Role->accesses())
      if (*Is)
        return Take(Is->Value.Pointer);
    return false;
  }
  const FunctionPointers *Theirs = P.calleeOf(E);
  if (!Theirs)
    return false;
  for (const Passing &Is : Theirs->Passings)
    if (Is.From == Origin::Parameter)
      return Take(Is.Parameter);
  for (const ParameterFetch &Is : Theirs->Fetches)
    return Take(Is.Parameter);
  return false;
}

/// Whether an address is another one when the loop comes around.
bool Checker::changesIn(const UserLoop &L, TermId Address) const {
  for (unsigned Id : L.Blocks.set_bits())
    for (const UserEvent &E : P.flow().Blocks[Id].Events) {
      if (E.Is != UserEvent::Assign)
        continue;
      bool Part = false;
      T.visit(
          Calls[Id].empty() ? AtCondition[Id] : Calls[Id].front().Before, Address,
          [&](TermId Of) { Part |= T[Of].Is == Term::Load && T[Of].A == E.Target; },
          Terms::NotIntoCalls);
      if (Part && T[E.Target].Is == Term::Object)
        return true;
    }
  return false;
}

/// A variable that the loop moves on by itself.
bool Checker::counts(const UserLoop &L, TermId Value) const {
  const Term &Is = T[Value];
  if (Is.Is != Term::Load)
    return false;
  for (unsigned Id : L.Blocks.set_bits())
    for (const UserEvent &E : P.flow().Blocks[Id].Events)
      if (E.Is == UserEvent::Assign && E.Target == Is.A && E.Source != NoTerm &&
          E.Source != Value && T.written(E.Source).Base == Value)
        return true;
  return false;
}

bool Checker::hasWayOut(const UserLoop &L, const Here &Access, TermId Pointer, uint32_t Fix) const {
  bool OnFix = false, OnOther = false;
  for (uint32_t Id : L.Exits) {
    TermId Condition = P.flow().Blocks[Id].Condition;
    if (Condition == NoTerm)
      continue;
    T.visit(
        AtCondition[Id], Condition,
        [&](TermId Part) {
          const Term &Is = T[Part];
          if (Is.Is == Term::Result) {
            EntityId Callee = P.flow().Calls[Is.Number].Callee;
            OnFix |= Is.Number == Fix;
            OnOther |= Callee != NoEntity && heedsSignals(Callee);
          }
          OnOther |= counts(L, Part);
        },
        Terms::NotIntoCalls);
  }
  return OnOther || (OnFix && P.isAligned(Access.Before, Pointer));
}

void Checker::report(const UserLoop &L, const UserEvent &Access, const UserEvent &Fix) {
  const Call &At = F.Calls[Access.Made], &By = F.Calls[Fix.Made];
  Finding Found;
  Found.Rule = "fault-retry";
  Found.At = placeOf(F, At);
  setFunction(F, Function, Found);
  Found.Message = {
      "'%0' tries '%1' again each time '%2' has fixed the fault, and nothing else ends "
      "the loop; look for a signal, or count",
      {F.Entities[Function].Name.str(), F.callee(At).Name.str(), F.callee(By).Name.str()}};
  if (Location Loop = P.flow().Blocks[L.Head].Loop; Loop.isValid())
    Found.Path.push_back({Loop, F.Entities[Function].Name, {"this loop", {}}, {}});
  tellFramesAbove(F, Access.Made, Found.Path);
  tellFrames(F, Fix.Made, Found.Path);
  if (const EffectWay *Way = fixes(By.Callee)) {
    EffectWay Copy = *Way;
    tellEffect(C, By.Callee, Copy, Found.Path);
  }
  Found.Allow = At.Allow;
  Found.Key = {F.callee(At).Name, F.callee(By).Name};
  Found.Calls = {Access.Made, Fix.Made};
  C.report(std::move(Found));
}

void Checker::checkLoop(const UserLoop &L) {
  const Here *Access = nullptr, *Fix = nullptr;
  TermId Pointer = NoTerm;
  for (unsigned Id : L.Blocks.set_bits())
    for (const Here &At : Calls[Id]) {
      EntityId Callee = F.Calls[At.Event->Made].Callee;
      TermId Through = NoTerm;
      if (!Access && accesses(*At.Event, Through) && !changesIn(L, Through)) {
        Access = &At;
        Pointer = Through;
      }
      if (!Fix && fixes(Callee))
        Fix = &At;
    }
  if (!Access || !Fix || Access->Event == Fix->Event)
    return;
  if (!hasWayOut(L, *Access, Pointer, Fix->Event->Number))
    report(L, *Access->Event, *Fix->Event);
}

/// It returns an error anyway: its own, or that of the fix.
bool Checker::canFail() const {
  if (P.flow().CanFail)
    return true;
  for (const Here &At : Returns) {
    bool Passes = false;
    if (At.Event->Source != NoTerm)
      T.visit(
          At.Before, At.Event->Source,
          [&](TermId Part) {
            const Term &Is = T[Part];
            EntityId Callee = Is.Is == Term::Result ? P.flow().Calls[Is.Number].Callee : NoEntity;
            Passes |= Callee != NoEntity && fixes(Callee);
          },
          Terms::NotIntoCalls);
    if (Passes)
      return true;
  }
  return false;
}

void Checker::adviseKillable(const UserEvent &Lock, const FunctionModel &Role) {
  const Call &Made = F.Calls[Lock.Made];
  Finding Found;
  Found.Rule = "fault-retry";
  Found.Level = Severity::Advice;
  Found.At = placeOf(F, Made);
  setFunction(F, Function, Found);
  Found.Message = {
      "'%0' calls '%1', which a killed task waits for, though it can fail; '%2' does "
      "not wait then",
      {F.Entities[Function].Name.str(), F.callee(Made).Name.str(), Role.Killable.Value}};
  tellFramesAbove(F, Lock.Made, Found.Path);
  Found.Allow = Made.Allow;
  Found.Key = {F.callee(Made).Name, "killable"};
  Found.Calls = {Lock.Made};
  C.report(std::move(Found));
}

/// Whether a loop has a fault fixed.
bool Checker::retries(const std::vector<UserLoop> &Loops) const {
  return llvm::any_of(Loops, [&](const UserLoop &L) {
    return llvm::any_of(L.Blocks.set_bits(), [&](unsigned Id) {
      return llvm::any_of(P.flow().Blocks[Id].Events, [&](const UserEvent &E) {
        return E.Is == UserEvent::Call && fixes(F.Calls[E.Made].Callee);
      });
    });
  });
}

/// Whether a lock is taken that could be had in a killable form.
bool Checker::waits() const {
  return llvm::any_of(P.flow().Blocks, [&](const auto &Block) {
    return llvm::any_of(Block.Events, [&](const UserEvent &E) {
      const FunctionModel *Role = E.Is == UserEvent::Call ? P.roleOf(E) : nullptr;
      return Role && Role->Killable;
    });
  });
}

void Checker::run() {
  // Most functions neither loop nor wait. What calls do is asked last: it is the most work.
  const std::vector<UserLoop> Loops = loopsOf(P.flow());
  bool Fixes = retries(Loops) ||
               (waits() && llvm::any_of(C.graph().callsIn(Function),
                                        [&](CallId Id) { return fixes(F.Calls[Id].Callee); }));
  if (!Fixes)
    return;
  Calls.resize(P.flow().Blocks.size());
  AtCondition.resize(P.flow().Blocks.size());
  P.walk([&](const PointerAnalysis::Step &At) {
    if (!At.Event)
      AtCondition[At.In] = At.Before;
    else if (At.Event->Is == UserEvent::Call)
      Calls[At.In].push_back({At.Event, At.Before});
    else if (At.Event->Is == UserEvent::Return)
      Returns.push_back({At.Event, At.Before});
  });
  for (const UserLoop &L : Loops)
    checkLoop(L);
  for (const auto &Block : Calls)
    for (const Here &At : Block)
      if (const FunctionModel *Role = P.roleOf(*At.Event); Role && Role->Killable && canFail())
        adviseKillable(*At.Event, *Role);
}

} // namespace

void faultRetry(RuleContext &C) {
  forEachAnalysed(
      C, [&](EntityId Function, const PointerAnalysis &P) { Checker(C, Function, P).run(); });
}

} // namespace airlock
