// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/FirstError.h"
#include "frontend/ClangSourceMap.h"

using namespace clang;

namespace airlock {

bool isUnfit(const DiagnosticsEngine &Engine) {
  return Engine.hasUncompilableErrorOccurred() || Engine.hasUnrecoverableErrorOccurred();
}

FirstError::FirstError(DiagnosticConsumer &Next, llvm::StringRef Root) : Next(Next), Root(Root) {
  takeCounts();
}

/// The compiler's exit status comes from its consumer's count, which is not for us to
/// make: with -verify, what was expected does not count.
void FirstError::takeCounts() {
  NumErrors = Next.getNumErrors();
  NumWarnings = Next.getNumWarnings();
}

std::unique_ptr<FirstError> FirstError::watch(DiagnosticsEngine &Engine, llvm::StringRef Root) {
  std::unique_ptr<DiagnosticConsumer> Owned = Engine.takeClient();
  auto Watching = std::make_unique<FirstError>(*Engine.getClient(), Root);
  Watching->Owned = std::move(Owned);
  Watching->Engine = &Engine;
  Engine.setClient(Watching.get(), /*ShouldOwnClient=*/false);
  return Watching;
}

FirstError::~FirstError() {
  if (!Engine || Engine->getClient() != this)
    return;
  const bool WasOwned = Owned != nullptr;
  Engine->setClient(WasOwned ? Owned.release() : &Next, WasOwned);
}

void FirstError::clear() {
  Next.clear();
  takeCounts();
}

void FirstError::BeginSourceFile(const LangOptions &Language, const Preprocessor *PP) {
  Next.BeginSourceFile(Language, PP);
}

void FirstError::EndSourceFile() {
  Next.EndSourceFile();
  takeCounts();
}

void FirstError::finish() {
  Next.finish();
  takeCounts();
}

bool FirstError::IncludeInDiagnosticCounts() const { return Next.IncludeInDiagnosticCounts(); }

void FirstError::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  Next.HandleDiagnostic(Level, Info);
  takeCounts();
  if (!First.Text.empty() || Level < DiagnosticsEngine::Error || !isUnfit(*Info.getDiags()))
    return;
  llvm::SmallString<128> Text;
  Info.FormatDiagnostic(Text);
  First.Text = Text.str();
  if (!Info.hasSourceManager() || Info.getLocation().isInvalid())
    return;
  // What stands on the command line is in no file.
  const SourceManager &SM = Info.getSourceManager();
  if (SM.getFileEntryRefForID(SM.getFileID(SM.getFileLoc(Info.getLocation()))))
    First.At = ClangSourceMap(SM, Root).placeOf(toLocation(Info.getLocation()));
}

} // namespace airlock
