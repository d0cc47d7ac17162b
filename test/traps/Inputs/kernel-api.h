// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The part of the kernel's API that the tests here use: its names, its prototypes and what they promise. In the kernel
// some of these are macros and some are functions, and so they are here.
//
// Two modes. As it is, what can have a body has one that tells the truth about sleeping, down to might_sleep() and
// schedule(). With NO_BODIES it is declared and no more, and a model has to know.
#ifndef KERNEL_API_H
#define KERNEL_API_H

#include "api-basic.h"
#include "api-locks.h"
#include "api-wait.h"
#include "api-memory.h"
#include "api-user.h"
#include "api-cleanup.h"
#include "api-notifier.h"

#endif
