// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How a statement changes what is open and what is known, on each of the ways that
// are kept apart: the domain of the region analysis (support/ForwardSolver.h).
//
// It ends: facts about one value only ever get fewer where ways join (Known::join()), depths
// are counted up to MaxDepth, and there are at most Budget::States states at a place, which
// may be joined by less and less (States::KeptApart) and never come apart again.

#ifndef AIRLOCK_REGIONS_REGIONTRANSFER_H
#define AIRLOCK_REGIONS_REGIONTRANSFER_H

#include "regions/Evaluate.h"
#include "regions/RegionAnalysis.h"
#include "regions/States.h"

namespace airlock {

/// A call opens or closes a region.
struct RegionChange {
  CallId By;
  RegionDelta Delta;
  /// What for, as it is meant.
  FlavourSet Flavour;
  const RegionDepth &Before;
  /// It has been closed for a while (RegionChanges::Saves).
  bool IsSaved;
};

/// Who wants to hear of what happens on one way while states are carried.
class RegionListener {
public:
  virtual ~RegionListener() = default;
  virtual void changes(const RegionChange &Is) = 0;
  virtual void saves(unsigned Region) = 0;
  virtual void restoresUnsaved(unsigned Region, CallId By) = 0;
  /// D is open, or closed, more often than is counted.
  virtual void goesTooDeep(const RegionDepth &D) = 0;
};

class RegionTransfer {
public:
  using State = States;

  /// Keeps references to both.
  RegionTransfer(const RegionInput &In, Budget &Spent);

  /// What holds where the function begins.
  States begin();

  // What the solver asks of a domain.
  bool step(const States &Now) { return Spent.step(Now.size()); }
  void apply(const FlowEvent &E, States &Now);
  void leave(const FlowBlock &B, States &Now);
  std::optional<States> along(const FlowBlock &B, const FlowEdge &Edge, const States &Now);
  bool join(States &Into, States &&From);

  /// The state beyond an edge; nothing if the edge is not taken in it.
  std::optional<PathState> along(const FlowBlock &B, const FlowEdge &Edge, PathState S);
  Evaluator &values() { return Eval; }
  /// Ways had to be joined that differ.
  bool hasCollapsed() const { return By.Collapsed; }
  /// Null for nobody.
  void setListener(RegionListener *Hears) { Listener = Hears; }

private:
  void findActing();
  FlavourSet flavourOf(const FlowEvent &E, const RegionDelta &Delta) const;
  bool isPointer(ExprId Id) const;
  bool isOnlyMarked(CallId Id) const {
    const Behaviour *More = F.callee(F.Calls[Id]).More;
    return More && More->OnlyMarked;
  }
  llvm::SmallVector<Outcome, 2> outcomesOf(const FlowEvent &E) const;
  void noteUse(const FlowEvent &E, States &Now) const;
  void call(const FlowEvent &E, States &Now);
  bool happens(const Outcome &Happens, const FlowEvent &E, PathState &S);
  void change(RegionDelta Delta, const FlowEvent &E, PathState &S);
  void loosen(const Outcome &Happens, PathState &S) const;
  void mayCloseSlots(PathState &S) const;
  void assign(const FlowEvent &E, States &Now);

  const RegionInput &In;
  const Facts &F;
  const Flow &Body;
  Budget &Spent;
  /// The expansions that change a region by themselves, by call.
  llvm::DenseMap<CallId, bool> Acting;
  Evaluator Eval;
  Joining By;
  RegionListener *Listener = nullptr;
};

} // namespace airlock

#endif
