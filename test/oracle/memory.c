/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * User memory: what of it has been checked, which copies there are of it, and what a program has
 * decided by them. What is fetched is another value each time, drawn from those around the bounds
 * that programs compare with.
 */
#include "machine.h"
#include <string.h>

static struct range {
  const char *from, *to;
} good[32];
static int n_good;

static struct copy {
  char *to;
  const char *from;
  unsigned long size;
  int in, line, when, told;
} copies[32];
static int n_copies;

static struct decision {
  const char *from, *to;
  int when, in, line;
} decisions[32];
static int n_decisions, now;
static unsigned long room;
static int inside;

void forget_memory(void) {
  n_good = n_copies = n_decisions = now = 0;
  room = 0;
  inside = -1;
}

void checked(const void *p, unsigned long n) {
  if (n_good < 32)
    good[n_good++] = (struct range){p, (const char *)p + n};
}

int user_ok(const void *p, unsigned long n) {
  if (!oracle_chance())
    return 0;
  checked(p, n);
  return 1;
}

static void access(const void *p, unsigned long n) {
  const char *at = p;
  int i;

  for (i = 0; i < n_good; i++)
    if (good[i].from <= at && at + n <= good[i].to)
      return;
  happened(UNCHECKED, WIN);
}

static void needs(int is) {
  if (depth[WIN] <= 0 || !(flavour & is))
    happened(NEEDS, WIN);
}

/* A new value is in a variable: it is no copy of what it was one of. */
static void overwritten(void *var) {
  int i;

  for (i = 0; i < n_copies; i++)
    if (copies[i].to <= (char *)var && (char *)var < copies[i].to + copies[i].size)
      copies[i--] = copies[--n_copies];
}

/* It is the value of another variable: another copy of what that is one of. */
int oracle_moves(void *to, void *from) {
  int i;

  overwritten(to);
  for (i = 0; i < n_copies; i++)
    if (copies[i].to == (char *)from && n_copies < 32) {
      copies[n_copies] = copies[i];
      copies[n_copies++].to = to;
      break;
    }
  return 1;
}

static void fetch(void *to, const void *from, unsigned long n) {
  static const int values[] = {0, 1, 8, 9, 64, 65, 1 << 20, -70};
  int value = values[oracle_chance() * 4 + oracle_chance() * 2 + oracle_chance()];

  memcpy(to, &value, sizeof(value));
  overwritten(to);
  if (n_copies < 32)
    copies[n_copies++] = (struct copy){to, from, n, top->in, top->line, ++now, 0};
}

static int decide(void *var, int looked) {
  int i;

  for (i = 0; i < n_copies; i++) {
    struct copy *c = &copies[i];

    if (c->to != (char *)var)
      continue;
    if (n_decisions < 32)
      decisions[n_decisions++] =
          (struct decision){c->from, c->from + sizeof(int), ++now, c->in, c->line};
    c->told |= looked;
  }
  return 1;
}

/* A condition asks for the variable: what it is a copy of has decided, and this copy has been
 * looked at. */
int oracle_decides(void *var) { return decide(var, 1); }

/* It is masked: as good as looked at. */
int oracle_bounds(void *var) {
  int i;

  for (i = 0; i < n_copies; i++)
    if (copies[i].to == (char *)var)
      copies[i].told = 1;
  return 1;
}

/* Told at the second fetch, with the first one behind it. */
static void refetched(const struct copy *c, const struct decision *d) {
  struct oracle_frame first = {.in = d->in, .line = d->line, .up = top};
  int in = top->in, line = top->line;

  hit_at(REFETCHED, c->in, c->line);
  top->in = c->in;
  top->line = c->line;
  keep_chain(&first, REFETCHED, WIN);
  top->in = in;
  top->line = line;
}

int oracle_uses(void *var) {
  int i, d;

  for (i = 0; i < n_copies; i++) {
    struct copy *c = &copies[i];

    for (d = 0; c->to == (char *)var && !c->told && d < n_decisions; d++)
      if (decisions[d].from == c->from && decisions[d].when < c->when) {
        refetched(c, &decisions[d]);
        c->told = 1;
      }
  }
  return 1;
}

/* It is the size of a copy: it is used, and has decided. */
int oracle_sizes(void *var) { return oracle_uses(var) && decide(var, 0); }

int oracle_room(unsigned long size) {
  room = size;
  return 1;
}

static void copy(void *to, const void *from, unsigned long n) {
  if (room && n > room)
    happened(TOO_LARGE, WIN);
  room = 0;
  if (n >= sizeof(int))
    fetch(to, from, sizeof(int));
}

void get_checked(void *to, const int *p) {
  call_out();
  checked(p, sizeof(*p));
  fetch(to, p, sizeof(*p));
}

void copy_in(void *to, const void *p, unsigned long n) {
  call_out();
  checked(p, n < 256 ? n : 256);
  copy(to, p, n);
}

void raw_get(void *to, const int *p) {
  call_out();
  access(p, sizeof(*p));
  fetch(to, p, sizeof(*p));
}

void raw_put(int value, int *p) {
  call_out();
  access(p, sizeof(*p));
}

void raw_copy_in(void *to, const void *p, unsigned long n) {
  call_out();
  access(p, n);
  copy(to, p, n);
}

void win_get(void *to, const int *p) {
  needs(1);
  access(p, sizeof(*p));
  fetch(to, p, sizeof(*p));
}

void win_put(int value, int *p) {
  needs(2);
  access(p, sizeof(*p));
}

void keep(int value) { call_out(); }

int in_room(void) {
  if (inside < 0)
    inside = oracle_chance();
  return inside;
}
