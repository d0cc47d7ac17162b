// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock summary`, in words and as JSON. Both have the same sentences.

#ifndef AIRLOCK_QUERY_RENDERFUNCTION_H
#define AIRLOCK_QUERY_RENDERFUNCTION_H

#include "query/FunctionSummary.h"
#include "query/Render.h"

namespace airlock {

/// GivenUp: what the units could not finish, of any function.
void renderSummaryText(const QueryFacts &Of, llvm::ArrayRef<FunctionSummary> All,
                       llvm::ArrayRef<ReportedGivenUp> GivenUp, llvm::raw_ostream &Out);
/// {"airlock", "schema", "functions": [{"function", "file", "line", "column", "kind": "function" |
/// "macro" | "slot", "body": "known" | "none" | "opaque",
/// "contexts": [{"context", "is": "needed" | "entered" | "excluded"}],
/// "promises": [{"effect" or "region"}],
/// "regions": [{"region", "does": "opens" | "closes" | "closes-all" | "saves" | "restores" |
///   "calls-in", "when": "always" | "sometimes" | "if-true" | "if-false"}],
/// "effects": [{"effect", "if": [text], "primitive", "calls", "decisions"}],
/// "user": [{"is": "fetch" | "address", "parameter" or null}],
/// "given_up": [], "callers": {"direct", "all", "first": [step]}, "stores": [step and "slot"]}]}.
/// More decisions than anybody guesses are one more. Each item of a list has a "text", and a place
/// and a "callee" where there are any.
void renderSummaryJson(const QueryFacts &Of, llvm::ArrayRef<FunctionSummary> All,
                       llvm::ArrayRef<ReportedGivenUp> GivenUp, llvm::raw_ostream &Out);

} // namespace airlock

#endif
