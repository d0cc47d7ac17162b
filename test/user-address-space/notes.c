// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The notes say where each side is declared; a cast can be fixed by what a note offers, and is never by itself.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=note:
#include <airlock.h>

struct req { char __user *from; };
void take(const char *text);
void *make(void);

char __user *all(struct req *r, char __user *u)
{
	// CHECK: notes.c:[[#@LINE+3]]:7: warning: passing 'r->from' to parameter 'text' of 'take' drops '__user'
	// CHECK: notes.c:6:27: note: 'req.from' is declared here, with '__user'
	// CHECK: notes.c:7:23: note: 'text' is declared here, without '__user'
	take(r->from);
	// CHECK: notes.c:[[#@LINE+4]]:7: warning: cast of 'u + 1' to 'char *' drops '__user'
	// CHECK: notes.c:10:46: note: 'u' is declared here, with '__user'
	// CHECK: notes.c:[[#@LINE+2]]:8: note: to say that it is intended, write '__force' here
	// CHECK: fix-it:{{.*}}:{[[#@LINE+1]]:8-[[#@LINE+1]]:8}:"__force "
	take((char *)(u + 1));
	// CHECK: notes.c:[[#@LINE+2]]:2: warning: 'u' points into user memory, which is written as if it were the kernel's; use 'put_user'
	// CHECK: notes.c:10:46: note: 'u' is declared here, with '__user'
	*u = 1;
	// CHECK: notes.c:[[#@LINE+2]]:9: warning: returning 'make()' from 'all' makes it a '__user' pointer; cast with '__force' if it is intended
	// CHECK: notes.c:8:7: note: 'make' is declared here, without '__user'
	return make();
}
