// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// uaccess-in-loop: advice. A loop that opens and closes a user access region each
// time around, by itself or in accessors that do, and could open it once: what
// else it calls is safe in the region, and how far it goes is known before.
//
//   in the loop                                   verdict
//   -------------------------------------------   --------------------------
//   accesses behind one address that stays        advised: how many opens each
//                                                 time, and the other shape
//   a call that may sleep, or is not safe there   fine
//   an address that is another one each time      fine
//   accesses behind several addresses             fine: a region is of one range
//   an access of many bytes                       fine
//   no bound that is known before                 fine

#include "model/Model.h"
#include "pointers/Loops.h"
#include "rules/PointerStory.h"

namespace airlock {

namespace {

class Checker {
public:
  Checker(RuleContext &C, std::optional<OfferedNames> &Names, EntityId Function,
          const PointerAnalysis &P)
      : C(C), F(C.F), Names(Names), Function(Function), P(P), T(P.terms()), Open(userRegions(C.M)) {
  }
  void run();

private:
  enum Kind : uint8_t { Opens, Harmless, Forbids };
  Kind kindOf(const UserEvent &E, const PointerState &Before, const UserLoop &L);
  bool isOpener(const Entity &Callee) const;
  bool isSafe(EntityId Callee) const;
  bool stays(TermId Pointer, const PointerState &At, const UserLoop &L) const;
  TermId baseOf(const UserEvent &E) const;
  bool isBounded(const UserLoop &L) const;
  void checkLoop(const UserLoop &L);

  RuleContext &C;
  const Facts &F;
  std::optional<OfferedNames> &Names;
  const EntityId Function;
  const PointerAnalysis &P;
  const Terms &T;
  const RegionSet Open;
  /// By block.
  std::vector<std::vector<std::pair<const UserEvent *, PointerState>>> Calls;
  std::vector<PointerState> AtCondition;
};

bool Checker::isOpener(const Entity &Callee) const {
  return Callee.More && !((Callee.More->Regions.Enters | Callee.More->Regions.EntersIfTrue |
                           Callee.More->Regions.EntersIfFalse) &
                          Open)
                             .empty();
}

/// Whether something may be called in the region (call-in-uaccess has the same rule).
bool Checker::isSafe(EntityId Callee) const {
  using Walk = CallGraph::Walk;
  return C.graph().visitCallees(Callee, [&](EntityId Here) {
    const Entity &Is = F.Entities[Here];
    if (!(Is.safeIn() & Open).empty() || (Is.More && !(Is.More->Regions.all() & Open).empty()))
      return Walk::Past;
    if (Is.Kind == EntityKind::Macro) // else what is inside counts
      return Is.Opaque ? Walk::Stop : Walk::Past;
    bool AskBody = !Is.isSlot() && Is.HasBody && Is.Inline && !Is.Opaque;
    return AskBody ? Walk::Into : Walk::Stop;
  });
}

/// Whether an address leads to one object however often the loop comes around: what
/// it starts from is not changed there but by moving on.
bool Checker::stays(TermId Pointer, const PointerState &At, const UserLoop &L) const {
  if (!T.sources(At, T.written(Pointer).Base).empty())
    return false;
  BasedAddress A = T.written(Pointer);
  const Term &Base = T[A.Base];
  if (Base.Is != Term::Load)
    return Base.Is == Term::Parameter;
  for (unsigned Id : L.Blocks.set_bits())
    for (const UserEvent &E : P.flow().Blocks[Id].Events) {
      if (E.Is != UserEvent::Assign || !T.mentions(A.Base, E.Target))
        continue;
      bool MovesOn = E.Target == Base.A && E.Source != NoTerm && T.written(E.Source).Base == A.Base;
      if (!MovesOn)
        return false;
    }
  return true;
}

/// What an access or an opener is about.
TermId Checker::baseOf(const UserEvent &E) const {
  const FunctionModel *Role = P.roleOf(E);
  std::optional<unsigned> Argument;
  if (Role && Role->accessesMemory())
    Argument = (Role->Fetches  ? Role->Fetches.Value
                : Role->Stores ? Role->Stores.Value
                               : Role->Exchanges.Value)
                   .Pointer;
  else if (Role && Role->Validates)
    Argument = Role->Validates.Value.Pointer;
  if (!Argument || *Argument >= E.Arguments.size() || E.Arguments[*Argument].Value == NoTerm)
    return NoTerm;
  return T.written(E.Arguments[*Argument].Value).Base;
}

Checker::Kind Checker::kindOf(const UserEvent &E, const PointerState &Before, const UserLoop &L) {
  EntityId Callee = F.Calls[E.Made].Callee;
  const Entity &Is = F.Entities[Callee];
  const FunctionModel *Role = P.roleOf(E);
  if (isOpener(Is)) {
    const UserCheck *Check = Role && Role->Validates ? &Role->Validates.Value : nullptr;
    bool Same = Check && Check->Pointer < E.Arguments.size() &&
                E.Arguments[Check->Pointer].Value != NoTerm &&
                stays(E.Arguments[Check->Pointer].Value, Before, L);
    return !Check || Same ? Opens : Forbids;
  }
  if (Role && Role->accessesMemory()) {
    const UserAccess &Access = Role->Fetches  ? Role->Fetches.Value
                               : Role->Stores ? Role->Stores.Value
                                              : Role->Exchanges.Value;
    if (Role->NeedsOpen)
      return Harmless;
    // One value each time; a copy of many opens for long enough.
    constexpr int64_t MostBytes = 64;
    ByteRange Bytes = P.accessed(Before, E, Access);
    bool Same = Access.Pointer < E.Arguments.size() &&
                E.Arguments[Access.Pointer].Value != NoTerm &&
                stays(E.Arguments[Access.Pointer].Value, Before, L);
    return Same && Bytes.isBounded() && Bytes.Hi <= MostBytes ? Opens : Forbids;
  }
  if (Role && (Role->Validates || Role->Barrier.Value || Role->Masks))
    return Harmless;
  return isSafe(Callee) ? Harmless : Forbids;
}

/// What ends it was known before: it does not come from what is accessed there.
bool Checker::isBounded(const UserLoop &L) const {
  for (uint32_t Id : L.Exits) {
    TermId Condition = P.flow().Blocks[Id].Condition;
    if (Condition == NoTerm)
      continue;
    bool Compares = false, Counts = false;
    T.visit(
        AtCondition[Id], Condition,
        [&](TermId Part) {
          const Term &Is = T[Part];
          Compares |= Is.Is == Term::Less || Is.Is == Term::Equal || Part == Condition;
          if (Is.Is == Term::Load && T[Is.A].Is == Term::Object)
            for (unsigned In : L.Blocks.set_bits())
              for (const UserEvent &E : P.flow().Blocks[In].Events)
                Counts |= E.Is == UserEvent::Assign && E.Target == Is.A && E.Source != NoTerm &&
                          E.Source != Part && T.written(E.Source).Base == Part;
        },
        Terms::NotIntoCalls);
    if (Compares && Counts && T.sources(AtCondition[Id], Condition).empty())
      return true;
  }
  return false;
}

void Checker::checkLoop(const UserLoop &L) {
  const UserEvent *First = nullptr;
  TermId Behind = NoTerm;
  unsigned Count = 0;
  uint32_t Last = 0;
  for (unsigned Id : L.Blocks.set_bits())
    for (const auto &[E, Before] : Calls[Id]) {
      // The function in a macro is counted with it.
      uint32_t Place = P.placeOf(E->Number).Raw;
      if (First && Place == Last)
        continue;
      switch (kindOf(*E, Before, L)) {
      case Forbids:
        return;
      case Harmless:
        continue;
      case Opens:
        // One region is of one range.
        if (TermId Base = baseOf(*E); Base != NoTerm) {
          if (Behind != NoTerm && Behind != Base)
            return;
          Behind = Base;
        }
        Last = Place;
        ++Count;
        First = First ? First : E;
      }
    }
  if (!First || !isBounded(L))
    return;
  // Those who have it open already open nothing.
  if (!Names)
    Names = offeredNames(C.M);
  const Call &Made = F.Calls[First->Made];
  Finding Found;
  Found.Rule = "uaccess-in-loop";
  Found.Level = Severity::Advice;
  Found.At = placeOf(F, Made);
  setFunction(F, Function, Found);
  Found.Message = {
      "'%0' opens a user access region %1 each time around this loop; all that it does "
      "may be done in one, so open one with '%2(ptr, len)' around the loop",
      {F.Entities[Function].Name.str(), Count == 1 ? "once" : std::to_string(Count) + " times",
       Names->Opener}};
  tellFramesAbove(F, First->Made, Found.Path);
  Location Loop = P.flow().Blocks[L.Head].Loop;
  Found.Path.push_back({Loop.isValid() ? Loop : Found.At,
                        F.Entities[Function].Name,
                        {"check the whole range and open before the loop, use the accessors that "
                         "need an open region in it, and close after it and where a fault goes",
                         {}},
                        {}});
  Found.Allow = Made.Allow;
  Found.Key = {F.callee(Made).Name};
  Found.Calls = {First->Made};
  C.report(std::move(Found));
}

void Checker::run() {
  std::vector<UserLoop> Loops = loopsOf(P.flow());
  if (Loops.empty())
    return;
  Calls.resize(P.flow().Blocks.size());
  AtCondition.resize(P.flow().Blocks.size());
  P.walk([&](const PointerAnalysis::Step &At) {
    if (!At.Event)
      AtCondition[At.In] = At.Before;
    else if (At.Event->Is == UserEvent::Call)
      Calls[At.In].push_back({At.Event, At.Before});
  });
  for (const UserLoop &L : Loops) {
    // The innermost is the one to open around.
    bool HasInner = llvm::any_of(Loops, [&](const UserLoop &Inner) {
      return Inner.Head != L.Head && L.Blocks.test(Inner.Head);
    });
    if (!HasInner)
      checkLoop(L);
  }
}

} // namespace

void uaccessInLoop(RuleContext &C) {
  std::optional<OfferedNames> Names;
  forEachAnalysed(C, [&](EntityId Function, const PointerAnalysis &P) {
    Checker(C, Names, Function, P).run();
  });
}

} // namespace airlock
