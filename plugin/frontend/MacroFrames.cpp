// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroFrames.h"
#include "model/Model.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

const MacroFrame *MacroFrames::at(SourceLocation L) {
  if (!L.isMacroID())
    return nullptr;
  FileID Expansion = SM.getFileID(L);
  auto Known = Cache.find(Expansion);
  if (Known != Cache.end())
    return Known->second;

  const MacroFrame *Result;
  if (SM.isMacroArgExpansion(L)) {
    Result = at(SM.getImmediateMacroCallerLoc(L));
  } else {
    SourceLocation Caller = SM.getImmediateExpansionRange(L).getBegin();
    const IdentifierInfo *Name =
        PP.getIdentifierInfo(Lexer::getImmediateMacroName(L, SM, PP.getLangOpts()));
    const MacroFrame *Outer = at(Caller);
    // In a macro's body the name is written in the macro's definition.
    SourceLocation At = Outer ? SM.getSpellingLoc(Caller) : SM.getFileLoc(Caller);
    const FunctionModel *Known = Recorder.modelOf(Name);
    auto *Frame = new (Memory) MacroFrame{
        Outer, Name, At, Outer ? Outer->Modelled : nullptr, Known, Outer && Outer->Opaque};
    if (Known) {
      Frame->Modelled = Frame;
      Frame->Opaque |= Known->Opaque.Value;
    }
    Result = Frame;
  }
  Cache[Expansion] = Result;
  return Result;
}

} // namespace airlock
