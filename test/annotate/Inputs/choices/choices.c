// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Three ways in, a waist of one, and two ways from there to the seed.
#include <airlock.h>

int fetch(int value);

static int left(int value) { return fetch(value); }
static int right(int value) { return fetch(value + 1); }
static int lower_waist(int value) { return left(value) + right(value); }
static int upper_waist(int value) { return lower_waist(value); }
static int middle(int value) { return upper_waist(value); }
int first(int value) { return middle(value); }
int second(int value) { return middle(value); }
int third(int value) { return upper_waist(value) + middle(value); }
int outside(int value) { return first(value); }
