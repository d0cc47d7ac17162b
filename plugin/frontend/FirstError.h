// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The first error of a unit, for reports: why it was not analysed.

#ifndef AIRLOCK_FRONTEND_FIRSTERROR_H
#define AIRLOCK_FRONTEND_FIRSTERROR_H

#include "report/Report.h"
#include "clang/Basic/Diagnostic.h"

namespace airlock {

/// Whether a unit has errors that leave nothing to analyse. Ours about annotations are among
/// them; a warning that -Werror makes an error is not, it leaves the tree whole.
bool isUnfit(const clang::DiagnosticsEngine &Engine);

/// Passes all diagnostics on.
class FirstError : public clang::DiagnosticConsumer {
public:
  /// Root: what paths are relative to; empty for the working directory.
  FirstError(clang::DiagnosticConsumer &Next, llvm::StringRef Root);

  /// Stands in front of the consumer that an engine has, for as long as it lives itself. The engine
  /// does not own it: some consumers put others in their place, and theirs back, for a moment.
  static std::unique_ptr<FirstError> watch(clang::DiagnosticsEngine &Engine, llvm::StringRef Root);
  ~FirstError() override;

  /// The first that isUnfit() is about; no text if there is none.
  const Problem &problem() const { return First; }

  void clear() override;
  void BeginSourceFile(const clang::LangOptions &Language, const clang::Preprocessor *PP) override;
  void EndSourceFile() override;
  void finish() override;
  bool IncludeInDiagnosticCounts() const override;
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;

private:
  void takeCounts();

  clang::DiagnosticConsumer &Next;
  /// The same, if it was the engine's own.
  std::unique_ptr<clang::DiagnosticConsumer> Owned;
  clang::DiagnosticsEngine *Engine = nullptr;
  std::string Root;
  Problem First;
};

} // namespace airlock

#endif
