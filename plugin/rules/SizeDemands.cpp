// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "rules/SizeDemands.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

Breach breachOf(Extent Size, Room Has) {
  if (!Size.IsUser)
    return Breach::None;
  if (Size.Lo < 0)
    return Breach::Negative;
  // What is behind a struct may be more of it: then only a size without any bound is wrong.
  constexpr int64_t Unbounded = std::numeric_limits<int32_t>::max();
  int64_t Most = Has.Bytes ? int64_t(Has.Bytes) : Extent::Most;
  if (Has.Bytes && !Has.IsSure)
    Most = std::max(Most, Unbounded - 1);
  return Size.Hi > Most ? Breach::TooLarge : Breach::None;
}

namespace {

/// A value that a size depends on, and that the caller has given.
struct Leaf {
  TermId Is;
  uint8_t Parameter;
  std::optional<int64_t> Behind;
};

llvm::SmallVector<Leaf, 2> leavesOf(const PointerAnalysis &P, const PointerState &At, TermId Size) {
  constexpr size_t MaxLeaves = 4;
  llvm::SmallVector<Leaf, 2> All;
  const Terms &T = P.terms();
  T.visit(
      At, Size,
      [&](TermId Part) {
        const Term &Is = T[Part];
        if (!Is.Width || All.size() == MaxLeaves)
          return;
        if (Is.Is == Term::Parameter)
          All.push_back({Part, uint8_t(Is.Number), std::nullopt});
        if (Is.Is != Term::Load || !T.fetched(At, Part).empty() ||
            !At.all(PointerFact::Alias, Part).empty())
          return;
        BasedAddress A = T.written(Is.A);
        if (T[A.Base].Is == Term::Parameter && A.Exact)
          All.push_back({Part, uint8_t(T[A.Base].Number), A.Offset});
      },
      Terms::NotIntoCalls);
  return All;
}

/// The first number from Good towards Bad that is bad, less one step; both ends are known.
int64_t lastGood(int64_t Good, int64_t Bad, llvm::function_ref<bool(int64_t)> IsBad) {
  while (true) {
    int64_t Middle = Good / 2 + Bad / 2 + (Good % 2 + Bad % 2) / 2;
    if (Middle == Good || Middle == Bad)
      return Good;
    (IsBad(Middle) ? Bad : Good) = Middle;
  }
}

/// Narrows what a value may be to what does no harm; false if there is no such thing to say.
bool narrow(SizeDemand &D, llvm::function_ref<Breach(Extent)> Try) {
  const Extent Whole = Extent::ofType(D.Width, D.IsUnsigned);
  // Some value has to be right: what is wrong in any case is not the caller's.
  int64_t Right = Extent::Most;
  for (int64_t N : {0, 1, 16, 64, 4096})
    if (N <= Whole.Hi && Try({N, N, true}) == Breach::None) {
      Right = N;
      break;
    }
  if (Right == Extent::Most)
    return false;
  bool Says = false;
  if (Try({Right, Whole.Hi, true}) == Breach::TooLarge) {
    D.Most = lastGood(Right, Whole.Hi,
                      [&](int64_t N) { return Try({Right, N, true}) == Breach::TooLarge; });
    Says = true;
  }
  if (Try({Whole.Lo, Right, true}) == Breach::Negative) {
    D.Least = lastGood(Right, Whole.Lo,
                       [&](int64_t N) { return Try({N, Right, true}) == Breach::Negative; });
    Says = true;
  }
  return Says;
}

} // namespace

void SizeDemands::keep(EntityId Function, SizeDemand &&New) {
  constexpr size_t MaxDemands = 8;
  llvm::SmallVector<SizeDemand, 1> &All = Demands[Function];
  bool Known = llvm::any_of(All, [&](const SizeDemand &O) {
    return O.Parameter == New.Parameter && O.Behind == New.Behind && O.Copy == New.Copy &&
           O.RoomOf == New.RoomOf;
  });
  if (!Known && All.size() < MaxDemands)
    All.push_back(std::move(New));
}

/// What an argument points to is what a parameter of ours points to.
static std::optional<uint8_t> passedOn(const PointerAnalysis &P, const PointerState &At,
                                       TermId Address) {
  if (Address == NoTerm)
    return std::nullopt;
  for (const BasedAddress &A : P.terms().addresses(At, Address))
    if (P.terms()[A.Base].Is == Term::Parameter && A.Exact && !A.Offset)
      return uint8_t(P.terms()[A.Base].Number);
  return std::nullopt;
}

void SizeDemands::note(EntityId Function, const PointerAnalysis &P, const PointerState &At,
                       const UserEvent &E, const SizedCopy &Copy) {
  const Room Has = roomAt(P, At, *Copy.Object);
  for (const Leaf &Of : leavesOf(P, At, Copy.Size)) {
    SizeDemand New;
    New.Parameter = Of.Parameter;
    New.Behind = Of.Behind;
    New.Width = P.terms()[Of.Is].Width;
    New.IsUnsigned = P.terms()[Of.Is].IsUnsigned;
    New.In = Function;
    New.Copy = E.Made;
    New.Text = Copy.Object->Text;
    New.Has = Has;
    auto Try = [&](Extent Is) { return breachOf(P.extents().of(At, Copy.Size, {Of.Is, Is}), Has); };
    bool Says = narrow(New, Try);
    // As much as the caller says, to where it says.
    const Extent Whole = Extent::ofType(New.Width, New.IsUnsigned);
    std::optional<uint8_t> To = Has.IsSure ? std::nullopt : passedOn(P, At, Copy.Object->Value);
    if (To && *To != Of.Parameter && P.extents().of(At, Copy.Size, {Of.Is, Whole}).Hi == Whole.Hi) {
      SizeDemand Both = New;
      Both.RoomOf = To;
      keep(Function, std::move(Both));
    }
    if (Says)
      keep(Function, std::move(New));
  }
}

void SizeDemands::passOn(EntityId Function, const PointerAnalysis &P, const PointerState &At,
                         const UserEvent &E, const SizeDemand &Theirs, Room Has) {
  const UserArgument &Given = E.Arguments[Theirs.Parameter];
  SizeDemand Ours = Theirs;
  Ours.Chain.insert(Ours.Chain.begin(), E.Made);
  Ours.Has = Has;
  if (Theirs.RoomOf) {
    std::optional<uint8_t> To = passedOn(P, At, E.Arguments[*Theirs.RoomOf].Value);
    if (Has.IsSure)
      Ours.RoomOf.reset();
    else if (To)
      Ours.RoomOf = To;
    else
      return;
    if (Has.IsSure)
      Ours.Most = Has.Bytes;
  }
  if (Theirs.Behind) {
    const Extent Whole = Extent::ofType(Theirs.Width, Theirs.IsUnsigned);
    Extent Passed =
        P.extents().behind(At, Given.Value, *Theirs.Behind, Theirs.Width, Theirs.IsUnsigned, Whole);
    if (!Theirs.RoomOf && Passed.Lo >= Theirs.Least && Passed.Hi <= Theirs.Most)
      return;
    for (const BasedAddress &A : P.terms().addresses(At, Given.Value))
      if (P.terms()[A.Base].Is == Term::Parameter && A.Exact &&
          At.all(PointerFact::Asked, A.Base).empty()) {
        Ours.Parameter = P.terms()[A.Base].Number;
        Ours.Behind = llvm::checkedAdd(*Theirs.Behind, A.Offset);
        if (Ours.Behind)
          keep(Function, SizeDemand(Ours));
      }
    return;
  }
  for (const Leaf &Of : leavesOf(P, At, Given.Value)) {
    SizeDemand New = Ours;
    New.Parameter = Of.Parameter;
    New.Behind = Of.Behind;
    New.Width = P.terms()[Of.Is].Width;
    New.IsUnsigned = P.terms()[Of.Is].IsUnsigned;
    New.Least = Extent::Least;
    New.Most = Extent::Most;
    auto Arrives = [&](Extent Is) {
      return P.extents().of(At, Given.Value, {Of.Is, Is}).as(Theirs.Width, Theirs.IsUnsigned);
    };
    bool Says = narrow(New, [&](Extent Is) {
      Extent R = Arrives(Is);
      return R.Hi > Ours.Most    ? Breach::TooLarge
             : R.Lo < Ours.Least ? Breach::Negative
                                 : Breach::None;
    });
    const Extent Whole = Extent::ofType(New.Width, New.IsUnsigned);
    if (Says || (Ours.RoomOf && Arrives(Whole).Hi >= Whole.Hi))
      keep(Function, std::move(New));
  }
}

void SizeDemands::check(EntityId Function, const PointerAnalysis &P, const PointerState &At,
                        const UserEvent &E, llvm::function_ref<void(const SizeBreach &)> Visit) {
  auto Found = Demands.find(P.flow().Calls[E.Number].Callee);
  if (Found == Demands.end())
    return;
  const llvm::SmallVector<SizeDemand, 1> All = Found->second; // of itself, it may grow
  for (const SizeDemand &D : All) {
    if (D.Parameter >= E.Arguments.size() || E.Arguments[D.Parameter].Value == NoTerm ||
        (D.RoomOf && *D.RoomOf >= E.Arguments.size()))
      continue;
    const UserArgument &Given = E.Arguments[D.Parameter];
    Extent Passed = D.Behind ? P.extents().behind(At, Given.Value, *D.Behind, D.Width, D.IsUnsigned)
                             : P.extents().of(At, Given.Value).as(D.Width, D.IsUnsigned);
    Room Has = D.RoomOf ? roomAt(P, At, E.Arguments[*D.RoomOf]) : D.Has;
    int64_t Most = D.Most;
    if (D.RoomOf && Has.IsSure)
      Most = std::min<int64_t>(Most, Has.Bytes);
    bool Negative = Passed.Lo < D.Least;
    if (Passed.IsUser && (Negative || Passed.Hi > Most))
      Visit({&D, &E, Negative && !(Passed.Hi > Most), Has});
    else
      passOn(Function, P, At, E, D, Has);
  }
}

} // namespace airlock
