# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""user-shapes.py SHAPE N: print C whose analysis must stay polynomial in N."""

import sys

HEAD = """#include "kernel-api.h"
"""


def sums(n):
    """A sum of n terms: each `+` is around all those before it."""
    yield f"long f(long __user *p, long a) {{ long k; if (copy_from_user(&k, p, 8)) return 0; return {'+'.join(['a', 'k'] * n)}; }}"
    yield f"int g(int); int h(int a) {{ return {'+'.join(['g(a)'] * n)}; }}"


def doubles(n):
    """One term is both operands of the next."""
    yield "static inline unsigned long d(unsigned long x) { return x + x; }"
    yield "unsigned long f(int __user *p, unsigned long a) {"
    yield "unsigned long y, k, z; char b[64];"
    yield "if (copy_from_user(&k, p, sizeof(k))) return 0;"
    yield f"y = {'d(' * n}a{')' * n}; z = {'d(' * n}k{')' * n};"
    yield "if (copy_from_user(b, p + y, z)) return 1;"
    yield "return y + z; }"


def choices(n):
    """A value that is one of two, each of which is one of two."""
    yield "static inline long c(long x) { return x ? x : -x; }"
    yield "long f(int __user *p, long a) { long y; int x;"
    yield f"y = {'c(' * n}access_ok(p, 4){')' * n};"
    yield "if (!y) return -1;"
    yield "return __get_user(x, p) ? 0 : x; }"


def layers(n):
    """n layers of functions, each of which calls all of the next."""
    width = 10
    for i in range(n):
        for j in range(width):
            yield f"int f{i}_{j}(int __user *p);"
    for i in range(n):
        for j in range(width):
            calls = " + ".join(f"f{i + 1}_{k}(p)" for k in range(width)) if i + 1 < n else "last(p)"
            yield (f"static int last(int __user *p) {{ unsafe_put_user(1, p, out); return 0; out: return 1; }}"
                   if (i, j) == (0, 0) else "")
            yield f"int f{i}_{j}(int __user *p) {{ return {calls}; }}"


def copies(n):
    """A variable that gets the value of the variable before it, n times."""
    yield "long f(long __user *p) { long x0;"
    yield "".join(f"long x{i}; " for i in range(1, n))
    yield "if (get_user(x0, p)) return 0;"
    for i in range(1, n):
        yield f"x{i} = !x{i - 1};"
    yield f"if (x{n - 1}) return 1; return x{n - 1}; }}"


def commands(n):
    """One function hands a user address on to n others, and returns what any of them answers."""
    for i in range(n):
        access = "__copy_from_user" if i == n - 1 else "copy_from_user"
        yield f"static int f{i}(void *to, char __user *p) {{ return {access}(to, p, 4) ? -EFAULT : {i}; }}"
    yield "int f(void *to, char __user *p, int what) { int answer; switch (what) {"
    for i in range(n):
        yield f"case {i}: answer = f{i}(to, p); break;"
    yield "default: return -EINVAL; } return answer; }"


def fetches(n):
    """n fetches to n places, all of which may be read later."""
    yield f"long f(long __user *p, long i) {{ long a[{n}], s = 0; while (i--) {{"
    for i in range(n):
        yield f"if (copy_from_user(&a[{i}], p + s, 8)) return 0; s += a[{i}] + i;"
    yield "} return s; }"


def chain(n):
    """Two ways from an access to a root that nobody calls, one of n calls and one of n + 14."""
    yield "int acc(int __user *p) { int x; if (__get_user(x, p)) return -EFAULT; return x; }"
    yield "int mid(int __user *p) { return acc(p); }"
    previous = "mid"
    for i in range(14):
        yield f"int l{i}(int __user *p) {{ return {previous}(p); }}"
        previous = f"l{i}"
    yield f"int x(int __user *p) {{ return {previous}(p) + mid(p); }}"
    previous = "x"
    for i in range(n):
        yield f"int y{i}(int __user *p) {{ return {previous}(p); }}"
        previous = f"y{i}"


print(HEAD + "\n".join(line for line in globals()[sys.argv[1]](int(sys.argv[2])) if line))
