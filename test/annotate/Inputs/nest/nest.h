/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef NEST_H
#define NEST_H

#include <airlock.h>

typedef int (*handler_t)(int);

struct ops {
	handler_t first;
	int (*second)(int);
};

int fetch(int value);
handler_t pick(int number);
void use(struct ops *ops, handler_t handler);
int run(struct ops *ops, int value);
int again(int value);

#endif
