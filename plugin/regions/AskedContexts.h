// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What code has found out about the contexts that it runs in, by a test at run time:
// `if (qemu_in_coroutine()) co_work();`. The rule and `airlock annotate` ask for a call
// that would be wrong without; most units have no such test at all.

#ifndef AIRLOCK_REGIONS_ASKEDCONTEXTS_H
#define AIRLOCK_REGIONS_ASKEDCONTEXTS_H

#include "regions/RegionSource.h"
#include <functional>

namespace airlock {

class AskedContexts {
public:
  /// Regions is called when somebody has to look, and a test is there to be found.
  AskedContexts(const Facts &F, std::function<RegionSource &()> Regions);

  struct Answers {
    /// The contexts that the code is in, and is not in, on every way to the call.
    ContextSet Inside, Outside;
  };
  Answers at(CallId Id);

private:
  const Facts &F;
  std::function<RegionSource &()> Regions;
  /// Whether anything that the unit names answers such a question.
  bool Any;
  /// The function that was asked about last: its calls stand together.
  EntityId Last = NoEntity;
  std::shared_ptr<const FunctionRegions> Body;
};

} // namespace airlock

#endif
