// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a language server says of one file: `airlock check` of it, through the same cache.

#ifndef AIRLOCK_TOOLS_LSPANALYSIS_H
#define AIRLOCK_TOOLS_LSPANALYSIS_H

#include "Commands.h"
#include "LspDiagnostics.h"

namespace airlock {

/// Paths of models as seen from Folder; the names of those that are built in are no paths.
std::vector<std::string> modelsFrom(llvm::StringRef Folder, llvm::ArrayRef<std::string> Models);

/// An analysis that gave nothing, in the form of analyseFile().
nlohmann::json makeFailure(llvm::StringRef Uri, llvm::StringRef Why, LspLevel Level);

/// Analyses a file, in this process, whose working directory changes. Workspace: its folder.
/// Returns an object:
///
///   "files"     see makeDiagnostics(); with them what keeps the file from being analysed
///   "read"      the real paths of all that was read
///   "messages"  what the user is to be told once
nlohmann::json analyseFile(const LspRequest &Request, llvm::StringRef File,
                           llvm::StringRef Workspace, const LspClient &Client,
                           llvm::function_ref<std::string(llvm::StringRef)> Uri);

} // namespace airlock

#endif
