// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* uaccess.c - is user memory open right now?  One answer a thread. */
#include "uaccess.h"

_Thread_local bool __user_access_open;
