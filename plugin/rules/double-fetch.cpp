// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// double-fetch: what was fetched from user memory decided something (a size, a
// bound, a version, a branch), and then the same bytes are fetched again and the
// second copy is used. User space may change them in between (CVE-2016-6516,
// -6480, -5728, -6136).
//
//   after the second fetch                       verdict
//   ------------------------------------------   ------------------------------
//   those bytes are read, or handed on           warned
//   those bytes are stored where others see      warned
//   them, returned, or left behind a parameter
//   those bytes are compared again first, with   fine
//   the first copy or with a limit
//   they are overwritten (with the first value)  fine
//   the copy is freed, or copied back            fine
//   bytes that decided nothing                   fine

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
  /// A second copy, with those of its bytes that decided something.
  struct Again : PointerFact {
    Location Decision;
  };
  llvm::SmallVector<Again, 1> decided(const PointerState &At, const PointerFact &Copy) const;
  bool isLocal(TermId Base) const;
  bool leadsTo(const PointerState &At, TermId Value, const PointerFact &Copy) const;
  bool escapes(const PointerAnalysis::Step &At, const PointerFact &Copy) const;
  bool reads(const PointerState &At, TermId Value, const PointerFact &Copy) const;
  bool readsPart(const PointerState &At, TermId Value, const PointerFact &Copy) const;
  bool handsOn(const PointerState &At, const UserEvent &E, unsigned Argument,
               const PointerFact &Copy) const;
  bool decidesAtOnce(const PointerAnalysis::Step &At) const;
  bool usesInCall(const PointerAnalysis::Step &At, const PointerFact &Copy) const;
  bool uses(const PointerAnalysis::Step &At, const PointerFact &Copy) const;
  void report(const PointerAnalysis::Step &At, const Again &Copy);

  RuleContext &C;
  const Facts &F;
  const EntityId Function;
  const PointerAnalysis &P;
  llvm::DenseSet<uint32_t> Reported;
};

llvm::SmallVector<Checker::Again, 1> Checker::decided(const PointerState &At,
                                                      const PointerFact &Copy) const {
  llvm::SmallVector<Again, 1> All;
  for (const PointerFact &D : At.all(PointerFact::Decided)) {
    if (D.Event != Copy.Earlier || D.Of != Copy.Other)
      continue;
    ByteRange There = D.Bytes.movedBack(Copy.OtherLo);
    ByteRange Both{std::max(There.Lo, Copy.Bytes.Lo), std::min(There.Hi, Copy.Bytes.Hi)};
    if (Both.isEmpty())
      continue;
    All.push_back(Again{Copy, Location{uint32_t(D.OtherLo)}});
    All.back().Bytes = Both;
  }
  return All;
}

/// A variable that nobody else sees once the function has returned.
bool Checker::isLocal(TermId Base) const {
  const Term &Is = P.terms()[Base];
  return Is.Is == Term::Object && P.flow().Variables[Is.Number].IsLocal;
}

/// An address in front of the second copy, or in it.
bool Checker::leadsTo(const PointerState &At, TermId Value, const PointerFact &Copy) const {
  // What a helper returns may be the value itself.
  if (P.terms()[Copy.Of].Width)
    return false;
  return Value != NoTerm &&
         llvm::any_of(P.terms().addresses(At, Value), [&](const BasedAddress &A) {
           return A.Base == Copy.Of && !A.isBehind(Copy.Bytes);
         });
}

/// The function returns, not with an error, and leaves the second copy where others see it.
bool Checker::escapes(const PointerAnalysis::Step &At, const PointerFact &Copy) const {
  // One of several values, and one of them an error: it may be that way.
  TermId Returned = At.Event->Source;
  auto IsError = [&](TermId Value) {
    std::optional<int64_t> N = P.terms().number(At.Before, Value);
    return N && *N < 0;
  };
  if (IsError(Returned) ||
      (Returned != NoTerm &&
       llvm::any_of(At.Before.all(PointerFact::Alias, Returned),
                    [&](const PointerFact &Fact) { return IsError(Fact.Other); })))
    return false;
  // Into an element: which one the caller looks at, it knows.
  const FunctionModel *Role = P.terms().roleOf(Copy.Event);
  llvm::ArrayRef<TermId> Arguments = P.terms().argumentsOf(Copy.Event);
  if (Role && Role->Fetches && Role->Fetches.Value.Into)
    if (unsigned Into = *Role->Fetches.Value.Into;
        Into < Arguments.size() && !P.terms().written(Arguments[Into]).Exact)
      return false;
  const Term &Base = P.terms()[Copy.Of];
  return Base.Is == Term::Parameter || (Base.Is == Term::Object && !isLocal(Copy.Of));
}

/// A value that is read out of the second copy. To choose by it is another question.
bool Checker::reads(const PointerState &At, TermId Value, const PointerFact &Copy) const {
  const Terms &T = P.terms();
  llvm::SmallVector<TermId, 8> Chosen = {Value}, Parts;
  for (size_t I = 0; I < Chosen.size(); ++I) {
    const TermId Here = Chosen[I];
    if (Here == NoTerm || llvm::is_contained(Parts, Here))
      continue;
    const bool IsChoice = T[Here].Is == Term::Select;
    if (IsChoice && Chosen.size() < Budget::States)
      Chosen.append({T[Here].B, T[Here].C});
    else
      Parts.push_back(Here);
  }
  return llvm::any_of(Parts, [&](TermId Part) { return readsPart(At, Part, Copy); });
}

bool Checker::readsPart(const PointerState &At, TermId Value, const PointerFact &Copy) const {
  bool Found = false;
  P.terms().visit(
      At, Value,
      [&](TermId Part) {
        const Term &Is = P.terms()[Part];
        if (Is.Is != Term::Load || Found)
          return;
        for (const BasedAddress &A : P.terms().addresses(At, Is.A))
          Found |= A.Base == Copy.Of && P.terms().range(A, Is.Number).overlaps(Copy.Bytes);
      },
      Terms::NotIntoCalls);
  return Found;
}

/// An address in front of the second copy, or in it, for somebody who may read it.
bool Checker::handsOn(const PointerState &At, const UserEvent &E, unsigned Argument,
                      const PointerFact &Copy) const {
  TermId Value = E.Arguments[Argument].Value;
  if (!leadsTo(At, Value, Copy))
    return false;
  for (const BasedAddress &A : P.terms().addresses(At, Value))
    if (A.Base == Copy.Of && !A.isBehind(Copy.Bytes)) {
      ByteRange There = A.Exact ? Copy.Bytes.movedBack(A.Offset) : ByteRange();
      if (C.unitPointers()->mayRead(F.Calls[E.Made].Callee, Argument, There))
        return true;
    }
  return false;
}

/// `if (memcmp(&first, again, sizeof(first)))`: what a call says is looked at there.
bool Checker::decidesAtOnce(const PointerAnalysis::Step &At) const {
  bool Found = false;
  if (At.Block.Condition != NoTerm && !At.Block.BoundsLoop)
    P.terms().visit(
        {}, At.Block.Condition,
        [&](TermId Part) {
          const Term &Is = P.terms()[Part];
          Found |= Is.Is == Term::Result && Is.Number == At.Event->Number;
        },
        Terms::NotIntoCalls);
  return Found;
}

bool Checker::usesInCall(const PointerAnalysis::Step &At, const PointerFact &Copy) const {
  const UserEvent &E = *At.Event;
  const FunctionModel *Role = P.roleOf(E);
  // What goes back to where it came from does no harm there.
  if (Role && (Role->Frees || Role->Stores))
    return false;
  if (Role && Role->Copies) { // to a variable, it goes on from there
    const UserAccess &Is = Role->Copies.Value;
    TermId To = Is.Into && *Is.Into < E.Arguments.size() ? E.Arguments[*Is.Into].Value : NoTerm;
    return To != NoTerm && !isLocal(P.terms().written(To).Base) &&
           Is.Pointer < E.Arguments.size() &&
           leadsTo(At.Before, E.Arguments[Is.Pointer].Value, Copy);
  }
  bool Asks = !Role && decidesAtOnce(At);
  for (unsigned I = 0; I < E.Arguments.size(); ++I) {
    TermId Value = E.Arguments[I].Value;
    if (reads(At.Before, Value, Copy))
      return true;
    // A model says all that is done with it.
    if (!Role && !Asks && handsOn(At.Before, E, I, Copy))
      return true;
  }
  return false;
}

bool Checker::uses(const PointerAnalysis::Step &At, const PointerFact &Copy) const {
  if (!At.Event) // only what bounds a loop is no comparison
    return At.Block.BoundsLoop && reads(At.Before, At.Block.Condition, Copy);
  const UserEvent &E = *At.Event;
  switch (E.Is) {
  case UserEvent::Call:
    return usesInCall(At, Copy);
  case UserEvent::Assign: {
    // In a variable it may still be compared.
    return !isLocal(P.terms().written(E.Target).Base) &&
           (reads(At.Before, E.Source, Copy) || leadsTo(At.Before, E.Source, Copy));
  }
  default:
    return reads(At.Before, E.Source, Copy) || leadsTo(At.Before, E.Source, Copy) ||
           escapes(At, Copy);
  }
}

void Checker::report(const PointerAnalysis::Step &At, const Again &Copy) {
  if (!Reported.insert(Copy.Event).second)
    return;
  const Call &Again = F.Calls[P.flow().Calls[Copy.Event].Made];
  const Call &First = F.Calls[P.flow().Calls[Copy.Earlier].Made];
  llvm::StringRef In = F.Entities[Function].Name;
  Finding Found;
  Found.Rule = "double-fetch";
  Found.At = placeOf(F, Again);
  setFunction(F, Function, Found);
  Found.Message = {"'%0' fetches again what '%1' has fetched and a decision was made on; user "
                   "space may have changed it since, so compare the second copy or use the first",
                   {F.callee(Again).Name.str(), F.callee(First).Name.str()}};
  Found.Path.push_back({placeOf(F, First),
                        In,
                        {"'%0' fetches it for the first time here", {F.callee(First).Name.str()}},
                        {}});
  if (Copy.Decision.isValid())
    Found.Path.push_back({Copy.Decision, In, {"what was fetched decides here", {}}, {}});
  tellFramesAbove(F, P.flow().Calls[Copy.Event].Made, Found.Path);
  Found.Path.push_back(
      {At.Event ? At.Event->At : At.Block.At, In, {"the second copy is used here", {}}, {}});
  Found.Allow = Again.Allow;
  Found.Key = {F.callee(First).Name, F.callee(Again).Name};
  Found.Calls = {P.flow().Calls[Copy.Earlier].Made, P.flow().Calls[Copy.Event].Made};
  C.report(std::move(Found));
}

void Checker::run() {
  P.walk([&](const PointerAnalysis::Step &At) {
    for (const PointerFact &Copy : At.Before.all(PointerFact::Refetched))
      for (const Again &Deciding : decided(At.Before, Copy))
        if (uses(At, Deciding))
          report(At, Deciding);
  });
}

} // namespace

/// A function is given an address behind which its caller has fetched what decided
/// something; it fetches that again and uses it. Both may be in different units.
static void checkCallees(RuleContext &C) {
  const Facts &F = C.F;
  for (EntityId Function : C.pointers().touching()) {
    std::shared_ptr<const FunctionPointers> Of = C.pointers().resultOf(Function);
    for (const Passing &P :
         Of ? llvm::ArrayRef<Passing>(Of->Passings) : llvm::ArrayRef<Passing>()) {
      if (P.Decided.empty() || P.Call == NoCall || P.FirstFetch == NoCall)
        continue;
      const Call &Made = F.Calls[P.Call];
      std::shared_ptr<const FunctionPointers> Theirs = C.pointers().resultOf(Made.Callee);
      for (const ParameterFetch &Is : Theirs ? llvm::ArrayRef<ParameterFetch>(Theirs->Fetches)
                                             : llvm::ArrayRef<ParameterFetch>()) {
        // What the caller gets to see of the copy, the caller is asked about.
        if (Is.Parameter != P.Argument || Is.Into || Is.IntoResult ||
            !Is.Used.overlaps(P.Decided) || !P.Decided.overlaps(Is.Bytes))
          continue;
        const Call &First = F.Calls[P.FirstFetch], &Again = F.Calls[Is.Call];
        llvm::StringRef In = F.Entities[Function].Name;
        Finding Found;
        Found.Rule = "double-fetch";
        Found.At = placeOf(F, Made);
        setFunction(F, Function, Found);
        Found.Message = {"'%0' fetches again and uses what '%1' has fetched and a decision was "
                         "made on; user space may have changed it since, so pass on the first",
                         {F.callee(Made).Name.str(), F.callee(First).Name.str()}};
        Found.Path.push_back(
            {placeOf(F, First),
             In,
             {"'%0' fetches it for the first time here", {F.callee(First).Name.str()}},
             {}});
        tellFrames(F, P.Call, Found.Path);
        tellFrames(F, Is.Call, Found.Path);
        Found.Allow = Made.Allow;
        Found.Key = {F.callee(First).Name, F.callee(Made).Name, F.callee(Again).Name};
        Found.Calls = {P.FirstFetch, P.Call};
        C.report(std::move(Found));
        break;
      }
    }
  }
}

void doubleFetch(RuleContext &C) {
  checkCallees(C);
  forEachAnalysed(
      C, [&](EntityId Function, const PointerAnalysis &P) { Checker(C, Function, P).run(); });
}

} // namespace airlock
