// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang::CFG -> the flow of a function (facts/Flow.h), made when somebody asks
// for it. Calls in it are those of the facts. Expressions are
// FlowExpressions.h's.

#ifndef AIRLOCK_FRONTEND_FLOWBUILDER_H
#define AIRLOCK_FRONTEND_FLOWBUILDER_H

#include "facts/Flow.h"
#include "frontend/FactCollector.h"

namespace airlock {

class FlowBuilder : public FlowSource {
public:
  /// Keeps references to all of them.
  FlowBuilder(const CollectorInput &From, UnitTables &Tables, Facts &Into)
      : From(From), Tables(Tables), Into(Into) {}

  std::unique_ptr<Flow> flowOf(EntityId Function,
                               llvm::function_ref<bool(EntityId)> ChangesRegions) override;

private:
  const CollectorInput &From;
  UnitTables &Tables;
  Facts &Into;
};

} // namespace airlock

#endif
