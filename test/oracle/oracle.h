/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * What generated programs call. Airlock reads it as prototypes, which oracle.json describes; with
 * ORACLE_RUN the same text is compiled against runtime.c, which does what the prototypes promise
 * and keeps count of it. Marks in the programs (AT, AT_, LOOP_, JUMP, FRAME, R_) tell the runtime
 * where it is; for Airlock they are nothing.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include "airlock.h"

#define CAN_WAIT 1024
#define URGENT 8

#define __cleanup(f) __attribute__((__cleanup__(f)))

struct lock {
  int taken;
};

/* Sleeping, always or on a condition. */
void nap(void);
void nap_fault(void);
void nap_task(void);
void nap_if(int can);
void nap_unless(int cannot);
void nap_above(int timeout);
void *get_mem(int flags);
int may_wait(void);

/* Neither sleeps nor changes anything. */
void touch(void);
int ask(int question);

void spin_take(struct lock *l);
void spin_drop(struct lock *l);
int spin_try(struct lock *l);
void spin_take_irq(struct lock *l);
void spin_drop_irq(struct lock *l);
unsigned long spin_take_save(struct lock *l);
void spin_drop_restore(struct lock *l, unsigned long flags);
void rcu_in(void);
void rcu_out(void);
void bh_in(void);
void bh_out(void);
void irq_stop(void);
void irq_go(void);
void quiet_in(void);
void quiet_out(void);
void mtx_take(struct lock *l);
void mtx_drop(struct lock *l);

int win_open(const void __user *p, unsigned long n);
void win_close(void);
int win_open_read(const void __user *p, unsigned long n);
void win_close_read(void);
int win_open_write(const void __user *p, unsigned long n);
void win_close_write(void);
unsigned long win_save(void);
void win_restore(unsigned long flags);

/* User memory: accessors that check the address, that do not, and that need a window. */
int user_ok(const void __user *p, unsigned long n);
void get_checked(void *to, const int __user *p);
void copy_in(void *to, const void __user *p, unsigned long n);
void raw_get(void *to, const int __user *p);
void raw_put(int value, int __user *p);
void raw_copy_in(void *to, const void __user *p, unsigned long n);
void win_get(void *to, const int __user *p);
void win_put(int value, int __user *p);
void keep(int value);

/* Whether this code is in the context. */
int in_room(void);

#ifdef ORACLE_RUN

struct oracle_frame {
  int in, line, jump, is_void, inside;
  signed char answers[8];
  short depth[16], at[16];
  unsigned told, closed_elsewhere;
  int marks;
  struct oracle_frame *up;
  struct {
    int line;
    short depth[16];
  } mark[12];
};

/* What a function is. */
enum {
  ORACLE_INLINE = 1,
  ORACLE_VOID = 2,
  ORACLE_SAFE = 4,
  ORACLE_INSIDE = 8,
  ORACLE_CROSSES = 16
};

struct oracle_entry {
  int program, root, tick;
  void (*run)(void);
};

extern int oracle_returned;
int oracle_chance(void);
int oracle_at(int unit, int line);
int oracle_loop(int unit, int line);
int oracle_decides(void *var);
int oracle_uses(void *var);
int oracle_sizes(void *var);
int oracle_bounds(void *var);
int oracle_any(int is);
int oracle_moves(void *to, void *from);
int oracle_room(unsigned long size);
void oracle_jump(int line);
void oracle_enter(struct oracle_frame *f, int is);
void oracle_leave(struct oracle_frame *f);

#define chance oracle_chance()
#define AT oracle_at(ORACLE_UNIT, __LINE__);
#define AT_ oracle_at(ORACLE_UNIT, __LINE__) &&
#define LOOP_ oracle_loop(ORACLE_UNIT, __LINE__) &&
#define JUMP                                                                                       \
  oracle_at(ORACLE_UNIT, __LINE__);                                                                \
  oracle_jump(__LINE__);
#define BY_(VAR) oracle_decides(&(VAR)) &&
#define USES(VAR) oracle_uses(&(VAR));
#define SIZES(VAR) oracle_sizes(&(VAR));
#define BOUNDS(VAR) oracle_bounds(&(VAR));
#define MOVES(TO, FROM) oracle_moves(&(TO), &(FROM));
#define ANY(VALUE) oracle_any(VALUE)
#define ROOM(SIZE) oracle_room(SIZE);
#define FRAME(IS)                                                                                  \
  struct oracle_frame oracle_here __cleanup(oracle_leave);                                         \
  oracle_enter(&oracle_here, IS);
#define R_ oracle_returned =

#else

extern volatile int chance;
#define AT
#define AT_
#define LOOP_
#define JUMP
#define FRAME(IS)
#define BY_(VAR)
#define USES(VAR)
#define SIZES(VAR)
#define BOUNDS(VAR)
#define MOVES(TO, FROM)
#define ANY(VALUE) VALUE
#define ROOM(SIZE)
#define R_

#endif

/* Guards, as <linux/cleanup.h> makes them. */
static inline struct lock *spin_guard(struct lock *l) {
  spin_take(l);
  return l;
}

static inline struct lock *spin_guard_try(struct lock *l) {
  return spin_try(l) ? l : (struct lock *)0;
}

static inline void spin_guard_drop(struct lock **l) {
  if (*l)
    spin_drop(*l);
}

static inline void *rcu_guard(void) {
  rcu_in();
  return (void *)1;
}

static inline void rcu_guard_drop(void *guard) {
  (void)guard;
  rcu_out();
}

#endif /* ORACLE_H */
