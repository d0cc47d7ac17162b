// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The paths that are looked for in a PathGraph, told like those of findings. A label
// stands for a call, with the macros that it comes out of, or for a function that
// is stored in a slot.

#ifndef AIRLOCK_QUERY_STEPS_H
#define AIRLOCK_QUERY_STEPS_H

#include "rules/Story.h"

namespace airlock {

class Label {
public:
  /// An edge that the next label tells about.
  static constexpr uint32_t Silent = ~uint32_t(0);
  static uint32_t call(CallId Id) { return Id; }
  static uint32_t store(size_t Index) { return StoreBit | static_cast<uint32_t>(Index); }
  static bool isStore(uint32_t Label) { return Label & StoreBit; }
  static CallId callOf(uint32_t Label) { return Label; }
  static size_t storeOf(uint32_t Label) { return Label & ~StoreBit; }

private:
  static constexpr uint32_t StoreBit = uint32_t(1) << 31;
};

/// A step and where it leads; NoEntity for one that says something of where it is.
struct QueryStep {
  Step What;
  EntityId To;
};

/// The expansions around a call, outermost first, then the call; those below Macro
/// only, if it is one of them.
llvm::SmallVector<CallId, 4> framesOf(const Facts &F, CallId Id, EntityId Macro = NoEntity);

/// One step for each call and each expansion. Start is where the path begins.
std::vector<QueryStep> tellLabels(const Facts &F, EntityId Start, llvm::ArrayRef<uint32_t> Labels);

/// "argument 2 of 'f' is true". A condition that comes down to that of the primitive is said in
/// its words.
std::string tellCondition(const Facts &F, const ArgumentCondition &If, EntityId Function,
                          EntityId Primitive);

} // namespace airlock

#endif
