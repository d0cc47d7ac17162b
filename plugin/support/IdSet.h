// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A small set of ids of one kind (contexts, effects, regions). Ids are indices into the
// model's tables; a model that names more than MaxIds of a kind is refused
// when it is read, so the set is one word and copies freely.

#ifndef AIRLOCK_SUPPORT_IDSET_H
#define AIRLOCK_SUPPORT_IDSET_H

#include "llvm/ADT/bit.h"
#include <cassert>
#include <cstdint>
#include <optional>

namespace airlock {

template <typename Kind> class IdSet {
public:
  static constexpr unsigned MaxIds = 64;

  IdSet() = default;
  static IdSet of(unsigned Id) {
    IdSet S;
    S.insert(Id);
    return S;
  }

  /// The set as one number, bit Id for Id, and back.
  uint64_t bits() const { return Bits; }
  static IdSet ofBits(uint64_t Bits) {
    IdSet S;
    S.Bits = Bits;
    return S;
  }

  void insert(unsigned Id) {
    assert(Id < MaxIds && "the model reader bounds ids");
    Bits |= uint64_t(1) << (Id % MaxIds);
  }
  bool contains(unsigned Id) const { return Id < MaxIds && (Bits >> Id & 1); }
  bool empty() const { return Bits == 0; }

  IdSet &operator|=(IdSet Other) {
    Bits |= Other.Bits;
    return *this;
  }
  IdSet operator|(IdSet Other) const { return IdSet(*this) |= Other; }
  IdSet operator&(IdSet Other) const { return *this - (*this - Other); }
  /// What is here and not in Other.
  IdSet operator-(IdSet Other) const {
    IdSet S;
    S.Bits = Bits & ~Other.Bits;
    return S;
  }
  bool operator==(IdSet Other) const { return Bits == Other.Bits; }
  bool operator!=(IdSet Other) const { return Bits != Other.Bits; }

  std::optional<unsigned> first() const {
    return Bits ? std::optional<unsigned>(llvm::countr_zero(Bits)) : std::nullopt;
  }
  /// Calls Visit(Id) for every id, lowest first.
  template <typename Fn> void forEach(Fn Visit) const {
    for (uint64_t Rest = Bits; Rest; Rest &= Rest - 1)
      Visit(static_cast<unsigned>(llvm::countr_zero(Rest)));
  }

private:
  uint64_t Bits = 0;
};

/// The contexts that a function or a pointer carries, or that code runs in.
using ContextSet = IdSet<struct ContextKind>;
/// What calling a function may do.
using EffectSet = IdSet<struct EffectKind>;
/// The regions that are open, or that something opens.
using RegionSet = IdSet<struct RegionKind>;
/// What a region is opened for.
using FlavourSet = IdSet<struct FlavourKind>;

} // namespace airlock

#endif
