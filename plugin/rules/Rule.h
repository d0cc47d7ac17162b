// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The shape of a rule, and the table of all of them. A rule is one file,
// rules/<id>.cpp, with its page rules/<id>.md beside it; it reads facts and
// the model and reports findings. To add one: write both files, a line in
// Rules.def and one in plugin/CMakeLists.txt, and a folder under test/.

#ifndef AIRLOCK_RULES_RULE_H
#define AIRLOCK_RULES_RULE_H

#include "effects/Analyses.h"
#include "model/Model.h"
#include "rules/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace airlock {

/// What a rule needs to see to judge.
enum class Reach : uint8_t {
  Unit,    // one translation unit says it all; a summary keeps the findings
  Program, // judged again over all summaries together
  Both,    // what one unit says is kept, and all of them say more
};

/// What a rule sees, and where it reports.
class RuleContext {
public:
  RuleContext(Analyses &Of, Reach Needs, llvm::function_ref<void(Finding &&)> Sink,
              llvm::function_ref<bool(AllowId)> IsStale)
      : F(Of.F), M(Of.M), Strict(Of.Strict), Of(Of), Needs(Needs), Sink(Sink), IsStale(IsStale) {}

  const Facts &F;
  const Model &M;
  const RegionSet Strict;

  const CallGraph &graph() { return Of.graph(); }
  RegionSource &regions() { return Of.regions(); }
  /// A rule that judges a unit by itself does not know of others.
  Effects &effects() { return Needs == Reach::Unit ? Of.effects() : Of.effectsEverywhere(); }
  const EffectsElsewhere &elsewhere() const { return Of.elsewhere(); }
  PointerResults &pointers() { return Of.pointers(); }
  UnitPointers *unitPointers() { return Of.unitPointers(); }
  const WrittenCode *code() const { return Of.code(); }

  void report(Finding &&Found) { Sink(std::move(Found)); }

  /// Whether its rule ran and found nothing to silence. To be asked by the last rule.
  bool isStale(AllowId Allow) const { return IsStale(Allow); }

private:
  Analyses &Of;
  const Reach Needs;
  llvm::function_ref<void(Finding &&)> Sink;
  llvm::function_ref<bool(AllowId)> IsStale;
};

struct Rule {
  llvm::StringRef Id;
  Reach Needs;
  /// It never warns.
  bool OnlyAdvises;
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
