#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""change.py FOLDER: a project to be changed. In caller.c a spinlock is held over a call of helper(), in helper.c, which sleeps if
SLEEPS, in helper.h, says so; it does not. other.c has a finding from the start. Beside them are gone.c, which the database
has, and which sleeps under a lock, too, and README, which is no C."""

import json
import os
import sys

(folder,) = sys.argv[1:]
os.makedirs(folder)
FILES = {
    "helper.h": """typedef struct { int held; } spinlock_t; struct mutex { int held; };
void spin_lock(spinlock_t *); void spin_unlock(spinlock_t *); void mutex_lock(struct mutex *);
#define SLEEPS 0
void helper(struct mutex *m);
""",
    "helper.c": """#include "helper.h"
int answer(void)
{
	return 42;
}

/* So that the function is in no hunk that has answer(). */
/* 2 */
/* 3 */
/* 4 */

void helper(struct mutex *m)
{
	if (SLEEPS)
		mutex_lock(m);
}
""",
    "caller.c": """#include "helper.h"
void caller(spinlock_t *l, struct mutex *m)
{
	spin_lock(l);
	helper(m);
	spin_unlock(l);
}
""",
    "other.c": """#include "helper.h"
void other(spinlock_t *l, struct mutex *m)
{
	spin_lock(l);
	mutex_lock(m);
	spin_unlock(l);
}
""",
    "alone.c": "int alone(void) { return 1; }\n",
    "README": "A project.\n",
}
FILES["gone.c"] = FILES["other.c"].replace("other", "gone")
for name, text in FILES.items():
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)
with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
    json.dump([{"directory": os.path.abspath(folder), "file": name, "arguments": ["cc", "-c", name]}
               for name in FILES if name.endswith(".c")], file)
