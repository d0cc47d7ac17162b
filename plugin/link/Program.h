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
// What is read when somebody asks for it is refused then: refusals().
// Refers to the bytes of the summaries for as long as it lives.

#ifndef AIRLOCK_LINK_PROGRAM_H
#define AIRLOCK_LINK_PROGRAM_H

#include "effects/Elsewhere.h"
#include "regions/RegionSource.h"
#include "summary/Summary.h"
#include "summary/SummaryFile.h"
#include "llvm/ADT/DenseSet.h"
#include <functional>

namespace airlock {

class Contracts;

class Program : public RegionSource, public WrittenCode {
public:
  Program() { F.WholeProgram = true; }

  /// How many bytes of summaries are going to be added; not more than a hint.
  void expect(uint64_t Bytes);
  /// Adds the summary of a unit. An error leaves the unit out altogether, or, where
  /// only a body is broken, that body. The model must outlive the program.
  /// File is its name, for refusals.
  llvm::Error add(llvm::StringRef Bytes, const Model &M, llvm::StringRef File = "");
  /// From now on, units of which this is true, told their file, are left out: what was added
  /// of them is newer.
  void leaveOut(std::function<bool(llvm::StringRef)> IsOld) { this->IsOld = std::move(IsOld); }
  /// To be called once, when all are added: definitions that gave way to none.
  void finish();
  /// What is known of functions that none of the units has; after finish(). An error, and
  /// nothing, if the contracts are broken.
  llvm::Error add(const Contracts &Known);
  const EffectsElsewhere &elsewhere() const { return Elsewhere; }

  const Facts &facts() const { return F; }
  const SourceMap &places() const { return Places; }
  /// All that have a place of interest.
  llvm::ArrayRef<llvm::StringRef> files() const { return Places.files(); }

  struct Unit {
    llvm::StringRef File;
    UnitStatus Status;
    Problem Why;
    Coverage Seen;
    /// The name of its summary.
    llvm::StringRef Summary;
    bool Refused = false;
  };
  const std::vector<Unit> &units() const { return Units; }
  /// Of the units of which a body was asked for and is broken, the first such body.
  const std::vector<Refusal> &refusals() const { return Refusals; }
  /// What the units found by themselves.
  const std::vector<ReportedFinding> &findings() const { return Findings; }
  /// What they could not finish; a function of a header comes from each that includes it.
  const std::vector<ReportedGivenUp> &givenUp() const { return GivenUp; }

  /// What functions say of user pointers. Read anew each time.
  PointerResults &pointers() { return UserPointers; }

  llvm::ArrayRef<EntityId> touching() override { return Touching; }
  /// Read anew each time.
  std::shared_ptr<const FunctionRegions> of(EntityId Function) override;

  /// Of the calls that findings may be about.
  uint32_t ofCall(CallId Id) const override;
  /// Rules that ask for it judge units.
  uint32_t ofLine(Location) const override { return 0; }
  MacroNeed needOf(llvm::StringRef Macro, Location At) const override;

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
  void refuseBody(uint32_t Unit, llvm::StringRef Function);
  Location import(Location At, const PlaceTable &From);
  void addMacros(const UnitSummary &From);
  std::string keyOf(llvm::StringRef Macro, Location At) const;
  /// Null where its bytes are broken.
  std::shared_ptr<const FunctionRegions> read(EntityId Function) const;

  /// That of the summaries.
  const Model *M = nullptr;
  EffectsElsewhere Elsewhere;
  Facts F;
  /// For names that come up again and again, until nothing is added any more.
  std::optional<llvm::UniqueStringSaver> Names{F.Memory};
  PlaceTable Places;
  /// By macro and place.
  llvm::StringMap<MacroNeed> Macros;
  std::vector<Unit> Units;
  std::function<bool(llvm::StringRef)> IsOld;
  std::vector<Refusal> Refusals;
  std::vector<ReportedFinding> Findings;
  std::vector<ReportedGivenUp> GivenUp;
  llvm::DenseMap<uint64_t, EntityId> ByIdentity;
  /// By entity.
  std::vector<Body> Bodies;
  std::vector<EntityId> Touching, TouchingUser;
  PointersOfProgram UserPointers{*this};
  /// By unit: what its entities are here.
  std::vector<std::vector<EntityId>> Numbers;
  /// By unit, until nothing is added any more: what its suppressions are here.
  std::vector<std::vector<AllowId>> AllowIds;
  llvm::DenseSet<std::pair<uint64_t, EntityId>> KnownStores;
  llvm::DenseMap<uint64_t, AllowId> KnownAllows;
  /// Which of Facts::Claims are of an entity.
  llvm::DenseMap<EntityId, llvm::SmallVector<size_t, 2>> ClaimsOf;
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
