// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known of user pointers at each point of one function: a forward
// analysis over its UserFlow to a fixpoint, which rules then walk through
// again, event by event.
//
// Facts come from models (validates, fetches, barrier, ...), from annotations
// (`__prevalidated`), from the conditions that the function branches on, and
// from what its callees say of themselves (FunctionPointers.h). Three files: what events
// do is in PointerAnalysis.cpp, what branches tell in PointerBranches.cpp, and what the
// function says of itself in PointerSummary.cpp.

#ifndef AIRLOCK_POINTERS_POINTERANALYSIS_H
#define AIRLOCK_POINTERS_POINTERANALYSIS_H

#include "pointers/CallOrder.h"
#include "pointers/Extent.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

struct UserAccess;

class PointerAnalysis {
public:
  using ResultOf = llvm::function_ref<const FunctionPointers *(EntityId)>;
  /// Whether a callee has an effect, through all that it calls.
  using HasEffect = llvm::function_ref<bool(EntityId, unsigned)>;

  /// Keeps references to the facts, and the function objects while it is made only.
  PointerAnalysis(const Facts &F, std::unique_ptr<UserFlow> Flow, ResultOf Callees, HasEffect Has);

  const UserFlow &flow() const { return *Flow; }
  const Terms &terms() const { return T; }

  /// One thing that the function does, and what is known before it. Event is null
  /// for the condition at the end of the block.
  struct Step {
    uint32_t In; // the block, by number
    const UserBlock &Block;
    const UserEvent *Event;
    const PointerState &Before;
  };
  /// In the order of the blocks.
  void walk(llvm::function_ref<void(const Step &)> Visit) const;

  /// What it says of itself to its callers.
  const FunctionPointers &result() const { return Result; }

  /// The limit that ended it; then nothing is known, and walk() goes nowhere. Or one that
  /// the questions of rules have met since.
  std::optional<Limit> givenUp() const { return Ended ? Ended : Spent.broken(); }

  // What rules ask at a step.
  /// Before an event: a check on some way to it does, an accessor that checks by itself only if
  /// it is on every one.
  bool isChecked(const PointerState &At, TermId Pointer, const ByteRange &Wanted,
                 const UserEvent &Before) const;
  /// The check here that covers it; null if there is none.
  const PointerFact *checkOf(const PointerState &At, TermId Pointer, ByteRange Wanted) const {
    return factOver(At, PointerFact::Checked, Pointer, Wanted, nullptr);
  }
  bool isAligned(const PointerState &At, TermId Pointer) const;
  /// The size was compared with something.
  bool isCompared(const PointerState &At, TermId Size) const;
  const Extents &extents() const { return Values; }
  /// The bytes behind the address itself that an access reads or writes.
  ByteRange accessed(const PointerState &At, const UserEvent &E, const UserAccess &Access) const;
  Location placeOf(uint32_t Call) const;
  /// What is known of the callee of an event, as the analysis knew it.
  const FunctionPointers *calleeOf(const UserEvent &E) const {
    return resultOf(Flow->Calls[E.Number].Callee);
  }
  const FunctionModel *roleOf(const UserEvent &E) const { return T.roleOf(E.Number); }

private:
  /// How a value may turn out: its truth, and the checks that failed then.
  struct Outcome {
    std::optional<bool> Truth;
    llvm::SmallVector<uint32_t, 1> Failed;
    bool operator==(const Outcome &O) const { return Truth == O.Truth && Failed == O.Failed; }
  };
  using Outcomes = llvm::SmallVector<Outcome, 4>;

  const FunctionPointers *resultOf(EntityId Callee) const {
    return Callee == NoEntity ? nullptr : CalleeResults.lookup(Callee);
  }
  const PointerFact *factOver(const PointerState &At, PointerFact::Kind Kind, TermId Pointer,
                              ByteRange Wanted, const UserEvent *OnAllWaysTo) const;
  struct Transfer;
  void run();
  void giveUp(Limit By);
  void apply(const UserEvent &E, PointerState &S) const;
  void applyAssign(const UserEvent &E, PointerState &S) const;
  void applyRole(const UserEvent &E, const FunctionModel &Role, PointerState &S) const;
  void applyFetch(const UserEvent &E, const UserAccess &Access, PointerState &S) const;
  void applyCallee(const UserEvent &E, const FunctionPointers &Callee, PointerState &S) const;
  void applyResets(const UserEvent &E, PointerState &S) const;
  void applyCondition(const UserBlock &B, PointerState &S) const;
  void forgetRefetched(TermId Condition, PointerState &S) const;
  bool isKnown(const PointerState &At, PointerFact::Kind Kind, TermId Of) const;
  void learnOnEdge(TermId Condition, bool Truth, PointerState &S) const;
  void noteFlag(TermId Load, std::optional<int64_t> Number, PointerState &S) const;
  void forgetOtherFlags(TermId Condition, bool Truth, PointerState &S) const;
  void forgetEqual(TermId Condition, bool Truth, PointerState &S) const;
  void forgetForeign(TermId Condition, PointerState &S) const;
  void forgetFailed(TermId Condition, bool Truth, PointerState &S) const;
  void cutAgain(TermId Value, PointerState &S) const;
  void noteAsked(uint32_t Call, const PointerState &At, std::vector<PointerFact> &Into) const;
  void applyEdge(const UserBlock &B, const UserEdge &Edge, PointerState &S) const;
  void noteCompared(TermId Condition, PointerState &S) const;
  void noteDecided(TermId Value, Location At, PointerState &S) const;
  void addDecided(TermId Root, ByteRange Bytes, uint32_t Event, Location At, PointerState &S) const;
  void noteDerived(const UserEvent &E, PointerState &S) const;
  void noteForeign(const UserEvent &E, PointerState &S) const;
  void noteHandedOn(const UserEvent &E, PointerState &S) const;
  void addFetched(const UserEvent &E, TermId Pointer, ByteRange Bytes, TermId Into, int64_t IntoLo,
                  PointerState &S) const;
  void addProbed(TermId Pointer, ByteRange Bytes, uint32_t Event, PointerState &S) const;
  void addChecked(TermId Pointer, ByteRange Bytes, uint32_t Event, PointerState &S) const;
  void forget(TermId Address, PointerState &S) const;
  void forgetBytes(TermId Base, ByteRange Bytes, PointerState &S) const;
  void forgetLoads(llvm::ArrayRef<TermId> Loads, PointerState &S) const;
  void written(TermId Target, uint64_t Size, PointerState &S) const;
  void copyBytes(TermId From, ByteRange Bytes, TermId To, PointerState &S) const;
  std::vector<PointerFact> moved(const UserEvent &E, const PointerState &At) const;
  bool isMadeOf(const PointerState &At, TermId Whole, TermId Part) const;
  void noteChanged(const UserEvent &E, const PointerState &At,
                   std::vector<PointerFact> &Into) const;
  void noteHandedBytes(const UserEvent &E, PointerState &S) const;
  /// By value, those that one question has met.
  using KnownOutcomes = llvm::SmallDenseMap<TermId, Outcomes, 4>;
  Outcomes outcomes(const PointerState &At, TermId Value) const {
    KnownOutcomes Known;
    return outcomes(At, Value, Known, 0);
  }
  Outcomes outcomes(const PointerState &At, TermId Value, KnownOutcomes &Known,
                    unsigned Depth) const;
  Outcomes outcomesOf(const PointerState &At, TermId Value, KnownOutcomes &Known,
                      unsigned Depth) const;

  /// By fetch, and what it reads behind.
  using FetchedBytes = llvm::DenseMap<std::pair<uint32_t, TermId>, ByteRanges>;
  void noteUses(const Step &At, FetchedBytes &Used, FetchedBytes &Compared) const;
  void summarize();
  void addPassing(const UserEvent &E, unsigned Argument, bool NeedsCheck, bool NeedsAlign,
                  const ByteRange &Bytes, const PointerState &At);
  void addFilling(const UserEvent &E, const PointerState &At);
  void summarizeCall(const UserEvent &E, const PointerState &At);
  bool mayLead(TermId Value) const;
  bool asks(uint32_t Call, unsigned Argument) const;
  bool isOfMacro(const PointerFact &Check) const;
  bool areKeptTogether(TermId One, TermId Other) const;
  bool isGiven(const PointerState &At, TermId Value) const;
  void summarizeSizes(const UserEvent &E, const PointerState &At);
  void summarizeAsked(const Step &At);
  void summarizeAddresses(llvm::ArrayRef<std::pair<const UserEvent *, PointerState>> Returns);
  void summarizeReturns(llvm::ArrayRef<std::pair<const UserEvent *, PointerState>> Returns);

  const Facts &F;
  std::unique_ptr<UserFlow> Flow;
  mutable Budget Spent;
  std::optional<Limit> Ended;
  const Terms T;
  const Extents Values;
  CallOrder Order;
  /// By address, the loads from it, and by what it is behind; by call, its result.
  llvm::DenseMap<TermId, llvm::SmallVector<TermId, 1>> LoadsOf, LoadsBehind;
  llvm::DenseMap<uint32_t, TermId> Results;
  /// The variables whose value alone some branch asks.
  llvm::DenseSet<TermId> Flags;
  llvm::DenseMap<EntityId, const FunctionPointers *> CalleeResults;
  /// Effects that reset a translation, and the callees that have them.
  llvm::DenseSet<std::pair<EntityId, unsigned>> Resetting;
  std::vector<std::optional<PointerState>> Entry; // by block; nothing where control never is
  FunctionPointers Result;
};

} // namespace airlock

#endif
