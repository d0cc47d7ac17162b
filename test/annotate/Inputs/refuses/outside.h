/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#define DEFINE_CALL(name) int name(int value)
