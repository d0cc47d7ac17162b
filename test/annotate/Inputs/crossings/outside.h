/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What is not in scope. */
struct outside_ops {
	int (*load)(int);
};
void outside_register(const struct outside_ops *ops, void *cookie);
void outside_call(int (*fn)(int));
void outside_anything(void *data);
void outside_print(const char *format, ...);
void outside_work(void (*fn)(int));
