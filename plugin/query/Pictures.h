// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock graph`, and the pictures of an html report: which part of a program's
// call graph is shown.
//
//   of a context     what is in it (functions, macros, slots) and the calls between;
//                    who enters it, and who calls into it from outside, or keeps
//                    what needs it. Crossings by a cast are not in summaries
//   of a function    its callers and what it calls, up to a depth; through slots, too
//
// A picture has at most MostNodes nodes, and says how many it lacks. Linear in calls
// and stores.

#ifndef AIRLOCK_QUERY_PICTURES_H
#define AIRLOCK_QUERY_PICTURES_H

#include "query/Render.h"
#include "report/CallPicture.h"

namespace airlock {

constexpr size_t MostNodes = 1000;

CallPicture pictureOfContext(const QueryFacts &Of, unsigned Context);
/// One for each context that something of the program is in.
std::vector<CallPicture> picturesOfContexts(const QueryFacts &Of);
/// Functions: of one name.
CallPicture pictureOfFunction(const QueryFacts &Of, llvm::ArrayRef<EntityId> Functions,
                              unsigned Depth);

} // namespace airlock

#endif
