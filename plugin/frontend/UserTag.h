// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes `__user` a type tag where the code base has it as nothing: the kernel
// does so for Clang unless debug information with BTF is wanted.

#ifndef AIRLOCK_FRONTEND_USERTAG_H
#define AIRLOCK_FRONTEND_USERTAG_H

namespace clang {
class CompilerInstance;
}

namespace airlock {

/// To be called before the preprocessor starts.
void supplyUserTag(clang::CompilerInstance &CI);

} // namespace airlock

#endif
