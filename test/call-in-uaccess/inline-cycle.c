// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Inline functions that call each other are safe in a region only if none of them calls out, wherever one begins to look.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify %s
void begin(void) __attribute__((airlock_enters("uaccess")));
void end(void) __attribute__((airlock_exits("uaccess")));
int plain(int n); // expected-note 2 {{'plain' has no definition in this translation unit}}

static inline int odd(int n);
static inline int even(int n)
{
	return n ? odd(n - 1) : 1; // expected-note 2 {{'even' calls 'odd' here}}
}

static inline int odd(int n)
{
	return n ? even(n - 1) : plain(n); // expected-note 2 {{'odd' calls 'plain' here}}
}

static inline int left(int n);
static inline int right(int n)
{
	return n ? left(n - 1) : 1;
}

static inline int left(int n)
{
	return n ? right(n - 1) : 0;
}

int uses(int n)
{
	begin(); // expected-note 2 {{}}
	n += even(n); // expected-warning {{'uses' calls 'even' while}}
	n += even(n); // expected-warning {{'uses' calls 'even' while}}
	n += left(n) + right(n);
	end();
	return n;
}
