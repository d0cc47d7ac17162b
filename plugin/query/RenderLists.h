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
/// {"airlock", "schema", "region", "functions": [{"function", "file", "line", "column",
/// "chain": [step]}]}. The first step of a chain says what opened the region.
void renderRegionJson(const QueryFacts &Of, unsigned Region, const RegionAnswer &Answer,
                      llvm::raw_ostream &Out);

} // namespace airlock

#endif
