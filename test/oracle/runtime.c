/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * The machine that generated programs run on. It keeps what is open and who called whom, draws
 * every chance from a string of bits, and runs each program's entries with all strings of up to 14
 * bits (or as many as its argument says). What a run asks beyond them is drawn at random; where a
 * run asks for more, some long ones are drawn, too. It prints, a line each:
 *
 *   P program runs
 *   V unit line visits                  a visit: the line is reached, until its function goes on to
 * another H rule region unit line hits        visits in which it happened C rule region times
 * unit:line ...   calls on the way to it, outermost first
 *
 * A run ends by itself, or is given up when it is too long or too deep; what it has done until
 * then, it has done.
 */
#include "machine.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BITS = 14, LONG = 48, SAMPLES = 200, MAX_STEPS = 600, MAX_DEPTH = 24 };
enum { UNITS = 3, LINES = 1 << 15, CHAINS = 1400, FRAMES = MAX_DEPTH };

static const char *const region_names[] = {"spin",  "irq", "rcu",  "bh",
                                           "quiet", "mtx", "soft", "win"};
enum { FORBIDS = 1 << SPIN | 1 << IRQ | 1 << RCU | 1 << BH | 1 << SOFT | 1 << WIN };

static const char *const rule_names[] = {
    "sleep",           "exit-open",      "exit-error",      "exit-leak",       "exit-clean",
    "not-open",        "twice",          "flavour",         "uneven",          "call-out",
    "unchecked",       "needs",          "refetched",       "too-large",       "outside",
    "sleep-elsewhere", "exit-elsewhere", "clean-elsewhere", "closed-elsewhere"};

short depth[16];
int flavour;
struct oracle_frame *top;
static int deep, steps;
static jmp_buf give_up;
int oracle_returned;

/* --- chances --- */

static unsigned char bits[LONG];
static int max_bits = MAX_BITS;
static int n_bits, n_drawn, sampled;

int oracle_chance(void) {
  int max = sampled ? LONG : max_bits;

  if (n_drawn >= max) {
    n_drawn++;
    return rand() >> 6 & 1;
  }
  if (n_drawn >= n_bits) {
    bits[n_bits++] = sampled && rand() & 64;
  }
  return bits[n_drawn++];
}

/* Of what is only known to be true or not, any number that is. */
int oracle_any(int is) { return is ? 1 + oracle_chance() : 0; }

/* The next string in order: the last bit that is zero becomes one. */
static int next_bits(void) {
  n_bits = n_drawn < max_bits ? n_drawn : max_bits;
  while (n_bits && bits[n_bits - 1])
    n_bits--;
  if (!n_bits)
    return 0;
  bits[n_bits - 1] = 1;
  return 1;
}

/* In one call of a function, the same question has the same answer. */
int ask(int question) {
  signed char *answer = &top->answers[question & 7];

  if (*answer < 0)
    *answer = oracle_chance();
  return *answer;
}

/* --- what happened where --- */

struct record {
  unsigned visits, hits[RULES][REGIONS];
};
static struct record *records[UNITS][LINES];
static int touched[UNITS * 4096], n_touched;

static struct record *record_of(int in, int line) {
  struct record **r = &records[in][line];

  if (!*r) {
    *r = calloc(1, sizeof(**r));
    touched[n_touched++] = in * LINES + line;
    if (n_touched == sizeof(touched) / sizeof(*touched)) {
      fprintf(stderr, "runtime: too many lines\n");
      exit(2);
    }
  }
  return *r;
}

static struct chain {
  int rule, region, n, at[FRAMES];
} chains[CHAINS];
static unsigned chain_counts[CHAINS];
static int n_chains;

void keep_chain(const struct oracle_frame *innermost, int rule, int region) {
  struct chain c;
  const struct oracle_frame *f;
  int i, of_rule = 0;

  memset(&c, 0, sizeof(c));
  c.rule = rule;
  c.region = region;
  for (f = innermost; f && c.n < FRAMES; f = f->up)
    c.at[c.n++] = f->in * LINES + f->line;
  for (i = 0; i < n_chains; i++) {
    if (!memcmp(&chains[i], &c, sizeof(c))) {
      chain_counts[i]++;
      return;
    }
    of_rule += chains[i].rule == rule;
  }
  if (n_chains < CHAINS && of_rule < CHAINS / RULES) {
    chain_counts[n_chains] = 1;
    chains[n_chains++] = c;
  }
}

static void hit(struct oracle_frame *f, int rule, int region) {
  record_of(f->in, f->line)->hits[rule][region]++;
}

/* By region and level, whether it was opened by a function of another unit than of those who are in
 * a call now: of a pair of helpers, say. */
enum { LEVELS = 64 };
static unsigned char foreign[REGIONS][LEVELS];

static int is_foreign(int region, int from, int to) {
  for (; from < to; from++)
    if (from < 0 || from >= LEVELS || !foreign[region][from])
      return 0;
  return 1;
}

static unsigned mask_of(int rule, int region) {
  return rule == SLEEP ? 1u << region : 1u << (8 + rule);
}

void happened(int rule, int region) {
  struct oracle_frame *f;

  for (f = top; f; f = f->up) {
    /* A call is to blame for a sleep only if the region is open around it. */
    if (rule == SLEEP && f->at[region] <= 0)
      continue;
    if (f->told & mask_of(rule, region))
      continue;
    f->told |= mask_of(rule, region);
    hit(f, rule, region);
    if (rule == SLEEP && is_foreign(region, 0, depth[region]))
      hit(f, SLEEP_ELSEWHERE, region);
  }
  keep_chain(top, rule, region);
}

void hit_at(int rule, int in, int line) { record_of(in, line)->hits[rule][WIN]++; }

int oracle_at(int unit, int line) {
  if (++steps > MAX_STEPS)
    longjmp(give_up, 1);
  top->in = unit;
  top->line = line;
  top->told = 0;
  memcpy(top->at, depth, sizeof(depth));
  record_of(unit, line)->visits++;
  for (int r = 0; r < REGIONS; r++)
    if (top->closed_elsewhere & 1u << r)
      hit(top, CLOSED_ELSEWHERE, r);
  return 1;
}

/* The head of a loop: each round has to begin as the one before. */
int oracle_loop(int unit, int line) {
  struct oracle_frame *f = top;
  int i, r;

  oracle_at(unit, line);
  for (i = 0; i < f->marks && f->mark[i].line != line; i++)
    ;
  if (i == sizeof(f->mark) / sizeof(*f->mark))
    return 1;
  if (i == f->marks)
    f->marks++;
  else
    for (r = 0; r < REGIONS; r++)
      if (f->mark[i].depth[r] != depth[r])
        happened(UNEVEN, r);
  f->mark[i].line = line;
  memcpy(f->mark[i].depth, depth, sizeof(depth));
  return 1;
}

void oracle_jump(int line) { top->jump = line; }

/* Ends with a region open: leaks if nobody closes it until the run ends, which is known only then.
 */
static struct pending {
  int at, jump, region;
} pending[256];
static int n_pending;

void oracle_enter(struct oracle_frame *f, int is) {
  if (++deep > MAX_DEPTH)
    longjmp(give_up, 1);
  if (top && depth[WIN] > 0 && !(is & (ORACLE_INLINE | ORACLE_SAFE)))
    happened(CALL_OUT, WIN);
  if (top && is & ORACLE_INSIDE && !top->inside && !in_room())
    happened(OUTSIDE, WIN);
  memset(f, 0, sizeof(*f));
  memset(f->answers, -1, sizeof(f->answers));
  memcpy(f->depth, depth, sizeof(depth));
  f->is_void = !!(is & ORACLE_VOID);
  f->inside = !!(is & (ORACLE_INSIDE | ORACLE_CROSSES));
  f->up = top;
  top = f;
}

/* The caller of a function of another unit does not see what it opens and closes, and nor does who
 * calls this caller. */
static void changed_elsewhere(struct oracle_frame *f, int r) {
  struct oracle_frame *caller = f->up, *up;
  int level;

  if (!caller)
    return;
  if (f->in == caller->in) {
    caller->closed_elsewhere |= f->closed_elsewhere & 1u << r;
    return;
  }
  for (level = f->depth[r]; level < depth[r]; level++)
    if (level >= 0 && level < LEVELS)
      foreign[r][level] = 1;
  if (depth[r] < f->depth[r]) {
    caller->closed_elsewhere |= 1u << r;
    for (up = caller; up; up = up->up)
      hit(up, CLOSED_ELSEWHERE, r);
  }
}

void oracle_leave(struct oracle_frame *f) {
  int r;

  for (r = 0; r < REGIONS; r++) {
    int lines[2] = {f->line, f->jump}, i;

    for (i = 0; i < 2 && (i == 0 || f->jump); i++) {
      struct record *at = record_of(f->in, lines[i]);

      if (depth[r] > f->depth[r]) {
        at->hits[EXIT_OPEN][r]++;
        if (!f->is_void && oracle_returned < 0)
          at->hits[EXIT_ERROR][r]++;
        if (is_foreign(r, f->depth[r], depth[r]))
          at->hits[EXIT_ELSEWHERE][r]++;
      } else {
        at->hits[EXIT_CLEAN][r]++;
        if (f->closed_elsewhere & 1u << r)
          at->hits[CLEAN_ELSEWHERE][r]++;
      }
    }
    changed_elsewhere(f, r);
    if (depth[r] > f->depth[r]) {
      keep_chain(f, EXIT_OPEN, r);
      if (n_pending < 256)
        pending[n_pending++] =
            (struct pending){f->in * LINES + f->line, f->in * LINES + f->jump, r};
    }
  }
  top = f->up;
  deep--;
}

/* --- regions --- */

static void open_region(int r) {
  if (depth[r] >= 0 && depth[r] < LEVELS)
    foreign[r][depth[r]] = 0;
  depth[r]++;
  if (top)
    top->at[r]++;
}

static void close_region(int r) {
  if (depth[r] <= 0)
    happened(NOT_OPEN, r);
  depth[r]--;
}

static void sleeps(int absorbed) {
  int r;

  for (r = 0; r < REGIONS; r++)
    if (depth[r] > 0 && absorbed & 1 << r)
      return;
  for (r = 0; r < REGIONS; r++)
    if (depth[r] > 0 && FORBIDS & 1 << r)
      happened(SLEEP, r);
}

void call_out(void) {
  if (depth[WIN] > 0)
    happened(CALL_OUT, WIN);
}

void nap(void) {
  call_out();
  sleeps(0);
}
void nap_fault(void) {
  call_out();
  sleeps(1 << QUIET);
}
void nap_task(void) {
  call_out();
  sleeps(1 << BH | 1 << SOFT);
}
void nap_if(int can) {
  call_out();
  if (can)
    sleeps(0);
}
void nap_unless(int cannot) {
  call_out();
  if (!cannot)
    sleeps(0);
}
void nap_above(int timeout) {
  call_out();
  if (timeout > 0)
    sleeps(0);
}

void *get_mem(int flags) {
  call_out();
  if (flags & CAN_WAIT)
    sleeps(0);
  return &depth;
}

int may_wait(void) {
  int r;

  for (r = 0; r < REGIONS; r++)
    if (depth[r] > 0 && FORBIDS & 1 << r)
      return 0;
  return 1;
}

void touch(void) {}

void spin_take(struct lock *l) {
  call_out();
  open_region(SPIN);
}
void spin_drop(struct lock *l) {
  call_out();
  close_region(SPIN);
}

int spin_try(struct lock *l) {
  call_out();
  if (!oracle_chance())
    return 0;
  open_region(SPIN);
  return 1;
}

/* However often they were stopped, interrupts that are started are on; only what was saved is put
 * back. */
void irq_stop(void) {
  call_out();
  open_region(IRQ);
}

void irq_go(void) {
  call_out();
  close_region(IRQ);
  if (depth[IRQ] > 0)
    depth[IRQ] = 0;
}

void spin_take_irq(struct lock *l) {
  irq_stop();
  open_region(SPIN);
}
void spin_drop_irq(struct lock *l) {
  close_region(SPIN);
  irq_go();
}

unsigned long spin_take_save(struct lock *l) {
  spin_take_irq(l);
  return 1;
}

void spin_drop_restore(struct lock *l, unsigned long flags) {
  call_out();
  close_region(SPIN);
  close_region(IRQ);
}

void rcu_in(void) {
  call_out();
  open_region(RCU);
}
void rcu_out(void) {
  call_out();
  close_region(RCU);
}
void bh_in(void) {
  call_out();
  open_region(BH);
}
void bh_out(void) {
  call_out();
  close_region(BH);
}
void quiet_in(void) {
  call_out();
  open_region(QUIET);
}
void quiet_out(void) {
  call_out();
  close_region(QUIET);
}
void mtx_take(struct lock *l) {
  call_out();
  sleeps(0);
  open_region(MTX);
}
void mtx_drop(struct lock *l) {
  call_out();
  close_region(MTX);
}

static int window(int is, const void *p, unsigned long n) {
  if (depth[WIN] > 0)
    happened(TWICE, WIN);
  if (!oracle_chance())
    return 0;
  /* It is open, however often. */
  if (depth[WIN] <= 0)
    open_region(WIN);
  flavour = is;
  checked(p, n);
  return 1;
}

static void shut(int is) {
  if (depth[WIN] > 0 && flavour != is)
    happened(FLAVOUR, WIN);
  close_region(WIN);
}

int win_open(const void *p, unsigned long n) { return window(3, p, n); }
void win_close(void) { shut(3); }
int win_open_read(const void *p, unsigned long n) { return window(1, p, n); }
void win_close_read(void) { shut(1); }
int win_open_write(const void *p, unsigned long n) { return window(2, p, n); }
void win_close_write(void) { shut(2); }

unsigned long win_save(void) {
  unsigned long was = depth[WIN] > 0 ? depth[WIN] << 2 | flavour : 0;

  if (depth[WIN] > 0)
    depth[WIN] = 0;
  return was;
}

void win_restore(unsigned long flags) {
  depth[WIN] = flags >> 2;
  if (flags)
    flavour = flags & 3;
}

/* --- runs --- */

static void run_once(const struct oracle_entry *e) {
  int r;

  memset(depth, 0, sizeof(depth));
  n_drawn = n_pending = steps = deep = 0;
  flavour = 0;
  top = NULL;
  forget_memory();
  if (e->tick)
    depth[SOFT] = 1;
  if (setjmp(give_up))
    return;
  e->run();
  if (!e->root)
    return;
  for (r = 0; r < n_pending; r++)
    if (depth[pending[r].region] > 0 && pending[r].region != SOFT) {
      struct pending *p = &pending[r];

      record_of(p->at / LINES, p->at % LINES)->hits[EXIT_LEAK][p->region]++;
      if (p->jump % LINES)
        record_of(p->jump / LINES, p->jump % LINES)->hits[EXIT_LEAK][p->region]++;
    }
}

static unsigned long run_entry(const struct oracle_entry *e) {
  unsigned long runs = 0;
  int is_long = 0;

  srand(1); /* a program's runs are the same, whatever ran before it */
  n_bits = sampled = 0;
  do {
    run_once(e);
    is_long |= n_drawn > max_bits;
    runs++;
  } while (next_bits());
  if (is_long) {
    sampled = 1;
    for (int i = 0; i < SAMPLES; i++, runs++) {
      n_bits = 0;
      run_once(e);
    }
  }
  return runs;
}

static void print_and_forget(int program, unsigned long runs) {
  printf("P %d %lu\n", program, runs);
  for (int i = 0; i < n_touched; i++) {
    int unit = touched[i] / LINES, line = touched[i] % LINES;
    struct record *r = records[unit][line];

    printf("V %d %d %u\n", unit, line, r->visits);
    for (int rule = 0; rule < RULES; rule++)
      for (int region = 0; region < REGIONS; region++)
        if (r->hits[rule][region])
          printf("H %s %s %d %d %u\n", rule_names[rule], region_names[region], unit, line,
                 r->hits[rule][region]);
    free(r);
    records[unit][line] = NULL;
  }
  for (int i = 0; i < n_chains; i++) {
    printf("C %s %s %u", rule_names[chains[i].rule], region_names[chains[i].region],
           chain_counts[i]);
    for (int f = chains[i].n; f-- > 0;)
      printf(" %d:%d", chains[i].at[f] / LINES, chains[i].at[f] % LINES);
    printf("\n");
  }
  n_touched = n_chains = 0;
}

extern const struct oracle_entry entries0[], entries1[], entries2[];

int main(int argc, char **argv) {
  const struct oracle_entry *units[] = {entries0, entries1, entries2};

  if (argc > 1)
    max_bits = atoi(argv[1]);
  if (max_bits < 1 || max_bits > MAX_BITS)
    return 2;
  /* Each table is in the order of programs, and ends with a negative one. */
  for (;;) {
    int program = 1 << 30;
    unsigned long runs = 0;

    for (int u = 0; u < UNITS; u++)
      if (units[u]->program >= 0 && units[u]->program < program)
        program = units[u]->program;
    if (program == 1 << 30)
      return 0;
    for (int u = 0; u < UNITS; u++)
      while (units[u]->program == program)
        runs += run_entry(units[u]++);
    print_and_forget(program, runs);
  }
}
