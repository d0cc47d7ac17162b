// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the region analysis says of a function, noted while its states are looked at once
// more: what is open at each call, under which conditions, and what of the openings and
// closings cannot be meant. Changes no state.

#ifndef AIRLOCK_REGIONS_REGIONNOTES_H
#define AIRLOCK_REGIONS_REGIONNOTES_H

#include "regions/Balance.h"
#include "regions/RegionTransfer.h"
#include "llvm/ADT/BitVector.h"

namespace airlock {

class RegionNotes final : public RegionListener {
public:
  /// Keeps references to all, and listens to what is carried as long as it is there.
  RegionNotes(const RegionInput &In, RegionTransfer &Carried, FunctionEnd &End,
              FunctionRegions &Result);
  ~RegionNotes() override;
  RegionNotes(const RegionNotes &) = delete;
  RegionNotes &operator=(const RegionNotes &) = delete;

  // What observe() tells.
  void enter(BlockId Id);
  void before(const FlowEvent &E, const States &Now);
  void after(const FlowEvent &E, const States &Now);
  void decide(BlockId, const States &) {}
  void leave(BlockId Id, const States &Now);

  // What the transfer tells.
  void changes(const RegionChange &Is) override;
  void saves(unsigned Region) override;
  void restoresUnsaved(unsigned Region, CallId By) override;
  void goesTooDeep(const RegionDepth &D) override;

  /// A region is open more often than is counted, and no loop explains it.
  bool isTooDeep() const { return !(TooDeep - Explained).empty(); }
  /// To be called once, behind the last block.
  void finish();

private:
  void problem(BalanceProblem P);
  void noteCall(const FlowEvent &E, llvm::ArrayRef<PathState> Now);
  void noteClosing(const RegionDepth &D);
  void noteOpening(unsigned Region, CallId By, const RegionDepth &Before);
  llvm::SmallVector<PathState, 2> forked(const FlowEvent &E, llvm::ArrayRef<PathState> Now);
  bool callersDecide(const FlowBlock &B, const States &Now);
  Location loopAround(BlockId Id) const;

  const RegionInput &In;
  const Facts &F;
  const Flow &Body;
  RegionTransfer &Carried;
  FunctionEnd &End;
  FunctionRegions &Result;
  BlockId Current = 0;
  /// Something is called in this block that nobody knows anything of: who is called last may
  /// be the one who closes.
  bool UnknownInBlock = false;
  RegionSet TooDeep, Explained;
  /// Branches that the function does not decide itself, and the blocks of the calls
  /// in the result.
  llvm::BitVector Decided;
  std::vector<BlockId> CallBlocks;
};

} // namespace airlock

#endif
