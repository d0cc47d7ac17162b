// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Budget.h"
#include "llvm/Support/ErrorHandling.h"

namespace airlock {

llvm::StringRef nameOf(AnalysisKind By) {
  switch (By) {
  case AnalysisKind::Regions:
    return "regions";
  case AnalysisKind::Pointers:
    return "pointers";
  case AnalysisKind::Effects:
    return "effects";
  case AnalysisKind::Callers:
    return "callers";
  }
  llvm_unreachable("an analysis without a name");
}

llvm::StringRef nameOf(Limit L) {
  switch (L) {
  case Limit::Steps:
    return "steps";
  case Limit::States:
    return "states";
  case Limit::Depth:
    return "depth";
  }
  llvm_unreachable("a limit without a name");
}

} // namespace airlock
