// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// airlock why --context: the calls that lead to what needs a context, and not through what crosses into it.
// RUN: rm -rf %t && mkdir %t && cp %s %t/context.c && cd %t
// RUN: not %airlock check context.c --summary a.sum -- -I %src/annotations/include > out.txt
// DEFINE: %{f} =
// DEFINE: %{why} = %airlock why %{f} --context uaccess --all a.sum | FileCheck %s --match-full-lines --check-prefix
#include <airlock.h>

int needs(int n) __uaccess;
int __uaccess needs_too(int n) { return needs(n); }
int plain(int n) { return needs_too(n) + needs(n); }
int entry(int n) __context_entry(uaccess);
int entry(int n) { return needs(n); }
int crosses(int n) { return entry(n); }
struct ops {
	int (*run)(int) __uaccess;
};
int through(struct ops *ops) { return ops->run(1); }

// REDEFINE: %{f} = plain
// RUN: %{why} PLAIN
//      PLAIN:context.c:11:27: 'plain' calls 'needs_too' here
// PLAIN-NEXT:context.c:10:5: 'needs_too' is declared here as needing context 'uaccess'
// PLAIN-EMPTY:
// PLAIN-NEXT:context.c:11:42: 'plain' calls 'needs' here
// PLAIN-NEXT:context.c:9:18: 'needs' is declared here as needing context 'uaccess'
// PLAIN-EMPTY:
// PLAIN-NEXT:2 paths from 'plain' to context 'uaccess'

// REDEFINE: %{f} = entry
// RUN: %{why} ENTRY
//      ENTRY:context.c:13:27: 'entry' calls 'needs' here
// ENTRY-NEXT:context.c:9:18: 'needs' is declared here as needing context 'uaccess'
//      ENTRY:1 path from 'entry' to context 'uaccess'

// REDEFINE: %{f} = through
// RUN: %{why} SLOT
//      SLOT:context.c:18:39: 'through' calls through 'ops.run' here
// SLOT-NEXT:context.c:{{[0-9:]+}} 'ops.run' is declared here as needing context 'uaccess'

// RUN: %exits 1 %airlock why crosses --context uaccess --all a.sum | FileCheck %s --match-full-lines --check-prefix NONE
//      NONE:no path from 'crosses' to context 'uaccess'
