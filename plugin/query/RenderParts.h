// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pieces that the answers of several queries are written with.

#ifndef AIRLOCK_QUERY_RENDERPARTS_H
#define AIRLOCK_QUERY_RENDERPARTS_H

#include "query/Render.h"
#include "report/JsonParts.h"

namespace airlock {

/// "1 path", "2 paths".
std::string count(size_t N, llvm::StringRef What);

/// A call where its author wrote it, made by its function.
QueryStep stepOf(const Facts &F, CallId Id);
Step stepOf(const Facts &F, const Store &S);
void sortByPlace(const QueryFacts &Of, std::vector<const Store *> &Stores);

/// A line of text.
void writeStep(const QueryFacts &Of, const Step &S, llvm::raw_ostream &Out);
/// {"file", "line", "column", "function", "callee", "text"}
OrderedJson makeStep(const QueryFacts &Of, const QueryStep &S);
/// The same for a store: "slot" in place of "callee".
OrderedJson makeStore(const QueryFacts &Of, const Store &S);
/// With the versions in front.
void writeAnswer(OrderedJson Answer, llvm::raw_ostream &Out);

} // namespace airlock

#endif
