// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/PointerAnalysis.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

PointerAnalysis::PointerAnalysis(const Facts &F, std::unique_ptr<UserFlow> Of, ResultOf Callees,
                                 HasEffect Has)
    : F(F), Flow(std::move(Of)), T(F, *Flow), Order(*Flow) {
  llvm::SmallVector<unsigned, 1> Effects;
  auto NoteEffect = [&](std::optional<unsigned> Effect) {
    if (Effect && !llvm::is_contained(Effects, *Effect))
      Effects.push_back(*Effect);
  };
  for (TermId Id = 0; Id < Flow->Terms.size(); ++Id) {
    const Term &Is = Flow->Terms[Id];
    if (Is.Is == Term::Load)
      LoadsOf[Is.A].push_back(Id);
    if (Is.Is == Term::Result)
      Results[Is.Number] = Id;
    if (Is.Field != NoEntity)
      NoteEffect(F.Entities[Is.Field].More->ResetBy);
  }
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
  run();
  summarize();
}

void PointerAnalysis::run() {
  Entry.resize(Flow->Blocks.size());
  Reached.resize(Flow->Blocks.size());
  std::vector<bool> Pending(Flow->Blocks.size());
  Pending[0] = Reached[0] = true;
  // In this order a loop is done once more only if it brought news.
  bool Again = true;
  constexpr unsigned MaxRounds = 50;
  for (unsigned Round = 0; Again && Round < MaxRounds; ++Round) {
    Again = false;
    for (uint32_t Id = 0; Id < Flow->Blocks.size(); ++Id) {
      if (!Pending[Id])
        continue;
      Pending[Id] = false;
      const UserBlock &B = Flow->Blocks[Id];
      PointerState S = Entry[Id];
      for (const UserEvent &E : B.Events)
        apply(E, S);
      applyCondition(B, S);
      for (const UserEdge &Edge : B.Next) {
        PointerState There = S;
        applyEdge(B, Edge, There);
        bool News = Entry[Edge.To].join(There);
        if (News || !Reached[Edge.To]) {
          Reached[Edge.To] = true;
          Pending[Edge.To] = true;
          Again |= Edge.To <= Id;
        }
      }
    }
  }
}

void PointerAnalysis::walk(llvm::function_ref<void(const Step &)> Visit) const {
  for (uint32_t Id = 0; Id < Flow->Blocks.size(); ++Id) {
    if (!Reached[Id])
      continue;
    const UserBlock &B = Flow->Blocks[Id];
    PointerState S = Entry[Id];
    for (const UserEvent &E : B.Events) {
      Visit({Id, B, &E, S});
      apply(E, S);
    }
    if (B.Condition != NoTerm)
      Visit({Id, B, nullptr, S});
  }
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
  noteDerived(E, S);
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

/// What a function returns, it may have from what it was given.
void PointerAnalysis::noteDerived(const UserEvent &E, PointerState &S) const {
  auto Found = Results.find(E.Number);
  if (Found == Results.end())
    return;
  Terms::Sources All;
  for (const UserArgument &A : E.Arguments)
    llvm::append_range(All, T.handed(S, A.Value));
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

/// What is in memory at an address is not what it was.
void PointerAnalysis::forget(TermId Address, PointerState &S) const {
  auto Loads = LoadsOf.find(Address);
  if (Loads != LoadsOf.end())
    S.eraseIf([&](const PointerFact &Fact) {
      return llvm::any_of(Loads->second, [&](TermId L) {
        return T.mentions(Fact.Of, L) || T.mentions(Fact.Other, L);
      });
    });
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
        Terms::NotIntoCalls);
  forget(E.Target, S);
  BasedAddress To = T.written(E.Target);
  auto Loads = LoadsOf.find(E.Target);
  uint64_t Size = 1;
  if (Loads != LoadsOf.end())
    for (TermId L : Loads->second)
      Size = std::max<uint64_t>(Size, T[L].Number);
  ByteRange Written = T.range(To, Size);
  if (To.Exact)
    S.cutRefetched(To.Base, Written);
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Fetched && Fact.Other == E.Target &&
           T[E.Target].Is == Term::Object;
  });
  if (Loads == LoadsOf.end())
    return;
  for (TermId L : Loads->second) {
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

void PointerAnalysis::addProbed(TermId Pointer, ByteRange Bytes, PointerState &S) const {
  for (const BasedAddress &A : T.addresses(S, Pointer))
    S.add({PointerFact::Probed, A.Base, A.Exact ? Bytes.moved(A.Offset) : ByteRange()});
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
            int64_t Shift = One.Bytes.Lo - IntoLo - A.Offset;
            Again.push_back({PointerFact::Refetched, A.Base, Both.moved(-Shift), One.Root, Shift,
                             Event, First.Event});
          }
  for (const BasedAddress &A : To) {
    ByteRange Over = A.Exact ? Bytes.moved(A.Offset + IntoLo - Bytes.Lo) : ByteRange{0, 0};
    S.eraseIf([&](const PointerFact &Fact) {
      return Fact.Is == PointerFact::Fetched && Fact.Other == A.Base &&
             Over.covers(Fact.Bytes.moved(Fact.OtherLo - Fact.Bytes.Lo));
    });
    S.cutRefetched(A.Base, Over);
    if (A.Offset == 0 || T[A.Base].Is != Term::Object)
      forget(Into, S);
    for (const Copy &One : Copies)
      S.add({PointerFact::Fetched, One.Root, One.Bytes, A.Base, A.Offset + IntoLo, Event});
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
  for (const Given<UserAccess> *Access : {&Role.Fetches, &Role.Stores, &Role.Exchanges})
    if (*Access && Access->Value.Checked)
      if (TermId Pointer = Argument(Access->Value.Pointer); Pointer != NoTerm)
        addProbed(Pointer, accessed(S, E, Access->Value), S);
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
      if (!Fetch.Decided.isEmpty())
        addDecided(A.Base, Fetch.Decided.moved(A.Offset), E.Number, placeOf(E.Number), S);
    }
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
      addProbed(Pointer, G.Bytes, S);
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

void PointerAnalysis::applyCondition(const UserBlock &B, PointerState &S) const {
  if (B.Condition == NoTerm)
    return;
  noteDecided(B.Condition, B.At, S);
  noteCompared(B.Condition, S);
  // What bounds a loop is used, not compared with what it was.
  if (!B.Loop.isValid())
    forgetRefetched(B.Condition, S);
}

/// What is asked about again may be used.
void PointerAnalysis::forgetRefetched(TermId Condition, PointerState &S) const {
  if (S.all(PointerFact::Refetched).empty())
    return;
  T.visit(S, Condition, [&](TermId Part) {
    const Term &Is = T[Part];
    if (Is.Is == Term::Load)
      for (const BasedAddress &A : T.addresses(S, Is.A))
        S.cutRefetched(A.Base, T.range(A, Is.Number));
    // `if (memcmp(&first, again, sizeof(first)))`; but not if it was called before.
    if (Is.Is == Term::Result && !T.roleOf(Is.Number)) {
      llvm::SmallVector<uint32_t, 2> Asked;
      for (const PointerFact &Fact : S.all(PointerFact::Derived))
        if (Fact.Of == Part)
          Asked.push_back(Fact.Event);
      S.eraseIf([&](const PointerFact &Fact) {
        return Fact.Is == PointerFact::Refetched && llvm::is_contained(Asked, Fact.Event);
      });
    }
  });
}

void PointerAnalysis::noteCompared(TermId Condition, PointerState &S) const {
  std::vector<PointerFact> News;
  // Which side is the larger one, each branch knows by itself, if that is all it asks.
  TermId Asked = Condition;
  while (T[Asked].Is == Term::Not)
    Asked = T[Asked].A;
  auto NoteLoads = [&](TermId Of) {
    T.visit(S, Of, [&](TermId Part) {
      const Term &Is = T[Part];
      // All of a variable, only if its address is given to who is asked.
      if (Is.Is != Term::Load && !(Is.Is == Term::Object && T[Of].Is == Term::Result))
        return;
      News.push_back({PointerFact::Bounded, Part});
      if (Of != Asked || T[Of].Is != Term::Less)
        News.push_back({PointerFact::AtMost, Part});
    });
  };
  auto NoteSize = [&](TermId Said, TermId Other) {
    T.visit(S, Said, [&](TermId Part) {
      if (T[Part].Field == NoEntity || !F.Entities[T[Part].Field].More->UserSize)
        return;
      std::optional<int64_t> Bytes = T.number(S, Other);
      // `size = argsz - minsz`, and that is compared.
      bool Known = false;
      for (const BasedAddress &A : T.addresses(S, Said))
        if (A.Base == Part && A.Exact && Bytes) {
          Known = true;
          Bytes = *Bytes - A.Offset;
        }
      if (!Known)
        Bytes = std::nullopt;
      for (const FetchedFrom &From : T.sources(S, Part))
        News.push_back({PointerFact::AtLeast,
                        From.Root,
                        {From.Bytes.Lo, Bytes ? From.Bytes.Lo + *Bytes : ByteRange::Most}});
    });
  };
  T.visit(S, Condition, [&](TermId Part) {
    const Term &Is = T[Part];
    bool Zero = Is.Is == Term::Equal && (T.number(S, Is.A) == 0 || T.number(S, Is.B) == 0);
    if (Is.Is == Term::Less || (Is.Is == Term::Equal && !Zero)) {
      NoteLoads(Part);
      NoteSize(Is.A, Is.B);
      NoteSize(Is.B, Is.A);
    }
    if (Is.Is == Term::Result && !T.roleOf(Is.Number))
      NoteLoads(Part); // `if (!is_valid(&header))`
    if (Is.Is == Term::Bits)
      T.visit(S, Part, [&](TermId Address) {
        for (const BasedAddress &A : T.addresses(S, Address))
          if (T[A.Base].Is != Term::Constant)
            News.push_back({PointerFact::Aligned, A.Base});
      });
  });
  if (T[Condition].Is == Term::Load) // switch (x)
    for (PointerFact::Kind Kind : {PointerFact::Bounded, PointerFact::AtMost})
      News.push_back({Kind, Condition});
  for (const PointerFact &Fact : News)
    S.add(Fact);
}

PointerAnalysis::Outcomes PointerAnalysis::outcomes(const PointerState &At, TermId Value,
                                                    unsigned Depth) const {
  constexpr unsigned MaxDepth = 8;
  constexpr size_t MaxOutcomes = 16;
  const Outcomes Any{{std::nullopt, {}}};
  if (Value == NoTerm || Depth > MaxDepth)
    return Any;
  const Term &Is = T[Value];
  auto Swapped = [](Outcomes All) {
    for (Outcome &O : All)
      if (O.Truth)
        O.Truth = !*O.Truth;
    return All;
  };
  switch (Is.Is) {
  case Term::Constant:
    return {{Is.Number != 0, {}}};
  case Term::Not:
    return Swapped(outcomes(At, Is.A, Depth + 1));
  case Term::Equal:
    if (T.number(At, Is.B) == 0)
      return Swapped(outcomes(At, Is.A, Depth + 1));
    if (T.number(At, Is.A) == 0)
      return Swapped(outcomes(At, Is.B, Depth + 1));
    return Any;
  case Term::Less:
    // `ret < 0`: it is not zero.
    if (T.number(At, Is.B) == 0)
      return outcomes(At, Is.A, Depth + 1);
    return Any;
  case Term::Load: {
    const PointerFact *Only = nullptr;
    for (const PointerFact &Fact : At.all(PointerFact::Alias))
      if (Fact.Of == Value) {
        if (Only)
          return Any;
        Only = &Fact;
      }
    return Only ? outcomes(At, Only->Other, Depth + 1) : Any;
  }
  case Term::Select: {
    Outcomes All;
    for (const Outcome &If : outcomes(At, Is.A, Depth + 1))
      for (bool Truth : {true, false}) {
        if (If.Truth && *If.Truth != Truth)
          continue;
        for (Outcome &O : outcomes(At, Truth ? Is.B : Is.C, Depth + 1)) {
          O.Failed.append(If.Failed.begin(), If.Failed.end());
          All.push_back(std::move(O));
        }
      }
    return All.size() > MaxOutcomes ? Any : All;
  }
  case Term::Result: {
    uint32_t Place = placeOf(Is.Number).Raw;
    const FunctionModel *Role = T.roleOf(Is.Number);
    if (Role && Role->Validates) {
      bool Good = Role->Validates.Value.Value;
      return {{Good, {}}, {!Good, {Place}}};
    }
    const FunctionPointers *Theirs = resultOf(Flow->Calls[Is.Number].Callee);
    for (const Guarantee &G :
         Theirs ? llvm::ArrayRef<Guarantee>(Theirs->Guarantees) : llvm::ArrayRef<Guarantee>())
      if (G.Is == Guarantee::Checked && G.If != Guarantee::Always) {
        bool Good = G.If == Guarantee::IfNonZero;
        return {{Good, {}}, {!Good, {Place}}};
      }
    return Any;
  }
  default:
    return Any;
  }
}

/// Of two that were compared, the smaller one has a bound.
void PointerAnalysis::boundOnEdge(TermId Condition, bool Truth, PointerState &S) const {
  while (T[Condition].Is == Term::Not) {
    Condition = T[Condition].A;
    Truth = !Truth;
  }
  if (T[Condition].Is != Term::Less)
    return;
  std::vector<PointerFact> News;
  T.visit(
      S, Truth ? T[Condition].A : T[Condition].B,
      [&](TermId Part) {
        if (T[Part].Is == Term::Load)
          News.push_back({PointerFact::AtMost, Part});
      },
      Terms::NotIntoCalls);
  for (const PointerFact &Fact : News)
    S.add(Fact);
}

/// The failing branch of a check knows nothing from it.
void PointerAnalysis::applyEdge(const UserBlock &B, const UserEdge &Edge, PointerState &S) const {
  if (Edge.Is == UserEdge::Always || B.Condition == NoTerm)
    return;
  boundOnEdge(B.Condition, Edge.Is == UserEdge::IfTrue, S);
  if (S.all(PointerFact::Checked).empty())
    return;
  bool Truth = Edge.Is == UserEdge::IfTrue, First = true;
  llvm::SmallVector<uint32_t, 2> Failed;
  for (const Outcome &O : outcomes(S, B.Condition)) {
    if (O.Truth && *O.Truth != Truth)
      continue;
    if (First)
      Failed.assign(O.Failed.begin(), O.Failed.end());
    else
      llvm::erase_if(Failed, [&](uint32_t Place) { return !llvm::is_contained(O.Failed, Place); });
    First = false;
  }
  if (!Failed.empty())
    S.eraseIf([&](const PointerFact &Fact) {
      return Fact.Is == PointerFact::Checked && llvm::is_contained(Failed, Fact.Event);
    });
}

bool PointerAnalysis::isChecked(const PointerState &At, TermId Pointer,
                                const ByteRange &Wanted) const {
  for (const BasedAddress &A : T.addresses(At, Pointer)) {
    const Term &Is = T[A.Base];
    if (Is.Is == Term::Parameter && size_t(Is.Number) < Flow->Parameters.size() &&
        Flow->Parameters[Is.Number].second)
      return true;
    if (Is.Field != NoEntity && F.Entities[Is.Field].More->Prevalidated)
      return true;
  }
  return factOver(At, PointerFact::Checked, Pointer, Wanted) ||
         factOver(At, PointerFact::Probed, Pointer, Wanted);
}

const PointerFact *PointerAnalysis::factOver(const PointerState &At, PointerFact::Kind Kind,
                                             TermId Pointer, ByteRange Wanted) const {
  for (const BasedAddress &A : T.addresses(At, Pointer))
    for (const PointerFact &Fact : At.all(Kind)) {
      if (Fact.Of != A.Base)
        continue;
      // How far an access of unknown length goes is for `user-size` to say.
      ByteRange There = Wanted.moved(A.Offset);
      if (!There.isBounded())
        There.Hi = There.Lo + 1;
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

bool PointerAnalysis::isBounded(const PointerState &At, TermId Size, unsigned Depth) const {
  constexpr unsigned MaxDepth = 12;
  if (Size == NoTerm || Depth > MaxDepth || isKnown(At, PointerFact::AtMost, Size))
    return true;
  const Term &Is = T[Size];
  switch (Is.Is) {
  case Term::Offset:
    return isBounded(At, Is.A, Depth + 1);
  case Term::Index: // what is subtracted only makes it less
    return isBounded(At, Is.A, Depth + 1) && (Is.Number < 0 || isBounded(At, Is.B, Depth + 1));
  case Term::Combine:
    return isBounded(At, Is.A, Depth + 1) && isBounded(At, Is.B, Depth + 1);
  case Term::Result:
    return llvm::all_of(Flow->Calls[Is.Number].Arguments,
                        [&](TermId Argument) { return isBounded(At, Argument, Depth + 1); });
  case Term::Load:
    // As user memory has it, or as it was assigned.
    if (!T.fetched(At, Size).empty())
      return false;
    return llvm::all_of(At.all(PointerFact::Alias), [&](const PointerFact &Fact) {
      return Fact.Of != Size || isBounded(At, Fact.Other, Depth + 1);
    });
  default: // min(a, b), a & b; or nothing that comes from user memory
    return true;
  }
}

void PointerAnalysis::addPassing(const UserEvent &E, unsigned Argument, bool NeedsCheck,
                                 bool NeedsAlign, const ByteRange &Bytes, const PointerState &At) {
  if (Argument >= E.Arguments.size() || E.Arguments[Argument].Value == NoTerm)
    return;
  TermId Pointer = E.Arguments[Argument].Value;
  Passing P;
  P.Call = E.Made;
  P.Argument = Argument;
  P.Checked = !NeedsCheck || isChecked(At, Pointer, Bytes);
  P.Aligned = !NeedsAlign || isAligned(At, Pointer);
  if (!roleOf(E))
    for (const BasedAddress &A : T.addresses(At, Pointer, Terms::Themselves))
      for (const PointerFact &D : At.all(PointerFact::Decided))
        if (D.Of == A.Base && D.Event != E.Number && Order.isBefore(D.Event, E)) {
          P.Decided.include(D.Bytes.moved(-A.Offset));
          P.FirstFetch = Flow->Calls[D.Event].Made;
        }
  P.From = T.originOf(At, Pointer, P.Parameter);
  bool Unsure = (!P.Checked || !P.Aligned) && P.From != Origin::Unknown;
  if (!Unsure && P.Decided.isEmpty())
    return;
  P.Promised = E.Arguments[Argument].Promised;
  P.Text = E.Arguments[Argument].Text;
  for (const BasedAddress &A : T.addresses(At, Pointer))
    for (const PointerFact &Fact : At.all(PointerFact::Checked))
      P.TooShort |= NeedsCheck && Fact.Of == A.Base;
  if (P.From == Origin::Parameter)
    for (const BasedAddress &A : T.addresses(At, Pointer))
      if (T[A.Base].Is == Term::Parameter && A.Exact)
        P.Bytes = Bytes.moved(A.Offset);
  Result.Passings.push_back(P);
}

/// What is kept where it is promised to be checked.
void PointerAnalysis::addFilling(const UserEvent &E, const PointerState &At) {
  if (E.Source == NoTerm || isChecked(At, E.Source, {0, 1}))
    return;
  Passing P;
  P.At = E.At;
  P.Promised = true;
  P.Aligned = true;
  P.From = T.originOf(At, E.Source, P.Parameter);
  P.Bytes = {0, 1};
  if (P.From != Origin::Unknown)
    Result.Passings.push_back(P);
}

void PointerAnalysis::summarizeCall(const UserEvent &E, const PointerState &At) {
  for (unsigned I = 0; I < E.Arguments.size(); ++I)
    if (E.Arguments[I].Promised)
      addPassing(E, I, true, false, {0, std::max<int64_t>(E.Arguments[I].Points, 1)}, At);
  if (const FunctionModel *Role = roleOf(E)) {
    for (const Given<UserAccess> *Access : {&Role->Fetches, &Role->Stores, &Role->Exchanges})
      if (*Access)
        addPassing(E, Access->Value.Pointer, !Access->Value.Checked,
                   /*NeedsAlign=*/Access == &Role->Exchanges &&
                       accessed(At, E, Access->Value).Hi != 1,
                   accessed(At, E, Access->Value), At);
    return;
  }
  const FunctionPointers *Theirs = calleeOf(E);
  llvm::SmallVector<bool, 4> Done(E.Arguments.size());
  // What a function does that is defined elsewhere, all units together will know.
  if (const Entity &Callee = F.callee(F.Calls[E.Made]);
      !Theirs && Callee.Kind == EntityKind::Function && !Callee.HasBody && !Callee.Opaque)
    for (unsigned I = 0; I < E.Arguments.size(); ++I)
      if (E.Arguments[I].IsUser && !E.Arguments[I].Promised)
        addPassing(E, I, true, true, {0, std::max<int64_t>(E.Arguments[I].Points, 1)}, At);
  for (const Passing &P :
       Theirs ? llvm::ArrayRef<Passing>(Theirs->Passings) : llvm::ArrayRef<Passing>()) {
    if (P.From != Origin::Parameter || P.Parameter >= Done.size() || Done[P.Parameter])
      continue;
    Done[P.Parameter] = true;
    addPassing(E, P.Parameter, !P.Checked, !P.Aligned, P.Bytes, At);
  }
  for (const ParameterFetch &Is :
       Theirs ? llvm::ArrayRef<ParameterFetch>(Theirs->Fetches) : llvm::ArrayRef<ParameterFetch>())
    if (Is.Parameter < Done.size() && !Done[Is.Parameter] && !Is.Used.isEmpty()) {
      Done[Is.Parameter] = true;
      addPassing(E, Is.Parameter, false, false, Is.Bytes, At);
    }
}

void PointerAnalysis::summarizeReturns(
    llvm::ArrayRef<std::pair<const UserEvent *, PointerState>> Returns) {
  struct Way {
    std::optional<bool> Truth;
    std::vector<PointerFact> Checked;
    bool Barrier;
  };
  std::vector<Way> Ways;
  for (const auto &[E, At] : Returns)
    for (const Outcome &O : outcomes(At, E->Source)) {
      Way W{O.Truth, {}, !At.all(PointerFact::Barrier).empty()};
      for (const PointerFact &Fact : At.all())
        if ((Fact.Is == PointerFact::Checked && !llvm::is_contained(O.Failed, Fact.Event)) ||
            Fact.Is == PointerFact::Aligned || Fact.Is == PointerFact::Probed)
          if (T[Fact.Of].Is == Term::Parameter)
            W.Checked.push_back(Fact);
      Ways.push_back(std::move(W));
    }
  auto Holds = [&](const PointerFact &Fact, std::optional<bool> Truth) {
    bool Any = false;
    for (const Way &W : Ways) {
      if (Truth && W.Truth && *W.Truth != *Truth)
        continue;
      Any = true;
      if (!llvm::any_of(W.Checked, [&](const PointerFact &O) {
            return O.Is == Fact.Is && O.Of == Fact.Of && O.Bytes.covers(Fact.Bytes);
          }))
        return false;
    }
    return Any;
  };
  for (const Way &W : Ways)
    for (const PointerFact &Fact : W.Checked) {
      Guarantee G;
      G.Is = Fact.Is == PointerFact::Checked  ? Guarantee::Checked
             : Fact.Is == PointerFact::Probed ? Guarantee::Probed
                                              : Guarantee::Aligned;
      G.Parameter = T[Fact.Of].Number;
      G.Bytes = G.Is == Guarantee::Aligned ? ByteRange() : Fact.Bytes;
      if (Holds(Fact, std::nullopt))
        G.If = Guarantee::Always;
      else if (Holds(Fact, false))
        G.If = Guarantee::IfZero;
      else if (Holds(Fact, true))
        G.If = Guarantee::IfNonZero;
      else
        continue;
      bool Known = llvm::any_of(Result.Guarantees, [&](const Guarantee &O) {
        return O.Is == G.Is && O.Parameter == G.Parameter && O.If == G.If &&
               O.Bytes.Lo == G.Bytes.Lo && O.Bytes.Hi == G.Bytes.Hi;
      });
      if (!Known)
        Result.Guarantees.push_back(G);
    }
  if (!Ways.empty() && llvm::any_of(Ways, [](const Way &W) { return W.Barrier; })) {
    Guarantee G;
    G.Is = Guarantee::Barrier;
    Result.Guarantees.push_back(G);
  }
}

/// What is done with what a fetch brought, by fetch and the parameter it is behind.
void PointerAnalysis::noteUses(const Step &At, FetchedBytes &Used, FetchedBytes &Compared) const {
  auto Note = [&](TermId Value, FetchedBytes &Into) {
    for (const FetchedFrom &From : T.sources(At.Before, Value))
      if (T[From.Root].Is == Term::Parameter)
        Into.try_emplace({From.Event, From.Root}, ByteRange{0, 0})
            .first->second.include(From.Bytes);
  };
  if (!At.Event)
    return Note(At.Block.Condition, Compared);
  const UserEvent &E = *At.Event;
  if (E.Is == UserEvent::Call)
    for (const UserArgument &A : E.Arguments)
      Note(A.Value, Used);
  else if (E.Is == UserEvent::Return || T[T.written(E.Target).Base].Is != Term::Object)
    Note(E.Source, Used);
}

void PointerAnalysis::summarize() {
  FetchedBytes Used, Compared;
  std::vector<std::pair<const UserEvent *, PointerState>> Returns;
  UserEvent FallsOff;
  walk([&](const Step &At) {
    if (!At.Before.all(PointerFact::Fetched).empty())
      noteUses(At, Used, Compared);
    if (!At.Event)
      return;
    if (At.Event->Is == UserEvent::Call)
      summarizeCall(*At.Event, At.Before);
    if (At.Event->Is == UserEvent::Assign && At.Event->Promised)
      addFilling(*At.Event, At.Before);
    if (At.Event->Is == UserEvent::Return)
      Returns.push_back({At.Event, At.Before});
  });
  // Control may fall off the end.
  if (Returns.empty() && Reached[Flow->Exit])
    Returns.push_back({&FallsOff, Entry[Flow->Exit]});
  summarizeReturns(Returns);

  auto ParameterOf = [&](TermId Id) -> std::optional<uint8_t> {
    if (Id == NoTerm || T[Id].Is != Term::Parameter)
      return std::nullopt;
    return T[Id].Number;
  };
  // A caller cannot tell the ways apart, but for those that have failed.
  auto IsOnAllWays = [&](uint32_t Call) {
    return llvm::all_of(Returns, [&](const auto &Return) {
      const auto &[E, At] = Return;
      std::optional<int64_t> Value = T.number(At, E->Source);
      return (Value && *Value < 0) ||
             (E == &FallsOff ? Order.isBefore(Call, Flow->Exit) : Order.isBefore(Call, *E));
    });
  };
  for (const auto &[E, At] : Returns) {
    Terms::Sources Returned = T.sources(At, E->Source);
    Terms::Addresses ReturnedAt;
    if (E->Source != NoTerm)
      ReturnedAt = T.addresses(At, E->Source);
    for (const PointerFact &Fact : At.all(PointerFact::Fetched)) {
      std::optional<uint8_t> From = ParameterOf(Fact.Of);
      if (!From)
        continue;
      ParameterFetch Fetch;
      Fetch.Call = Flow->Calls[Fact.Event].Made;
      Fetch.Parameter = *From;
      Fetch.Bytes = Fact.Bytes;
      Fetch.Into = ParameterOf(Fact.Other);
      Fetch.IntoLo = Fact.OtherLo;
      const bool OnAllWays = IsOnAllWays(Fact.Event);
      Fetch.IntoResult =
          (OnAllWays &&
           llvm::any_of(Returned, [&](const FetchedFrom &S) { return S.Event == Fact.Event; })) ||
          llvm::any_of(ReturnedAt, [&](const BasedAddress &A) { return A.Base == Fact.Other; });
      if (OnAllWays)
        for (const PointerFact &D : At.all(PointerFact::Decided))
          if (D.Event == Fact.Event && D.Of == Fact.Of)
            Fetch.Decided.include(D.Bytes);
      // What it was compared with was not known when it was used.
      auto UsedOf = Used.find({Fact.Event, Fact.Of});
      auto ComparedOf = Compared.find({Fact.Event, Fact.Of});
      if (UsedOf != Used.end() &&
          (ComparedOf == Compared.end() || !UsedOf->second.overlaps(ComparedOf->second)))
        Fetch.Used = UsedOf->second;
      bool Known = llvm::any_of(Result.Fetches, [&](ParameterFetch &O) {
        if (O.Call != Fetch.Call || O.Parameter != Fetch.Parameter || O.Into != Fetch.Into ||
            O.Bytes.Lo != Fetch.Bytes.Lo || O.Bytes.Hi != Fetch.Bytes.Hi)
          return false;
        O.IntoResult |= Fetch.IntoResult;
        O.Decided.include(Fetch.Decided);
        O.Used.include(Fetch.Used);
        return true;
      });
      if (!Known)
        Result.Fetches.push_back(Fetch);
    }
    // `return node;` of a translation that is kept elsewhere.
    if (E->Source != NoTerm)
      for (const BasedAddress &A : ReturnedAt) {
        if (EntityId Field = T[A.Base].Field; Field != NoEntity && F.Entities[Field].More->ResetBy)
          Result.ReturnsCached = F.Entities[Field].More->ResetBy;
        for (const PointerFact &Fact : At.all(PointerFact::Cached))
          if (Fact.Of == A.Base)
            Result.ReturnsCached = Fact.Event;
      }
  }
}

} // namespace airlock
