// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "rules/Rule.h"
#include "rules/Weakness.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

#define AIRLOCK_RULE(ID, FUNCTION, NEEDS, SUMMARY) void FUNCTION(RuleContext &);
#include "rules/Rules.def"

static const Rule Rules[] = {
#define AIRLOCK_RULE(ID, FUNCTION, NEEDS, SUMMARY) {ID, Reach::NEEDS, false, SUMMARY, FUNCTION},
#define AIRLOCK_ADVICE(ID, FUNCTION, NEEDS, SUMMARY) {ID, Reach::NEEDS, true, SUMMARY, FUNCTION},
#include "rules/Rules.def"
};

llvm::ArrayRef<Rule> allRules() { return Rules; }

const Rule *findRule(llvm::StringRef Id) {
  const Rule *Found = llvm::find_if(Rules, [&](const Rule &R) { return R.Id == Id; });
  return Found == std::end(Rules) ? nullptr : Found;
}

static const Weakness Weaknesses[] = {
#define AIRLOCK_WEAKNESS(ID, CWE, SCORE) {ID, CWE, SCORE},
#include "rules/Rules.def"
};

const Weakness *findWeakness(llvm::StringRef Rule) {
  const Weakness *Found =
      llvm::find_if(Weaknesses, [&](const Weakness &W) { return W.Rule == Rule; });
  return Found == std::end(Weaknesses) ? nullptr : Found;
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
