// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stands in contracts, record by record; see summary/Records.h for how.

#ifndef AIRLOCK_CONTRACTS_CONTRACTRECORDS_H
#define AIRLOCK_CONTRACTS_CONTRACTRECORDS_H

#include "effects/Elsewhere.h"
#include "summary/RegionRecords.h"
#include "llvm/ADT/SmallString.h"

namespace airlock {

/// What a file of contracts begins with.
constexpr llvm::StringLiteral ContractMark("airlockc");

constexpr uint32_t NoRow = ~uint32_t(0);

/// The file is in the strings, or in those of the program.
struct ContractPlace {
  llvm::StringRef File;
  unsigned Line = 0, Column = 0;
};

/// A way of a row. Of EffectWay's fields, Via and Next are rows here.
struct ContractWay {
  EffectWay Way;
  /// The call, or where what Next is was stored.
  ContractPlace At;
  /// What it goes on by, and, where that was handed on, what it was handed to.
  uint32_t Next = NoRow, HandedTo = NoRow;
  bool IsCall = false;
};

struct ContractRow {
  EntityKind Kind = EntityKind::Function;
  llvm::StringRef Name;
  ContractPlace Declared;
  /// Of what has effects by itself, as a model says: on which conditions.
  llvm::SmallVector<StatedCondition, 1> When;
  llvm::SmallVector<ContractWay, 1> Ways;
  CalledParameters Calls;
  /// Of a slot.
  EffectsElsewhere::Stored Stored;
};

/// In front of a name, for what is the same in every unit by that; null for what is not.
inline const char *contractKind(EntityKind Kind) {
  return Kind == EntityKind::Function   ? "f"
         : Kind == EntityKind::Field    ? "s"
         : Kind == EntityKind::Variable ? "v"
                                        : nullptr;
}

/// By what a function or slot is found; empty for what is only its own.
inline llvm::SmallString<64> contractKey(EntityKind Kind, llvm::StringRef Name) {
  llvm::SmallString<64> Key;
  if (const char *Prefix = contractKind(Kind)) {
    Key = Prefix;
    Key += Name;
  }
  return Key;
}
inline llvm::SmallString<64> contractKey(const Entity &E) {
  const bool IsShared = E.Named && E.File.empty() && !E.IsLocal;
  return IsShared ? contractKey(E.Kind, E.Name) : llvm::SmallString<64>();
}

template <typename Coder> void codePlaceIn(Coder &C, Coded<Coder, ContractPlace> &At) {
  C.file(At.File);
  C.number(At.Line);
  C.number(At.Column);
  if constexpr (Coder::Reads)
    C.require(At.Line && At.Column); // both are counted from 1
}

template <typename Coder> void codeWay(Coder &C, Coded<Coder, ContractWay> &W) {
  enum { HasIf = 1, HasDropped = 2, HasNext = 4, IsCall = 8, IsHandedOn = 16, GuessShift = 5 };
  uint64_t Word = (W.Way.If.empty() ? 0 : HasIf) |
                  ((W.Way.Dropped | W.Way.DroppedDeep).empty() ? 0 : HasDropped) |
                  (W.Next == NoRow ? 0 : HasNext) | (W.IsCall ? IsCall : 0) |
                  (W.HandedTo == NoRow ? 0 : IsHandedOn) | uint64_t(W.Way.Guesses) << GuessShift;
  static_assert(EffectWay::MaxGuesses + 1 < 8);
  C.number(Word, (1 << (GuessShift + 3)) - 1);
  unsigned Effect = W.Way.Effect;
  codeId<EffectSet>(C, Effect);
  C.number(W.Way.Distance);
  if (Word & HasIf)
    codeList(C, W.Way.If, [&](auto &If) { codeCondition(C, If); });
  if (Word & HasDropped) {
    codeSet(C, W.Way.Dropped);
    codeSet(C, W.Way.DroppedDeep);
  }
  if (Word & HasNext) {
    C.row(W.Next);
    C.number(W.Way.NextWay);
    codePlaceIn(C, W.At);
  }
  if (Word & IsHandedOn)
    C.row(W.HandedTo);
  if constexpr (Coder::Reads) {
    W.Way.Effect = Effect;
    W.Way.Guesses = std::min<uint64_t>(Word >> GuessShift, EffectWay::MaxGuesses + 1);
    W.Way.HandedOn = Word & IsHandedOn;
    W.IsCall = Word & IsCall;
    // What is handed on, is so by a call; and a call leads somewhere.
    C.require(!(Word & IsHandedOn) || W.IsCall);
    C.require(!W.IsCall || (Word & HasNext));
  }
}

enum ContractParts : uint8_t { HasWhen = 8, HasCalls = 16, HasStored = 32 };

/// What a row begins with: its kind and name, and what else there is of it.
template <typename Coder> uint64_t codeRowHead(Coder &C, Coded<Coder, ContractRow> &R) {
  uint64_t Word = uint64_t(R.Kind) | (R.When.empty() ? 0 : HasWhen) |
                  (R.Calls.empty() ? 0 : HasCalls) | (R.Stored.Count ? HasStored : 0);
  C.number(Word, 2 * HasStored - 1);
  if constexpr (Coder::Reads)
    R.Kind = static_cast<EntityKind>(Word & 7);
  C.text(R.Name);
  return Word;
}

template <typename Coder> void codeRow(Coder &C, Coded<Coder, ContractRow> &R) {
  const uint64_t Word = codeRowHead(C, R);
  codePlaceIn(C, R.Declared);
  if (Word & HasWhen)
    codeList(C, R.When, [&](auto &When) {
      codeCondition(C, When.If);
      C.text(When.Text);
    });
  codeList(C, R.Ways, [&](auto &W) { codeWay(C, W); });
  if constexpr (Coder::Reads)
    C.require(R.Ways.size() <= Budget::States); // nothing has more
  if (Word & HasCalls)
    codeList(C, R.Calls, [&](auto &Called) {
      C.number(Called.Number, MaxParameterNumber);
      C.number(Called.Guesses, EffectWay::MaxGuesses + 1);
      codeList(C, Called.Arguments, [&](auto &K) { KnownRecord::code(C, K); });
    });
  if (Word & HasStored) {
    C.number(R.Stored.Count);
    codeList(C, R.Stored.Having, [&](auto &Of) {
      codeId<EffectSet>(C, Of.first);
      C.number(Of.second);
    });
  }
}

} // namespace airlock

#endif
