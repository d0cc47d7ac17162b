// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef GET_H
#define GET_H

int get_value(int n);
int declared(int n);

#endif
