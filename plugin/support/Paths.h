// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Paths as reports write them: relative to a root where they are below it.

#ifndef AIRLOCK_SUPPORT_PATHS_H
#define AIRLOCK_SUPPORT_PATHS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace airlock {

/// What is left of Path below Folder, both absolute: empty for the folder itself;
/// false if it is not below it.
bool isBelow(llvm::StringRef Folder, llvm::StringRef Path, llvm::StringRef &Rest);

/// Whether Path is File, or ends in it after a slash.
bool endsIn(llvm::StringRef Path, llvm::StringRef File);

/// An absolute path without dots; relative ones start at the working directory of
/// the process.
std::string absolutePath(llvm::StringRef Path);

/// The same, where relative ones start at Folder.
std::string pathFrom(llvm::StringRef Folder, llvm::StringRef Path);

/// An absolute path without symbolic links, if there is such a file.
std::string realPath(llvm::StringRef Path);

/// Path as seen from Root; an empty root is the working directory.
std::string relativeTo(llvm::StringRef Root, llvm::StringRef Path);

} // namespace airlock

#endif
