// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/Terms.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallSet.h"

namespace airlock {

const FunctionModel *Terms::roleOf(uint32_t Call) const {
  EntityId Callee = Flow.Calls[Call].Callee;
  const Behaviour *More = Callee == NoEntity ? nullptr : F.Entities[Callee].More;
  return More ? More->User : nullptr;
}

/// With a state, an index that is one number is an offset.
BasedAddress Terms::based(const PointerState *At, TermId Id, Elements Are) const {
  BasedAddress A{Id};
  while (true) {
    const Term &T = Flow.Terms[A.Base];
    std::optional<int64_t> Steps = At && T.Is == Term::Index ? number(*At, T.B) : std::nullopt;
    if (T.Is == Term::Offset)
      A.move(T.Number);
    else if (Steps)
      A.move(llvm::checkedMul(*Steps, T.Number));
    else if (T.Is == Term::Index && Are == OfArray) {
      A.Exact = false;
      A.Anywhere |= T.Number < 0; // what is subtracted leads to the front
    } else
      return A;
    A.Base = T.A;
  }
}

Terms::Addresses Terms::addresses(const PointerState &At, TermId Id, Elements Are) const {
  Addresses All{based(&At, Id, Are)};
  auto Add = [&](TermId Next, const BasedAddress &From) {
    if (Next == NoTerm)
      return;
    BasedAddress A = based(&At, Next, Are);
    A.move(From.Offset);
    A.Exact &= From.Exact;
    A.Anywhere |= From.Anywhere;
    if (llvm::any_of(All, [&](const BasedAddress &O) { return O.Base == A.Base; }))
      return;
    if (All.size() == Budget::States)
      Spend.giveUp(Limit::States);
    else
      All.push_back(A);
  };
  for (size_t I = 0; I < All.size() && Spend.step(All.size()); ++I) {
    const BasedAddress From = All[I];
    const Term &T = Flow.Terms[From.Base];
    if (T.Is == Term::Load || T.Is == Term::Result)
      for (const PointerFact &Fact : At.all(PointerFact::Alias, From.Base)) {
        BasedAddress Behind = From;
        Behind.move(Fact.OtherLo);
        Behind.Exact &= Fact.isExact();
        Behind.Anywhere |= !Fact.isExact(); // it may have been moved back
        Add(Fact.Other, Behind);
      }
    if (T.Is == Term::Select) {
      Add(T.B, From);
      Add(T.C, From);
    }
    // mask_user_address(p) is p.
    if (T.Is == Term::Result) {
      const FunctionModel *Role = roleOf(T.Number);
      llvm::ArrayRef<TermId> Arguments = Flow.Calls[T.Number].Arguments;
      if (Role && Role->Masks && Role->Masks.Value - 1 < Arguments.size())
        Add(Arguments[Role->Masks.Value - 1], From);
    }
  }
  return All;
}

/// Of what is no sum: a constant, or the only value that was assigned to what it loads.
std::optional<int64_t> Terms::plainNumber(const PointerState &At, TermId Id) const {
  if (Flow.Terms[Id].Is == Term::Constant)
    return Flow.Terms[Id].Number;
  if (Flow.Terms[Id].Is != Term::Load)
    return std::nullopt;
  llvm::ArrayRef<PointerFact> Values = At.all(PointerFact::Alias, Id);
  if (Values.size() != 1 || Values.front().Other == NoTerm || !Values.front().isExact() ||
      Flow.Terms[Values.front().Other].Is != Term::Constant || !fetched(At, Id).empty())
    return std::nullopt;
  return llvm::checkedAdd(Flow.Terms[Values.front().Other].Number, Values.front().OtherLo);
}

std::optional<int64_t> Terms::number(const PointerState &At, TermId Id) const {
  auto IsSum = [&](TermId Part) {
    return Flow.Terms[Part].Is == Term::Offset || Flow.Terms[Part].Is == Term::Index;
  };
  if (Id == NoTerm)
    return std::nullopt;
  if (!IsSum(Id))
    return plainNumber(At, Id);
  // Parts before what they are parts of; a sum may be longer than the stack is deep.
  llvm::SmallVector<TermId, 8> Pending = {Id};
  llvm::SmallDenseMap<TermId, std::optional<int64_t>, 4> Known;
  auto IsKnown = [&](TermId Part) {
    if (!IsSum(Part))
      Known.try_emplace(Part, plainNumber(At, Part));
    if (Known.count(Part))
      return true;
    Pending.push_back(Part);
    return false;
  };
  while (!Pending.empty() && Spend.step()) {
    const TermId Here = Pending.back();
    const Term &T = Flow.Terms[Here];
    if (!IsKnown(T.A))
      continue;
    std::optional<int64_t> A = Known[T.A], Sum;
    if (A && T.Is == Term::Offset) {
      Sum = llvm::checkedAdd(*A, T.Number);
    } else if (A) {
      if (!IsKnown(T.B))
        continue;
      if (std::optional<int64_t> B = Known[T.B])
        Sum = llvm::checkedMulAdd(*B, T.Number, *A);
    }
    Known[Here] = Sum;
    Pending.pop_back();
  }
  return Known.lookup(Id);
}

TermId Terms::flagOf(TermId Condition) const {
  const Term *Is = &Flow.Terms[Condition];
  while (Is->Is == Term::Not)
    Is = &Flow.Terms[Condition = Is->A];
  if (Is->Is == Term::Equal || Is->Is == Term::Less) {
    const bool First = Flow.Terms[Is->B].Is == Term::Constant;
    if (!First && Flow.Terms[Is->A].Is != Term::Constant)
      return NoTerm;
    Is = &Flow.Terms[Condition = First ? Is->A : Is->B];
  }
  const bool IsVariable = Is->Is == Term::Load && Is->Width && Flow.Terms[Is->A].Is == Term::Object;
  return IsVariable ? Condition : NoTerm;
}

bool Terms::holdsOf(TermId Condition, int64_t Value) const {
  const Term *Is = &Flow.Terms[Condition];
  bool Holds = true;
  for (; Is->Is == Term::Not; Is = &Flow.Terms[Is->A])
    Holds = !Holds;
  auto ValueOf = [&](TermId Part) {
    return Flow.Terms[Part].Is == Term::Constant ? Flow.Terms[Part].Number : Value;
  };
  if (Is->Is == Term::Equal)
    return (ValueOf(Is->A) == ValueOf(Is->B)) == Holds;
  if (Is->Is != Term::Less)
    return (Value != 0) == Holds;
  const int64_t A = ValueOf(Is->A), B = ValueOf(Is->B);
  const bool IsLess = Is->IsUnsigned ? uint64_t(A) < uint64_t(B) : A < B;
  return (IsLess || ((Is->Number & 1) && A == B)) == Holds;
}

ByteRange Terms::range(const BasedAddress &From, uint64_t Size) const {
  return From.behind({0, Size ? int64_t(Size) : ByteRange::Most});
}

ByteRange Terms::range(const PointerState &At, const BasedAddress &From, TermId Size) const {
  std::optional<int64_t> Bytes = number(At, Size);
  return From.behind({0, Bytes && *Bytes >= 0 ? *Bytes : ByteRange::Most});
}

static void addSource(uint32_t Event, TermId Root, ByteRange Bytes, Terms::Sources &Into) {
  for (const FetchedFrom &S : Into)
    if (S.Event == Event && S.Root == Root && S.Bytes.Lo == Bytes.Lo && S.Bytes.Hi == Bytes.Hi)
      return;
  Into.push_back({Event, Root, Bytes});
}

void Terms::collectFetched(const PointerState &At, TermId Address, uint64_t Size,
                           Sources &Into) const {
  for (const BasedAddress &A : addresses(At, Address))
    for (const PointerFact &Fact : At.all(PointerFact::Fetched)) {
      if (!Spend.step(1 + Into.size()))
        return;
      if (Fact.Other != A.Base)
        continue;
      ByteRange There = Fact.copy();
      ByteRange Read = range(A, Size);
      if (!There.overlaps(Read))
        continue;
      ByteRange Bytes = Fact.Bytes;
      if (Size && !A.Anywhere) {
        // Of some element, those that there are.
        ByteRange Part = A.Exact ? Read : ByteRange{std::max(There.Lo, Read.Lo), There.Hi};
        Bytes = Part.moved(llvm::checkedSub(Fact.Bytes.Lo, Fact.OtherLo));
      }
      addSource(Fact.Event, Fact.Of, Bytes, Into);
    }
}

Terms::Sources Terms::fetched(const PointerState &At, TermId Load) const {
  Sources All;
  if (At.all(PointerFact::Fetched).empty())
    return All;
  collectFetched(At, Flow.Terms[Load].A, Flow.Terms[Load].Number, All);
  return All;
}

Terms::Sources Terms::fetchedBehind(const PointerState &At, TermId Address, ByteRange Bytes) const {
  Sources All;
  for (const BasedAddress &A : addresses(At, Address))
    for (const PointerFact &Fact : At.all(PointerFact::Fetched)) {
      std::optional<int64_t> By = llvm::checkedSub(Fact.OtherLo, Fact.Bytes.Lo);
      if (Fact.Other != A.Base || !By || !Spend.step())
        continue;
      ByteRange There = Fact.Bytes.moved(By), Read = A.behind(Bytes);
      ByteRange Both{std::max(There.Lo, Read.Lo), std::min(There.Hi, Read.Hi)};
      if (!Both.isEmpty())
        addSource(Fact.Event, Fact.Of, Both.movedBack(*By), All);
    }
  return All;
}

Terms::Sources Terms::handed(const PointerState &At, TermId Id) const {
  Sources All = sources(At, Id);
  if (Id != NoTerm && !At.all(PointerFact::Fetched).empty())
    collectFetched(At, Id, 0, All);
  return All;
}

Terms::Sources Terms::sources(const PointerState &At, TermId Id) const {
  Sources All;
  if (At.all(PointerFact::Fetched).empty() && At.all(PointerFact::Derived).empty())
    return All;
  llvm::SmallVector<TermId, 16> Pending = {Id};
  llvm::SmallSet<TermId, 16> Seen;
  while (!Pending.empty() && Spend.step()) {
    TermId Next = Pending.pop_back_val();
    if (Next == NoTerm || !Seen.insert(Next).second)
      continue;
    const Term &T = Flow.Terms[Next];
    switch (T.Is) {
    case Term::Load:
      collectFetched(At, T.A, T.Number, All);
      for (const PointerFact &Fact : llvm::reverse(At.all(PointerFact::Alias, Next)))
        Pending.push_back(Fact.Other);
      [[fallthrough]];
    case Term::Result: // of what its arguments were then
      for (const PointerFact &Fact : At.all(PointerFact::Derived, Next))
        addSource(Fact.Event, Fact.Other, Fact.Bytes, All);
      break;
    case Term::Unknown:
    case Term::Constant:
    case Term::Parameter:
    case Term::Object:
      break;
    default:
      Pending.append({T.C, T.B, T.A});
    }
  }
  return All;
}

/// An address that user space has put where it is: nobody can have checked it before. What
/// a function makes of what it is given is its own.
bool Terms::isFromUser(const PointerState &At, TermId Base) const {
  const Term &Is = Flow.Terms[Base];
  if (Is.Is == Term::Result)
    return !At.all(PointerFact::Foreign, Base).empty() ||
           llvm::any_of(At.all(PointerFact::Derived, Base),
                        [&](const PointerFact &Fact) { return int64_t(Fact.Event) == Is.Number; });
  if (Is.Field != NoEntity && F.Entities[Is.Field].More->FromUser)
    return true;
  // What its values are made of, each is asked about by itself.
  if (Is.Is == Term::Load)
    return !fetched(At, Base).empty() || !At.all(PointerFact::Derived, Base).empty();
  return !sources(At, Base).empty();
}

Origin Terms::originOf(const PointerState &At, TermId Id, uint8_t &Parameter) const {
  Origin Result = Origin::Unknown;
  for (const BasedAddress &A : addresses(At, Id)) {
    const Term &T = Flow.Terms[A.Base];
    if (T.Is == Term::Parameter) {
      Parameter = T.Number;
      return Origin::Parameter;
    }
    if (isFromUser(At, A.Base))
      Result = Origin::User;
    else if (T.Is == Term::Load && Flow.Terms[written(T.A).Base].Is != Term::Object &&
             Result == Origin::Unknown)
      Result = Origin::Field;
  }
  return Result;
}

bool Terms::mentions(TermId Whole, TermId Part) const {
  // What a term is made of was made before it.
  if (Whole == NoTerm || Part == NoTerm || Whole < Part)
    return false;
  if (Whole == Part)
    return true;
  auto Known = Containing.find(Part);
  if (Known == Containing.end()) {
    // A look at a term is cheap here: so many are one step.
    constexpr uint32_t ToAStep = 4;
    const size_t Count = Flow.Terms.size() - Part;
    if (!Spend.step(Count / ToAStep + 1))
      return false;
    Known = Containing.try_emplace(Part, Count).first;
    llvm::BitVector &Set = Known->second;
    Set.set(0);
    for (size_t I = 1; I < Count; ++I) {
      const Term &T = Flow.Terms[Part + I];
      auto Has = [&](TermId Id) { return Id != NoTerm && Id >= Part && Set.test(Id - Part); };
      if (T.Is != Term::Result && (Has(T.A) || Has(T.B) || Has(T.C))) // a result was computed then
        Set.set(I);
    }
  }
  return Known->second.test(Whole - Part);
}

void Terms::visit(const PointerState &At, TermId Id, llvm::function_ref<void(TermId)> Each,
                  Calls Into) const {
  if (Id == NoTerm)
    return;
  llvm::SmallSetVector<TermId, 16> All;
  auto Add = [&](TermId Next) {
    if (Next != NoTerm)
      All.insert(Next);
  };
  All.insert(Id);
  for (size_t I = 0; I < All.size() && Spend.step(); ++I) {
    const TermId Here = All[I];
    Each(Here);
    const Term &T = Flow.Terms[Here];
    const bool IsAnswer = T.Is == Term::Not || T.Is == Term::Less || T.Is == Term::Equal;
    if (Into == Values && IsAnswer)
      continue;
    for (TermId Part : {T.A, T.B, T.C})
      if (Into != Values || T.Is != Term::Select || Part != T.A)
        Add(Part);
    if (T.Is == Term::Result && Into == IntoCalls)
      llvm::for_each(Flow.Calls[T.Number].Arguments, Add);
    if (T.Is == Term::Load)
      for (const PointerFact &Fact : At.all(PointerFact::Alias, Here))
        Add(Fact.Other);
  }
}

} // namespace airlock
