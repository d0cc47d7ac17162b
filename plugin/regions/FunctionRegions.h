// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the region analysis says of one function: what is open at each of its
// calls, what a call of it does to its caller, and what is out of balance.

#ifndef AIRLOCK_REGIONS_FUNCTIONREGIONS_H
#define AIRLOCK_REGIONS_FUNCTIONREGIONS_H

#include "facts/Facts.h"
#include "regions/Known.h"
#include "support/Budget.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

struct OpenRegion {
  unsigned Region;
  /// The call that opened it; NoCall if it was open when the function began.
  CallId By;
  /// What for, if that is known.
  FlavourSet Flavour = {};
};

/// One way for control to come to a call.
struct Situation {
  /// What is open for certain.
  llvm::SmallVector<OpenRegion, 1> Open;
  /// What is open or not; nothing is reported for it, but it may absorb.
  RegionSet Maybe;
  /// What is open more than once: it stays open if what is called closes it once.
  RegionSet Deep;
  /// What was open when the function began and is closed now.
  RegionSet Dropped;
  /// What of it was open more than once, for all that is known.
  RegionSet DroppedDeep;
  /// What must hold of the function's parameters to come here.
  llvm::SmallVector<ArgumentCondition, 0> If;
  /// What the code has asked for, and may do.
  EffectSet Lifted;
  /// The contexts that it has asked about, and is in or is not in.
  ContextSet Inside, Outside;
  llvm::SmallVector<Known, 0> Arguments;

  RegionSet open() const {
    RegionSet Set;
    for (const OpenRegion &O : Open)
      Set.insert(O.Region);
    return Set;
  }
};

struct CallSituations {
  CallId Call;
  llvm::SmallVector<Situation, 1> Ways;
  /// On how many decisions of the function itself it comes to this (Decisions.h).
  uint8_t Decisions = 0;
};

/// How deep a region is open is counted up to this, and down to its negative. Beyond, a
/// bound is AnyDepth, or its negative.
constexpr int8_t MaxDepth = 8, AnyDepth = INT8_MAX;

inline int8_t addDepths(int8_t A, int8_t B) {
  auto IsBound = [](int8_t D) { return D == AnyDepth || D == -AnyDepth; };
  return IsBound(A) ? A : IsBound(B) ? B : static_cast<int8_t>(A + B);
}

/// By how much the depth of a region changes; one number unless it depends on
/// what a caller cannot know.
struct RegionDelta {
  unsigned Region;
  int8_t Lo, Hi;
  /// The call in the body that did it last; NoCall for what is declared.
  CallId By = NoCall;
  /// What it was opened for, if that is known; in a unit only.
  FlavourSet Flavour = {};
  /// Closed by then, however often it was opened; in a unit only.
  bool All = false;
};

/// One thing that a call may do to its caller.
struct Outcome {
  llvm::SmallVector<ArgumentCondition, 1> If;
  /// What is returned then.
  Known Returns;
  llvm::SmallVector<RegionDelta, 2> Deltas;
  RegionSet Saves, Restores;
};

struct BalanceProblem {
  enum Kind : uint8_t {
    OpenAtReturn,
    ClosedNotOpen,
    ClosedForOther,
    OpenedTwice,
    OpenedInLoop,
    ClosedInLoop,
    NotRestored,
    RestoredNotSaved,
    SafeCloses,
    DeclaredOpens,
    DeclaredCloses,
  };
  Kind Is;
  unsigned Region;
  /// The return, or the loop; nowhere for what is at a call.
  Location At;
  /// The call that opened or closed it last.
  CallId By;
  /// On every path.
  bool Always;
  /// OpenAtReturn: a failure is returned there.
  bool Fails = false;
  /// OpenAtReturn: what closes it elsewhere in the function stands behind that return.
  bool Skips = false;
  /// OpenAtReturn: what is returned tells callers so. It is a mistake if none makes use of it.
  bool Told = false;
  /// OpenAtReturn: no caller can have a use for it.
  bool isCertain() const { return Always && (Fails || Skips) && !Told; }
  /// ClosedForOther: what opened it; what it is closed for, and open for, or else used for.
  CallId Opener = NoCall;
  FlavourSet ClosedFor = {}, OpenFor = {}, UsedFor = {};
};

struct FunctionRegions {
  /// By call.
  std::vector<CallSituations> Calls;
  /// Those of one call; none if nothing is known of it.
  llvm::ArrayRef<CallSituations> at(CallId Call) const {
    auto IsBefore = [](const CallSituations &Here, CallId Other) { return Here.Call < Other; };
    auto First = llvm::lower_bound(Calls, Call, IsBefore);
    auto Last = std::find_if(First, Calls.end(),
                             [&](const CallSituations &Here) { return Here.Call != Call; });
    return llvm::ArrayRef(Calls).slice(First - Calls.begin(), Last - First);
  }
  /// In a program: WrittenCode::ofCall() of the calls that a finding may be about.
  std::vector<std::pair<CallId, uint32_t>> Written;
  /// None: a call changes nothing.
  llvm::SmallVector<Outcome, 1> Outcomes;
  /// Regions for which a caller cannot tell which outcome it is.
  RegionSet Unclear;
  /// Calls that open a region here: those after which it is closed again, or may be, and
  /// those after which the function returns with it open. No call: nobody knows which.
  llvm::SmallVector<std::pair<CallId, unsigned>, 0> Closes, Keeps;
  /// Regions that it opens where it must not be open yet.
  RegionSet Opens;
  std::vector<BalanceProblem> Problems;
  /// There are problems, and all that decides in the body is variables and what calls answered:
  /// no condition agrees with another one for a reason that is not seen.
  bool SeesAllConditions = false;
  /// The limit that ended the analysis early; what is above says less than the body does.
  std::optional<Limit> GivenUp;
};

} // namespace airlock

#endif
