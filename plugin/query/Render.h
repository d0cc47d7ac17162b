// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The answers of the queries in words and as JSON. The words are those of findings:
// a line a step, with its place in front, and a last line that sums up.

#ifndef AIRLOCK_QUERY_RENDER_H
#define AIRLOCK_QUERY_RENDER_H

#include "query/Callers.h"
#include "query/ModelAudit.h"
#include "query/Slots.h"
#include "query/Why.h"
#include "report/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace airlock {

/// The version of the JSON answers.
constexpr unsigned QuerySchema = 1;

/// What answers speak of.
struct QueryFacts {
  const Facts &F;
  const Model &M;
  const SourceMap &Places;
};

/// Puts what belongs together into the order of the source.
void sortByPlace(const QueryFacts &Of, CallersAnswer &Answer);
void sortByPlace(const QueryFacts &Of, SlotAnswer &Answer);

/// From and To as the user wrote them.
void renderWhyText(const QueryFacts &Of, const WhyQuestion &Question, const WhyAnswer &Answer,
                   llvm::StringRef From, llvm::StringRef To, llvm::raw_ostream &Out);
/// {"airlock", "schema", "paths": [{"function", "if": [text], "steps": [{"file", "line",
/// "column", "function", "callee" or null, "text"}]}], "ended": "done" | "limit" | "work"}
void renderWhyJson(const QueryFacts &Of, const WhyAnswer &Answer, llvm::raw_ostream &Out);

void renderCallersText(const QueryFacts &Of, const CallersAnswer &Answer, llvm::raw_ostream &Out);
/// {"airlock", "schema", "callers": [{step, "depth"}], "stores": [step and "slot"]}
void renderCallersJson(const QueryFacts &Of, const CallersAnswer &Answer, llvm::raw_ostream &Out);

void renderSlotsText(const QueryFacts &Of, llvm::ArrayRef<SlotAnswer> Answers,
                     llvm::raw_ostream &Out);
/// {"airlock", "schema", "slots": [{"slot", "file", "line", "column", "stores": [step and "slot"],
/// "calls": [step]}]}
void renderSlotsJson(const QueryFacts &Of, llvm::ArrayRef<SlotAnswer> Answers,
                     llvm::raw_ostream &Out);

void renderAuditText(const QueryFacts &Of, const AuditAnswer &Answer, llvm::raw_ostream &Out);
/// {"airlock", "schema", "entries", "compared", "vouched", "remarks": [{"kind": "unused" |
/// "says-less" | "says-more" | "no-parameter", "name", "text", "file", "line", "column"}]}
void renderAuditJson(const QueryFacts &Of, const AuditAnswer &Answer, llvm::raw_ostream &Out);

} // namespace airlock

#endif
