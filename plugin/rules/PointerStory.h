// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the rules about user pointers share: what a model says of a callee, who
// passes an address that nobody checked, and the sentences about it.

#ifndef AIRLOCK_RULES_POINTERSTORY_H
#define AIRLOCK_RULES_POINTERSTORY_H

#include "rules/RegionStory.h"

namespace airlock {

/// What a model says that a callee does with user pointers; null if nothing. In a
/// program, too.
const FunctionModel *userRole(RuleContext &C, const Entity &Callee);

/// An access whose address is not made sure of in its function, nor by those who
/// pass it in.
struct Unsure {
  EntityId Function;
  const Passing *Access;
  /// The calls that pass the address on, outermost first; none if the function has
  /// it from user memory, or from callers that are not seen.
  std::vector<CallId> Chain;
};

/// What a field keeps, somebody may have made sure of before it was kept.
enum FromFields : uint8_t { SureFields, FieldsToo };

/// Calls Visit for each access that nobody makes sure of. IsSure says whether a
/// passing made sure; Fields, whether who passes what a field keeps has to.
void forEachUnsure(RuleContext &C, FromFields Fields,
                   llvm::function_ref<bool(const Passing &)> IsSure,
                   llvm::function_ref<void(const Unsure &)> Visit);

/// "'f' passes it to 'g' here", for each call of the chain, and how the first
/// function is called where nobody calls it.
void tellPassing(RuleContext &C, const Unsure &Of, std::vector<Step> &Path);

/// The names that a model has for what would be right, for messages; the shortest of
/// each kind. Takes a while: for who has something to report.
struct OfferedNames {
  std::string Check, Opener, Barrier;
  /// Accessors that check and read, or write, one value.
  std::string Reader, Writer;
};
OfferedNames offeredNames(const Model &M);

/// Calls Visit with every function of the unit that does something with user
/// pointers; of a program, with none.
void forEachAnalysed(RuleContext &C,
                     llvm::function_ref<void(EntityId, const PointerAnalysis &)> Visit);

/// The regions in which user memory is open to accesses.
RegionSet userRegions(const Model &M);

/// "4 bytes", "1 byte".
std::string bytes(int64_t Count);

} // namespace airlock

#endif
