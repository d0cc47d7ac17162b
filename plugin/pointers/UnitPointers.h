// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pointer analysis over a unit. Only functions that do something with user
// pointers, or call one that does, are analysed, callees first.

#ifndef AIRLOCK_POINTERS_UNITPOINTERS_H
#define AIRLOCK_POINTERS_UNITPOINTERS_H

#include "facts/CallGraph.h"
#include "facts/GivenUp.h"
#include "pointers/PointerAnalysis.h"

namespace airlock {

class UnitPointers : public PointerResults {
public:
  /// Analyses all now. Keeps a reference to the facts only.
  UnitPointers(const Facts &F, const CallGraph &Graph, UserFlowSource &Flows,
               PointerAnalysis::HasEffect Has);

  /// The functions that were analysed, callees first.
  llvm::ArrayRef<EntityId> touching() override { return Touching; }
  std::shared_ptr<const FunctionPointers> resultOf(EntityId Function) override {
    const PointerAnalysis *Is = of(Function);
    return {std::shared_ptr<void>(), Is ? &Is->result() : nullptr}; // ours
  }
  /// All there is to know, for rules that look at one function at a time.
  const PointerAnalysis *of(EntityId Function) const {
    auto Found = Results.find(Function);
    return Found == Results.end() ? nullptr : Found->second.get();
  }

  /// Whether a function may read bytes behind a parameter; true where nobody knows.
  bool mayRead(EntityId Function, unsigned Parameter, ByteRange Bytes);

  std::vector<GivenUp> givenUp() const;

private:
  /// Bytes behind a parameter of a function.
  struct Behind {
    EntityId Function;
    unsigned Parameter;
    ByteRange Bytes;
  };
  /// Null where nobody knows.
  const UserFlow *flowOf(EntityId Function);
  bool readsItself(const UserFlow &Flow, const Behind &Of,
                   llvm::function_ref<void(Behind)> Visit) const;
  void markAligning(const CallGraph &Graph, std::vector<bool> &Interesting) const;
  const Facts &F;
  UserFlowSource &Flows;
  llvm::DenseMap<EntityId, std::unique_ptr<PointerAnalysis>> Results;
  std::vector<EntityId> Touching;
  /// Of functions that have nothing to do with user pointers, and were asked about.
  llvm::DenseMap<EntityId, std::unique_ptr<UserFlow>> OtherFlows;
  std::vector<GivenUp> Unfinished;
};

} // namespace airlock

#endif
