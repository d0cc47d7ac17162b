// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known of one value on one path: its sign, a number that it is or is
// not, and its bits. A lattice of one word or two; join() loses what the two
// sides do not share. Bits matter because a gfp mask travels through calls,
// with flags added and taken away, and decides whether an allocation sleeps.

#ifndef AIRLOCK_REGIONS_KNOWN_H
#define AIRLOCK_REGIONS_KNOWN_H

#include "facts/Facts.h"

namespace airlock {

class Known {
public:
  enum Sign : uint8_t { Negative = 1, Zero = 2, Positive = 4, AnySign = 7 };

  Known() = default; // nothing is known
  static Known number(int64_t N);
  static Known parameter(unsigned Index);
  static Known signs(uint8_t S) {
    Known K;
    K.Signs = S;
    return K;
  }
  static Known boolean(std::optional<bool> B) { return B ? number(*B) : signs(Zero | Positive); }

  uint8_t signs() const { return Signs; }
  /// Whether it is true, as C asks; nothing if either is possible.
  std::optional<bool> truth() const;
  /// Whether any of the bits is set.
  std::optional<bool> has(uint64_t Bits) const;
  std::optional<int64_t> number() const;
  /// Whether it is that number.
  std::optional<bool> equals(int64_t N) const;
  /// A number that it is not, of those further away than isNoneOf() tells.
  std::optional<int64_t> isNot() const;
  /// Of the numbers 1 to 63, as bits, those that it is not: the cases before a `default`.
  uint64_t isNoneOf() const { return Not; }
  /// Whether the value is, in these bits, what the caller passed there. (What
  /// was found out about the bits since changes nothing about that.)
  bool cameFrom(unsigned Parameter, uint64_t Bits) const {
    return Base == Parameter && (Untouched & Bits) == Bits;
  }
  /// The parameter that the value is, if these bits are still its own and open.
  std::optional<unsigned> parameterIn(uint64_t Bits) const;

  /// The parameter that the value comes from, and the bits that are still its.
  std::optional<unsigned> base() const { return Base; }
  uint64_t untouched() const { return Untouched; }
  /// Bits that are set; bits that may be either way.
  uint64_t ones() const { return Ones; }
  uint64_t open() const { return Open; }

  /// What a caller is told: nothing of our own parameters.
  Known asReturned() const;
  Known masked(uint64_t Bits) const;
  Known with(uint64_t Bits) const;
  /// With what a test found out; an empty set of signs is a contradiction.
  void keepSigns(uint8_t S) { Signs &= S; }
  void setBits(uint64_t Bits, bool Set);
  /// With the number it is, or is not.
  void setNumber(int64_t N, bool Is);
  bool contradicts() const { return Signs == 0; }

  Known join(const Known &Other) const;
  bool operator==(const Known &O) const {
    return Signs == O.Signs && Relation == O.Relation && Number == O.Number && Not == O.Not &&
           Base == O.Base && Untouched == O.Untouched && Ones == O.Ones && Open == O.Open &&
           Answer == O.Answer && Copy == O.Copy && Function == O.Function;
  }
  bool saysNothing() const { return *this == Known(); }

  /// The variable that it was copied from, while both are the same.
  uint32_t Copy = ~uint32_t(0);
  /// The question whose answer this is.
  EntityId Answer = NoEntity;
  /// The function that it points to.
  EntityId Function = NoEntity;

private:
  friend struct KnownRecord; // how a summary writes it down
  uint8_t Signs = AnySign;
  enum : uint8_t { NoNumber, IsNumber, IsNotNumber } Relation = NoNumber;
  int64_t Number = 0;
  uint64_t Not = 0;
  uint64_t excluded() const;
  std::optional<unsigned> Base;
  uint64_t Untouched = 0;
  uint64_t Ones = 0; // what is neither here nor in Open is clear
  uint64_t Open = ~uint64_t(0);
};

} // namespace airlock

#endif
