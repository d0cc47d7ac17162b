// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known of addresses and values at one point of a function. Everything
// here holds on some path to that point; where paths join, all of it is kept.
// So a rule warns of what holds on none of them, and keeps quiet where only a
// path that nobody may take is at fault.

#ifndef AIRLOCK_POINTERS_POINTERSTATE_H
#define AIRLOCK_POINTERS_POINTERSTATE_H

#include "facts/UserFlow.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/CheckedArithmetic.h"
#include <limits>
#include <tuple>

namespace airlock {

/// A range of bytes behind some address.
struct ByteRange {
  static constexpr int64_t Least = std::numeric_limits<int64_t>::min();
  static constexpr int64_t Most = std::numeric_limits<int64_t>::max();
  int64_t Lo = Least, Hi = Most;
  bool overlaps(ByteRange O) const { return Lo < O.Hi && O.Lo < Hi; }
  bool covers(ByteRange O) const { return Lo <= O.Lo && O.Hi <= Hi; }
  bool isEmpty() const { return Lo >= Hi; }
  /// Becomes the smallest range that has both.
  void include(ByteRange O) {
    if (!O.isEmpty())
      *this = isEmpty() ? O : ByteRange{std::min(Lo, O.Lo), std::max(Hi, O.Hi)};
  }
  bool isBounded() const { return Hi != Most; }
  /// Moved, as far as it has ends; anywhere if nobody can count that far.
  ByteRange moved(std::optional<int64_t> By) const {
    if (!By)
      return {};
    std::optional<int64_t> First = Lo == Least ? Lo : llvm::checkedAdd(Lo, *By);
    std::optional<int64_t> Last = Hi == Most ? Hi : llvm::checkedAdd(Hi, *By);
    return First && Last ? ByteRange{*First, *Last} : ByteRange();
  }
  ByteRange movedBack(int64_t By) const { return moved(llvm::checkedSub<int64_t>(0, By)); }
};

/// A few ranges that do not touch; where there are too many, some become one.
class ByteRanges : public llvm::SmallVector<ByteRange, 1> {
public:
  static constexpr size_t MaxSize = 8;
  void include(ByteRange R);
  void include(const ByteRanges &Others) {
    for (ByteRange R : Others)
      include(R);
  }
  bool overlaps(ByteRange O) const {
    return llvm::any_of(*this, [&](ByteRange R) { return R.overlaps(O); });
  }
  bool overlaps(const ByteRanges &Others) const {
    return llvm::any_of(Others, [&](ByteRange O) { return overlaps(O); });
  }
};

struct PointerFact {
  enum Kind : uint8_t {
    Alias,     // Of, a Load or a Result, is OtherLo more than what Other was; somewhere
               // behind it if Bytes has any
    Checked,   // the bytes behind Of are user memory; Event made sure
    Probed,    // an accessor that makes sure by itself has reached the bytes behind Of
    Foreign,   // Of, a Result, is a user address that nothing is known of
    Barrier,   // since the check in Event, a barrier was passed
    Aligned,   // Of is aligned
    Fetched,   // Bytes behind Of were copied to OtherLo behind Other, in Event
    Derived,   // Of, a Load, was computed from what Event fetched of Bytes behind Other
    Decided,   // what Event fetched of Bytes behind Of decided something, at place OtherLo
    Bounded,   // Of, a Load, was compared
    Value,     // Of, a Load, is what user memory makes of it, from Bytes.Lo to Bytes.Hi
    Within,    // Of, a value, reaches as far as Bytes.Lo and Bytes.Hi (Extent.h); with OtherLo,
               // the former if it is not negative
    Flagged,   // where Of, a variable that branches ask, was given the number OtherLo, Other
               // reached as far as Bytes.Lo and Bytes.Hi
    Asked,     // of the Bytes behind Of, somebody was asked who may have looked at them
    Handed,    // what is behind Of was given to somebody who may have changed it
    AtLeast,   // user memory at Of says that it has Bytes.Hi bytes
    Refetched, // Bytes behind Of hold a second copy, made in Event, of what Earlier
               // fetched; it is what is OtherLo bytes further behind Other
    Cached,    // Of is a translation that an effect may reset
    Stale,     // Event reset it
  };
  Kind Is;
  TermId Of = NoTerm;
  ByteRange Bytes{0, 0};
  TermId Other = NoTerm;
  int64_t OtherLo = 0;
  /// A call of the flow (UserFlow::Calls), of the accessor for Probed; or for Checked and
  /// Barrier the place of one: a macro and the function in it are one check.
  uint32_t Event = 0, Earlier = 0;

  auto key() const { return std::tie(Is, Of, Bytes.Lo, Bytes.Hi, Other, OtherLo, Event, Earlier); }
  /// Fetched: where the bytes are now, behind Other.
  ByteRange copy() const { return Bytes.moved(llvm::checkedSub(OtherLo, Bytes.Lo)); }
  /// Within: what is known from below is known of what is not negative.
  bool isOfSize() const { return OtherLo != 0; }
  /// Alias: nothing was added that nobody can count.
  bool isExact() const { return Bytes.isEmpty(); }
  bool operator<(const PointerFact &O) const { return key() < O.key(); }
  bool operator==(const PointerFact &O) const { return key() == O.key(); }
};

class PointerState {
public:
  /// Whether that was news.
  bool add(const PointerFact &F);
  /// Adds all of another state; whether there was news.
  bool join(const PointerState &Other);
  /// Bytes behind an address are no second copy any more.
  void cutRefetched(TermId Of, ByteRange Bytes);
  /// Bytes behind an address were written: no fetch brought them.
  void cutFetched(TermId Other, ByteRange Bytes);
  template <typename Fn> void eraseIf(Fn Predicate) { llvm::erase_if(Facts, Predicate); }
  llvm::ArrayRef<PointerFact> all() const { return Facts; }
  /// The facts of a kind; they stand together.
  llvm::ArrayRef<PointerFact> all(PointerFact::Kind Is) const;
  /// Of these, the ones about a term.
  llvm::ArrayRef<PointerFact> all(PointerFact::Kind Is, TermId Of) const;

private:
  std::vector<PointerFact> Facts; // sorted
};

} // namespace airlock

#endif
