/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What the parts of the machine know of each other. */
#ifndef ORACLE_MACHINE_H
#define ORACLE_MACHINE_H

#define ORACLE_UNIT 0
#define ORACLE_RUN
#include "oracle.h"

enum region { SPIN, IRQ, RCU, BH, QUIET, MTX, SOFT, WIN, REGIONS };

enum rule {
  SLEEP,      /* slept where a region forbids it */
  EXIT_OPEN,  /* a function ended with more open than when it began */
  EXIT_ERROR, /* the same, with an error returned */
  EXIT_LEAK,  /* the same, and nobody closed it until the end of the run */
  EXIT_CLEAN, /* ended with no more open than when it began */
  NOT_OPEN,   /* closed what was not open */
  TWICE,      /* opened what does not nest */
  FLAVOUR,    /* closed for what it was not open for */
  UNEVEN,     /* a line was reached again in one call with another depth */
  CALL_OUT,   /* called out of a window */
  UNCHECKED,  /* user memory accessed at an address that nobody has checked */
  NEEDS,      /* or without a window that is open for that */
  REFETCHED,  /* fetched again, and used, after the first copy had decided */
  TOO_LARGE,  /* a copy larger than its room */
  OUTSIDE,    /* called from outside of a context */
  /* What is a limit of the analyser, as it sees one unit: */
  SLEEP_ELSEWHERE,  /* all that forbids it was opened by functions of other units */
  EXIT_ELSEWHERE,   /* all that is more open was */
  CLEAN_ELSEWHERE,  /* a function of another unit has closed it */
  CLOSED_ELSEWHERE, /* the same, so far in this call */
  RULES
};

extern short depth[16];
extern int flavour;
extern struct oracle_frame *top;

/* It happened in all who are in a call now, once a visit. */
void happened(int rule, int region);
/* The same at a line of the function that runs, in two parts: that it did, and the calls on the way
 * to it. */
void hit_at(int rule, int in, int line);
void keep_chain(const struct oracle_frame *innermost, int rule, int region);
void call_out(void);

/* User memory before a run. */
void forget_memory(void);
/* A window was opened for this much, or it was asked whether the address is good. */
void checked(const void *p, unsigned long n);

#endif /* ORACLE_MACHINE_H */
