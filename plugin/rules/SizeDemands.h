// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sizes that come in through parameters: a function copies as many bytes as it is told,
// into something that has so much room. Its callers are held to that, and theirs.

#ifndef AIRLOCK_RULES_SIZEDEMANDS_H
#define AIRLOCK_RULES_SIZEDEMANDS_H

#include "pointers/Room.h"

namespace airlock {

/// A copy: how many bytes, and the argument that has to have room for them.
struct SizedCopy {
  TermId Size;
  const UserArgument *Object;
};

/// What a value has to be, for a copy not to go too far.
struct SizeDemand {
  /// Which parameter; or, Behind it, what is in memory there.
  uint8_t Parameter = 0;
  std::optional<int64_t> Behind;
  uint8_t Width = 0;
  bool IsUnsigned = false;
  int64_t Least = Extent::Least, Most = Extent::Most;
  /// No more than what this parameter points to has; Most says nothing then.
  std::optional<uint8_t> RoomOf;
  /// The copy, in a callee of those callees that the chain leads through, the next first.
  EntityId In = NoEntity;
  CallId Copy = NoCall;
  llvm::SmallVector<CallId, 2> Chain;
  llvm::StringRef Text;
  Room Has;
};

/// A caller that passes what it should not.
struct SizeBreach {
  const SizeDemand *Demand;
  const UserEvent *Call;
  bool MayBeNegative;
  Room Has;
};

class SizeDemands {
public:
  /// Notes what a copy demands of the callers of the function that it is in.
  void note(EntityId Function, const PointerAnalysis &P, const PointerState &At, const UserEvent &E,
            const SizedCopy &Copy);
  /// Looks at one call: visits what it should not pass, and notes what the function demands
  /// of its own callers for it. Callees come before their callers.
  void check(EntityId Function, const PointerAnalysis &P, const PointerState &At,
             const UserEvent &E, llvm::function_ref<void(const SizeBreach &)> Visit);

private:
  void keep(EntityId Function, SizeDemand &&New);
  void passOn(EntityId Function, const PointerAnalysis &P, const PointerState &At,
              const UserEvent &E, const SizeDemand &Theirs, Room Has);

  llvm::DenseMap<EntityId, llvm::SmallVector<SizeDemand, 1>> Demands;
};

/// How a size breaks the room there is.
enum class Breach : uint8_t { None, TooLarge, Negative };
Breach breachOf(Extent Size, Room Has);

} // namespace airlock

#endif
