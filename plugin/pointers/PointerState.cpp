// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/PointerState.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

void ByteRanges::include(ByteRange R) {
  if (R.isEmpty())
    return;
  llvm::erase_if(*this, [&](ByteRange O) {
    bool Touches = O.Lo <= R.Hi && R.Lo <= O.Hi;
    if (Touches)
      R.include(O);
    return Touches;
  });
  insert(llvm::lower_bound(*this, R, [](ByteRange A, ByteRange B) { return A.Lo < B.Lo; }), R);
  if (size() > MaxSize) {
    (*this)[MaxSize - 1].include(back());
    pop_back();
  }
}

bool PointerState::add(const PointerFact &F) {
  auto At = llvm::lower_bound(Facts, F);
  if (At != Facts.end() && *At == F)
    return false;
  Facts.insert(At, F);
  return true;
}

bool PointerState::join(const PointerState &Other) {
  size_t Before = Facts.size();
  std::vector<PointerFact> All;
  All.reserve(Before + Other.Facts.size());
  std::set_union(Facts.begin(), Facts.end(), Other.Facts.begin(), Other.Facts.end(),
                 std::back_inserter(All));
  Facts = std::move(All);
  return Facts.size() != Before;
}

llvm::ArrayRef<PointerFact> PointerState::all(PointerFact::Kind Is) const {
  auto First = llvm::partition_point(Facts, [&](const PointerFact &F) { return F.Is < Is; });
  auto Last = llvm::partition_point(Facts, [&](const PointerFact &F) { return F.Is <= Is; });
  return {Facts.data() + (First - Facts.begin()), size_t(Last - First)};
}

llvm::ArrayRef<PointerFact> PointerState::all(PointerFact::Kind Is, TermId Of) const {
  llvm::ArrayRef<PointerFact> Kind = all(Is);
  auto First = llvm::partition_point(Kind, [&](const PointerFact &F) { return F.Of < Of; });
  auto Last = std::find_if(First, Kind.end(), [&](const PointerFact &F) { return F.Of != Of; });
  return {First, Last};
}

void PointerState::cutRefetched(TermId Of, ByteRange Bytes) {
  llvm::SmallVector<PointerFact, 2> Left;
  eraseIf([&](const PointerFact &F) {
    if (F.Is != PointerFact::Refetched || F.Of != Of || !F.Bytes.overlaps(Bytes))
      return false;
    for (ByteRange Rest : {ByteRange{F.Bytes.Lo, Bytes.Lo}, ByteRange{Bytes.Hi, F.Bytes.Hi}})
      if (!Rest.isEmpty()) {
        Left.push_back(F);
        Left.back().Bytes = Rest;
      }
    return true;
  });
  for (const PointerFact &F : Left)
    add(F);
}

void PointerState::cutFetched(TermId Other, ByteRange Bytes) {
  llvm::SmallVector<PointerFact, 2> Left;
  eraseIf([&](const PointerFact &F) {
    if (F.Is != PointerFact::Fetched || F.Other != Other)
      return false;
    std::optional<int64_t> By = llvm::checkedSub(F.OtherLo, F.Bytes.Lo);
    ByteRange There = F.Bytes.moved(By);
    if (!By || !There.overlaps(Bytes))
      return false;
    for (ByteRange Rest : {ByteRange{There.Lo, Bytes.Lo}, ByteRange{Bytes.Hi, There.Hi}})
      if (!Rest.isEmpty()) {
        Left.push_back(F);
        Left.back().Bytes = Rest.movedBack(*By);
        Left.back().OtherLo = Rest.Lo;
      }
    return true;
  });
  for (const PointerFact &F : Left)
    add(F);
}

} // namespace airlock
