// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether what a summary says can be: that every id is one of its model or of the
// unit itself. The checksum tells that the bytes are those that were written; this,
// that nobody reads beyond a table because of what they say.

#ifndef AIRLOCK_LINK_SOUND_H
#define AIRLOCK_LINK_SOUND_H

#include "model/Model.h"
#include "summary/Summary.h"

namespace airlock {

/// All that stands in a unit but the regions of its bodies.
bool isSound(const UnitSummary &Unit, const Model &M);

/// Those of a body whose calls are Count from First on.
bool isSound(const FunctionRegions &Regions, const Model &M, CallId First, CallId Count);
bool isSound(const FunctionPointers &Pointers, CallId First, CallId Count);

} // namespace airlock

#endif
