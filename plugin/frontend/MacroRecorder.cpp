// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/MacroRecorder.h"
#include "model/Model.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroArgs.h"
#include "clang/Lex/MacroInfo.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace airlock {

MacroRecorder::MacroRecorder(Preprocessor &PP, const Model &M)
    : PP(PP), SM(PP.getSourceManager()), Places(SM), M(M),
      ForceName(PP.getIdentifierInfo("__force")) {
  for (const auto &Entry : M.Macro)
    Qualifying[PP.getIdentifierInfo(Entry.getKey())] = &Entry.getValue();
}

/// Apart, so that those that mean nothing pay nothing for it.
LLVM_ATTRIBUTE_NOINLINE void MacroRecorder::noteMeaning(const Token &Name, const MacroInfo &Macro,
                                                        SourceRange Range, const MacroArgs *Args) {
  const IdentifierInfo *II = Name.getIdentifierInfo();
  if (II == ForceName) {
    Forces.push_back({Name.getLocation(), Places.expansion(Name.getLocation())});
    return;
  }
  const FunctionModel *Known = modelOf(II);
  if (Known) {
    if ((Known->Acquires || Known->Releases) && Name.getLocation().isFileID())
      Markers.push_back({Name.getLocation(), Known->Acquires.Value});
    ModelledAt.push_back(Places.expansion(Name.getLocation()));
    if (Args)
      noteArguments(II, Name.getLocation(), Range, *Args, Known->touchesUserPointers());
    else if (Known->touchesUserPointers())
      noteAlias(Name.getLocation(), &Macro);
    Definitions[II] = Macro.getDefinitionLoc();
    ExpandedQualified |= bool(Known->InContext) || bool(Known->ContextEntry);
  } else if (Aliased.contains(II)) {
    // An alias that is known of a macro that is not.
    if (Args)
      noteArguments(II, Name.getLocation(), Range, *Args, /*IsWanted=*/false);
  }
  if (auto Means = Qualifying.find(II); Means != Qualifying.end()) {
    Spellings.push_back({SM.getExpansionRange(Range).getAsRange(), Means->second});
    ExpandedQualified = true;
  } else if (!Known && !Aliased.contains(II)) {
    Meaningless.insert(II);
  }
}

/// A macro without parameters, and the macro that its body ends with, through others like it.
void MacroRecorder::noteAlias(SourceLocation Name, const MacroInfo *Alias) {
  WithoutArguments.insert(Name);
  llvm::SmallPtrSet<const MacroInfo *, 2> Seen;
  while (Alias && Seen.insert(Alias).second && !Alias->tokens_empty()) {
    const IdentifierInfo *Last = Alias->tokens().back().getIdentifierInfo();
    Alias = Last ? PP.getMacroInfo(Last) : nullptr;
    if (Alias && Alias->isFunctionLike()) {
      Aliased.insert(Last);
      Meaningless.erase(Last);
      return;
    }
  }
}

/// Of a macro with parameters, and of the aliases around it: macros without, whose bodies end
/// with its name, so that the parentheses stand behind them.
void MacroRecorder::noteArguments(const IdentifierInfo *Of, SourceLocation Name, SourceRange Range,
                                  const MacroArgs &Args, bool IsWanted) {
  llvm::SmallVector<SourceLocation, 1> Around;
  if (Aliased.contains(Of))
    forEachAlias(Name, Range.getEnd(), SM, [&](SourceLocation Alias) {
      if (WithoutArguments.contains(Alias))
        Around.push_back(Alias);
    });
  if (!IsWanted && Around.empty())
    return;
  llvm::SmallVector<SourceLocation, 4> Starts;
  for (unsigned I = 0; I < Args.getNumMacroArguments(); ++I)
    Starts.push_back(Args.getUnexpArgument(I)->getLocation());
  SourceLocation Inner = Name;
  for (SourceLocation Alias : Around) {
    Arguments[Alias] = Starts;
    Aliases[Inner] = Alias;
    Inner = Alias;
  }
  Arguments[Name] = std::move(Starts);
}

const FunctionModel *MacroRecorder::modelOf(const IdentifierInfo *Name) const {
  auto [Known, IsNew] = Models.try_emplace(Name, nullptr);
  if (IsNew)
    Known->second = M.function(Name->getName());
  return Known->second;
}

bool MacroRecorder::checksAddress(const IdentifierInfo *Macro) const {
  constexpr size_t MaxNames = 128; // an accessor is made of a dozen
  auto [Known, IsNew] = Checking.try_emplace(Macro, false);
  if (!IsNew)
    return Known->second;
  llvm::SmallSetVector<const IdentifierInfo *, 16> Names;
  Names.insert(Macro);
  bool Checks = false;
  for (size_t I = 0; I < Names.size() && Names.size() < MaxNames && !Checks; ++I)
    if (const MacroInfo *Body = PP.getMacroInfo(Names[I]))
      for (const Token &Word : Body->tokens())
        if (const IdentifierInfo *Name = Word.getIdentifierInfo()) {
          const FunctionModel *Of = modelOf(Name);
          Checks |= Of && Of->Validates;
          if (Name->hasMacroDefinition())
            Names.insert(Name);
        }
  return Checking[Macro] = Checks;
}

static bool isBefore(SourceLocation A, SourceLocation B) {
  return A.getRawEncoding() < B.getRawEncoding();
}

void MacroRecorder::finish() {
  // A function's body may include a file: what is expanded there counts at the
  // place of the #include, too. So places of one file are all one has to compare.
  ModelledPlaces.insert(ModelledAt.begin(), ModelledAt.end());
  llvm::DenseSet<FileID> Seen;
  for (size_t I = 0; I < ModelledAt.size(); ++I) {
    FileID File = SM.getFileID(ModelledAt[I]);
    SourceLocation Include = SM.getIncludeLoc(File);
    if (Seen.insert(File).second && Include.isValid())
      ModelledAt.push_back(Include);
  }
  llvm::sort(ModelledAt, isBefore);
  llvm::sort(Markers, [](const MarkerExpansion &A, const MarkerExpansion &B) {
    return isBefore(A.Name, B.Name);
  });
  llvm::sort(Forces, [](const Force &A, const Force &B) { return isBefore(A.InFile, B.InFile); });
}

bool MacroRecorder::expandsModelled(SourceRange R) const {
  SourceLocation Begin = Places.expansion(R.getBegin());
  SourceLocation End = Places.expansionEnd(R.getEnd());
  if (SM.getFileID(Begin) != SM.getFileID(End))
    return true;
  auto First = llvm::lower_bound(ModelledAt, Begin, isBefore);
  return First != ModelledAt.end() && !isBefore(End, *First);
}

llvm::ArrayRef<MarkerExpansion> MacroRecorder::markersAfter(SourceLocation L) const {
  auto First = llvm::lower_bound(
      Markers, L, [](const MarkerExpansion &A, SourceLocation B) { return isBefore(A.Name, B); });
  return llvm::ArrayRef(Markers).drop_front(First - Markers.begin());
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

/// The place where an argument of a macro is written; anything else as it is.
static SourceLocation written(SourceLocation L, const SourceManager &SM) {
  while (L.isMacroID() && SM.isMacroArgExpansion(L))
    L = SM.getImmediateSpellingLoc(L);
  return L;
}

/// Whether two places of a file are in one argument of a macro call: no comma
/// and no end of the parentheses between them.
bool MacroRecorder::inOneArgument(SourceLocation A, SourceLocation B) const {
  if (SM.getFileID(A) != SM.getFileID(B))
    return false;
  if (B < A)
    std::swap(A, B);
  int Depth = 0;
  std::optional<Token> Next = Lexer::findNextToken(A, SM, PP.getLangOpts());
  while (Next && Next->getLocation() < B) {
    Depth += Next->is(tok::l_paren) ? 1 : Next->is(tok::r_paren) ? -1 : 0;
    if (Depth < 0 || Next->is(tok::semi) || (Depth == 0 && Next->is(tok::comma)))
      return false;
    Next = Lexer::findNextToken(Next->getLocation(), SM, PP.getLangOpts());
  }
  return Depth == 0;
}

bool MacroRecorder::isForced(SourceRange Parens, SourceRange Type) const {
  SourceRange InFile(Places.expansion(Parens.getBegin()), Places.expansionEnd(Parens.getEnd()));
  SourceRange Written(written(Parens.getBegin(), SM), written(Parens.getEnd(), SM));
  // `CAST(__force T, x)`: the parentheses are the macro's, the type is the caller's.
  bool TypeIsArgument = Written.getBegin().isMacroID() && Type.getBegin().isMacroID() &&
                        SM.isMacroArgExpansion(Type.getBegin());
  SourceLocation TypeInFile = Places.inFile(Type.getBegin());
  auto Before = [](const Force &F, SourceLocation L) { return isBefore(F.InFile, L); };
  auto First = llvm::lower_bound(Forces, InFile.getBegin(), Before);
  for (; First != Forces.end() && !isBefore(InFile.getEnd(), First->InFile); ++First)
    if (inside(First->Token, Written) ||
        (TypeIsArgument && inOneArgument(First->InFile, TypeInFile)))
      return true;
  return false;
}

} // namespace airlock
