// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Questions to git, of the work tree that the working directory is in.

#ifndef AIRLOCK_TOOLS_GIT_H
#define AIRLOCK_TOOLS_GIT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace airlock {

/// What it writes; an error with the first line that it complains in, or if there is no git.
llvm::Expected<std::string> runGit(llvm::ArrayRef<llvm::StringRef> Arguments);

} // namespace airlock

#endif
