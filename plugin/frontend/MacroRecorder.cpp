// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroRecorder.h"
#include "model/Model.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace airlock {

class MacroRecorder::Callbacks : public PPCallbacks {
public:
  explicit Callbacks(MacroRecorder &R) : R(R) {}

  void MacroExpands(const Token &Name, const MacroDefinition &Definition, SourceRange Range,
                    const MacroArgs *) override {
    const IdentifierInfo *II = Name.getIdentifierInfo();
    if (II == R.ForceName) {
      R.Forces.push_back({Name.getLocation(), R.SM.getExpansionLoc(Name.getLocation())});
      return;
    }
    if (const FunctionModel *Known = R.Modelled.lookup(II)) {
      R.ModelledAt.push_back(R.SM.getExpansionLoc(Name.getLocation()));
      R.Definitions[II] = Definition.getMacroInfo()->getDefinitionLoc();
      R.ExpandedQualified |= bool(Known->InContext) || bool(Known->ContextEntry);
    }
    if (const QualifierModel *Means = R.SpellingModels.lookup(II)) {
      R.Spellings.push_back({R.SM.getExpansionRange(Range).getAsRange(), Means});
      R.ExpandedQualified = true;
    }
  }

private:
  MacroRecorder &R;
};

MacroRecorder::MacroRecorder(Preprocessor &PP, const Model &M)
    : PP(PP), SM(PP.getSourceManager()), ForceName(PP.getIdentifierInfo("__force")) {
  for (const auto &Entry : M.functions())
    Modelled[PP.getIdentifierInfo(Entry.getKey())] = &Entry.getValue();
  for (const auto &Entry : M.Macro)
    SpellingModels[PP.getIdentifierInfo(Entry.getKey())] = &Entry.getValue();
}

std::unique_ptr<PPCallbacks> MacroRecorder::makeCallbacks() {
  return std::make_unique<Callbacks>(*this);
}

static bool isBefore(SourceLocation A, SourceLocation B) {
  return A.getRawEncoding() < B.getRawEncoding();
}

void MacroRecorder::finish() {
  // An #include in the middle of a file puts that file's places between.
  llvm::sort(ModelledAt, isBefore);
}

bool MacroRecorder::expandsModelled(SourceRange R) const {
  auto First = llvm::lower_bound(ModelledAt, R.getBegin(), isBefore);
  return First != ModelledAt.end() && !isBefore(R.getEnd(), *First);
}

/// Whether the token stands between two places, at the level of those places.
bool MacroRecorder::inside(SourceLocation Force, SourceRange Range) const {
  FileID Level = SM.getFileID(Range.getBegin());
  if (SM.getFileID(Range.getEnd()) != Level)
    return false;
  while (true) {
    if (SM.getFileID(Force) == Level)
      return Range.getBegin().getRawEncoding() <= Force.getRawEncoding() &&
             Force.getRawEncoding() <= Range.getEnd().getRawEncoding();
    if (Force.isFileID())
      return false;
    Force = SM.getImmediateMacroCallerLoc(Force);
  }
}

bool MacroRecorder::isForced(SourceRange Parens, SourceRange TypeRange) const {
  SourceRange InFile(SM.getExpansionRange(Parens.getBegin()).getBegin(),
                     SM.getExpansionRange(Parens.getEnd()).getEnd());
  // A macro argument is written in the caller's parentheses: `CAST(__force T, x)`.
  // There the cast's type reaches from the argument's first token to its last.
  std::optional<SourceRange> Argument;
  if (TypeRange.getBegin().isMacroID() && SM.isMacroArgExpansion(TypeRange.getBegin()) &&
      SM.isMacroArgExpansion(TypeRange.getEnd()))
    Argument = SourceRange(SM.getImmediateMacroCallerLoc(TypeRange.getBegin()),
                           SM.getImmediateMacroCallerLoc(TypeRange.getEnd()));

  for (const Force &F : Forces) {
    if (!inside(F.InFile, InFile))
      continue;
    if (inside(F.Token, Parens) || (Argument && inside(F.Token, *Argument)))
      return true;
    // In front of the argument's type, with nothing between but more of the type.
    if (Argument && F.Token.isFileID() && Argument->getBegin().isFileID()) {
      SourceLocation At = Lexer::getLocForEndOfToken(F.Token, 0, SM, PP.getLangOpts());
      std::optional<Token> Next = Lexer::findNextToken(F.Token, SM, PP.getLangOpts());
      while (Next && Next->getLocation() < Argument->getBegin() &&
             Next->isOneOf(tok::raw_identifier, tok::kw_const, tok::kw_volatile))
        Next = Lexer::findNextToken(Next->getLocation(), SM, PP.getLangOpts());
      if (At.isValid() && Next && Next->getLocation() == Argument->getBegin())
        return true;
    }
  }
  return false;
}

} // namespace airlock
