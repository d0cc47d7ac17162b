// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/CallRecorder.h"
#include "clang/AST/Expr.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

CallId CallRecorder::expansionOf(const MacroFrame *Frame) {
  const std::pair Key(Frame, Sites.Bodies.lookup(Here.In));
  auto Known = Sites.OfExpansion.find(Key);
  if (Known != Sites.OfExpansion.end())
    return Known->second;
  CallId Around = Frame->Outer ? expansionOf(Frame->Outer) : NoCall;
  Call New{Here.In, Entities.of(*Frame), toLocation(Frame->At), Around, Here.Allowed};
  New.Place = toLocation(Places.inFile(Frame->Expanded));
  const Entity &Macro = Into.Entities[New.Callee];
  Into.Calls.push_back(New);
  CallId Id = Into.Calls.size() - 1;
  if (Macro.changesRegions())
    Into.Statements[Id] = statement();
  if (Macro.Opaque)
    OpaqueAt[Frame->Expanded] = Id;
  return Sites.OfExpansion[Key] = Id;
}

/// Where something can be put in front of the call, for fix-its.
StatementPlace CallRecorder::statement() const {
  SourceLocation At = Places.expansion(Here.At.Statement);
  return {toLocation(At), toLocation(Here.At.Block), Lexer::getIndentationForLine(At, SM)};
}

CallId CallRecorder::add(EntityId Id, SourceLocation At, const CallExpr *C) {
  CallId Known = NoCall;
  if (Here.seenAlready(WalkPosition::CallNote, At, &Known)) {
    if (C && Known != NoCall)
      Sites.OfExpr[C].push_back(Known);
    return NoCall;
  }
  if (Here.In == NoEntity)
    return NoCall;
  Call New{Here.In, Id, toLocation(At), Here.Outer, Here.Allowed};
  New.Place = toLocation(Places.inFile(At));
  Into.Calls.push_back(New);
  CallId Made = Into.Calls.size() - 1;
  if (Into.Entities[Id].changesRegions())
    Into.Statements[Made] = statement();
  if (C && At.isMacroID() && !OpaqueAt.empty() && SM.isMacroArgExpansion(At))
    if (std::optional<Hoist> H = hoistOf(C))
      Into.Hoists[Made] = *H;
  Here.noteCall(At, Made);
  if (C)
    Sites.OfExpr[C].push_back(Made);
  return Made;
}

/// The last place that gives a value to what the expression reads.
SourceLocation CallRecorder::lastChangeOf(const Stmt *S, bool &Movable) const {
  SourceLocation Last;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    Last = LastChange.lookup(Ref->getDecl());
  // What is assigned in the argument itself must stay where it is.
  if (const auto *B = dyn_cast<BinaryOperator>(S))
    Movable &= !B->isAssignmentOp();
  if (const auto *U = dyn_cast<UnaryOperator>(S))
    Movable &= !U->isIncrementDecrementOp();
  Movable &= !isa<StmtExpr>(S);
  for (const Stmt *Child : S->children())
    if (Child) {
      SourceLocation Theirs = lastChangeOf(Child, Movable);
      if (Last.isInvalid() || (Theirs.isValid() && Last < Theirs))
        Last = Theirs;
    }
  return Last;
}

/// For a call that is written in an argument of an opaque macro.
std::optional<Hoist> CallRecorder::hoistOf(const CallExpr *C) {
  CallId Expansion = NoCall;
  for (SourceLocation L = C->getBeginLoc(); L.isMacroID();) {
    if (!SM.isMacroArgExpansion(L))
      return std::nullopt; // from the body of a macro in the argument
    // Where the parameter is used in the body, and where the body is expanded.
    SourceLocation Use = SM.getImmediateExpansionRange(L).getBegin();
    auto Found = OpaqueAt.find(SM.getImmediateExpansionRange(Use).getBegin());
    if (Found != OpaqueAt.end())
      Expansion = Found->second;
    L = SM.getImmediateSpellingLoc(L);
  }
  if (Expansion == NoCall)
    return std::nullopt;
  SourceLocation From = Places.inFile(C->getBeginLoc());
  SourceLocation To =
      Lexer::getLocForEndOfToken(Places.inFile(C->getEndLoc()), 0, SM, Context.getLangOpts());
  Hoist H;
  H.Macro = Into.callee(Into.Calls[Expansion]).Name;
  H.Movable = SM.getFileID(From) == SM.getFileID(To) && From < To && !C->getType()->isVoidType();
  H.Statement = toLocation(Places.expansion(Here.At.Statement));
  H.Block = toLocation(Here.At.Block);
  H.Around = toLocation(Places.expansion(Here.At.Around));
  H.IsPlain = Here.At.IsPlain;
  H.From = toLocation(From);
  H.To = toLocation(To);
  H.After = toLocation(lastChangeOf(C, H.Movable));
  if (H.Movable)
    H.Text = Into.Strings.save(
        Lexer::getSourceText(CharSourceRange::getCharRange(From, To), SM, Context.getLangOpts()));
  return H;
}

} // namespace airlock
