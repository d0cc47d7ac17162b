// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Known.h"
#include "facts/Flow.h"

namespace airlock {

static uint8_t signOf(int64_t N) {
  return N < 0 ? Known::Negative : N == 0 ? Known::Zero : Known::Positive;
}

/// The bit of a small number in Known::Not; none for others.
static uint64_t bitOf(int64_t N) { return N > 0 && N < 64 ? uint64_t(1) << N : 0; }

Known Known::number(int64_t N) {
  Known K;
  K.Signs = signOf(N);
  K.Relation = IsNumber;
  K.Number = N;
  K.Ones = N;
  K.Open = 0;
  return K;
}

Known Known::parameter(unsigned Index) {
  Known K;
  K.Base = Index;
  K.Untouched = ~uint64_t(0);
  return K;
}

std::optional<bool> Known::truth() const {
  if (Signs == Zero)
    return false;
  if (!(Signs & Zero))
    return true;
  return std::nullopt;
}

std::optional<bool> Known::has(uint64_t Bits) const {
  if (Ones & Bits)
    return true;
  if (!(Open & Bits) || Signs == Zero)
    return false;
  return std::nullopt;
}

std::optional<int64_t> Known::number() const {
  if (Relation == IsNumber)
    return Number;
  return std::nullopt;
}

std::optional<bool> Known::equals(int64_t N) const {
  if (Relation == IsNumber)
    return Number == N;
  if ((Relation == IsNotNumber && Number == N) || (Not & bitOf(N)))
    return false;
  if (!(Signs & signOf(N)))
    return false;
  if (N == 0 && Signs == Zero)
    return true;
  return std::nullopt;
}

std::optional<int64_t> Known::isNot() const {
  if (Relation == IsNotNumber)
    return Number;
  return std::nullopt;
}

std::optional<unsigned> Known::parameterIn(uint64_t Bits) const {
  if (Base && (Untouched & Bits) == Bits)
    return Base;
  return std::nullopt;
}

Known Known::asReturned() const {
  if (std::optional<int64_t> N = number())
    return number(*N);
  Known K = signs(Signs);
  if (Relation == IsNotNumber)
    K.setNumber(Number, false);
  K.Not = Not;
  return K;
}

/// All that it is none of, said or not.
uint64_t Known::excluded() const {
  if (Relation == IsNumber)
    return ~bitOf(Number);
  return Signs & Positive ? Not : ~uint64_t(0);
}

Known Known::masked(uint64_t Bits) const {
  if (Relation == IsNumber)
    return number(Number & static_cast<int64_t>(Bits));
  Known K = *this;
  K.Answer = NoEntity;
  K.Copy = NoValue;
  K.Relation = NoNumber;
  K.Not = 0;
  K.Ones &= Bits;
  K.Open &= Bits;
  K.Untouched &= Bits;
  K.Signs = AnySign;
  if (std::optional<bool> Set = has(Bits))
    K.Signs = *Set ? Negative | Positive : Zero;
  return K;
}

Known Known::with(uint64_t Bits) const {
  if (Relation == IsNumber)
    return number(Number | static_cast<int64_t>(Bits));
  Known K = *this;
  K.Answer = NoEntity;
  K.Copy = NoValue;
  K.Relation = NoNumber;
  K.Not = 0;
  K.Ones |= Bits;
  K.Open &= ~Bits;
  K.Untouched &= ~Bits;
  K.Signs = Bits ? Negative | Positive : Signs;
  return K;
}

void Known::setBits(uint64_t Bits, bool Set) {
  bool Single = (Bits & (Bits - 1)) == 0;
  if (!Set) {
    Open &= ~Bits;
    return;
  }
  Signs &= Negative | Positive;
  if (Single) {
    Ones |= Bits;
    Open &= ~Bits;
  }
}

void Known::setNumber(int64_t N, bool Is) {
  if (Is) {
    Signs &= signOf(N);
    Relation = IsNumber;
    Number = N;
    Not = 0;
    return; // the bits stay what they are, and so the parameter they come from
  }
  if (N == 0) {
    Signs &= ~Zero;
  } else if (bitOf(N)) {
    if (Relation != IsNumber)
      Not |= bitOf(N);
  } else if (Relation == NoNumber) {
    Relation = IsNotNumber;
    Number = N;
  }
}

Known Known::join(const Known &O) const {
  if (*this == O)
    return *this;
  Known K;
  K.Signs = Signs | O.Signs;
  if (Relation == O.Relation && Number == O.Number) {
    K.Relation = Relation;
    K.Number = Number;
  }
  K.Not = (Not | O.Not) & excluded() & O.excluded();
  K.Ones = Ones & O.Ones;
  K.Open = (Open | Ones | O.Open | O.Ones) & ~K.Ones;
  if (Base == O.Base) {
    K.Base = Base;
    K.Untouched = Untouched & O.Untouched;
  }
  if (Answer == O.Answer)
    K.Answer = Answer;
  if (Copy == O.Copy)
    K.Copy = Copy;
  if (Function == O.Function)
    K.Function = Function;
  return K;
}

} // namespace airlock
