// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a unit writes a context, for those who want to take it out: on declarations, used
// or not, and in the casts that drop it.

#ifndef AIRLOCK_FRONTEND_WRITTENCONTEXTS_H
#define AIRLOCK_FRONTEND_WRITTENCONTEXTS_H

#include "annotate/Removal.h"
#include "frontend/FactCollector.h"

namespace airlock {

/// To be called when all else is done: entities are added to the facts. In the order of
/// the places.
std::vector<WrittenContext> writtenContexts(const CollectorInput &From, const SourceMap &Map,
                                            UnitTables &Tables, Facts &F, unsigned Context);

} // namespace airlock

#endif
