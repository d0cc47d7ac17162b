// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a function says of user pointers to those who call it, as a summary keeps
// it. Names stand where they are used: a program reads them when it is asked.

#ifndef AIRLOCK_SUMMARY_POINTERRECORDS_H
#define AIRLOCK_SUMMARY_POINTERRECORDS_H

#include "pointers/FunctionPointers.h"
#include "summary/RegionRecords.h"

namespace airlock {

template <typename Coder> void codeRange(Coder &C, Coded<Coder, ByteRange> &R) {
  enum { HasLeast = 1, HasMost = 2, Empty = 4 };
  uint64_t Word = R.isEmpty() ? uint64_t(Empty)
                              : (R.Lo == ByteRange::Least ? HasLeast : 0) |
                                    (R.Hi == ByteRange::Most ? HasMost : 0);
  C.number(Word, HasLeast | HasMost | Empty);
  if constexpr (Coder::Reads)
    R = Word & Empty ? ByteRange{0, 0} : ByteRange();
  if (Word & Empty)
    return;
  if (!(Word & HasLeast))
    C.signedNumber(R.Lo);
  if (!(Word & HasMost))
    C.signedNumber(R.Hi);
  if constexpr (Coder::Reads)
    C.require(!R.isEmpty());
}

/// Reads what is in order, and touches nowhere.
template <typename Coder> void codeRanges(Coder &C, Coded<Coder, ByteRanges> &All) {
  codeList(C, All, [&](auto &One) {
    codeRange(C, One);
    if constexpr (Coder::Reads)
      C.require(!One.isEmpty());
  });
  if constexpr (Coder::Reads) {
    C.require(All.size() <= ByteRanges::MaxSize);
    for (size_t I = 1; I < All.size(); ++I)
      C.require(All[I - 1].Hi < All[I].Lo);
  }
}

template <typename Coder> void codePassing(Coder &C, Coded<Coder, Passing> &P, CallId First) {
  enum { Checked = 2, Aligned, Promised, TooShort, Decides, ArgumentShift };
  uint64_t Word = uint64_t(P.From) | uint64_t(P.Checked) << Checked |
                  uint64_t(P.Aligned) << Aligned | uint64_t(P.Promised) << Promised |
                  uint64_t(P.TooShort) << TooShort | uint64_t(!P.Decided.empty()) << Decides |
                  uint64_t(P.Argument) << ArgumentShift;
  C.number(Word, (1 << (ArgumentShift + 8)) - 1);
  if constexpr (Coder::Reads) {
    P.From = static_cast<Origin>(Word & 3);
    P.Checked = Word >> Checked & 1;
    P.Aligned = Word >> Aligned & 1;
    P.Promised = Word >> Promised & 1;
    P.TooShort = Word >> TooShort & 1;
    P.Argument = static_cast<uint8_t>(Word >> ArgumentShift);
  }
  codeOwnCall(C, P.Call, First);
  if constexpr (Coder::Reads)
    C.require(P.Promised || P.Call != NoCall);
  if (P.Call == NoCall)
    C.line(P.At);
  if (P.From == Origin::Parameter) {
    C.number(P.Parameter);
    codeRange(C, P.Bytes);
  }
  if (Word >> Decides & 1) {
    codeRanges(C, P.Decided);
    codeOwnCall(C, P.FirstFetch, First);
  }
  if constexpr (Coder::Reads)
    P.Text = C.block();
  else
    C.block(P.Text);
}

template <typename Coder>
void codePointers(Coder &C, Coded<Coder, FunctionPointers> &P, CallId First) {
  codeList(C, P.Passings, [&](auto &One) { codePassing(C, One, First); });
  codeList(C, P.Fetches, [&](auto &One) {
    codeOwnCall(C, One.Call, First);
    if constexpr (Coder::Reads)
      C.require(One.Call != NoCall);
    C.number(One.Parameter);
    codeRange(C, One.Bytes);
    codeRanges(C, One.Decided);
    codeRanges(C, One.Used);
    uint64_t Seen = uint64_t(One.Into.has_value()) | uint64_t(One.IntoResult) << 1;
    C.number(Seen, 3);
    if constexpr (Coder::Reads) {
      One.IntoResult = Seen >> 1 & 1;
      if (Seen & 1)
        One.Into = 0; // which one, nobody asks
    }
  });
}

} // namespace airlock

#endif
