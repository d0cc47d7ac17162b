// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stands in a summary, record by record. Each record is described once, as
// a function over a Coder, which writes the fields or reads them. A change here
// is a new format: count SummaryFormatVersion up (SummaryFile.h).
//
// Entities stand in the file by a number of their own: UnitWriter and UnitReader
// add to the alphabet how these and the ids of the facts go together.

#ifndef AIRLOCK_SUMMARY_RECORDS_H
#define AIRLOCK_SUMMARY_RECORDS_H

#include "facts/WrittenCode.h"
#include "summary/Coding.h"
#include "summary/Scope.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace airlock {

/// Writes entities as the numbers that they have in the file.
class UnitWriter : public ByteWriter {
public:
  UnitWriter(StringTable *Strings, const SourceMap &Map, llvm::function_ref<uint64_t(EntityId)> Of)
      : ByteWriter(Strings, Map), Of(Of) {}
  /// What has no number, ~0, is written as no entity.
  void entity(const EntityId &E) { number(E == NoEntity ? 0 : Of(E) + 1); }

private:
  llvm::function_ref<uint64_t(EntityId)> Of;
};

/// Reads entities as the ids that their numbers stand for, and nothing that stands for
/// nothing.
class UnitReader : public ByteReader {
public:
  UnitReader(llvm::StringRef Bytes, llvm::ArrayRef<llvm::StringRef> Strings, PlaceTable *Places,
             const ReadScope &Within)
      : ByteReader(Bytes, Strings, Places), Within(Within) {}
  void entity(EntityId &E) {
    uint64_t Number;
    number(Number);
    std::optional<EntityId> Is = Number ? Within.IdOf(Number - 1) : NoEntity;
    require(Is.has_value());
    E = Is.value_or(NoEntity);
  }
  const ReadScope &within() const { return Within; }

private:
  const ReadScope Within;
};

/// Nothing has more parameters; those of a function type are counted in 16 bits.
constexpr unsigned MaxParameterNumber = (1 << 16) - 1;

/// What is the same in writing and reading, with the types that each needs.
template <typename Coder, typename T> using Coded = std::conditional_t<Coder::Reads, T, const T>;

/// A list; Each(element) codes one.
template <typename Coder, typename List, typename Fn> void codeList(Coder &C, List &All, Fn Each) {
  size_t Size = All.size();
  C.number(Size);
  if constexpr (Coder::Reads) {
    // One after the other: the list takes no more than what is there of it.
    All.clear();
    for (size_t Left = C.fitting(Size); Left && C.ok(); --Left)
      Each(All.emplace_back());
  } else {
    for (auto &One : All)
      Each(One);
  }
}

/// One of the ids that a set is made of.
template <typename Set, typename Coder> void codeId(Coder &C, Coded<Coder, unsigned> &Id) {
  C.number(Id);
  if constexpr (Coder::Reads)
    C.require(Id < C.within().Ids.of(Set()));
}

template <typename Coder, typename Set> void codeSet(Coder &C, Set &S) {
  uint64_t Bits = S.bits();
  C.number(Bits);
  if constexpr (Coder::Reads) {
    unsigned Known = C.within().Ids.of(S);
    C.require(Known >= Set::MaxIds || Bits >> Known == 0);
    S = Set::ofBits(Bits);
  }
}

template <typename Coder> void codeCondition(Coder &C, Coded<Coder, ArgumentCondition> &If) {
  bool Whole = If.Mask == ~uint64_t(0);
  uint64_t Head = uint64_t(If.Is) | uint64_t(If.IsFlag) << 3 | uint64_t(Whole) << 4 |
                  uint64_t(If.IsPointer) << 5 | uint64_t(If.Parameter) << 6;
  C.number(Head);
  if constexpr (Coder::Reads) {
    C.require(Head >> 6 <= MaxParameterNumber && (Head & 7) <= ArgumentCondition::Below);
    If.Is = static_cast<ArgumentCondition::Kind>(Head & 7);
    If.IsFlag = Head >> 3 & 1;
    If.IsPointer = Head >> 5 & 1;
    If.Parameter = static_cast<unsigned>(Head >> 6);
    If.Mask = ~uint64_t(0);
  }
  if (!(Head >> 4 & 1))
    C.number(If.Mask);
  if (If.Is >= ArgumentCondition::Equal)
    C.signedNumber(If.Value);
}

template <typename Coder> void codeChanges(Coder &C, Coded<Coder, RegionChanges> &R) {
  for (auto *Set : {&R.Enters, &R.Exits, &R.ExitsAll, &R.EntersIfTrue, &R.EntersIfFalse,
                    &R.ExitsIfTrue, &R.ExitsIfFalse, &R.Saves, &R.Restores})
    codeSet(C, *Set);
}

template <typename Coder> void codeBehaviour(Coder &C, Coded<Coder, Behaviour> &B) {
  enum { HasWhen, HasRegions, HasPromise, HasTest, Written, Acquires, Releases, LiftsOn };
  uint64_t Bits = uint64_t(!B.When.empty()) << HasWhen |
                  uint64_t(!B.Regions.all().empty()) << HasRegions |
                  uint64_t(!B.Never.empty()) << HasPromise | uint64_t(B.isQuestion()) << HasTest |
                  uint64_t(B.RegionsWritten) << Written | uint64_t(B.Acquires) << Acquires |
                  uint64_t(B.Releases) << Releases | uint64_t(B.LiftsOn) << LiftsOn;
  C.number(Bits);
  auto Has = [&](unsigned Bit) { return Bits >> Bit & 1; };
  if constexpr (Coder::Reads) {
    C.require(Bits >> (LiftsOn + 1) == 0);
    B.RegionsWritten = Has(Written);
    B.Acquires = Has(Acquires);
    B.Releases = Has(Releases);
    B.LiftsOn = Has(LiftsOn);
  }
  if (Has(HasWhen))
    codeList(C, B.When, [&](auto &When) {
      codeCondition(C, When.If);
      C.text(When.Text);
    });
  if (Has(HasRegions))
    codeChanges(C, B.Regions);
  codeSet(C, B.SafeIn);
  codeSet(C, B.RunsIn);
  if (Has(HasPromise)) {
    codeSet(C, B.Never);
    C.place(B.NeverAt);
    C.text(B.NeverModel);
  }
  if (Has(HasTest)) {
    codeSet(C, B.Lifts);
    codeSet(C, B.Grants);
  }
}

/// The fields of an entity, but for its behaviour, which stands behind it.
template <typename Coder> void codeEntity(Coder &C, Coded<Coder, Entity> &E, bool &HasMore) {
  enum {
    HasBody = 3,
    Inline,
    Weak,
    Modelled,
    Opaque,
    CanCarry,
    Named,
    InFile,
    Owned,
    Qualified,
    Effects,
    More
  };
  uint64_t Bits = uint64_t(E.Kind) | uint64_t(E.HasBody) << HasBody | uint64_t(E.Inline) << Inline |
                  uint64_t(E.Weak) << Weak | uint64_t(E.Modelled) << Modelled |
                  uint64_t(E.Opaque) << Opaque | uint64_t(E.CanCarry) << CanCarry |
                  uint64_t(E.Named) << Named | uint64_t(!E.File.empty()) << InFile |
                  uint64_t(E.Owner != NoEntity) << Owned |
                  uint64_t(!(E.Provides | E.Excludes).empty()) << Qualified |
                  uint64_t(!E.Effects.empty()) << Effects | uint64_t(HasMore) << More;
  C.number(Bits);
  auto Has = [&](unsigned Bit) -> bool { return Bits >> Bit & 1; };
  if constexpr (Coder::Reads) {
    C.require(Bits >> (More + 1) == 0);
    E.Kind = static_cast<EntityKind>(Bits & 7);
    bool IsFunction = E.Kind == EntityKind::Function;
    C.require(IsFunction || !(Has(Inline) || Has(Weak)));
    C.require(IsFunction || E.Kind == EntityKind::Macro || !Has(HasBody));
    E.HasBody = Has(HasBody);
    E.Inline = Has(Inline);
    E.Weak = Has(Weak);
    E.Modelled = Has(Modelled);
    E.Opaque = Has(Opaque);
    E.CanCarry = Has(CanCarry);
    E.Named = Has(Named);
    HasMore = Has(More);
  }
  C.text(E.Name);
  C.place(E.Declared);
  if (Has(InFile))
    C.text(E.File);
  if (Has(Owned)) {
    C.entity(E.Owner);
    C.number(E.Index, MaxParameterNumber);
    if constexpr (Coder::Reads)
      C.require(E.Kind == EntityKind::Parameter && E.Owner != NoEntity &&
                C.within().Of.Entities[E.Owner].Kind == EntityKind::Function);
  }
  if (Has(Effects))
    codeSet(C, E.Effects);
  if (!Has(Qualified))
    return;
  codeSet(C, E.Needs);
  codeSet(C, E.Provides);
  codeSet(C, E.Excludes);
  codeList(C, E.Origins, [&](auto &O) {
    codeId<ContextSet>(C, O.Context);
    C.place(O.At);
    C.text(O.Model);
  });
}

template <typename Coder> void codeInsertions(Coder &C, Coded<Coder, Entity> &E) {
  codeList(C, E.Insertions, [&](auto &I) {
    C.place(I.At);
    C.number(I.AfterDeclarator);
  });
}

template <typename Coder> void codeNeededMacro(Coder &C, Coded<Coder, NeededMacro> &One) {
  C.text(One.Name);
  C.place(One.At);
  C.number(One.Need.Is, MacroNeed::Unknown);
  C.place(One.Need.At);
  C.text(One.Need.Header);
}

/// First is the id of the first call of the function: calls refer to each other.
template <typename Coder> void codeCall(Coder &C, Coded<Coder, Call> &One, CallId First) {
  enum { HasOuter = 1, Elsewhere = 2, Allowed = 4 };
  uint64_t Bits = (One.Outer != NoCall ? HasOuter : 0) |
                  (One.Place.Raw != One.At.Raw ? Elsewhere : 0) |
                  (One.Allow != NoAllow ? Allowed : 0);
  C.number(Bits, HasOuter | Elsewhere | Allowed);
  C.entity(One.Callee);
  C.place(One.At);
  if (Bits & Elsewhere)
    C.place(One.Place);
  else if constexpr (Coder::Reads)
    One.Place = One.At;
  CallId Outer = One.Outer - First;
  if (Bits & HasOuter)
    C.number(Outer);
  if constexpr (Coder::Reads)
    One.Outer = Bits & HasOuter ? First + Outer : NoCall;
  if (Bits & Allowed)
    C.number(One.Allow);
}

} // namespace airlock

#endif
