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

} // namespace airlock
