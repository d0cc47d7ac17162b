// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the analyses saw of one function, as text for those who look for a mistake in
// them: `airlock dump --flow`, `--states`. A line an event; names in place of numbers where
// there are any. Not a format: it changes with what it shows.
//
//   flow      regions: blocks, what is called with which expressions, branches; v0 is what is
//             returned, e4 an expression. User pointers: the same over terms, t7
//   states    what is open, and what is known of arguments, at each call; what is known of user
//             addresses before each event

#ifndef AIRLOCK_QUERY_FUNCTIONTEXT_H
#define AIRLOCK_QUERY_FUNCTIONTEXT_H

#include "facts/Flow.h"
#include "facts/UserFlow.h"
#include "pointers/PointerAnalysis.h"
#include "query/Render.h"

namespace airlock {

void writeFlow(const QueryFacts &Of, const Flow &Body, llvm::raw_ostream &Out);
void writeUserFlow(const QueryFacts &Of, const UserFlow &Body, llvm::raw_ostream &Out);

void writeStates(const QueryFacts &Of, const FunctionRegions &Is, llvm::raw_ostream &Out);
void writeUserStates(const QueryFacts &Of, const PointerAnalysis &Is, llvm::raw_ostream &Out);

} // namespace airlock

#endif
