// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/PathState.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

namespace airlock {

static Known atStart(ValueId V, const Flow &F) {
  const FlowValue &Value = F.Values[V];
  if (Value.Is == FlowValue::Variable && Value.Parameter)
    return Known::parameter(*Value.Parameter);
  return Known();
}

template <typename List> static auto find(List &Pairs, ValueId V) {
  auto It = llvm::lower_bound(Pairs, V, [](const auto &P, ValueId Id) { return P.first < Id; });
  return std::pair(It, It != Pairs.end() && It->first == V);
}

Known PathState::known(ValueId V, const Flow &F) const {
  auto [It, Found] = find(Facts, V);
  const FlowValue &Value = F.Values[V];
  Known K = Found ? It->second : atStart(V, F);
  if (!Found && Value.Is == FlowValue::Masked)
    K = known(Value.Base, F).masked(Value.Mask);
  if (Value.Test != NoEntity)
    K.Answer = Value.Test;
  return K;
}

bool PathState::learn(ValueId V, const Known &K) {
  auto [It, Found] = find(Facts, V);
  if (!Found)
    Facts.insert(It, {V, K});
  else if (It->second == K)
    return false;
  else
    It->second = K;
  return true;
}

void PathState::assign(ValueId V, Known K, const Flow &F) {
  for (ValueId D : F.Values[V].Dependents) {
    auto [It, Found] = find(Facts, D);
    if (Found)
      Facts.erase(It);
  }
  for (auto &Fact : Facts)
    if (Fact.second.Copy == V)
      Fact.second.Copy = NoValue;
  if (!K.saysNothing() || F.Values[V].Parameter) {
    learn(V, K);
    return;
  }
  auto [It, Found] = find(Facts, V);
  if (Found)
    Facts.erase(It);
}

RegionDepth PathState::depth(unsigned Region) const {
  for (const RegionDepth &D : Depths)
    if (D.Region == Region)
      return D;
  return {Region, 0, 0, NoCall};
}

void PathState::setDepth(RegionDepth D) {
  auto It = llvm::lower_bound(
      Depths, D.Region, [](const RegionDepth &A, unsigned Region) { return A.Region < Region; });
  bool Found = It != Depths.end() && It->Region == D.Region;
  if (D.Lo == 0 && D.Hi == 0) {
    if (Found)
      Depths.erase(It);
  } else if (Found) {
    *It = D;
  } else {
    Depths.insert(It, D);
  }
}

bool PathState::isSaved(unsigned Region) const {
  return llvm::any_of(Saved, [&](const SavedRegion &Was) { return Was.Region == Region; });
}

std::optional<bool> PathState::opened(ValueId Scope) const {
  auto [It, Found] = find(Opened, Scope);
  return Found ? std::optional<bool>(It->second) : std::nullopt;
}

void PathState::setOpened(ValueId Scope, bool Did) {
  auto [It, Found] = find(Opened, Scope);
  if (Found)
    It->second = Did;
  else
    Opened.insert(It, {Scope, Did});
}

bool PathState::sameRegions(const PathState &O) const {
  return std::equal(Depths.begin(), Depths.end(), O.Depths.begin(), O.Depths.end(),
                    [](const RegionDepth &A, const RegionDepth &B) { return A.sameDepth(B); }) &&
         Restored == O.Restored &&
         std::equal(Saved.begin(), Saved.end(), O.Saved.begin(), O.Saved.end(),
                    [](const SavedRegion &A, const SavedRegion &B) {
                      return A.Region == B.Region && A.Lo == B.Lo && A.Hi == B.Hi;
                    });
}

bool PathState::agrees(const PathState &O, llvm::ArrayRef<ValueId> Telling, const Flow &F) const {
  return ReturnedAt == O.ReturnedAt && JumpedAt == O.JumpedAt && sameRegions(O) &&
         llvm::all_of(Telling,
                      [&](ValueId V) { return known(V, F).number() == O.known(V, F).number(); });
}

bool PathState::join(const PathState &O, const Flow &F) {
  bool Changed = false;
  // What only the other knows is forgotten anyway, unless a parameter changed there.
  for (const auto &[V, K] : O.Facts)
    if (F.Values[V].Parameter && !find(Facts, V).second) {
      Known Joined = atStart(V, F).join(K);
      if (!(Joined == atStart(V, F))) {
        learn(V, Joined);
        Changed = true;
      }
    }
  for (size_t I = 0; I < Facts.size();) {
    auto &[V, K] = Facts[I];
    Known Joined = K.join(O.known(V, F));
    Changed |= !(Joined == K);
    K = Joined;
    if (K.saysNothing() && !F.Values[V].Parameter)
      Facts.erase(Facts.begin() + I);
    else
      ++I;
  }
  for (size_t I = 0; I < Opened.size();) {
    if (O.opened(Opened[I].first) == Opened[I].second) {
      ++I;
      continue;
    }
    Opened.erase(Opened.begin() + I);
    Changed = true;
  }
  auto JoinFlavours = [&](FlavourSet &Mine, FlavourSet Theirs) {
    if (Mine.empty() || Mine == Theirs)
      return;
    Mine = FlavourSet();
    Changed = true;
  };
  for (RegionDepth &D : Depths) {
    RegionDepth Other = O.depth(D.Region);
    bool Mixes = !D.Mixed && (Other.Mixed || D.Openers != Other.Openers);
    JoinFlavours(D.Flavour, Other.Flavour);
    Changed |= !(Other.Used - D.Used).empty();
    D.Used |= Other.Used;
    D.Mixed |= Mixes;
    Changed |= Mixes;
  }
  for (size_t I = 0; I < Saved.size() && I < O.Saved.size(); ++I)
    JoinFlavours(Saved[I].Flavour, O.Saved[I].Flavour);
  // Only states that agree are joined, or those that must be because there
  // are too many: then the bounds part.
  for (const RegionDepth &D : O.Depths) {
    RegionDepth Mine = depth(D.Region);
    RegionDepth Both = {D.Region, std::min(Mine.Lo, D.Lo), std::max(Mine.Hi, D.Hi),
                        Mine.By == NoCall ? D.By : std::min(Mine.By, D.By)};
    if (!Both.sameDepth(Mine)) {
      setDepth(Both);
      Changed = true;
    }
  }
  for (RegionDepth Mine : llvm::SmallVector<RegionDepth, 2>(Depths)) {
    RegionDepth Other = O.depth(Mine.Region);
    RegionDepth Both = {Mine.Region, std::min(Mine.Lo, Other.Lo), std::max(Mine.Hi, Other.Hi),
                        Mine.By};
    if (!Both.sameDepth(Mine)) {
      setDepth(Both);
      Changed = true;
    }
  }
  if (O.ReturnedAt.isValid() && (!ReturnedAt.isValid() || O.ReturnedAt.Raw < ReturnedAt.Raw))
    ReturnedAt = O.ReturnedAt;
  return Changed;
}

} // namespace airlock
