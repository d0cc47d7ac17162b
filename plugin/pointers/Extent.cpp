// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/Extent.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

/// Sums and products end where numbers do; what nobody can tell stays so.
static int64_t added(int64_t A, int64_t B) {
  for (int64_t End : {Extent::Least, Extent::Most})
    if (A == End || B == End)
      return End;
  std::optional<int64_t> Sum = llvm::checkedAdd(A, B);
  return Sum ? *Sum : A < 0 ? Extent::Least : Extent::Most;
}

static int64_t multiplied(int64_t A, int64_t B) {
  if (A == Extent::Least || A == Extent::Most)
    return (B < 0) == (A == Extent::Least) ? Extent::Most : Extent::Least;
  std::optional<int64_t> Product = llvm::checkedMul(A, B);
  return Product ? *Product : (A < 0) == (B < 0) ? Extent::Most : Extent::Least;
}

int64_t Extent::largest(unsigned Width, bool IsUnsigned) {
  if (!Width || Width >= 8)
    return Most - !IsUnsigned; // the one goes on where the other ends
  return (int64_t(1) << (8 * Width - !IsUnsigned)) - 1;
}

Extent Extent::ofType(unsigned Width, bool IsUnsigned) {
  int64_t Hi = largest(Width, IsUnsigned);
  return {IsUnsigned ? 0 : Hi == Most - 1 ? Least : -Hi - 1, Hi, true};
}

Extent Extent::plus(Extent O) const {
  return {added(Lo, O.Lo), added(Hi, O.Hi), IsUser || O.IsUser};
}

Extent Extent::times(int64_t By) const {
  if (!By)
    return of(0);
  Extent R{multiplied(Lo, By), multiplied(Hi, By), IsUser};
  if (By < 0)
    std::swap(R.Lo, R.Hi);
  return R;
}

Extent Extent::within(ByteRange Bounds) const {
  return {std::max(Lo, Bounds.Lo), std::min(Hi, Bounds.Hi), IsUser};
}

Extent Extent::as(unsigned Width, bool IsUnsigned) const {
  if (!Width || !IsUser)
    return *this;
  Extent R = *this, Whole = ofType(Width, IsUnsigned);
  // What goes beyond an end comes back at the other one.
  bool Below = Lo != Most && Lo<Whole.Lo, Above = Hi> Whole.Hi;
  if (Below || Above) {
    R.Lo = Lo == Most && !Above ? Lo : Whole.Lo;
    R.Hi = Whole.Hi;
  }
  return R;
}

Extent Extent::or_(Extent O) const {
  if (IsUser != O.IsUser)
    return IsUser ? *this : O;
  if (!IsUser)
    return Lo == O.Lo && Hi == O.Hi ? *this : Extent();
  return {std::min(Lo, O.Lo), std::max(Hi, O.Hi), true};
}

static constexpr unsigned MaxDepth = 256; // the stack has an end
static constexpr ByteRange Blurred{Extent::Most, Extent::Least};

/// What was fetched to there.
Extent Extents::inMemory(const PointerState &At, const BasedAddress &A, unsigned Width,
                         bool IsUnsigned) const {
  Extent All;
  const ByteRange Read = T.range(A, Width);
  for (const PointerFact &Fact : At.all(PointerFact::Fetched)) {
    if (!Spend.step() || Fact.Other != A.Base || !A.Exact)
      continue;
    ByteRange There = Fact.copy();
    if (!There.overlaps(Read))
      continue;
    // Of an `int` that one byte was fetched to, the rest is zero.
    int64_t Fetched = std::min(There.Hi, Read.Hi) - Read.Lo;
    bool Narrow = There.Lo == Read.Lo && Fetched > 0 && Fetched < int64_t(Width);
    All = All.or_(Narrow ? Extent::ofType(Fetched, true) : Extent::ofType(Width, IsUnsigned));
  }
  return All;
}

Extent Extents::behind(const PointerState &At, TermId Address, int64_t Offset, unsigned Width,
                       bool IsUnsigned, Extent Unknown) const {
  Extent All;
  for (BasedAddress A : T.addresses(At, Address)) {
    A.move(Offset);
    const ByteRange Read = T.range(A, Width);
    Extent R = inMemory(At, A, Width, IsUnsigned);
    if (!R.IsUser)
      R = Unknown;
    // What is known of it, is known of those who read it by that name.
    auto IsHere = [&](TermId Of) {
      const Term &Is = T[Of];
      if (Is.Is != Term::Load)
        return false;
      BasedAddress O = T.written(Is.A);
      return O.Base == A.Base && O.Exact && T.range(O, Is.Number).overlaps(Read);
    };
    for (const PointerFact &Fact : At.all())
      if (Fact.Is == PointerFact::Within && IsHere(Fact.Of))
        R = R.within(Fact.isOfSize() ? ByteRange{Extent::Least, Fact.Bytes.Hi} : Fact.Bytes);
      else if ((Fact.Is == PointerFact::Alias && IsHere(Fact.Of)) ||
               (Fact.Is == PointerFact::Asked && Fact.Of == A.Base && Fact.Bytes.overlaps(Read)))
        return {};
    All = All.or_(R);
  }
  return All;
}

bool Extents::isAsked(const PointerState &At, TermId Load) const {
  if (At.all(PointerFact::Asked).empty())
    return false;
  for (const BasedAddress &A : T.addresses(At, T[Load].A))
    for (const PointerFact &Fact : At.all(PointerFact::Asked, A.Base))
      if (!A.Exact || Fact.Bytes.overlaps(T.range(A, T[Load].Number)))
        return true;
  return false;
}

Extent Extents::ofLoad(const PointerState &At, TermId Value, const Assumed &Given, Asking &Here,
                       unsigned Depth) const {
  const Term &Is = T[Value];
  if (!Is.Width || isAsked(At, Value))
    return {};
  std::optional<Extent> All;
  auto Add = [&](Extent One) { All = All ? All->or_(One) : One; };
  if (Given.Of == Value)
    Add(Given.Is);
  else if (Is.Field != NoEntity && F.Entities[Is.Field].More->FromUser)
    Add(Extent::ofType(Is.Width, Is.IsUnsigned));
  else
    for (const BasedAddress &A : T.addresses(At, Is.A))
      if (Extent There = inMemory(At, A, Is.Number, Is.IsUnsigned); There.IsUser)
        Add(There.as(Is.Width, Is.IsUnsigned));
  for (const PointerFact &Fact : At.all(PointerFact::Value, Value))
    Add({Fact.Bytes.Lo, Fact.Bytes.Hi, true});
  // What was given one value only is that value, whatever way led here.
  const llvm::ArrayRef<PointerFact> Values = At.all(PointerFact::Alias, Value);
  const bool IsOneOfSeveral = All || Values.size() > 1;
  for (const PointerFact &Fact : Values) {
    if (Fact.Other == NoTerm || !Fact.isExact()) {
      Add({});
      continue;
    }
    const bool IsAnother = IsOneOfSeveral && !T.isVariableOf(Value, Fact.Other);
    Here.InAlias += IsAnother;
    Extent Was = of(At, Fact.Other, Given, Here, Depth + 1).plus(Extent::of(Fact.OtherLo));
    Here.InAlias -= IsAnother;
    Add(Was.as(Is.Width, Is.IsUnsigned));
  }
  return All.value_or(Extent());
}

/// All that comparisons have said, on some way to here. Two that exclude each other were said
/// on the two branches of one, which meet again: neither holds. Of what was assigned on one
/// of them, and is somebody else's value, it may.
ByteRange Extents::boundsOf(const PointerState &At, TermId Value, bool IsItself,
                            bool OfSizes) const {
  constexpr int64_t Least = Extent::Least, Most = Extent::Most;
  ByteRange All;
  llvm::SmallVector<int64_t, 4> Below, Above;
  for (const PointerFact &Fact : At.all(PointerFact::Within, Value)) {
    ByteRange To = Fact.Bytes;
    if (Fact.isOfSize() && !OfSizes)
      To.Lo = Least;
    All = {std::max(All.Lo, To.Lo), std::min(All.Hi, To.Hi)};
    if (To.Lo != Least && To.Lo != Most)
      Below.push_back(To.Lo);
    if (To.Hi != Least && To.Hi != Most)
      Above.push_back(To.Hi);
  }
  if (!IsItself || All.Lo == Most || All.Hi == Least || All.Lo <= All.Hi)
    return All;
  llvm::sort(Below);
  llvm::sort(Above, std::greater<>());
  while (!Below.empty() && !Above.empty() && Below.back() > Above.back()) {
    Below.pop_back();
    Above.pop_back();
  }
  return {Below.empty() ? Least : Below.back(), Above.empty() ? Most : Above.back()};
}

Extent Extents::of(const PointerState &At, TermId Value, const Assumed &Given, Asking &Here,
                   unsigned Depth) const {
  if (Value == NoTerm || Depth > MaxDepth || !Spend.step())
    return {};
  // While it is asked about, nobody can tell.
  auto [It, New] = Here.Known.try_emplace(Value);
  if (!New)
    return It->second;
  Extent Is = ofNew(At, Value, Given, Here, Depth);
  return Here.Known[Value] = Is;
}

Extent Extents::ofNew(const PointerState &At, TermId Value, const Assumed &Given, Asking &Here,
                      unsigned Depth) const {
  const Term &Is = T[Value];
  Extent R;
  switch (Is.Is) {
  case Term::Constant:
    return Extent::of(Is.Number);
  case Term::Offset:
    R = of(At, Is.A, Given, Here, Depth + 1).plus(Extent::of(Is.Number));
    break;
  case Term::Index:
    R = of(At, Is.A, Given, Here, Depth + 1)
            .plus(of(At, Is.B, Given, Here, Depth + 1).times(Is.Number));
    break;
  case Term::Select: {
    // Each arm knows more, and so asks anew.
    Asking Then, Else;
    Then.Bounds = Else.Bounds = Here.Bounds;
    Then.InAlias = Else.InAlias = Here.InAlias;
    for (auto [Arm, Truth] : {std::pair(&Then, true), std::pair(&Else, false)})
      learn(At, Is.A, Truth, [Arm = Arm](TermId Of, ByteRange To, bool OfSize) {
        Arm->Bounds.push_back({Of, To, OfSize});
      });
    R = of(At, Is.B, Given, Then, Depth + 1).or_(of(At, Is.C, Given, Else, Depth + 1));
    break;
  }
  case Term::Bits: { // `a & b` and `a % b`: no more than either
    Extent A = of(At, Is.A, Given, Here, Depth + 1), B = of(At, Is.B, Given, Here, Depth + 1);
    if (A.IsUser == B.IsUser)
      return {};
    if (!A.IsUser)
      std::swap(A, B);
    return B.Lo >= 0 && B.Hi >= 0 ? A.within({0, B.Hi}) : Extent();
  }
  case Term::Result:
    if (Given.Of == Value)
      R = Given.Is;
    // What it has fetched itself, not what it was given.
    else if (llvm::any_of(At.all(PointerFact::Derived, Value), [&](const PointerFact &Fact) {
               return int64_t(Fact.Event) == Is.Number;
             }))
      R = Extent::ofType(Is.Width, Is.IsUnsigned);
    break;
  case Term::Parameter:
    if (Given.Of == Value)
      R = Given.Is;
    else if (Is.Width && T.isUserParameter(Value))
      R = Extent::ofType(Is.Width, Is.IsUnsigned);
    break;
  case Term::Load:
    R = ofLoad(At, Value, Given, Here, Depth);
    break;
  default:
    return {};
  }
  if (!R.IsUser) // what the code says is no less for having been compared
    return R;
  return bounded(R, At, Value, Here);
}

/// As far as all comparisons let it go: first those that hold of any value.
Extent Extents::bounded(Extent Is, const PointerState &At, TermId Value, const Asking &Here) const {
  for (bool OfSizes : {false, true}) {
    if (OfSizes && Is.Lo < 0)
      break;
    Is = Is.within(boundsOf(At, Value, /*IsItself=*/!Here.InAlias, OfSizes));
    for (const Asking::Bound &One : Here.Bounds)
      if (One.Of == Value)
        Is = Is.within({One.OfSize && !OfSizes ? Extent::Least : One.To.Lo, One.To.Hi});
  }
  return Is;
}

/// The arguments that a callee may have looked at.
void Extents::addAsked(uint32_t Call, llvm::SmallVectorImpl<TermId> &Into) const {
  // A model says all that is done with them: nobody looks.
  if (T.roleOf(Call))
    return;
  llvm::ArrayRef<TermId> Arguments = T.argumentsOf(Call);
  for (unsigned I = 0; I < Arguments.size(); ++I)
    if (Looks(Call, I))
      Into.push_back(Arguments[I]);
}

void Extents::blur(const PointerState &At, TermId Value, Learned Visit) const {
  llvm::SmallVector<TermId, 8> Pending = {Value};
  llvm::SmallVector<TermId, 8> Seen;
  while (!Pending.empty() && Spend.step(1 + Seen.size())) {
    TermId Next = Pending.pop_back_val();
    if (Next == NoTerm || llvm::is_contained(Seen, Next))
      continue;
    Seen.push_back(Next);
    const Term &Is = T[Next];
    switch (Is.Is) {
    case Term::Load:
      for (const PointerFact &Fact : At.all(PointerFact::Alias, Next))
        Pending.push_back(Fact.Other);
      [[fallthrough]];
    case Term::Parameter:
    case Term::Result:
      Visit(Next, Blurred, false);
      if (Is.Is == Term::Result)
        addAsked(Is.Number, Pending);
      break;
    case Term::Unknown:
    case Term::Constant:
    case Term::Object:
      break;
    default:
      Pending.append({Is.A, Is.B, Is.C});
    }
  }
}

/// Whether a sum in so many bytes goes round, of a number that user memory holds and nothing has
/// limited, and another one. Width is 0 for what is no such sum.
bool Extents::mayWrap(const PointerState &At, TermId Sum, unsigned Width) const {
  const Term &Is = T[Sum];
  // A sum of constants is one, and what is moved nowhere is no sum.
  const bool IsSum = Is.Is == Term::Offset || Is.Is == Term::Index;
  if (!Width || !IsSum || T[Is.A].Is != Term::Load)
    return false;
  Extent A = of(At, Is.A), B = Extent::of(Is.Number);
  if (Is.Is == Term::Index && Is.Number == 1 && T[Is.B].Is == Term::Load)
    B = of(At, Is.B);
  else if (Is.Is != Term::Offset || Is.Number < 0)
    return false;
  int64_t Hi = added(A.Hi, B.Hi);
  return A.IsUser && (B.IsUser || Is.Is == Term::Offset) && A.Hi != Extent::Least &&
         B.Hi != Extent::Least && (Hi > Extent::largest(Width, true) || Hi == Extent::Most);
}

/// Whether it is the lowest bits of what was fetched, or what is left of a division by so little.
bool Extents::isLowBits(const PointerState &At, const Term &Bits) const {
  constexpr int64_t Low = 64;
  std::optional<int64_t> Of = T.number(At, Bits.B);
  return Of && *Of >= 0 && *Of <= Low && T[Bits.A].Is == Term::Load &&
         At.all(PointerFact::Alias, Bits.A).empty();
}

/// A value is in bounds: so is what it is made of.
void Extents::bound(const PointerState &At, TermId Value, ByteRange To, Learned Visit,
                    unsigned Depth) const {
  if (Value == NoTerm || Depth > MaxDepth || !Spend.step())
    return;
  auto Shifted = [&](int64_t By) { return ByteRange{added(To.Lo, -By), added(To.Hi, -By)}; };
  const Term &Is = T[Value];
  switch (Is.Is) {
  case Term::Constant:
    return;
  case Term::Load:
    for (const PointerFact &Fact : At.all(PointerFact::Alias, Value))
      bound(At, Fact.Other, Fact.isExact() ? Shifted(Fact.OtherLo) : Blurred, Visit, Depth + 1);
    return Visit(Value, To, false);
  case Term::Result: { // of whoever may have looked at what it was given
    llvm::SmallVector<TermId, 4> Asked;
    addAsked(Is.Number, Asked);
    for (TermId Argument : Asked)
      blur(At, Argument, Visit);
    return Visit(Value, To, false);
  }
  case Term::Parameter:
    return Visit(Value, To, false);
  case Term::Offset:
    return bound(At, Is.A, Shifted(Is.Number), Visit, Depth + 1);
  case Term::Index:
    if (std::optional<int64_t> Steps = T.number(At, Is.B))
      if (std::optional<int64_t> By = llvm::checkedMul(*Steps, Is.Number))
        return bound(At, Is.A, Shifted(*By), Visit, Depth + 1);
    if (T[Is.A].Is == Term::Constant && Is.Number > 0) {
      ByteRange Each = Shifted(T[Is.A].Number);
      for (int64_t *End : {&Each.Lo, &Each.Hi})
        if (*End != Extent::Least && *End != Extent::Most)
          *End /= Is.Number;
      return bound(At, Is.B, Each, Visit, Depth + 1);
    }
    [[fallthrough]];
  default:
    blur(At, Value, Visit);
  }
}

/// What was asked, and maybe what was made of the answer.
static bool isAnswer(const Term &Is) {
  return Is.Is == Term::Select || Is.Is == Term::Less || Is.Is == Term::Equal || Is.Is == Term::Not;
}

void Extents::learn(const PointerState &At, TermId Condition, bool Truth, Learned Visit) const {
  learn(At, Condition, Truth, Visit, 0);
}

void Extents::learn(const PointerState &At, TermId Condition, bool Truth, Learned Visit,
                    unsigned Depth) const {
  while (Condition != NoTerm && T[Condition].Is == Term::Not) {
    Condition = T[Condition].A;
    Truth = !Truth;
  }
  if (Condition == NoTerm || Depth > MaxDepth || !Spend.step())
    return;
  constexpr int64_t Least = Extent::Least, Most = Extent::Most;
  const Term &Is = T[Condition];
  switch (Is.Is) {
  case Term::Less: {
    // Small <= Large, or with one in between.
    TermId Small = Truth ? Is.A : Is.B, Large = Truth ? Is.B : Is.A;
    const int64_t Between = Truth == !(Is.Number & 1);
    std::optional<int64_t> Above = T.number(At, Large), Below = T.number(At, Small);
    int64_t Lo = Least;
    if (Is.IsUnsigned) // what is negative is large
      Lo = Above && *Above >= 0 ? 0 : Most;
    // A sum that wraps is small, however large its parts are.
    const unsigned Width = (Is.Number >> (Small == Is.A ? 2 : 6)) & 15;
    if (!Above || !mayWrap(At, Small, Width))
      bound(At, Small, {Lo, Above ? added(*Above, -Between) : Least}, Visit, Depth + 1);
    auto VisitLarge = [&](TermId Of, ByteRange To, bool OfSize) {
      Visit(Of, To, OfSize || (Is.IsUnsigned && To.Lo != Most && !T[Of].IsUnsigned));
    };
    bound(At, Large, {Below ? added(*Below, Between) : Most, Most}, VisitLarge, Depth + 1);
    return;
  }
  case Term::Equal:
    for (auto [Side, Other] : {std::pair(Is.A, Is.B), std::pair(Is.B, Is.A)})
      if (std::optional<int64_t> N = T.number(At, Other); N == 0) // `x == 0` is `!x`
        learn(At, Side, !Truth, Visit, Depth + 1);
      else if (N && Truth)
        bound(At, Side, {*N, *N}, Visit, Depth + 1);
      else if (Truth)
        blur(At, Side, Visit);
    return;
  case Term::Select: // `a && b`, `a || b`
    if (T.number(At, Is.C) == 0 && Truth) {
      learn(At, Is.A, true, Visit, Depth + 1);
      learn(At, Is.B, true, Visit, Depth + 1);
    } else if (std::optional<int64_t> B = T.number(At, Is.B); B && *B && !Truth) {
      learn(At, Is.A, false, Visit, Depth + 1);
      learn(At, Is.C, false, Visit, Depth + 1);
    }
    return;
  case Term::Load:
    // `err = n > 8 ? -EINVAL : 0; if (err)`, or what says so in a helper.
    for (const PointerFact &Fact : At.all(PointerFact::Alias, Condition))
      if (Fact.Other != NoTerm && Fact.isExact() && !Fact.OtherLo && isAnswer(T[Fact.Other]))
        learn(At, Fact.Other, Truth, Visit, Depth + 1);
    [[fallthrough]];
  case Term::Parameter:
    // That it is zero is no limit that it was held to.
    if (Truth && Is.IsUnsigned)
      bound(At, Condition, {1, Most}, Visit, Depth + 1);
    return;
  case Term::Bits:
    if (isLowBits(At, Is)) // whether it is a multiple of 4 is no limit
      return;
    return blur(At, Condition, Visit);
  case Term::Result: // of whoever may have looked at it
  case Term::Combine:
    return blur(At, Condition, Visit);
  default:
    return;
  }
}

} // namespace airlock
