// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Clang knows which places are conversions: it warns where a plain function gains 'nonblocking'.  A qualified function
// that loses its context is the same with the sign turned round, so both must report the same lines.
// NEEDS marks what our rule looks at, GIVES what Clang's looks at: each run defines one of the two.
// RUN: %clang -fsyntax-only -Wfunction-effects -Wno-unused-value -DORACLE -I %src/annotations/include -Xclang -verify=both,oracle %s
// RUN: %airlock_cc -Wno-unused-value -Xclang -verify=both,airlock -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

#ifdef ORACLE
#define NEEDS
#define GIVES __attribute__((nonblocking))
#else
#define NEEDS __uaccess
#define GIVES
#endif

typedef int (*from_t)(int) NEEDS;
typedef int (*to_t)(int) GIVES;

struct ops {
	int (*run)(int) GIVES;
	to_t table[2];
	struct {
		to_t in;
	} nested;
	union {
		to_t in_union;
		int number;
	};
};

int f(int) NEEDS;
extern from_t from;
extern to_t to;
int take(to_t cb);
int take_spelled(int (*cb)(int) GIVES);
int take_unnamed(int, to_t);
int (*take_ptr)(to_t);
void side(void);

to_t global = f; // both-warning-re {{ {{should not be added|drops context}} }}
int (*global_spelled)(int) GIVES = &f; // both-warning-re {{ {{should not be added|drops context}} }}
struct ops ops = {
	.run = f, // both-warning-re {{ {{should not be added|drops context}} }}
	.table = {
		f, // both-warning-re {{ {{should not be added|drops context}} }}
		[1] = f, // both-warning-re {{ {{should not be added|drops context}} }}
	},
	.nested.in = f, // both-warning-re {{ {{should not be added|drops context}} }}
	.in_union = f, // both-warning-re {{ {{should not be added|drops context}} }}
};
to_t array[4] = {
	[0 ... 3] = f, // both-warning-re {{ {{should not be added|drops context}} }}
};

to_t returns(int n)
{
	if (n)
		return from; // both-warning-re {{ {{should not be added|drops context}} }}
	return f; // both-warning-re {{ {{should not be added|drops context}} }}
}

void sites(struct ops *s, to_t *pp, int c)
{
	to_t a = f; // both-warning-re {{ {{should not be added|drops context}} }}
	static to_t kept = f; // both-warning-re {{ {{should not be added|drops context}} }}
	to_t b = to;

	a = f; // both-warning-re {{ {{should not be added|drops context}} }}
	a = from; // both-warning-re {{ {{should not be added|drops context}} }}
	a = &f; // both-warning-re {{ {{should not be added|drops context}} }}
	a = *f; // both-warning-re {{ {{should not be added|drops context}} }}
	a = (f); // both-warning-re {{ {{should not be added|drops context}} }}
	s->run = f; // both-warning-re {{ {{should not be added|drops context}} }}
	// Clang 19 counts the decay of the array as a conversion of its own; 22 does not.
	s->table[1] = f; // both-warning-re {{ {{should not be added|drops context}} }} oracle-warning 0-1 {{should not be added}}
	s->nested.in = f; // both-warning-re {{ {{should not be added|drops context}} }}
	s->in_union = f; // both-warning-re {{ {{should not be added|drops context}} }}
	*pp = f; // both-warning-re {{ {{should not be added|drops context}} }}
	pp[1] = from; // both-warning-re {{ {{should not be added|drops context}} }}
	a = b = f; // both-warning-re {{ {{should not be added|drops context}} }}
	a = c ? f : b; // both-warning-re {{ {{should not be added|drops context}} }}
	a = c ? b : f; // both-warning-re {{ {{should not be added|drops context}} }}
	a = from ?: b; // both-warning-re {{ {{should not be added|drops context}} }}
	a = (side(), f); // both-warning-re {{ {{should not be added|drops context}} }}
	a = ({ side(); f; }); // both-warning-re {{ {{should not be added|drops context}} }}
	a = __builtin_choose_expr(1, f, b); // both-warning-re {{ {{should not be added|drops context}} }}
	a = _Generic(c, int: f, default: b); // both-warning-re {{ {{should not be added|drops context}} }}
	take(f); // both-warning-re {{ {{should not be added|drops context}} }}
	take_spelled(from); // both-warning-re {{ {{should not be added|drops context}} }}
	take_unnamed(1, f); // both-warning-re {{ {{should not be added|drops context}} }}
	take_ptr(f); // both-warning-re {{ {{should not be added|drops context}} }}
	*s = (struct ops){
		.run = f, // both-warning-re {{ {{should not be added|drops context}} }}
	};
	a = (to_t){ f }; // both-warning-re {{ {{should not be added|drops context}} }}
	__atomic_store_n(&a, f, 0); // both-warning-re {{ {{should not be added|drops context}} }}
	side();
	(void)kept;
}

// No conversion for either.
void clean(struct ops *s, struct ops *t, to_t b, int c)
{
	to_t a = b;
	from_t g = f;
	_Bool flag = from;

	a = c ? b : to;
	g = from;
	g = b;
	g = (side(), f);
	flag = from == g || from == b || from;
	flag = !from && from != 0;
	(void)f;
	*s = *t;
	take(b);
	take(to);
	if (from && flag)
		a = (__force to_t)f;
	(void)a;
	(void)sizeof(from);
}

// What Clang's check does not see and ours must.
void data(void *arg);
void variadic(int, ...);

void beyond_the_oracle(void)
{
	void *d = f; // airlock-warning {{drops context 'uaccess'}}

	d = from; // airlock-warning {{drops context 'uaccess'}}
	data(f); // airlock-warning {{drops context 'uaccess'}}
	variadic(1, f); // airlock-warning {{drops context 'uaccess'}}
	asm volatile("" : : "r"(from)); // airlock-warning {{drops context 'uaccess'}}
	side();
}

// A cast without __force is context-cast's matter; Clang lets every cast pass.
void casts(void)
{
	to_t a = (to_t)f; // airlock-warning {{cast of 'f' to 'to_t' drops context 'uaccess'}}

	(void)a;
}
