// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A struct or an array of qualified fields is copied, passed and pointed to without dropping anything.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include <airlock.h>

struct ops {
	int (*run)(int) __uaccess;
	int (*table[2])(int) __uaccess;
	union {
		int (*in_union)(int) __uaccess;
		void *data;
	};
};

struct device {
	struct ops ops;
	const struct ops *ptr;
};

#define offset_of(type, member) __builtin_offsetof(type, member)
#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offset_of(type, member)))

void by_value(struct ops);
void by_pointer(const struct ops *);
void by_data(void *);
void *copy_bytes(void *, const void *, unsigned long);
struct ops make(void);

struct ops copies(struct device *d, struct ops *a, struct ops *b)
{
	struct ops local = *a;
	struct ops list[2] = { *a, *b };
	struct device dev = { .ops = *a, .ptr = b };

	*a = *b;
	*a = list[0];
	*a = make();
	*a = (struct ops){};
	d->ops = local;
	d->ptr = a;
	*d = dev;
	by_value(*a);
	by_pointer(a);
	by_data(a);
	by_data(&a->run);
	copy_bytes(a, b, sizeof(*a));
	d = container_of(a, struct device, ops);
	return d->ops;
}
