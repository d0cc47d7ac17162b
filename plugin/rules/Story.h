// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The sentences that several rules tell their paths with: one step a call, a
// first step for how the chain starts, a last one for the reason it ends in.

#ifndef AIRLOCK_RULES_STORY_H
#define AIRLOCK_RULES_STORY_H

#include "rules/Rule.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

/// Where a call is written by its author: the outermost expansion around it.
Location placeOf(const Facts &F, const Call &C);

/// Of very many steps behind the first From, those in the middle become one.
void shorten(std::vector<Step> &Path, size_t From);

/// "'a' calls 'b' here", one step for each call of the chain.
void tellCalls(const Facts &F, llvm::ArrayRef<CallId> Chain, std::vector<Step> &Path);

/// The expansions around a call, outermost first, then the call itself.
llvm::SmallVector<CallId, 4> framesOf(const Facts &F, CallId Id);
/// A step for each of them.
void tellFrames(const Facts &F, CallId Id, std::vector<Step> &Path);
/// The expansions around a call, and the call itself only if there are any.
void tellFramesAbove(const Facts &F, CallId Id, std::vector<Step> &Path);

/// That a function is stored in a slot, or passed to a function.
void tellStore(const Facts &F, const Store &S, std::vector<Step> &Path);

/// That Function was passed to another one, which calls it.
void tellPassed(const Facts &F, EntityId Function, EntityId To, std::vector<Step> &Path);

/// Where Function was stored in Slot.
void tellStore(const Facts &F, EntityId Function, EntityId Slot, std::vector<Step> &Path);

/// How Function gets called when no call of it is seen: the slot it is stored in.
void tellRoot(const Facts &F, EntityId Function, std::vector<Step> &Path);

/// Why Subject carries the context: its declaration, or the model that says so.
void tellQualifier(const Facts &F, const Model &M, EntityId Subject, unsigned Context,
                   std::vector<Step> &Path);

/// The same in words, of a primitive of that name.
Text textOfPrimitive(const Model &M, llvm::StringRef Name, unsigned Effect,
                     llvm::ArrayRef<StatedCondition> When);
/// That a primitive has an effect, and on which condition.
void tellPrimitive(const Facts &F, const Model &M, EntityId Primitive, unsigned Effect,
                   std::vector<Step> &Path);

/// One of these effects that is no special case of another of them; the kinds of an effect are
/// promised with it, and one word says it.
std::optional<unsigned> mostGeneral(const Model &M, EffectSet Of);

/// The function that a finding is in, or NoEntity for file scope.
void setFunction(const Facts &F, EntityId Function, Finding &Found);

/// The sentence for each kind of implicit conversion: %0 from, %1 to, %3 callee or function.
const char *conversionText(Site Kind, bool ParameterHasName);

/// The qualifier written at each place in Target where it is missing.
std::vector<FixIt> addQualifier(const Model &M, const Entity &Target, unsigned Context);

/// The macro of a spelling: "__in_context" of "__in_context(vhost)".
llvm::StringRef macroOf(llvm::StringRef Spelling);

/// Fix-its that write a macro, with the #include that the macro needs there; none if it
/// is not known what defines it.
std::vector<FixIt> withHeader(RuleContext &C, llvm::StringRef Macro, std::vector<FixIt> Fixes);

/// Where the macro of such fix-its comes from, if it is not defined there.
void tellMacro(RuleContext &C, llvm::StringRef Macro, llvm::ArrayRef<FixIt> Fixes,
               llvm::StringRef Function, std::vector<Step> &Path);

/// Both, for a finding.
void offer(RuleContext &C, llvm::StringRef Macro, std::vector<FixIt> Fixes, Finding &Found);

} // namespace airlock

#endif
