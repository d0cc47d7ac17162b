// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All that a summary says of one translation unit, as JSON: `airlock dump`. Each
// record comes with the names of what it speaks of, so that nobody needs the
// tables of another record to read it. An entity is {"entity": number, "name"},
// its number being its place in "entities"; its "identity" is the same in every
// unit. What is empty, false or not known is left out.

#ifndef AIRLOCK_QUERY_UNITJSON_H
#define AIRLOCK_QUERY_UNITJSON_H

#include "report/JsonParts.h"
#include "summary/Summary.h"

namespace airlock {

class Model;

/// Reads the bodies of the unit, too. M names contexts, effects and regions; without
/// the model that the summary was made with, null, they are numbers. An error if
/// a body is broken. Linear in what the summary holds.
llvm::Expected<OrderedJson> makeUnit(UnitSummary &Unit, const Model *M);

} // namespace airlock

#endif
