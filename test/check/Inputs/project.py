#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""project.py FOLDER UNITS [FLAG...]: a project of so many units with a compile database. Each unit calls the next one
with a spinlock held; the last one sleeps, so that each is one finding. shuffle.py of the same folder is in link/."""

import json
import os
import sys

folder, units, *flags = sys.argv[1:]
units = int(units)
os.makedirs(folder, exist_ok=True)


def write(name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


write("api.h", "typedef struct { int held; } spinlock_t; struct mutex { int held; };\n"
               "void spin_lock(spinlock_t *); void spin_unlock(spinlock_t *); void mutex_lock(struct mutex *);\n")
write("even.h", "#define EVEN 1\n")
commands = []
for unit in range(units):
    include = '#include "even.h"\n' if unit % 2 == 0 else ""
    call = f"f{unit + 1}();" if unit + 1 < units else "mutex_lock(&m);"
    write(f"u{unit}.c", f'#include "api.h"\n{include}static spinlock_t l;\nstatic struct mutex m __attribute__((unused));\n'
                        f"void f{unit + 1}(void);\n"
                        f"void f{unit}(void) {{ spin_lock(&l); {call} spin_unlock(&l); }}\n")
    commands.append({"directory": os.path.abspath(folder), "file": f"u{unit}.c",
                     "arguments": ["cc", *flags, "-c", f"u{unit}.c", "-o", f"u{unit}.o"]})
write("compile_commands.json", json.dumps(commands))
