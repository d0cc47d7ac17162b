// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A region that is opened for reading is closed for reading. Where the machine does not tell, and its macros are all the
// same, the name that was written is what counts.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DALL_THE_SAME -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int access_ok(const void *p, unsigned long n);

#ifdef ALL_THE_SAME
static inline __attribute__((always_inline)) int user_access_begin(const void *p, unsigned long n)
{
	if (!access_ok(p, n))
		return 0;
	asm volatile("nop");
	return 1;
}
#define user_access_begin(a, b) user_access_begin(a, b)
#define user_access_end() asm volatile("nop" ::: "memory")
#define user_read_access_begin user_access_begin
#define user_read_access_end user_access_end
#define user_write_access_begin user_access_begin
#define user_write_access_end user_access_end
#else
int user_access_begin(const void *p, unsigned long n);
void user_access_end(void);
int user_read_access_begin(const void *p, unsigned long n);
void user_read_access_end(void);
int user_write_access_begin(const void *p, unsigned long n);
void user_write_access_end(void);
#endif

unsigned long user_access_save(void);
void user_access_restore(unsigned long flags);

int as_opened(int *p)
{
	if (!user_read_access_begin(p, 4))
		return -14;
	user_read_access_end();
	if (!user_write_access_begin(p, 4))
		return -14;
	user_write_access_end();
	if (!user_access_begin(p, 4))
		return -14;
	user_access_end();
	return 0;
}

int other_end(int *p)
{
	if (!user_read_access_begin(p, 4))
		return -14;
	user_write_access_end(); // expected-warning-re {{'other_end' {{calls|expands}} 'user_write_access_end', which closes region 'uaccess' for 'write', but it is open for 'read' [airlock-region-balance]}}
	return 0;
}

int end_of_both(int *p)
{
	if (!user_write_access_begin(p, 4))
		return -14;
	user_access_end(); // expected-warning {{which closes region 'uaccess' for 'read' and 'write', but it is open for 'write'}}
	return 0;
}

int end_of_half(int *p)
{
	if (!user_access_begin(p, 4))
		return -14;
	user_read_access_end(); // expected-warning {{which closes region 'uaccess' for 'read', but it is open for 'read' and 'write'}}
	return 0;
}

static inline int begin_here(int *p)
{
	return user_read_access_begin(p, 4);
}

int through_a_helper(int *p, int right)
{
	if (!begin_here(p))
		return -14;
	if (right) {
		user_read_access_end();
		return 0;
	}
	user_access_end(); // expected-warning {{which closes region 'uaccess' for 'read' and 'write', but it is open for 'read'}}
	return 0;
}

// Which it was is in a variable: nothing is said.
int either(int *p, int write)
{
	int ok = write ? user_write_access_begin(p, 4) : user_read_access_begin(p, 4);

	if (!ok)
		return -14;
	if (write)
		user_write_access_end();
	else
		user_read_access_end();
	return 0;
}

// What is restored is open for what it was open for before.
int after_restore(int *p, int right)
{
	unsigned long flags;

	if (!user_read_access_begin(p, 4))
		return -14;
	flags = user_access_save();
	user_access_restore(flags);
	if (right)
		user_read_access_end();
	else
		user_write_access_end(); // expected-warning-re {{'after_restore' {{calls|expands}} 'user_write_access_end', which closes region 'uaccess' for 'write', but it is open for 'read' [airlock-region-balance]}}
	return 0;
}

// Open for one or the other when it was saved: nothing is said.
int either_is_restored(int *p, int write)
{
	unsigned long flags;
	int ok = write ? user_write_access_begin(p, 4) : user_read_access_begin(p, 4);

	if (!ok)
		return -14;
	flags = user_access_save();
	user_access_restore(flags);
	if (write)
		user_write_access_end();
	else
		user_read_access_end();
	return 0;
}
