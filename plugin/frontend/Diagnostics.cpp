// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Diagnostics.h"
#include "frontend/Locations.h"
#include "solver/Options.h"
#include "support/Paths.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include <set>

using namespace clang;

namespace airlock {

static std::vector<FixItHint> hints(const std::vector<FixIt> &FixIts) {
  std::vector<FixItHint> Hints;
  Hints.reserve(FixIts.size());
  for (const FixIt &Fix : FixIts)
    Hints.push_back(
        Fix.End.isValid()
            ? FixItHint::CreateReplacement(
                  CharSourceRange::getCharRange(toClang(Fix.At), toClang(Fix.End)), Fix.Insert)
            : FixItHint::CreateInsertion(toClang(Fix.At), Fix.Insert));
  return Hints;
}

/// What the compiler's flags say of the findings of a rule. Its own diagnostics alone have groups
/// that -W switches, so what is written there is read here; the last word counts.
static DiagnosticsEngine::Level levelOf(const Finding &F, bool Werror,
                                        const DiagnosticsEngine &Engine) {
  bool IsShown = true, IsError = Werror || Engine.getWarningsAsErrors();
  for (llvm::StringRef Flag : Engine.getDiagnosticOptions().Warnings) {
    const bool On = !Flag.consume_front("no-");
    const bool IsOfErrors = Flag.consume_front("error=");
    if (!Flag.consume_front("airlock") ||
        !(Flag.empty() || (Flag.consume_front("-") && Flag == F.Rule)))
      continue;
    if (IsOfErrors)
      IsError = On;
    if (On || !IsOfErrors)
      IsShown = On;
  }
  if (!IsShown)
    return DiagnosticsEngine::Ignored;
  if (F.Level == Severity::Advice)
    return DiagnosticsEngine::Remark;
  return IsError ? DiagnosticsEngine::Error : DiagnosticsEngine::Warning;
}

/// Where a step is, in a file that the unit may not have read; its text says so if there is none.
static SourceLocation locate(Location At, const SourceMap &Map, llvm::StringRef Root,
                             SourceManager &SM, std::string &Text) {
  if (!isElsewhere(At))
    return toClang(At);
  const Place Is = Map.placeOf(At);
  if (auto File = SM.getFileManager().getOptionalFileRef(pathFrom(Root, Is.File)))
    return SM.translateLineCol(SM.getOrCreateFileID(*File, SrcMgr::C_User), Is.Line, Is.Column);
  Text += " (" + Is.File + ":" + std::to_string(Is.Line) + ")";
  return SourceLocation();
}

void emitDiagnostics(const std::vector<Finding> &Findings, const SourceMap &Map,
                     const Options &Wanted, bool Applied, DiagnosticsEngine &Engine) {
  const unsigned Note = Engine.getCustomDiagID(DiagnosticsEngine::Note, "%0");

  SourceManager &SM = Engine.getSourceManager();
  std::vector<const Finding *> InOrder;
  for (const Finding &F : Findings)
    if (!F.Suppressed && levelOf(F, Wanted.Werror, Engine) != DiagnosticsEngine::Ignored)
      InOrder.push_back(&F);
  llvm::sort(InOrder, [&](const Finding *A, const Finding *B) {
    SourceLocation AtA = toClang(A->At), AtB = toClang(B->At);
    return AtA == AtB ? A < B : SM.isBeforeInTranslationUnit(AtA, AtB);
  });

  std::set<std::pair<uint32_t, std::string>> Put;
  auto IsNew = [&](const FixIt &Fix) {
    return !Applied || Fix.End.isValid() || Put.insert({Fix.At.Raw, Fix.Insert}).second;
  };
  for (const Finding *F : InOrder) {
    std::vector<FixIt> FixIts;
    llvm::copy_if(F->FixIts, std::back_inserter(FixIts), IsNew);
    Engine.Report(toClang(F->At),
                  Engine.getCustomDiagID(levelOf(*F, Wanted.Werror, Engine), "%0 [airlock-%1]"))
        << F->Message.str() << F->Rule << llvm::ArrayRef(hints(FixIts));
    for (const Step &S : F->Path) {
      std::string Text = S.What.str();
      const SourceLocation At = locate(S.At, Map, Wanted.Root, SM, Text);
      Engine.Report(At, Note) << Text << llvm::ArrayRef(hints(S.FixIts));
    }
  }
}

} // namespace airlock
