// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function that an analysis could not finish within its budget.

#ifndef AIRLOCK_FACTS_GIVENUP_H
#define AIRLOCK_FACTS_GIVENUP_H

#include "facts/Facts.h"
#include "support/Budget.h"

namespace airlock {

struct GivenUp {
  EntityId Function;
  AnalysisKind By;
  Limit Spent;
};

} // namespace airlock

#endif
