// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Bytes in a section of the object that is being compiled. Neither loaded nor
// linked into a program (SHF_EXCLUDE), and nothing else of the object changes.

#ifndef AIRLOCK_FRONTEND_EMBEDDEDSECTION_H
#define AIRLOCK_FRONTEND_EMBEDDEDSECTION_H

#include "llvm/ADT/StringRef.h"

namespace clang {
class CompilerInstance;
}

namespace airlock {

/// To be called before code is generated for the unit as a whole.
void embedSection(clang::CompilerInstance &CI, llvm::StringRef Name, llvm::StringRef Bytes);

} // namespace airlock

#endif
