// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests of the region analysis share: a model of a few regions, and
// results as text.

#ifndef AIRLOCK_TEST_REGIONTEST_H
#define AIRLOCK_TEST_REGIONTEST_H

#include "FlowsByHand.h"
#include "regions/UnitRegions.h"

namespace airlock {

using Texts = std::vector<std::string>;

/// A region of each sort, and what opens and closes it.
class RegionTest : public testing::Test {
protected:
  const Model M = modelOf(R"({
    "airlock_model": 1, "name": "test",
    "effects": {"sleep": {"description": "may sleep"}},
    "regions": {
      "lock": {"description": "a lock is held"},
      "door": {"description": "a door is open", "nests": false, "confined": true},
      "mutex": {"description": "a mutex is held", "balanced": false},
      "a": {"description": "a is open"}, "b": {"description": "b is open"},
      "c": {"description": "c is open"}, "d": {"description": "d is open"},
      "e": {"description": "e is open"}}})");
  const unsigned Lock = *M.findRegion("lock"), Door = *M.findRegion("door"),
                 Mutex = *M.findRegion("mutex");

  FactsBuilder B;
  FlowsByHand Flows{B};
  EntityId Take = changing("take", &RegionChanges::Enters, Lock),
           Drop = changing("drop", &RegionChanges::Exits, Lock),
           Try = changing("try", &RegionChanges::EntersIfTrue, Lock),
           Open = changing("open", &RegionChanges::Enters, Door),
           Close = changing("close", &RegionChanges::Exits, Door),
           Save = changing("save", &RegionChanges::Saves, Door),
           Restore = changing("restore", &RegionChanges::Restores, Door), Work = B.function("work");
  EntityId F = B.function("f");

  EntityId changing(llvm::StringRef Name, RegionSet RegionChanges::*How, unsigned Region) {
    EntityId Id = B.function(Name);
    (B.behaviour(Id).Regions.*How).insert(Region);
    return Id;
  }
  EntityId define(llvm::StringRef Name, llvm::function_ref<void(BodyBuilder &)> Write) {
    EntityId Id = B.function(Name);
    Flows.define(Id, Write);
    return Id;
  }
  /// A function that takes the lock where its first parameter is true.
  EntityId defineTakeIf() {
    return define("take_if", [&](BodyBuilder &Do) {
      Do.branch(Do.use(Do.parameter(0)), [&] { Do.call(Take); });
    });
  }

  const FunctionRegions &regionsOf(EntityId Function) {
    if (!Graph)
      Graph.emplace(B.F);
    if (!Unit)
      Unit.emplace(B.F, M, *Graph, Flows);
    std::shared_ptr<const FunctionRegions> Result = Unit->of(Function);
    EXPECT_TRUE(Result);
    return *Result;
  }
  const FunctionRegions &regionsOf(llvm::function_ref<void(BodyBuilder &)> Write) {
    Flows.define(F, Write);
    return regionsOf(F);
  }

  /// "open at return: lock", and whether it is so on every path.
  Texts problems(const FunctionRegions &R) {
    static const char *const Kinds[] = {"open at return",
                                        "closed, not open",
                                        "closed for other",
                                        "opened twice",
                                        "opened in loop",
                                        "closed in loop",
                                        "not restored",
                                        "restored, not saved",
                                        "safe, closes",
                                        "declared, does not open",
                                        "declared, does not close"};
    Texts All;
    for (const BalanceProblem &P : R.Problems)
      All.push_back(std::string(Kinds[P.Is]) + ": " + M.regions()[P.Region].Name +
                    (P.Always ? "" : ", sometimes"));
    return All;
  }
  /// What is open at a call, one text for each way to come there.
  Texts at(const FunctionRegions &R, CallId Call) {
    Texts Ways;
    for (const CallSituations &Here : R.Calls)
      if (Here.Call == Call)
        for (const Situation &Way : Here.Ways) {
          std::string Text;
          for (const OpenRegion &O : Way.Open)
            Text += M.regions()[O.Region].Name + " ";
          Way.Maybe.forEach(
              [&](unsigned Region) { Text += "maybe " + M.regions()[Region].Name + " "; });
          Way.Dropped.forEach(
              [&](unsigned Region) { Text += "not " + M.regions()[Region].Name + " "; });
          Ways.push_back(Text.empty() ? "" : Text.substr(0, Text.size() - 1));
        }
    llvm::sort(Ways);
    return Ways;
  }
  /// What a call of the function does to regions.
  Texts outcomes(const FunctionRegions &R) {
    Texts All;
    for (const Outcome &O : R.Outcomes) {
      std::string Text;
      for (const RegionDelta &D : O.Deltas) {
        EXPECT_EQ(D.Lo, D.Hi);
        Text += (D.Lo > 0 ? "+" : "") + std::to_string(D.Lo) + " " + M.regions()[D.Region].Name;
      }
      All.push_back(Text);
    }
    llvm::sort(All);
    return All;
  }

private:
  std::optional<CallGraph> Graph;
  std::optional<UnitRegions> Unit;
};

} // namespace airlock

#endif
