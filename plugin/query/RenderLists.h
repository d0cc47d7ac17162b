// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock list`, in words and as JSON.

#ifndef AIRLOCK_QUERY_RENDERLISTS_H
#define AIRLOCK_QUERY_RENDERLISTS_H

#include "query/Lists.h"
#include "query/Render.h"

namespace airlock {

void renderContextText(const QueryFacts &Of, const ContextAnswer &Answer, llvm::raw_ostream &Out);
/// {"airlock", "schema", "context", "seeds": [M], "annotated": [M], "pointers": [M],
/// "entries": [M], "missing": [step and "depth"], "stores": [step and "slot"],
/// "coverage": {"covered", "all"}}, where M is {"name", "file", "line", "column", "text"}
void renderContextJson(const QueryFacts &Of, const ContextAnswer &Answer, llvm::raw_ostream &Out);

/// Puts the functions into the order of their calls in the source, and leaves out slots.
void renderRegionText(const QueryFacts &Of, unsigned Region, const RegionAnswer &Answer,
                      llvm::raw_ostream &Out);
/// {"airlock", "schema", "region", "runners": [{"name", "is": "function" | "slot", "file", "line",
/// "column", "by": step, "opened": step or null, "before": N or null}]}. By what it runs; of the
/// first of a chain, what opened the region if a call did; of any other, which of "runners", from
/// 0, the one before it is.
void renderRegionJson(const QueryFacts &Of, unsigned Region, const RegionAnswer &Answer,
                      llvm::raw_ostream &Out);

} // namespace airlock

#endif
