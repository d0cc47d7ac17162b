// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Recursion: a qualified function may call itself, and a cycle is judged edge by edge.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int __uaccess walk(int n)
{
	return n ? walk(n - 1) : 0;
}

int plain_walk(int n)
{
	return n ? plain_walk(n - 1) : 0;
}

int odd(int) __uaccess;

int __uaccess even(int n)
{
	return n ? odd(n - 1) : 1;
}

int odd(int n)
{
	return n ? even(n - 1) : 0;
}

int pong(int);

int __uaccess ping(int n)
{
	return n ? pong(n - 1) : 0;
}

int pong(int n)
{
	return n ? ping(n - 1) : 0; // expected-warning {{'pong' calls 'ping', which needs context 'uaccess'}}
}
