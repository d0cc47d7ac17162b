// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/PointerAnalysis.h"
#include "model/Model.h"
#include "support/ForwardSolver.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"

namespace airlock {

PointerAnalysis::PointerAnalysis(const Facts &F, std::unique_ptr<UserFlow> Of, ResultOf Callees,
                                 HasEffect Has)
    : F(F), Flow(std::move(Of)), T(F, *Flow, Spent),
      Values(F, T, Spent,
             [this](uint32_t Call, unsigned Argument) { return asks(Call, Argument); }),
      Order(*Flow) {
  llvm::SmallVector<unsigned, 1> Effects;
  auto NoteEffect = [&](std::optional<unsigned> Effect) {
    if (Effect && !llvm::is_contained(Effects, *Effect))
      Effects.push_back(*Effect);
  };
  for (TermId Id = 0; Id < Flow->Terms.size(); ++Id) {
    const Term &Is = Flow->Terms[Id];
    if (Is.Is == Term::Load) {
      LoadsOf[Is.A].push_back(Id);
      LoadsBehind[T.written(Is.A).Base].push_back(Id);
    }
    if (Is.Is == Term::Result)
      Results[Is.Number] = Id;
    if (Is.Field != NoEntity)
      NoteEffect(F.Entities[Is.Field].More->ResetBy);
  }
  for (const UserBlock &B : Flow->Blocks)
    if (TermId Flag = B.Condition == NoTerm ? NoTerm : T.flagOf(B.Condition); Flag != NoTerm)
      Flags.insert(Flag);
  for (const UserCall &C : Flow->Calls)
    if (C.Callee != NoEntity)
      if (const FunctionPointers *Theirs = Callees(C.Callee)) {
        CalleeResults[C.Callee] = Theirs;
        NoteEffect(Theirs->ReturnsCached);
      }
  for (const UserCall &C : Flow->Calls)
    for (unsigned Effect : Effects)
      if (C.Callee != NoEntity && Has(C.Callee, Effect))
        Resetting.insert({C.Callee, Effect});
  if (Flow->GivenUp)
    Spent.giveUp(*Flow->GivenUp);
  else
    run();
  if (!Spent.broken())
    summarize();
  if (Spent.broken())
    giveUp(*Spent.broken());
  // Each rule asks once more what was asked here.
  constexpr uint32_t Rules = 16;
  Spent = Budget(Rules * Budget::Steps);
}

/// Half of what is known would be wrong: what a path has checked may be missing.
void PointerAnalysis::giveUp(Limit By) {
  Ended = By;
  Entry.assign(Flow->Blocks.size(), std::nullopt);
  Result = FunctionPointers();
}

/// What the solver asks of a domain. It ends: the terms of a flow, and with them the facts, are
/// so many, and where ways join, all facts are kept; what is counted in one (Bytes) has few ends
/// (ByteRanges::MaxSize, Extents), or the budget.
struct PointerAnalysis::Transfer {
  using State = PointerState;
  const PointerAnalysis &Of;
  Budget &Spent;

  bool step(const PointerState &S) { return Spent.step(1 + S.all().size()); }
  void apply(const UserEvent &E, PointerState &S) { Of.apply(E, S); }
  void leave(const UserBlock &B, PointerState &S) { Of.applyCondition(B, S); }
  std::optional<PointerState> along(const UserBlock &B, const UserEdge &Edge,
                                    const PointerState &S) {
    PointerState There = S;
    Of.applyEdge(B, Edge, There);
    return There;
  }
  bool join(PointerState &Into, const PointerState &From) {
    return Spent.step(1 + From.all().size() + Into.all().size()) && Into.join(From);
  }
};

void PointerAnalysis::run() {
  PointerState Begin;
  for (const EarlierCopy &Is : Flow->Copies)
    Begin.add({PointerFact::Fetched, Is.Root, {0, ByteRange::Most}, Is.Parameter, 0, Is.Call});
  Transfer Domain{*this, Spent};
  Entry = solveForward(Flow->Blocks, Domain, std::move(Begin));
}

void PointerAnalysis::walk(llvm::function_ref<void(const Step &)> Visit) const {
  struct Visitor {
    const std::vector<UserBlock> &Blocks;
    llvm::function_ref<void(const Step &)> Visit;
    uint32_t In = 0;
    void enter(uint32_t Id) { In = Id; }
    void before(const UserEvent &E, const PointerState &S) { Visit({In, Blocks[In], &E, S}); }
    void after(const UserEvent &, const PointerState &) {}
    void decide(uint32_t, const PointerState &S) {
      if (Blocks[In].Condition != NoTerm)
        Visit({In, Blocks[In], nullptr, S});
    }
    void leave(uint32_t, const PointerState &) {}
  };
  Budget Free(~uint32_t(0)); // who asks pays
  Transfer Domain{*this, Free};
  observe(Flow->Blocks, Domain, Entry, Visitor{Flow->Blocks, Visit});
}

Location PointerAnalysis::placeOf(uint32_t Call) const {
  CallId Made = Flow->Calls[Call].Made; // none where nothing is known of a callee
  return Made == NoCall ? Location() : F.Calls[Made].Place;
}

void PointerAnalysis::apply(const UserEvent &E, PointerState &S) const {
  if (E.Is == UserEvent::Assign)
    return applyAssign(E, S);
  if (E.Is != UserEvent::Call)
    return;
  applyResets(E, S);
  if (const FunctionModel *Role = roleOf(E))
    return applyRole(E, *Role, S);
  noteHandedOn(E, S);
  noteHandedBytes(E, S);
  noteDerived(E, S);
  noteForeign(E, S);
  if (const FunctionPointers *Theirs = calleeOf(E))
    applyCallee(E, *Theirs, S);
  // `f(&x)` may change x.
  for (const UserArgument &A : E.Arguments)
    if (A.Value != NoTerm && T[A.Value].Is == Term::Object) {
      auto Loads = LoadsOf.find(A.Value);
      if (Loads == LoadsOf.end())
        continue;
      for (TermId L : Loads->second) {
        S.eraseIf([&](const PointerFact &Fact) {
          return (Fact.Is == PointerFact::Alias || Fact.Is == PointerFact::Derived) && Fact.Of == L;
        });
        S.add({PointerFact::Alias, L});
      }
    }
}

/// A user address from somebody of whom nothing is known, or who has it from there. Who is
/// given one may return that.
void PointerAnalysis::noteForeign(const UserEvent &E, PointerState &S) const {
  const UserCall &Call = Flow->Calls[E.Number];
  auto Found = Results.find(E.Number);
  if (!Call.ReturnsUser || Found == Results.end() || Call.Callee == NoEntity ||
      llvm::any_of(E.Arguments, [](const UserArgument &A) { return A.IsUser; }))
    return;
  const FunctionPointers *Theirs = calleeOf(E);
  if (Theirs ? Theirs->ReturnsUnchecked : !F.Entities[Call.Callee].HasBody)
    S.add({PointerFact::Foreign, Found->second});
}

/// What a function returns, it may have from what it was given.
void PointerAnalysis::noteDerived(const UserEvent &E, PointerState &S) const {
  auto Found = Results.find(E.Number);
  if (Found == Results.end())
    return;
  Terms::Sources All;
  const FunctionPointers *Theirs = calleeOf(E);
  for (unsigned I = 0; I < E.Arguments.size(); ++I) {
    const TermId Value = E.Arguments[I].Value;
    if (Value == NoTerm)
      continue;
    if (!Theirs) {
      llvm::append_range(All, T.handed(S, Value));
      continue;
    }
    // Of one that is in sight, what it looks at.
    if (asks(E.Number, I))
      llvm::append_range(All, T.sources(S, Value));
    for (const AskedBytes &Is : Theirs->Asked)
      if (Is.Parameter == I && !Is.Bytes.isEmpty())
        llvm::append_range(All, T.fetchedBehind(S, Value, Is.Bytes));
  }
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Derived && Fact.Of == Found->second;
  });
  for (const FetchedFrom &One : All)
    S.add({PointerFact::Derived, Found->second, One.Bytes, One.Root, 0, One.Event});
}

/// Who gets what says how much user memory there is may compare that with anything.
void PointerAnalysis::noteHandedOn(const UserEvent &E, PointerState &S) const {
  llvm::SmallVector<TermId, 1> Roots;
  for (const PointerFact &Said : S.all(PointerFact::AtLeast))
    for (const PointerFact &Copy : S.all(PointerFact::Fetched))
      if (Copy.Of == Said.Of && llvm::any_of(E.Arguments, [&](const UserArgument &A) {
            return A.Value != NoTerm &&
                   llvm::any_of(T.addresses(S, A.Value),
                                [&](const BasedAddress &At) { return At.Base == Copy.Other; });
          }))
        Roots.push_back(Said.Of);
  for (TermId Root : Roots)
    S.add({PointerFact::AtLeast, Root, {0, ByteRange::Most}});
}

/// Who is given a copy of user memory may put something else into it.
void PointerAnalysis::noteHandedBytes(const UserEvent &E, PointerState &S) const {
  llvm::SmallVector<TermId, 1> Bases;
  if (!S.all(PointerFact::Fetched).empty())
    for (const UserArgument &A : E.Arguments)
      if (A.Value != NoTerm && mayLead(A.Value))
        for (const BasedAddress &At : T.addresses(S, A.Value))
          if (llvm::any_of(S.all(PointerFact::Fetched),
                           [&](const PointerFact &Fact) { return Fact.Other == At.Base; }))
            Bases.push_back(At.Base);
  for (TermId Base : Bases)
    S.add({PointerFact::Handed, Base});
}

void PointerAnalysis::forgetLoads(llvm::ArrayRef<TermId> Loads, PointerState &S) const {
  if (!Loads.empty())
    S.eraseIf([&](const PointerFact &Fact) {
      return llvm::any_of(
          Loads, [&](TermId L) { return T.mentions(Fact.Of, L) || T.mentions(Fact.Other, L); });
    });
}

/// What is in memory at an address is not what it was.
void PointerAnalysis::forget(TermId Address, PointerState &S) const {
  auto Loads = LoadsOf.find(Address);
  if (Loads != LoadsOf.end())
    forgetLoads(Loads->second, S);
}

/// The same for all bytes of a range behind an address.
void PointerAnalysis::forgetBytes(TermId Base, ByteRange Bytes, PointerState &S) const {
  auto Loads = LoadsBehind.find(Base);
  llvm::SmallVector<TermId, 4> There;
  if (Loads != LoadsBehind.end())
    for (TermId L : Loads->second) {
      BasedAddress A = T.written(T[L].A);
      if (!A.Exact || T.range(A, T[L].Number).overlaps(Bytes))
        There.push_back(L);
    }
  forgetLoads(There, S);
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Asked && Fact.Of == Base && Bytes.covers(Fact.Bytes);
  });
}

/// Bytes are written, by whatever name: they are no copy of user memory.
void PointerAnalysis::written(TermId Target, uint64_t Size, PointerState &S) const {
  Terms::Addresses To = T.addresses(S, Target);
  forget(Target, S);
  for (const BasedAddress &A : To)
    if (A.Exact) {
      forgetBytes(A.Base, T.range(A, Size), S);
      S.cutRefetched(A.Base, T.range(A, Size));
      S.cutFetched(A.Base, T.range(A, Size));
    }
}

/// memcpy(), and a struct that is assigned: what was a copy of user memory is one there.
void PointerAnalysis::copyBytes(TermId From, ByteRange Bytes, TermId To, PointerState &S) const {
  std::vector<PointerFact> Copies;
  const BasedAddress There = T.written(To);
  for (const BasedAddress &A : T.addresses(S, From)) {
    std::optional<int64_t> By = llvm::checkedSub(There.Offset, A.Offset);
    if (!A.Exact || !There.Exact || !By)
      continue;
    ByteRange Read = Bytes.moved(A.Offset);
    for (PointerFact Fact : S.all()) {
      bool First = Fact.Is == PointerFact::Fetched && Fact.Other == A.Base;
      if (!First && !(Fact.Is == PointerFact::Refetched && Fact.Of == A.Base))
        continue;
      // Of the fact, those bytes that are read, where they come from and where they go.
      std::optional<int64_t> Behind = llvm::checkedSub(Fact.OtherLo, Fact.Bytes.Lo);
      ByteRange Here = First ? Fact.Bytes.moved(Behind) : Fact.Bytes;
      ByteRange Both{std::max(Here.Lo, Read.Lo), std::min(Here.Hi, Read.Hi)};
      if (Both.isEmpty() || (First && !Behind))
        continue;
      if (First) {
        Fact.Bytes = Both.movedBack(*Behind);
        Fact.Other = There.Base;
        Fact.OtherLo = Both.moved(*By).Lo;
      } else {
        Fact.Of = There.Base;
        Fact.Bytes = Both.moved(*By);
        Fact.OtherLo -= *By;
      }
      Copies.push_back(Fact);
    }
  }
  written(To, Bytes.isBounded() ? Bytes.Hi : 0, S);
  for (const PointerFact &Fact : Copies)
    S.add(Fact);
}

/// `p += n`: it is so much behind what it was. Once round a loop, nobody counts.
std::vector<PointerFact> PointerAnalysis::moved(const UserEvent &E, const PointerState &At) const {
  std::vector<PointerFact> All;
  if (E.Source == NoTerm)
    return All;
  const BasedAddress To = T.written(E.Source);
  if (T[To.Base].Is != Term::Load || T[To.Base].A != E.Target)
    return All;
  for (PointerFact Was : At.all(PointerFact::Alias, To.Base)) {
    if (Was.isExact() && To.Exact && Was.OtherLo == 0) {
      Was.OtherLo = To.Offset;
    } else {
      Was.Bytes = {0, 1};
      Was.OtherLo = 0;
    }
    All.push_back(Was);
  }
  return All;
}

/// Also by way of other variables, as the macros of min() have them.
bool PointerAnalysis::isMadeOf(const PointerState &At, TermId Whole, TermId Part) const {
  bool Found = false;
  T.visit(At, Whole, [&](TermId Is) { Found |= Is == Part; }, Terms::NotIntoCalls);
  return Found;
}

/// `n = min(n, 8)`: how far it goes now. Once round a loop, nobody can tell.
void PointerAnalysis::noteChanged(const UserEvent &E, const PointerState &At,
                                  std::vector<PointerFact> &Into) const {
  auto Loads = LoadsOf.find(E.Target);
  if (E.Source == NoTerm || Loads == LoadsOf.end())
    return;
  for (TermId L : Loads->second) {
    if (!T[L].Width || !isMadeOf(At, E.Source, L) || !At.all(PointerFact::Value, L).empty())
      continue;
    Extent Is = Values.of(At, E.Source).as(T[L].Width, T[L].IsUnsigned);
    if (Is.IsUser)
      Into.push_back({PointerFact::Value, L, {Is.Lo, Is.Hi}});
  }
}

void PointerAnalysis::applyAssign(const UserEvent &E, PointerState &S) const {
  Terms::Sources From = T.sources(S, E.Source);
  std::optional<unsigned> Effect;
  if (E.Source != NoTerm && !Resetting.empty())
    T.visit(
        S, E.Source,
        [&](TermId Part) {
          if (EntityId Field = T[Part].Field; Field != NoEntity && F.Entities[Field].More->ResetBy)
            Effect = F.Entities[Field].More->ResetBy;
        },
        Terms::Values);
  std::vector<PointerFact> Moved = moved(E, S);
  noteChanged(E, S, Moved);
  constexpr uint64_t LargestValue = 8;
  if (E.Source != NoTerm && T[E.Source].Is == Term::Load && E.Size > LargestValue)
    copyBytes(T[E.Source].A, {0, int64_t(E.Size)}, E.Target, S);
  else
    written(E.Target, E.Size, S);
  for (const PointerFact &Fact : Moved)
    S.add(Fact);
  auto Loads = LoadsOf.find(E.Target);
  if (Loads == LoadsOf.end())
    return;
  for (TermId L : Loads->second) {
    if (Flags.contains(L))
      noteFlag(L, E.Source == NoTerm ? std::nullopt : T.number(S, E.Source), S);
    if (E.Source == NoTerm || !T.mentions(E.Source, L)) {
      S.add({PointerFact::Alias, L, {0, 0}, E.Source});
    } else {
      for (const FetchedFrom &One : From)
        S.add({PointerFact::Derived, L, One.Bytes, One.Root, 0, One.Event});
    }
    if (Effect)
      S.add({PointerFact::Cached, L, {0, 0}, NoTerm, 0, *Effect});
  }
}

ByteRange PointerAnalysis::accessed(const PointerState &At, const UserEvent &E,
                                    const UserAccess &Access) const {
  if (Access.Pointer >= E.Arguments.size() || E.Arguments[Access.Pointer].Value == NoTerm)
    return {};
  const UserArgument &Pointer = E.Arguments[Access.Pointer];
  if (!Access.Size)
    return {0, Pointer.Points ? int64_t(Pointer.Points) : ByteRange::Most};
  TermId Size = *Access.Size < E.Arguments.size() ? E.Arguments[*Access.Size].Value : NoTerm;
  std::optional<int64_t> Bytes = T.number(At, Size);
  return {0, Bytes && *Bytes >= 0 ? *Bytes : ByteRange::Most};
}

void PointerAnalysis::addChecked(TermId Pointer, ByteRange Bytes, uint32_t Event,
                                 PointerState &S) const {
  // What passed the barrier was checked the last time.
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Barrier && Fact.Event == Event;
  });
  for (const BasedAddress &A : T.addresses(S, Pointer))
    S.add({PointerFact::Checked, A.Base, A.Exact ? Bytes.moved(A.Offset) : ByteRange(), NoTerm, 0,
           Event});
}

void PointerAnalysis::addProbed(TermId Pointer, ByteRange Bytes, uint32_t Event,
                                PointerState &S) const {
  for (const BasedAddress &A : T.addresses(S, Pointer))
    S.add({PointerFact::Probed, A.Base, A.Exact ? Bytes.moved(A.Offset) : ByteRange(), NoTerm, 0,
           Event});
}

void PointerAnalysis::addFetched(const UserEvent &E, TermId Pointer, ByteRange Bytes, TermId Into,
                                 int64_t IntoLo, PointerState &S) const {
  const uint32_t Event = E.Number;
  Terms::Addresses To;
  if (Into != NoTerm)
    To = T.addresses(S, Into);
  struct Copy {
    TermId Root;
    ByteRange Bytes;
  };
  llvm::SmallVector<Copy, 2> Copies;
  for (const BasedAddress &A : T.addresses(S, Pointer, Terms::Themselves))
    if (A.Exact)
      Copies.push_back({A.Base, Bytes.moved(A.Offset)});
  llvm::SmallVector<PointerFact, 2> Again;
  for (PointerFact::Kind Kind : {PointerFact::Fetched, PointerFact::Decided})
    for (const PointerFact &First : S.all(Kind))
      for (const Copy &One : Copies)
        // What is fetched first only on some ways may never meet the second.
        if (First.Of == One.Root && First.Event != Event && First.Bytes.overlaps(One.Bytes) &&
            Order.isBefore(First.Event, E))
          for (const BasedAddress &A : To) {
            ByteRange Both{std::max(First.Bytes.Lo, One.Bytes.Lo),
                           std::min(First.Bytes.Hi, One.Bytes.Hi)};
            std::optional<int64_t> Into = llvm::checkedAdd(IntoLo, A.Offset);
            std::optional<int64_t> Shift =
                Into ? llvm::checkedSub(One.Bytes.Lo, *Into) : std::nullopt;
            if (Shift)
              Again.push_back({PointerFact::Refetched, A.Base, Both.movedBack(*Shift), One.Root,
                               *Shift, Event, First.Event});
          }
  for (const BasedAddress &A : To) {
    std::optional<int64_t> There = llvm::checkedAdd(A.Offset, IntoLo);
    std::optional<int64_t> By = There ? llvm::checkedSub(*There, Bytes.Lo) : std::nullopt;
    ByteRange Over = A.Exact && By ? Bytes.moved(By) : ByteRange{0, 0};
    S.cutFetched(A.Base, Over);
    S.cutRefetched(A.Base, Over);
    S.eraseIf([&](const PointerFact &Fact) {
      return Fact.Is == PointerFact::Handed && Fact.Of == A.Base;
    });
    if (A.Exact)
      forgetBytes(A.Base, Over, S);
    else
      forget(Into, S);
    for (const Copy &One : There ? llvm::ArrayRef<Copy>(Copies) : llvm::ArrayRef<Copy>())
      S.add({PointerFact::Fetched, One.Root, One.Bytes, A.Base, *There, Event});
  }
  for (const PointerFact &One : Again)
    S.add(One);
}

void PointerAnalysis::applyFetch(const UserEvent &E, const UserAccess &Access,
                                 PointerState &S) const {
  if (Access.Pointer >= E.Arguments.size() || E.Arguments[Access.Pointer].Value == NoTerm)
    return;
  ByteRange Bytes = accessed(S, E, Access);
  TermId Into = NoTerm;
  if (Access.Into && *Access.Into < E.Arguments.size())
    Into = E.Arguments[*Access.Into].target();
  else if (auto Found = Results.find(E.Number); !Access.Into && Found != Results.end())
    Into = Found->second; // memdup_user()
  // What is allocated and filled by a size decides about its contents.
  if (Access.Size && *Access.Size < E.Arguments.size())
    noteDecided(E.Arguments[*Access.Size].Value, placeOf(E.Number), S);
  addFetched(E, E.Arguments[Access.Pointer].Value, Bytes, Into, 0, S);
}

void PointerAnalysis::applyRole(const UserEvent &E, const FunctionModel &Role,
                                PointerState &S) const {
  auto Argument = [&](unsigned Index) {
    return Index < E.Arguments.size() ? E.Arguments[Index].Value : NoTerm;
  };
  uint32_t Place = placeOf(E.Number).Raw;
  if (Role.Allocates)
    if (TermId Size = Argument(Role.Allocates.Value - 1); Size != NoTerm)
      noteDecided(Size, placeOf(E.Number), S);
  if (Role.Fetches)
    applyFetch(E, Role.Fetches.Value, S);
  if (Role.Copies) {
    TermId From = Argument(Role.Copies.Value.Pointer);
    TermId To = Role.Copies.Value.Into ? Argument(*Role.Copies.Value.Into) : NoTerm;
    if (From != NoTerm && To != NoTerm)
      copyBytes(From, accessed(S, E, Role.Copies.Value), To, S);
  }
  for (const Given<UserAccess> *Access : Role.accesses())
    if (*Access && Access->Value.Checked)
      if (TermId Pointer = Argument(Access->Value.Pointer); Pointer != NoTerm)
        addProbed(Pointer, accessed(S, E, Access->Value), E.Number, S);
  if (Role.Exchanges && Role.Exchanges.Value.Into)
    if (unsigned Index = *Role.Exchanges.Value.Into; Index < E.Arguments.size())
      forget(E.Arguments[Index].target(), S);
  if (Role.Validates) {
    const UserCheck &Check = Role.Validates.Value;
    if (TermId Pointer = Argument(Check.Pointer); Pointer != NoTerm) {
      ByteRange Bytes{0, ByteRange::Most};
      std::optional<int64_t> Size = Check.Size ? T.number(S, Argument(*Check.Size)) : std::nullopt;
      if (Size && *Size >= 0)
        Bytes.Hi = *Size;
      addChecked(Pointer, Bytes, Place, S);
    }
  }
  if (Role.Masks)
    if (auto Found = Results.find(E.Number); Found != Results.end())
      S.add({PointerFact::Checked, Found->second, {}, NoTerm, 0, Place});
  if (Role.Barrier.Value || Role.Masks) {
    llvm::SmallVector<PointerFact, 4> Passed;
    for (const PointerFact &Fact : S.all(PointerFact::Checked))
      Passed.push_back({PointerFact::Barrier, NoTerm, {0, 0}, NoTerm, 0, Fact.Event});
    // One more stands for itself: callers want to know.
    Passed.push_back({PointerFact::Barrier});
    for (const PointerFact &Fact : Passed)
      S.add(Fact);
  }
  if (Role.Aligns)
    if (TermId Pointer = Argument(Role.Aligns.Value - 1); Pointer != NoTerm)
      for (const BasedAddress &A : T.addresses(S, Pointer))
        S.add({PointerFact::Aligned, A.Base});
}

void PointerAnalysis::applyCallee(const UserEvent &E, const FunctionPointers &Theirs,
                                  PointerState &S) const {
  auto Argument = [&](unsigned Index) {
    return Index < E.Arguments.size() ? E.Arguments[Index].Value : NoTerm;
  };
  uint32_t Place = placeOf(E.Number).Raw;
  for (const ParameterFetch &Fetch : Theirs.Fetches) {
    TermId Pointer = Argument(Fetch.Parameter);
    if (Pointer == NoTerm)
      continue;
    TermId Into = Fetch.Into ? Argument(*Fetch.Into) : NoTerm;
    auto Found = Results.find(E.Number);
    if (Fetch.IntoResult && Found != Results.end())
      Into = Found->second;
    addFetched(E, Pointer, Fetch.Bytes, Into, Fetch.IntoLo, S);
    for (const BasedAddress &A : T.addresses(S, Pointer, Terms::Themselves)) {
      ByteRange There = Fetch.Bytes.moved(A.Offset);
      if (Fetch.IntoResult && Found != Results.end())
        S.add({PointerFact::Derived, Found->second, There, A.Base, 0, E.Number});
      for (ByteRange Decided : Fetch.Decided)
        addDecided(A.Base, Decided.moved(A.Offset), E.Number, placeOf(E.Number), S);
    }
    // What decided something there may have been compared with what it has to be.
    if (Fetch.IntoResult && Found != Results.end() && !Fetch.Decided.empty())
      S.add({PointerFact::Within, Found->second, {Extent::Most, Extent::Least}});
  }
  if (auto Found = Results.find(E.Number); Found != Results.end()) {
    for (const ReturnedAddress &Is : Theirs.Returned)
      if (TermId From = Argument(Is.Parameter); From != NoTerm)
        S.add({PointerFact::Alias, Found->second, {0, !Is.Exact}, From, Is.Offset});
    if (Theirs.ReturnsChecked)
      S.add({PointerFact::Checked, Found->second, *Theirs.ReturnsChecked, NoTerm, 0, Place});
  }
  for (const Guarantee &G : Theirs.Guarantees) {
    if (G.Is == Guarantee::Barrier) {
      for (const PointerFact &Fact : llvm::SmallVector<PointerFact, 4>(S.all(PointerFact::Checked)))
        S.add({PointerFact::Barrier, NoTerm, {0, 0}, NoTerm, 0, Fact.Event});
      continue;
    }
    TermId Pointer = Argument(G.Parameter);
    if (Pointer == NoTerm)
      continue;
    if (G.Is == Guarantee::Checked)
      addChecked(Pointer, G.Bytes, Place, S);
    else if (G.Is == Guarantee::Probed)
      addProbed(Pointer, G.Bytes, E.Number, S);
    else
      for (const BasedAddress &A : T.addresses(S, Pointer))
        S.add({PointerFact::Aligned, A.Base});
  }
  if (Theirs.ReturnsCached)
    if (auto Found = Results.find(E.Number); Found != Results.end()) {
      S.eraseIf([&](const PointerFact &Fact) {
        return Fact.Is == PointerFact::Stale && Fact.Of == Found->second;
      });
      S.add({PointerFact::Cached, Found->second, {0, 0}, NoTerm, 0, *Theirs.ReturnsCached});
    }
}

void PointerAnalysis::applyResets(const UserEvent &E, PointerState &S) const {
  if (Resetting.empty())
    return;
  llvm::SmallVector<PointerFact, 2> Reset;
  for (const PointerFact &Fact : S.all(PointerFact::Cached))
    if (Resetting.contains({Flow->Calls[E.Number].Callee, Fact.Event}))
      Reset.push_back({PointerFact::Stale, Fact.Of, {0, 0}, NoTerm, 0, E.Number});
  for (const PointerFact &Fact : Reset)
    S.add(Fact);
}

/// The first decision is the one to tell of.
void PointerAnalysis::addDecided(TermId Root, ByteRange Bytes, uint32_t Event, Location At,
                                 PointerState &S) const {
  for (const PointerFact &D : S.all(PointerFact::Decided))
    if (D.Of == Root && D.Event == Event && D.Bytes.covers(Bytes))
      return;
  S.add({PointerFact::Decided, Root, Bytes, NoTerm, At.Raw, Event});
}

void PointerAnalysis::noteDecided(TermId Value, Location At, PointerState &S) const {
  for (const FetchedFrom &From : T.sources(S, Value))
    addDecided(From.Root, From.Bytes, From.Event, At, S);
}

bool PointerAnalysis::isChecked(const PointerState &At, TermId Pointer, const ByteRange &Wanted,
                                const UserEvent &Before) const {
  for (const BasedAddress &A : T.addresses(At, Pointer)) {
    const Term &Is = T[A.Base];
    if (Is.Is == Term::Parameter && size_t(Is.Number) < Flow->Parameters.size() &&
        Flow->Parameters[Is.Number].Prevalidated)
      return true;
    if (Is.Field != NoEntity && F.Entities[Is.Field].More->Prevalidated)
      return true;
  }
  return checkOf(At, Pointer, Wanted) ||
         factOver(At, PointerFact::Probed, Pointer, Wanted, &Before);
}

const PointerFact *PointerAnalysis::factOver(const PointerState &At, PointerFact::Kind Kind,
                                             TermId Pointer, ByteRange Wanted,
                                             const UserEvent *OnAllWaysTo) const {
  for (const BasedAddress &A : T.addresses(At, Pointer))
    for (const PointerFact &Fact : At.all(Kind)) {
      if (Fact.Of != A.Base || (OnAllWaysTo && !Order.isBefore(Fact.Event, *OnAllWaysTo)))
        continue;
      // How far an access of unknown length goes is for `user-size` to say.
      ByteRange There = Wanted.moved(A.Offset);
      if (!There.isBounded())
        There.Hi = ByteRange{0, 1}.moved(There.Lo).Hi;
      if (!A.Exact || Fact.Bytes.covers(There))
        return &Fact;
    }
  return nullptr;
}

bool PointerAnalysis::isAligned(const PointerState &At, TermId Pointer) const {
  return llvm::any_of(T.addresses(At, Pointer), [&](const BasedAddress &A) {
    return llvm::any_of(At.all(PointerFact::Aligned),
                        [&](const PointerFact &Fact) { return Fact.Of == A.Base; });
  });
}

bool PointerAnalysis::isCompared(const PointerState &At, TermId Size) const {
  bool Compared = false;
  T.visit(At, Size, [&](TermId Part) {
    const Term &Is = T[Part];
    Compared |= Is.Is == Term::Select || Is.Is == Term::Bits || Is.Is == Term::Less ||
                isKnown(At, PointerFact::Bounded, Part);
  });
  return Compared;
}

/// Of a value, or of the variable that it is in.
bool PointerAnalysis::isKnown(const PointerState &At, PointerFact::Kind Kind, TermId Of) const {
  const Term &Is = T[Of];
  if (Is.Is != Term::Load && Is.Is != Term::Object)
    return false;
  TermId Base = Is.Is == Term::Load ? T.written(Is.A).Base : Of;
  return llvm::any_of(At.all(Kind), [&](const PointerFact &Fact) {
    return Fact.Of == Of || (Fact.Of == Base && T[Base].Is == Term::Object);
  });
}

} // namespace airlock
