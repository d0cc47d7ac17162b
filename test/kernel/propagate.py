#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""propagate.py KERNEL CLANG PLUGIN HEADER COPY: annotate a copy of drivers/vhost by the fix-its of context-call alone.

Applies them until the warnings stop, a round a line; then prints what the other rules say of the result, sorted, each
as 'FILE: message'. Fails if a unit does not compile, or if the rounds do not end.
"""

import json
import os
import re
import shutil
import subprocess
import sys

from compile import flags_of

kernel, clang, plugin, header, copy = sys.argv[1:]
folder = os.path.join(os.path.realpath(kernel), "linux-source-6.12", "drivers", "vhost")
shutil.rmtree(copy, ignore_errors=True)
shutil.copytree(folder, copy)
with open(os.path.join(kernel, "compile_commands.json"), encoding="utf-8") as file:
    entries = json.load(file)


def run(*more):
    """What Clang says of all units of the copy."""
    said = ""
    for entry in entries:
        # The source, and the -I for headers beside it.
        flags = [flag.replace(folder, copy) for flag in flags_of(entry["command"])]
        result = subprocess.run(
            [clang, *flags, "-include", header, f"-fplugin={plugin}", "-fplugin-arg-airlock-model=vhost",
             "-fno-caret-diagnostics", "-fsyntax-only", *more],
            cwd=entry["directory"], stderr=subprocess.PIPE, text=True, check=False)
        if result.returncode:
            sys.exit(result.stderr)
        said += result.stderr
    return said


for number in range(1, 21):
    count = len(re.findall(r"warning: .*\[airlock-context-call\]", run("-fplugin-arg-airlock-only=context-call",
                                                                         "-Xclang", "-fixit")))
    print(f"round {number}: {count} calls")
    if not count:
        break
else:
    sys.exit("the warnings do not stop")

rest = re.findall(r"(\w+\.[ch]):[0-9:]+ warning: (.*)", run())
print("\n".join(sorted(f"{file}: {message}" for file, message in rest)))
