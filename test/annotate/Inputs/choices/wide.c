// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// No waist: what the two ways in share, they do not share with each other.
#include <airlock.h>

int fetch(int value);

static int a(int value) { return fetch(value); }
static int b(int value) { return value ? fetch(value) : a(value); }
int first(int value) { return a(value) + b(value); }
int second(int value) { return a(value) - b(value); }
int third(int value) { return first(value); }
int (*table[])(int) = { second, third };
