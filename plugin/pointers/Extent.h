// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How far user memory can push a value: the smallest and the largest number that it can
// make of it, as far as anybody can tell. A value is compared with a number, and reaches
// no further; compared with what nobody knows, it reaches nothing that can be told. So a
// size that reaches beyond the room it has is a mistake, and what is silent may be one.

#ifndef AIRLOCK_POINTERS_EXTENT_H
#define AIRLOCK_POINTERS_EXTENT_H

#include "pointers/Terms.h"
#include <functional>

namespace airlock {

struct Extent {
  static constexpr int64_t Least = ByteRange::Least, Most = ByteRange::Most;
  /// Where nobody can tell how far down it goes, Lo is Most; how far up, Hi is Least.
  int64_t Lo = Most, Hi = Least;
  /// User memory has a say in it; else it is what the code says.
  bool IsUser = false;

  static Extent of(int64_t N) { return {N, N, false}; }
  /// All that an integer of so many bytes can be.
  static Extent ofType(unsigned Width, bool IsUnsigned);
  static int64_t largest(unsigned Width, bool IsUnsigned);

  Extent plus(Extent O) const;
  Extent times(int64_t By) const;
  /// As far as a comparison lets it go.
  Extent within(ByteRange Bounds) const;
  /// Kept in an integer of so many bytes.
  Extent as(unsigned Width, bool IsUnsigned) const;
  /// What is either; what the code says is of no interest beside what users say.
  Extent or_(Extent O) const;
};

/// What one value is taken to be: what a caller passes.
struct Assumed {
  TermId Of = NoTerm;
  Extent Is;
};

class Extents {
public:
  /// Whether a call may have looked at an argument, by number.
  using LooksAt = std::function<bool(uint32_t, unsigned)>;

  /// Keeps references to all.
  Extents(const Facts &F, const Terms &T, Budget &Spend, LooksAt Looks)
      : F(F), T(T), Spend(Spend), Looks(std::move(Looks)) {}

  Extent of(const PointerState &At, TermId Value, const Assumed &Given = {}) const {
    Asking Here;
    return of(At, Value, Given, Here, 0);
  }

  /// The same of an integer in memory, so far behind an address. With Unknown, of what
  /// nobody has put there in sight.
  Extent behind(const PointerState &At, TermId Address, int64_t Offset, unsigned Width,
                bool IsUnsigned, Extent Unknown = {}) const;

  /// Visits what a condition says of values where it is true, or where it is false: they
  /// reach no further than these bounds. OfSize: the lower one holds of those that are not
  /// negative, since the comparison was without a sign.
  using Learned = llvm::function_ref<void(TermId, ByteRange, bool OfSize)>;
  void learn(const PointerState &At, TermId Condition, bool Truth, Learned Visit) const;
  /// Says that nobody can tell how far it goes, of all that a value is made of.
  void blur(const PointerState &At, TermId Value, Learned Visit) const;

private:
  /// One question: the bounds that hold where it is asked, and what is known so far.
  struct Asking {
    struct Bound {
      TermId Of;
      ByteRange To;
      bool OfSize;
    };
    llvm::SmallVector<Bound, 4> Bounds;
    llvm::SmallDenseMap<TermId, Extent, 8> Known;
    unsigned InAlias = 0;
  };
  Extent of(const PointerState &At, TermId Value, const Assumed &Given, Asking &Here,
            unsigned Depth) const;
  Extent ofNew(const PointerState &At, TermId Value, const Assumed &Given, Asking &Here,
               unsigned Depth) const;
  Extent ofLoad(const PointerState &At, TermId Value, const Assumed &Given, Asking &Here,
                unsigned Depth) const;
  ByteRange boundsOf(const PointerState &At, TermId Value, bool IsItself, bool OfSizes) const;
  Extent bounded(Extent Is, const PointerState &At, TermId Value, const Asking &Here) const;
  bool isLowBits(const PointerState &At, const Term &Bits) const;
  bool mayWrap(const PointerState &At, TermId Sum, unsigned Width) const;
  Extent inMemory(const PointerState &At, const BasedAddress &A, unsigned Width,
                  bool IsUnsigned) const;
  bool isAsked(const PointerState &At, TermId Load) const;
  void learn(const PointerState &At, TermId Condition, bool Truth, Learned Visit,
             unsigned Depth) const;
  void addAsked(uint32_t Call, llvm::SmallVectorImpl<TermId> &Into) const;
  void bound(const PointerState &At, TermId Value, ByteRange To, Learned Visit,
             unsigned Depth) const;

  const Facts &F;
  const Terms &T;
  Budget &Spend;
  const LooksAt Looks;
};

} // namespace airlock

#endif
