// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the region analysis found out about a function, as a summary keeps it:
// the situations of its calls, and which call opens a region for the callers.
// Problems of balance are findings by then.

#ifndef AIRLOCK_SUMMARY_REGIONRECORDS_H
#define AIRLOCK_SUMMARY_REGIONRECORDS_H

#include "regions/Decisions.h"
#include "regions/FunctionRegions.h"
#include "summary/Records.h"

namespace airlock {

/// One value: a word that says which fields follow. Most are nothing, a number
/// or a parameter as it came.
struct KnownRecord {
  template <typename Coder> static void code(Coder &C, Coded<Coder, Known> &K) {
    enum {
      HasSigns = 1,
      HasNumber = 2,
      HasNot = 4,
      HasBase = 8,
      HasMask = 16,
      HasBits = 32,
      HasAnswer = 64,
      HasFunction = 128,
      HasNots = 256
    };
    bool IsNumber = K.Relation == Known::IsNumber;
    bool Whole = !K.Base || K.Untouched == ~uint64_t(0);
    const Known Usual = IsNumber ? Known::number(K.Number) : Known();
    bool OwnBits = K.Ones != Usual.Ones || K.Open != Usual.Open;
    bool OwnSigns = K.Signs != Usual.Signs;
    uint64_t Word = (OwnSigns ? HasSigns : 0) | (IsNumber ? HasNumber : 0) |
                    (K.Relation == Known::IsNotNumber ? HasNot : 0) | (K.Base ? HasBase : 0) |
                    (Whole ? 0 : HasMask) | (OwnBits ? HasBits : 0) |
                    (K.Answer != NoEntity ? HasAnswer : 0) |
                    (K.Function != NoEntity ? HasFunction : 0) | (K.Not ? HasNots : 0);
    C.number(Word, 2 * HasNots - 1);
    if constexpr (Coder::Reads)
      K = Known();
    if (Word & (HasNumber | HasNot)) {
      C.signedNumber(K.Number);
      if constexpr (Coder::Reads) {
        int64_t N = K.Number;
        if (Word & HasNumber)
          K = Known::number(N);
        else
          K.Relation = Known::IsNotNumber;
      }
    }
    if (Word & HasSigns)
      C.number(K.Signs, Known::AnySign);
    if (Word & HasBase) {
      unsigned Base = K.Base.value_or(0);
      C.number(Base, MaxParameterNumber);
      if constexpr (Coder::Reads) {
        K.Base = Base;
        K.Untouched = ~uint64_t(0);
      }
    }
    if (Word & HasMask)
      C.number(K.Untouched);
    if (Word & HasBits) {
      C.number(K.Ones);
      C.number(K.Open);
    }
    if (Word & HasAnswer) {
      C.entity(K.Answer);
      if constexpr (Coder::Reads)
        C.require(K.Answer == NoEntity || C.within().Of.Entities[K.Answer].More);
    }
    if (Word & HasFunction)
      C.entity(K.Function);
    if (Word & HasNots)
      C.number(K.Not);
  }

  /// What a caller's condition can ask of it. (Which local variable it was copied
  /// from is nobody else's business.)
  static bool saysSomething(Known K) {
    K.Copy = Known().Copy;
    return !K.saysNothing();
  }
};

/// Calls are told by how far they are from First; 0 is no call.
template <typename Coder> void codeOwnCall(Coder &C, Coded<Coder, CallId> &Id, CallId First) {
  CallId Number = Id == NoCall ? 0 : Id - First + 1;
  C.number(Number);
  if constexpr (Coder::Reads) {
    C.require(Number <= C.within().CallCount);
    Id = Number ? First + Number - 1 : NoCall;
  }
}

template <typename Coder> void codeSituation(Coder &C, Coded<Coder, Situation> &At, CallId First) {
  enum {
    HasOpen = 1,
    HasMaybe = 2,
    HasDropped = 4,
    HasIf = 8,
    HasLifted = 16,
    HasMore = 32, // what few have
    ArgumentShift = 6
  };
  enum { HasContexts = 1, HasDepths = 2, HasFlavours = 4 };
  size_t Arguments = At.Arguments.size();
  while (Arguments && !KnownRecord::saysSomething(At.Arguments[Arguments - 1]))
    --Arguments;
  uint64_t More =
      ((At.Inside | At.Outside).empty() ? 0 : HasContexts) |
      ((At.Deep | At.DroppedDeep).empty() ? 0 : HasDepths) |
      (llvm::all_of(At.Open, [](auto &O) { return O.Flavour.empty(); }) ? 0 : HasFlavours);
  uint64_t Word = (At.Open.empty() ? 0 : HasOpen) | (At.Maybe.empty() ? 0 : HasMaybe) |
                  (At.Dropped.empty() ? 0 : HasDropped) | (At.If.empty() ? 0 : HasIf) |
                  (At.Lifted.empty() ? 0 : HasLifted) | (More ? HasMore : 0) |
                  Arguments << ArgumentShift;
  C.number(Word);
  if (Word & HasMore)
    C.number(More);
  if (Word & HasOpen)
    codeList(C, At.Open, [&](auto &O) {
      codeId<RegionSet>(C, O.Region);
      codeOwnCall(C, O.By, First);
      if (More & HasFlavours)
        codeSet(C, O.Flavour);
    });
  if (Word & HasMaybe)
    codeSet(C, At.Maybe);
  if (Word & HasDropped)
    codeSet(C, At.Dropped);
  if (More & HasDepths) {
    codeSet(C, At.Deep);
    codeSet(C, At.DroppedDeep);
  }
  if (Word & HasIf)
    codeList(C, At.If, [&](auto &If) { codeCondition(C, If); });
  if (Word & HasLifted)
    codeSet(C, At.Lifted);
  if (More & HasContexts) {
    codeSet(C, At.Inside);
    codeSet(C, At.Outside);
  }
  if constexpr (Coder::Reads) {
    for (size_t Left = C.fitting(Word >> ArgumentShift); Left && C.ok(); --Left)
      KnownRecord::code(C, At.Arguments.emplace_back());
  } else {
    for (size_t I = 0; I < Arguments; ++I)
      KnownRecord::code(C, At.Arguments[I]);
  }
}

template <typename Coder>
void codeRegions(Coder &C, Coded<Coder, FunctionRegions> &R, CallId First) {
  CallId Expected = First;
  codeList(C, R.Calls, [&](auto &Here) {
    CallId Distance = Here.Call - Expected;
    bool Single = Here.Ways.size() == 1;
    static_assert(MaxDecisions < 8);
    uint64_t Word = uint64_t(Distance) << 4 | uint64_t(Here.Decisions) << 1 | uint64_t(Single);
    C.number(Word);
    if constexpr (Coder::Reads) {
      Here.Call = static_cast<CallId>(Expected + (Word >> 4));
      Here.Decisions = Word >> 1 & 7;
      Single = Word & 1;
      Here.Ways.resize(1);
      C.require(Here.Call - First < C.within().CallCount && Here.Decisions <= MaxDecisions);
    }
    Expected = Here.Call + 1;
    if (Single)
      codeSituation(C, Here.Ways[0], First);
    else
      codeList(C, Here.Ways, [&](auto &At) { codeSituation(C, At, First); });
    if constexpr (Coder::Reads)
      C.require(!Here.Ways.empty());
  });
  codeList(C, R.Outcomes, [&](auto &O) {
    codeList(C, O.Deltas, [&](auto &D) {
      uint64_t Range = uint64_t(uint8_t(D.Lo)) << 8 | uint8_t(D.Hi);
      codeId<RegionSet>(C, D.Region);
      C.number(Range, UINT16_MAX);
      codeOwnCall(C, D.By, First);
      if constexpr (Coder::Reads) {
        D.Lo = static_cast<int8_t>(Range >> 8);
        D.Hi = static_cast<int8_t>(Range);
      }
    });
  });
}

/// What FunctionRegions::Written has, in the order of the calls.
template <typename Coder>
void codeWritten(Coder &C, Coded<Coder, std::vector<std::pair<CallId, uint32_t>>> &All,
                 CallId First) {
  CallId Expected = First;
  codeList(C, All, [&](auto &One) {
    CallId Distance = One.first - Expected;
    C.number(Distance);
    C.number(One.second);
    if constexpr (Coder::Reads) {
      One.first = Expected + Distance;
      C.require(One.first - First < C.within().CallCount);
    }
    Expected = One.first + 1;
  });
}

} // namespace airlock

#endif
