# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Read for each kind of package: what is installed for it (cmake/AirlockInstall.cmake) may ask which one it is.

set(ENV{AIRLOCK_PACKAGE} ${CPACK_GENERATOR})
