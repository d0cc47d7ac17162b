// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang::CFG -> what a function does with addresses and values (facts/UserFlow.h),
// made when somebody asks for it. Calls in it are those of the facts; terms are
// UserTerms.h's.

#ifndef AIRLOCK_FRONTEND_USERFLOWBUILDER_H
#define AIRLOCK_FRONTEND_USERFLOWBUILDER_H

#include "facts/UserFlow.h"
#include "frontend/FactCollector.h"

namespace airlock {

class UserFlowBuilder : public UserFlowSource {
public:
  /// Keeps references to all of them.
  UserFlowBuilder(const CollectorInput &From, UnitTables &Tables, Facts &Into)
      : From(From), Tables(Tables), Into(Into) {}

  std::unique_ptr<UserFlow> userFlowOf(EntityId Function) override;
  bool takesUserPointer(EntityId Function) const override;
  bool readsCache(EntityId Function) const override {
    return Tables.Sites.ReadingCaches.contains(Function);
  }
  bool anyPromised() const override { return From.Attributes.anyPrevalidated(); }

private:
  const CollectorInput &From;
  UnitTables &Tables;
  Facts &Into;
  /// By function with a body, whether it may return a negative error.
  llvm::DenseMap<const clang::FunctionDecl *, bool> Failing;
};

} // namespace airlock

#endif
