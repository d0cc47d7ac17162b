// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroPlaces.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace airlock {

/// From a place to the place that Around says its expansion is in, and on, up to a file. All of
/// one expansion have one place; but where an argument is written depends on the token.
SourceLocation MacroPlaces::outwards(SourceLocation L, Memo &Known, bool LeavesArguments,
                                     SourceLocation (Expansion::*Around)() const) const {
  llvm::SmallVector<FileID, 8> Passed;
  while (L.isMacroID()) {
    FileID Id = SM.getFileID(L);
    const Expansion &In = SM.getSLocEntry(Id).getExpansion();
    if (LeavesArguments && In.isMacroArgExpansion()) {
      L = SM.getImmediateSpellingLoc(L);
      continue;
    }
    if (auto Found = Known.find(Id); Found != Known.end()) {
      L = Found->second;
      break;
    }
    Passed.push_back(Id);
    L = (In.*Around)();
  }
  for (FileID Id : Passed)
    Known[Id] = L;
  return L;
}

SourceLocation MacroPlaces::inFile(SourceLocation L) const {
  if (L.isFileID())
    return L;
  SourceLocation Place =
      outwards(L, InFile, /*LeavesArguments=*/true, &Expansion::getExpansionLocStart);
  assert(Place == SM.getFileLoc(L));
  return Place;
}

SourceLocation MacroPlaces::expansion(SourceLocation L) const {
  if (L.isFileID())
    return L;
  SourceLocation Place =
      outwards(L, Begin, /*LeavesArguments=*/false, &Expansion::getExpansionLocStart);
  assert(Place == SM.getExpansionLoc(L));
  return Place;
}

SourceLocation MacroPlaces::expansionEnd(SourceLocation L) const {
  if (L.isFileID())
    return L;
  SourceLocation Place =
      outwards(L, End, /*LeavesArguments=*/false, &Expansion::getExpansionLocEnd);
  assert(Place == SM.getExpansionRange(L).getEnd());
  return Place;
}

} // namespace airlock
