// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "rules/Rule.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

#define AIRLOCK_RULE(ID, FUNCTION, SUMMARY) void FUNCTION(RuleContext &);
#include "rules/Rules.def"

static const Rule Rules[] = {
#define AIRLOCK_RULE(ID, FUNCTION, SUMMARY) {ID, SUMMARY, FUNCTION},
#include "rules/Rules.def"
};

const CallGraph &RuleContext::graph() {
  if (!Graph)
    Graph.emplace(F);
  return *Graph;
}

namespace {
/// For facts that come without flows: nobody's body is known.
class NoFlows : public FlowSource {
  std::unique_ptr<Flow> flowOf(EntityId, llvm::function_ref<bool(EntityId)>) override {
    return nullptr;
  }
};
} // namespace

UnitRegions &RuleContext::regions() {
  static NoFlows None;
  if (!Regions)
    Regions.emplace(F, M, graph(), Flows ? *Flows : None);
  return *Regions;
}

Effects &RuleContext::effects() {
  if (!Inferred) {
    EffectSet Tracked;
    for (const RegionInfo &R : M.regions())
      Tracked |= M.withKinds(R.Forbids);
    for (const Behaviour &B : F.Behaviours)
      Tracked |= B.Never;
    EffectSet OfUnknown;
    Strict.forEach([&](unsigned Region) { OfUnknown |= M.regions()[Region].Forbids; });
    Inferred.emplace(F, M, graph(), regions(), Tracked, OfUnknown);
  }
  return *Inferred;
}

llvm::ArrayRef<Rule> allRules() { return Rules; }

const Rule *findRule(llvm::StringRef Id) {
  const Rule *Found = llvm::find_if(Rules, [&](const Rule &R) { return R.Id == Id; });
  return Found == std::end(Rules) ? nullptr : Found;
}

namespace {
struct Page {
  llvm::StringRef Id, Text;
};
const Page Pages[] = {
#include "RulePages.inc"
};
} // namespace

llvm::StringRef Rule::page() const {
  for (const Page &P : Pages)
    if (P.Id == Id) // the licence line at its end is the file's, not the reader's
      return P.Text.take_front(P.Text.find("\n<!--"));
  llvm_unreachable("CMakeLists.txt embeds a page for every rule");
}

} // namespace airlock
