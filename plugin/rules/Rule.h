// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The shape of a rule, and the table of all of them. A rule is one file,
// rules/<id>.cpp, with its page rules/<id>.md beside it; it reads facts and
// the model and reports findings. To add one: write both files, a line in
// Rules.def and one in plugin/CMakeLists.txt, and a folder under test/.

#ifndef AIRLOCK_RULES_RULE_H
#define AIRLOCK_RULES_RULE_H

#include "effects/Effects.h"
#include "facts/CallGraph.h"
#include "model/Model.h"
#include "rules/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace airlock {

/// What a rule sees, and where it reports.
class RuleContext {
public:
  RuleContext(const Facts &F, const Model &M, FlowSource *Flows, RegionSet Strict,
              llvm::function_ref<void(Finding &&)> Sink)
      : F(F), M(M), Strict(Strict), Sink(Sink), Flows(Flows) {}

  const Facts &F;
  const Model &M;
  /// Regions in which what nothing is known of is taken for the worst.
  const RegionSet Strict;

  // Each is built when the first rule needs it.
  const CallGraph &graph();
  UnitRegions &regions();
  Effects &effects();

  void report(Finding &&Found) { Sink(std::move(Found)); }

private:
  llvm::function_ref<void(Finding &&)> Sink;
  FlowSource *Flows;
  std::optional<CallGraph> Graph;
  std::optional<UnitRegions> Regions;
  std::optional<Effects> Inferred;
};

struct Rule {
  llvm::StringRef Id;
  /// One line for lists.
  llvm::StringRef Summary;
  void (*Run)(RuleContext &);

  /// The rule's page, in Markdown.
  llvm::StringRef page() const;
};

/// In the order of Rules.def.
llvm::ArrayRef<Rule> allRules();
const Rule *findRule(llvm::StringRef Id);

} // namespace airlock

#endif
