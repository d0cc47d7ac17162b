// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The text of a unit's files, asked for what is reported: see facts/WrittenCode.h.

#ifndef AIRLOCK_FRONTEND_SOURCETEXT_H
#define AIRLOCK_FRONTEND_SOURCETEXT_H

#include "facts/WrittenCode.h"
#include "clang/Basic/SourceLocation.h"

namespace clang {
class Preprocessor;
} // namespace clang

namespace airlock {

/// Whether a macro may be written at a place of a file: it is defined there, and in a
/// header by the header itself or on the command line, not by who includes it.
bool hasMacro(clang::Preprocessor &PP, llvm::StringRef Name, clang::SourceLocation At);

class SourceText : public WrittenCode {
public:
  /// Keeps references to both.
  SourceText(clang::Preprocessor &PP, const Facts &F) : PP(PP), F(F) {}

  uint32_t ofCall(CallId Id) const override;
  uint32_t ofLine(Location At) const override;
  MacroNeed needOf(llvm::StringRef Macro, Location At) const override;

private:
  std::string headerFor(llvm::StringRef Macro, clang::FileID From) const;

  clang::Preprocessor &PP;
  const Facts &F;
};

} // namespace airlock

#endif
