// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a condition tells, and what each of its branches.

#include "model/Model.h"
#include "pointers/PointerAnalysis.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

void PointerAnalysis::applyCondition(const UserBlock &B, PointerState &S) const {
  if (B.Condition == NoTerm)
    return;
  noteDecided(B.Condition, B.At, S);
  noteCompared(B.Condition, S);
  // What bounds a loop is used, not compared with what it was.
  if (!B.BoundsLoop)
    forgetRefetched(B.Condition, S);
  const bool Branches =
      llvm::any_of(B.Next, [](const UserEdge &E) { return E.Is != UserEdge::Always; });
  if (Branches)
    return;
  std::vector<PointerFact> News; // switch (x)
  Values.blur(S, B.Condition, [&](TermId Of, ByteRange To, bool) {
    News.push_back({PointerFact::Within, Of, To});
  });
  for (const PointerFact &Fact : News)
    S.add(Fact);
}

/// Bytes that a value is read from are no second copy any more.
void PointerAnalysis::cutAgain(TermId Value, PointerState &S) const {
  if (Value == NoTerm)
    return;
  llvm::SmallVector<std::pair<TermId, ByteRange>, 2> Read;
  T.visit(
      S, Value,
      [&](TermId Part) {
        if (T[Part].Is == Term::Load)
          for (const BasedAddress &A : T.addresses(S, T[Part].A))
            Read.push_back({A.Base, T.range(A, T[Part].Number)});
      },
      Terms::NotIntoCalls);
  for (const auto &[Base, Bytes] : Read)
    S.cutRefetched(Base, Bytes);
}

/// What is asked about again may be used: compared with a limit, tested for bits, given
/// to who may look at it. To be equal to something is for the branches to say.
void PointerAnalysis::forgetRefetched(TermId Condition, PointerState &S) const {
  if (S.all(PointerFact::Refetched).empty())
    return;
  if (T[Condition].Is == Term::Load) // `if (again.flag)`, and each value of a switch
    cutAgain(Condition, S);
  llvm::SmallVector<TermId, 4> Asked;
  T.visit(S, Condition, [&](TermId Part) {
    const Term &Is = T[Part];
    if (Is.Is == Term::Less || Is.Is == Term::Bits)
      Asked.push_back(Part);
    // `if (memcmp(&first, again, sizeof(first)))`; but not if it was called before.
    if (Is.Is != Term::Result || T.roleOf(Is.Number))
      return;
    llvm::SmallVector<PointerFact, 2> Looked;
    for (const PointerFact &Copy : S.all(PointerFact::Refetched))
      for (const PointerFact &Fact : S.all(PointerFact::Derived, Part))
        if (Fact.Event == Copy.Event && Fact.Other == Copy.Other)
          Looked.push_back({Copy.Is, Copy.Of, Fact.Bytes.movedBack(Copy.OtherLo)});
    for (const PointerFact &Copy : Looked)
      S.cutRefetched(Copy.Of, Copy.Bytes);
  });
  for (TermId Part : Asked)
    cutAgain(Part, S);
}

/// `if (again.len == len)`: where they are equal, one is as good as the other.
void PointerAnalysis::forgetEqual(TermId Condition, bool Truth, PointerState &S) const {
  while (T[Condition].Is == Term::Not) {
    Condition = T[Condition].A;
    Truth = !Truth;
  }
  if (T[Condition].Is == Term::Select) { // `a && b`, `a || b`
    const Term &Is = T[Condition];
    bool And = T.number(S, Is.C) == 0, Or = T.number(S, Is.B) == 1;
    if ((And && Truth) || (Or && !Truth)) {
      forgetEqual(Is.A, Truth, S);
      forgetEqual(And ? Is.B : Is.C, Truth, S);
    }
  }
  if (T[Condition].Is == Term::Equal && Truth)
    cutAgain(Condition, S);
}

/// `if (IS_ERR(p))`, `if (!p)`, `if (error)`: where it failed there is no copy.
void PointerAnalysis::forgetFailed(TermId Condition, bool Truth, PointerState &S) const {
  while (T[Condition].Is == Term::Not) {
    Condition = T[Condition].A;
    Truth = !Truth;
  }
  const Term &Is = T[Condition];
  // `if (copy_from_user(…))`, `err = fetch(…); if (err)`, `if (err < 0)`.
  TermId Error = Is.Is == Term::Less && T.number(S, Is.B) == 0 ? Is.A : Condition;
  if (llvm::ArrayRef<PointerFact> Was = S.all(PointerFact::Alias, Error);
      Was.size() == 1 && T[Error].Is == Term::Load && Was.front().Other != NoTerm)
    Error = Was.front().Other;
  if (T[Error].Is == Term::Result && T[Error].Width && Truth) {
    S.eraseIf([&](const PointerFact &Fact) {
      return Fact.Is == PointerFact::Refetched && int64_t(Fact.Event) == T[Error].Number;
    });
    return;
  }
  TermId Pointer = NoTerm;
  if (Is.Is == Term::Less && Is.IsUnsigned && Truth) {
    std::optional<int64_t> From = T.number(S, Is.A);
    if (From && *From < 0)
      Pointer = Is.B;
  } else if (Is.Is == Term::Load && !Truth) {
    Pointer = Condition;
  }
  if (Pointer == NoTerm)
    return;
  Terms::Addresses All = T.addresses(S, Pointer);
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Refetched &&
           llvm::any_of(All, [&](const BasedAddress &A) { return A.Base == Fact.Of; });
  });
}

/// Whether a value may be an address, by its type.
bool PointerAnalysis::mayLead(TermId Value) const {
  const Term &Is = T[T.written(Value).Base];
  return Is.Is == Term::Object ||
         ((Is.Is == Term::Load || Is.Is == Term::Parameter || Is.Is == Term::Result) && !Is.Width);
}

/// Whether a callee may have looked at the value of an argument.
bool PointerAnalysis::asks(uint32_t Call, unsigned Argument) const {
  const FunctionPointers *Theirs = resultOf(Flow->Calls[Call].Callee);
  return !Theirs || llvm::any_of(Theirs->Asked, [&](const AskedBytes &Is) {
    return Is.Parameter == Argument && Is.Bytes.isEmpty();
  });
}

/// `if (IS_ERR(p))`: who says what failed has made the address, as vm_mmap() does.
void PointerAnalysis::forgetForeign(TermId Condition, PointerState &S) const {
  while (T[Condition].Is == Term::Not)
    Condition = T[Condition].A;
  const Term &Is = T[Condition];
  std::optional<int64_t> From = Is.Is == Term::Less ? T.number(S, Is.A) : std::nullopt;
  if (!Is.IsUnsigned || !From || *From >= 0)
    return;
  Terms::Addresses All = T.addresses(S, Is.B);
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Foreign &&
           llvm::any_of(All, [&](const BasedAddress &A) { return A.Base == Fact.Of; });
  });
}

/// Who is asked may look at all that is behind what it is given; one that is in sight,
/// at what it looks at.
void PointerAnalysis::noteAsked(uint32_t Call, const PointerState &At,
                                std::vector<PointerFact> &Into) const {
  const FunctionPointers *Theirs = resultOf(Flow->Calls[Call].Callee);
  llvm::ArrayRef<TermId> Arguments = Flow->Calls[Call].Arguments;
  for (unsigned I = 0; I < Arguments.size(); ++I) {
    if (Arguments[I] == NoTerm || !mayLead(Arguments[I]))
      continue;
    for (const BasedAddress &A : T.addresses(At, Arguments[I])) {
      if (!Theirs)
        Into.push_back({PointerFact::Asked, A.Base, ByteRange{0, ByteRange::Most}.moved(A.Offset)});
      else
        for (const AskedBytes &Is : Theirs->Asked)
          if (Is.Parameter == I && !Is.Bytes.isEmpty())
            Into.push_back({PointerFact::Asked, A.Base, Is.Bytes.moved(A.Offset)});
    }
  }
}

void PointerAnalysis::noteCompared(TermId Condition, PointerState &S) const {
  std::vector<PointerFact> News;
  auto NoteLoads = [&](TermId Of) {
    T.visit(S, Of, [&](TermId Part) {
      const Term &Is = T[Part];
      // All of a variable, only if its address is given to who is asked.
      if (Is.Is == Term::Load || (Is.Is == Term::Object && T[Of].Is == Term::Result))
        News.push_back({PointerFact::Bounded, Part});
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
          Bytes = llvm::checkedSub(*Bytes, A.Offset);
        }
      if (!Known)
        Bytes = std::nullopt;
      for (const FetchedFrom &From : T.sources(S, Part))
        News.push_back({PointerFact::AtLeast, From.Root,
                        ByteRange{0, Bytes.value_or(ByteRange::Most)}.moved(From.Bytes.Lo)});
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
    if (Is.Is == Term::Result && !T.roleOf(Is.Number)) { // `if (!is_valid(&header))`
      NoteLoads(Part);
      noteAsked(Is.Number, S, News);
    }
    if (Is.Is == Term::Bits)
      T.visit(S, Part, [&](TermId Address) {
        for (const BasedAddress &A : T.addresses(S, Address))
          if (T[A.Base].Is != Term::Constant)
            News.push_back({PointerFact::Aligned, A.Base});
      });
  });
  if (T[Condition].Is == Term::Load) // switch (x)
    News.push_back({PointerFact::Bounded, Condition});
  for (const PointerFact &Fact : News)
    S.add(Fact);
}

PointerAnalysis::Outcomes PointerAnalysis::outcomes(const PointerState &At, TermId Value,
                                                    KnownOutcomes &Known, unsigned Depth) const {
  constexpr unsigned MaxDepth = 256; // of a chain of variables; the stack has an end
  Outcomes Any{{std::nullopt, {}}};
  if (Depth == MaxDepth)
    Spent.giveUp(Limit::Depth);
  if (Value == NoTerm || Depth == MaxDepth || !Spent.step())
    return Any;
  // While it is asked about, it may be anything.
  auto [It, New] = Known.try_emplace(Value, Any);
  if (!New)
    return It->second;
  Outcomes All;
  for (Outcome &O : outcomesOf(At, Value, Known, Depth + 1))
    if (Spent.step(All.size()) && !llvm::is_contained(All, O))
      All.push_back(std::move(O));
  if (All.size() > Budget::States) {
    Spent.giveUp(Limit::States);
    return Any;
  }
  return Known[Value] = std::move(All);
}

PointerAnalysis::Outcomes PointerAnalysis::outcomesOf(const PointerState &At, TermId Value,
                                                      KnownOutcomes &Known, unsigned Depth) const {
  Outcomes Any{{std::nullopt, {}}};
  const Term &Is = T[Value];
  auto Of = [&](TermId Part) { return outcomes(At, Part, Known, Depth); };
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
    return Swapped(Of(Is.A));
  case Term::Equal:
    if (T.number(At, Is.B) == 0)
      return Swapped(Of(Is.A));
    if (T.number(At, Is.A) == 0)
      return Swapped(Of(Is.B));
    return Any;
  case Term::Less:
    // `ret < 0`: it is not zero.
    return T.number(At, Is.B) == 0 ? Of(Is.A) : Any;
  case Term::Load: {
    llvm::ArrayRef<PointerFact> Was = At.all(PointerFact::Alias, Value);
    return Was.size() == 1 && Was.front().isExact() && !Was.front().OtherLo ? Of(Was.front().Other)
                                                                            : Any;
  }
  case Term::Select: {
    Outcomes All;
    const Outcomes Arms[] = {Of(Is.C), Of(Is.B)};
    for (const Outcome &If : Of(Is.A))
      for (bool Truth : {true, false}) {
        if (If.Truth && *If.Truth != Truth)
          continue;
        for (Outcome O : Arms[Truth]) {
          O.Failed.append(If.Failed.begin(), If.Failed.end());
          llvm::sort(O.Failed);
          O.Failed.erase(std::unique(O.Failed.begin(), O.Failed.end()), O.Failed.end());
          All.push_back(std::move(O));
        }
      }
    return All;
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

/// Whether it is known how far something reaches, from below and from above.
static bool hasEnds(ByteRange Found) {
  return Found.Lo != Extent::Most && Found.Hi != Extent::Least;
}

/// Whether what reaches that far cannot reach this far.
static bool exclude(ByteRange One, ByteRange Other) {
  return One.Lo > Other.Hi || One.Hi < Other.Lo;
}

/// How far values reach where a condition holds.
void PointerAnalysis::learnOnEdge(TermId Condition, bool Truth, PointerState &S) const {
  std::vector<PointerFact> News;
  Values.learn(S, Condition, Truth, [&](TermId Of, ByteRange To, bool OfSize) {
    News.push_back({PointerFact::Within, Of, To, NoTerm, OfSize});
  });
  auto IsCertain = [](const PointerFact &Fact) { return !Fact.isOfSize() && hasEnds(Fact.Bytes); };
  for (const PointerFact &Fact : News) {
    // What was found of it on a way that does not lead here, as the answer is another one.
    if (IsCertain(Fact))
      S.eraseIf([&](const PointerFact &O) {
        return O.Is == PointerFact::Within && O.Of == Fact.Of && IsCertain(O) &&
               exclude(O.Bytes, Fact.Bytes);
      });
    S.add(Fact);
  }
}

/// Whether the opposite of what was found of a value was found, too, on another way.
static bool isOpposed(const PointerState &S, TermId Value, ByteRange Found) {
  return llvm::any_of(S.all(PointerFact::Within, Value), [&](const PointerFact &Fact) {
    return !Fact.isOfSize() && Fact.Bytes.Lo != Extent::Most && exclude(Fact.Bytes, Found);
  });
}

/// `if (n > 8) err = -EINVAL;`: the variable remembers what was found.
void PointerAnalysis::noteFlag(TermId Load, std::optional<int64_t> Number, PointerState &S) const {
  constexpr size_t MaxFound = 8; // a choice: what else was found is not remembered
  if (!Number)
    return;
  std::vector<PointerFact> News;
  for (const PointerFact &Fact : S.all(PointerFact::Within))
    if (News.size() < MaxFound && hasEnds(Fact.Bytes) && !isOpposed(S, Fact.Of, Fact.Bytes))
      News.push_back({PointerFact::Flagged, Load, Fact.Bytes, Fact.Of, *Number});
  for (const PointerFact &Fact : News)
    S.add(Fact);
}

/// `if (err) return err;`: beyond it, what was found where err was given an error does not hold,
/// if the opposite was found elsewhere.
void PointerAnalysis::forgetOtherFlags(TermId Condition, bool Truth, PointerState &S) const {
  const TermId Flag = T.flagOf(Condition);
  if (Flag == NoTerm)
    return;
  llvm::SmallVector<PointerFact, 2> Others;
  for (const PointerFact &Fact : S.all(PointerFact::Flagged, Flag))
    if (T.holdsOf(Condition, Fact.OtherLo) != Truth)
      Others.push_back(Fact);
  for (const PointerFact &Other : Others) {
    const bool Opposed = isOpposed(S, Other.Other, Other.Bytes);
    S.eraseIf([&](const PointerFact &Fact) {
      return Fact == Other ||
             (Opposed && Fact.Is == PointerFact::Within && Fact.Of == Other.Other &&
              Fact.Bytes.Lo == Other.Bytes.Lo && Fact.Bytes.Hi == Other.Bytes.Hi);
    });
  }
}

/// The failing branch of a check knows nothing from it.
void PointerAnalysis::applyEdge(const UserBlock &B, const UserEdge &Edge, PointerState &S) const {
  if (Edge.Is == UserEdge::Always || B.Condition == NoTerm)
    return;
  if (!S.all(PointerFact::Flagged).empty())
    forgetOtherFlags(B.Condition, Edge.Is == UserEdge::IfTrue, S);
  learnOnEdge(B.Condition, Edge.Is == UserEdge::IfTrue, S);
  if (!S.all(PointerFact::Foreign).empty())
    forgetForeign(B.Condition, S);
  if (!S.all(PointerFact::Refetched).empty() && !B.BoundsLoop)
    forgetEqual(B.Condition, Edge.Is == UserEdge::IfTrue, S);
  if (!S.all(PointerFact::Refetched).empty())
    forgetFailed(B.Condition, Edge.Is == UserEdge::IfTrue, S);
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

} // namespace airlock
