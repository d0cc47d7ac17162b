// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Many summaries as one set of facts, on which the solver and the queries run as
// on those of a single unit. What is the same in several units (Identity.h) is
// one entity; an inline function of a header has its body once.
//
//   a strong and weak definitions  the strong one, else the first weak one
//   several strong definitions     each for the calls of its own unit; for those of
//                                  other units the first
//   of several declarations        all that any of them says; where they differ in
//                                  a qualifier or a promise it becomes a Claim
//
// Deterministic for a given order of adding; SummaryFiles::finish() gives one.
// Refers to the bytes of the summaries for as long as it lives.

#ifndef AIRLOCK_LINK_PROGRAM_H
#define AIRLOCK_LINK_PROGRAM_H

#include "regions/RegionSource.h"
#include "summary/Summary.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

class Program : public RegionSource {
public:
  Program() { F.WholeProgram = true; }

  /// How many bytes of summaries are going to be added; not more than a hint.
  void expect(uint64_t Bytes);
  /// Adds the summary of a unit. An error leaves the unit out altogether, or, where
  /// only a body is broken, that body. The model must outlive the program.
  llvm::Error add(llvm::StringRef Bytes, const Model &M);
  /// To be called once, when all are added: definitions that gave way to none.
  void finish();

  const Facts &facts() const { return F; }
  const SourceMap &places() const { return Places; }
  /// All that have a place of interest.
  llvm::ArrayRef<llvm::StringRef> files() const { return Places.files(); }

  struct Unit {
    llvm::StringRef File;
    UnitStatus Status;
    Problem Why;
    Coverage Seen;
  };
  const std::vector<Unit> &units() const { return Units; }
  /// What the units found by themselves.
  const std::vector<ReportedFinding> &findings() const { return Findings; }

  /// What functions say of user pointers. Read anew each time.
  PointerResults &pointers() { return UserPointers; }

  llvm::ArrayRef<EntityId> touching() override { return Touching; }
  /// Read anew each time.
  std::shared_ptr<const FunctionRegions> of(EntityId Function) override;

private:
  /// One for each entity: it is worth being small.
  struct Body {
    /// What it says of regions, and behind it of user pointers.
    const char *Bytes = nullptr;
    uint32_t RegionsSize = 0, PointersSize = 0;
    CallId First = 0, Count = 0;
    uint32_t Unit = 0;
    bool Known = false;
    llvm::StringRef regions() const { return {Bytes, RegionsSize}; }
    llvm::StringRef pointers() const { return {Bytes + RegionsSize, PointersSize}; }
  };

  class PointersOfProgram : public PointerResults {
  public:
    explicit PointersOfProgram(Program &P) : P(P) {}
    llvm::ArrayRef<EntityId> touching() override { return P.TouchingUser; }
    std::shared_ptr<const FunctionPointers> resultOf(EntityId Function) override;

  private:
    Program &P;
  };

  class UnitAdder;
  Location import(Location At, const PlaceTable &From);

  /// That of the summaries.
  const Model *M = nullptr;
  Facts F;
  /// For names that come up again and again, until nothing is added any more.
  std::optional<llvm::UniqueStringSaver> Names{F.Memory};
  PlaceTable Places;
  std::vector<Unit> Units;
  std::vector<ReportedFinding> Findings;
  llvm::DenseMap<uint64_t, EntityId> ByIdentity;
  /// By entity.
  std::vector<Body> Bodies;
  std::vector<EntityId> Touching, TouchingUser;
  PointersOfProgram UserPointers{*this};
  /// By unit: what its entities are here.
  std::vector<std::vector<EntityId>> Numbers;
  llvm::DenseSet<std::pair<uint64_t, EntityId>> KnownStores;
  llvm::DenseMap<uint64_t, AllowId> KnownAllows;
  /// Bodies of weak functions, until it is known whether there is a strong one.
  struct WeakBody {
    std::shared_ptr<UnitSummary> From; // several of one unit share it
    UnitBody Is;
    uint32_t Unit;
  };
  std::vector<WeakBody> Weak;
};

} // namespace airlock

#endif
