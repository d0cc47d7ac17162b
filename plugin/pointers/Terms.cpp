// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/Terms.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

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
    else if (T.Is == Term::Index && Are == OfArray)
      A.Exact = false;
    else
      return A;
    A.Base = T.A;
  }
}

Terms::Addresses Terms::addresses(const PointerState &At, TermId Id, Elements Are) const {
  constexpr size_t MaxAddresses = 8;
  Addresses All{based(&At, Id, Are)};
  auto Add = [&](TermId Next, const BasedAddress &From) {
    if (Next == NoTerm)
      return;
    BasedAddress A = based(&At, Next, Are);
    A.move(From.Offset);
    A.Exact &= From.Exact;
    bool Known = llvm::any_of(All, [&](const BasedAddress &O) { return O.Base == A.Base; });
    if (!Known && All.size() < MaxAddresses)
      All.push_back(A);
  };
  for (size_t I = 0; I < All.size(); ++I) {
    const BasedAddress From = All[I];
    const Term &T = Flow.Terms[From.Base];
    if (T.Is == Term::Load)
      for (const PointerFact &Fact : At.all(PointerFact::Alias))
        if (Fact.Of == From.Base)
          Add(Fact.Other, From);
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

std::optional<int64_t> Terms::number(const PointerState &At, TermId Id) const {
  if (Id == NoTerm)
    return std::nullopt;
  const Term &T = Flow.Terms[Id];
  if (T.Is == Term::Constant)
    return T.Number;
  if (T.Is == Term::Offset) {
    std::optional<int64_t> Base = number(At, T.A);
    return Base ? llvm::checkedAdd(*Base, T.Number) : std::nullopt;
  }
  if (T.Is == Term::Index) {
    std::optional<int64_t> A = number(At, T.A), B = A ? number(At, T.B) : std::nullopt;
    return B ? llvm::checkedMulAdd(*B, T.Number, *A) : std::nullopt;
  }
  if (T.Is != Term::Load)
    return std::nullopt;
  std::optional<int64_t> Only;
  for (const PointerFact &Fact : At.all(PointerFact::Alias)) {
    if (Fact.Of != Id)
      continue;
    if (Only || Fact.Other == NoTerm || Flow.Terms[Fact.Other].Is != Term::Constant)
      return std::nullopt;
    Only = Flow.Terms[Fact.Other].Number;
  }
  return Only;
}

ByteRange Terms::range(const BasedAddress &From, uint64_t Size) const {
  if (!From.Exact)
    return {};
  return ByteRange{0, Size ? int64_t(Size) : ByteRange::Most}.moved(From.Offset);
}

ByteRange Terms::range(const PointerState &At, const BasedAddress &From, TermId Size) const {
  if (!From.Exact)
    return {};
  std::optional<int64_t> Bytes = number(At, Size);
  return ByteRange{0, Bytes && *Bytes >= 0 ? *Bytes : ByteRange::Most}.moved(From.Offset);
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
      if (Fact.Other != A.Base)
        continue;
      ByteRange There = Fact.Bytes.moved(llvm::checkedSub(Fact.OtherLo, Fact.Bytes.Lo));
      ByteRange Read = range(A, Size);
      if (!There.overlaps(Read))
        continue;
      bool Part = Size && A.Exact;
      addSource(Fact.Event, Fact.Of,
                Part ? Read.moved(llvm::checkedSub(Fact.Bytes.Lo, Fact.OtherLo)) : Fact.Bytes,
                Into);
    }
}

void Terms::collectSources(const PointerState &At, TermId Id, llvm::SmallVectorImpl<TermId> &Seen,
                           Sources &Into) const {
  constexpr size_t MaxTerms = 64;
  if (Id == NoTerm || Seen.size() > MaxTerms || llvm::is_contained(Seen, Id))
    return;
  Seen.push_back(Id);
  const Term &T = Flow.Terms[Id];
  switch (T.Is) {
  case Term::Load:
    collectFetched(At, T.A, T.Number, Into);
    for (const PointerFact &Fact : At.all(PointerFact::Alias))
      if (Fact.Of == Id)
        collectSources(At, Fact.Other, Seen, Into);
    [[fallthrough]];
  case Term::Result: // of what its arguments were then
    for (const PointerFact &Fact : At.all(PointerFact::Derived))
      if (Fact.Of == Id)
        addSource(Fact.Event, Fact.Other, Fact.Bytes, Into);
    return;
  case Term::Unknown:
  case Term::Constant:
  case Term::Parameter:
  case Term::Object:
    return;
  default:
    for (TermId Part : {T.A, T.B, T.C})
      collectSources(At, Part, Seen, Into);
  }
}

Terms::Sources Terms::fetched(const PointerState &At, TermId Load) const {
  Sources All;
  collectFetched(At, Flow.Terms[Load].A, Flow.Terms[Load].Number, All);
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
  llvm::SmallVector<TermId, 16> Seen;
  collectSources(At, Id, Seen, All);
  return All;
}

Origin Terms::originOf(const PointerState &At, TermId Id, uint8_t &Parameter) const {
  Origin Result = Origin::Unknown;
  for (const BasedAddress &A : addresses(At, Id)) {
    const Term &T = Flow.Terms[A.Base];
    if (T.Is == Term::Parameter) {
      Parameter = T.Number;
      return Origin::Parameter;
    }
    if (!sources(At, A.Base).empty())
      Result = Origin::User;
    else if (T.Is == Term::Load && Flow.Terms[written(T.A).Base].Is != Term::Object &&
             Result == Origin::Unknown)
      Result = Origin::Field;
  }
  return Result;
}

bool Terms::mentions(TermId Whole, TermId Part) const {
  if (Whole == NoTerm)
    return false;
  if (Whole == Part)
    return true;
  const Term &T = Flow.Terms[Whole];
  if (T.Is == Term::Result)
    return false; // it was computed then
  return mentions(T.A, Part) || mentions(T.B, Part) || mentions(T.C, Part);
}

void Terms::visit(const PointerState &At, TermId Id, llvm::function_ref<void(TermId)> Each,
                  Calls Into) const {
  constexpr size_t MaxTerms = 64;
  llvm::SmallVector<TermId, 16> All{Id};
  auto Add = [&](TermId Next) {
    if (Next != NoTerm && All.size() < MaxTerms && !llvm::is_contained(All, Next))
      All.push_back(Next);
  };
  for (size_t I = 0; I < All.size(); ++I) {
    if (All[I] == NoTerm)
      continue;
    Each(All[I]);
    const Term &T = Flow.Terms[All[I]];
    for (TermId Part : {T.A, T.B, T.C})
      Add(Part);
    if (T.Is == Term::Result && Into == IntoCalls)
      for (TermId Argument : Flow.Calls[T.Number].Arguments)
        Add(Argument);
    if (T.Is == Term::Load)
      for (const PointerFact &Fact : At.all(PointerFact::Alias))
        if (Fact.Of == All[I])
          Add(Fact.Other);
  }
}

} // namespace airlock
