// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/States.h"

namespace airlock {

bool States::mayJoin(const PathState &A, const PathState &B, const Joining &By) const {
  switch (Kept) {
  case ByValues:
    return A.agrees(B, By.Telling, By.Body);
  case ByRegions:
    return A.sameRegions(B);
  case Nothing:
    break;
  }
  return true;
}

uint32_t States::size() const {
  uint32_t Size = All.size();
  for (const PathState &S : All)
    Size += S.facts().size();
  return Size;
}

bool States::add(PathState S, Joining &By, ValueId Apart) {
  By.Spent.step(1 + S.facts().size());
  auto IsApart = [&](const PathState &Mine) {
    return Apart != NoValue && !(Mine.known(Apart, By.Body) == S.known(Apart, By.Body));
  };
  for (PathState &Mine : All)
    if (mayJoin(Mine, S, By) && !IsApart(Mine))
      return Mine.join(S, By.Body);
  All.push_back(std::move(S));
  // First the values that tell paths apart are given up, then the paths.
  while (All.size() > Budget::States) {
    By.Spent.giveUp(Limit::States);
    By.Collapsed = true;
    Kept = static_cast<KeptApart>(Kept + 1);
    llvm::SmallVector<PathState, 2> Before = std::move(All);
    All.clear();
    for (PathState &Each : Before) {
      auto Same = llvm::find_if(All, [&](PathState &O) { return mayJoin(O, Each, By); });
      if (Same == All.end())
        All.push_back(std::move(Each));
      else
        Same->join(Each, By.Body);
    }
  }
  return true;
}

} // namespace airlock
