// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The header's macro drops a context on purpose, and leaves everything else: the type, which is checked as without it, and
// the code.
// RUN: %airlock_cc -Wall -Wextra -Wpedantic -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DOTHER -Xclang -verify=other -Xclang -verify-ignore-unexpected=note %s
// RUN: gcc -Wall -Wextra -std=gnu11 -I %src/annotations/include -S -o %t.with.s %s -fno-ident
// RUN: sed 's/__airlock_cross(/(/' %s > %t.c && gcc -w -std=gnu11 -I %src/annotations/include -S -o %t.without.s %t.c -fno-ident
// RUN: grep -v '[.]file' %t.with.s > %t.with && grep -v '[.]file' %t.without.s > %t.without && cmp %t.with %t.without
#include <airlock.h>
int fetch(int value) __uaccess;
int plain(int value);
void take(int (*callback)(int));
void take_other(long (*callback)(int));

struct ops {
  int (*run)(int);
  int (*__uaccess kept)(int);
};
struct ops crossed = {.run = __airlock_cross(fetch)};
#ifdef __clang__
struct ops bare = {.run = fetch}; // expected-warning {{initializing 'ops.run' with 'fetch' drops context 'uaccess'}}
#endif

void use(struct ops *o, int (*__uaccess pointer)(int)) {
  take(__airlock_cross(fetch));
  take(__airlock_cross(&fetch));
  take(__airlock_cross(pointer));
  o->run = __airlock_cross(o->kept);
#ifdef __clang__
  take(__airlock_cross(plain)); // expected-remark {{useless: it drops no context}}
#endif
#ifdef OTHER
  take_other(__airlock_cross(fetch)); // other-error {{incompatible function pointer types}}
#endif
}
