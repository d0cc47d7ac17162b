// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A report as the language server protocol says it: diagnostics, and the edits of their
// fix-its. Knows nothing of who asks for them, nor of Clang.

#ifndef AIRLOCK_TOOLS_LSPDIAGNOSTICS_H
#define AIRLOCK_TOOLS_LSPDIAGNOSTICS_H

#include "UnitResult.h"
#include "report/Report.h"
#include "llvm/ADT/ArrayRef.h"
#include <nlohmann/json.hpp>

namespace airlock {

/// Of DiagnosticSeverity; and of MessageType, but for the last two.
enum class LspLevel { Error = 1, Warning, Information, Log };

/// "file:///a%20b.c"
std::string uriOf(llvm::StringRef AbsolutePath);
/// The path of a URI of the scheme "file" on this machine.
std::optional<std::string> pathOf(llvm::StringRef Uri);

/// The absolute path of a file in a report: below the first of the folders that has it.
std::string locate(llvm::StringRef File, llvm::ArrayRef<std::string> Folders);

/// What an editor can do.
struct LspClient {
  /// Columns are bytes; else units of UTF-16.
  bool CountsBytes = false;
  /// It shows places that belong to a diagnostic; if not, they stand in its text.
  bool ShowsRelated = false;
};

/// What there is to say of the whole of a file, on its first line.
nlohmann::json makeNotice(llvm::StringRef Text, LspLevel Level);

/// What a report is looked at for.
struct LspView {
  /// What its paths are relative to: the first one that has the file.
  llvm::ArrayRef<std::string> Folders;
  LspClient Client;
  /// What was analysed, by real paths.
  llvm::ArrayRef<UnitInput> Read;
  /// Leave out what is found elsewhere.
  bool OnlyRead = false;
  /// How the editor calls a file, by its absolute path.
  llvm::function_ref<std::string(llvm::StringRef)> Uri;
};

/// What a report finds, as an object by the URI of the file where it is:
///
///   "hash"      of the text that was analysed; 0 if that is not known
///   "found"     an array of {"diagnostic", "fix"}; the latter only where there is one:
///                 "title"
///                 "files"  by URI: {"hash", "edits"}, which belong together
nlohmann::json makeDiagnostics(const Report &R, const LspView &View);

} // namespace airlock

#endif
