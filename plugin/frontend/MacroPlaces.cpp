// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroPlaces.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace airlock {

/// The same answer, found the slow way: what assertions hold ours against.
SourceLocation MacroPlaces::bySourceManager(Question Is, SourceLocation L) const {
  switch (Is) {
  case InFile:
    return SM.getFileLoc(L);
  case Begin:
    return SM.getExpansionLoc(L);
  case End:
    return SM.getExpansionRange(L).getEnd();
  }
  llvm_unreachable("every question is asked of the source manager");
}

/// From a place to the place that its expansion is in, and on, up to a file. All of one
/// expansion have one place; but where an argument is written depends on the token.
SourceLocation MacroPlaces::outwards(Question Is, SourceLocation L) const {
  [[maybe_unused]] const SourceLocation From = L;
  llvm::SmallVector<FileID, 8> Passed;
  while (L.isMacroID()) {
    FileID Id = SM.getFileID(L);
    const SrcMgr::ExpansionInfo &In = SM.getSLocEntry(Id).getExpansion();
    if (Is == InFile && In.isMacroArgExpansion()) {
      L = SM.getImmediateSpellingLoc(L);
      continue;
    }
    if (auto Found = Known[Is].find(Id); Found != Known[Is].end()) {
      L = Found->second;
      break;
    }
    Passed.push_back(Id);
    L = Is == End ? In.getExpansionLocEnd() : In.getExpansionLocStart();
  }
  for (FileID Id : Passed)
    Known[Is][Id] = L;
  assert(L == bySourceManager(Is, From));
  return L;
}

} // namespace airlock
