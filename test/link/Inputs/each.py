#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""each.py UNITS COMMAND...: run a command for each unit, with its number in the place of {}; all must succeed. Findings
are not shown."""

import subprocess
import sys

for unit in range(int(sys.argv[1])):
    run = subprocess.run([word.replace("{}", str(unit)) for word in sys.argv[2:]], stderr=subprocess.PIPE, text=True)
    if run.returncode:
        sys.exit(run.stderr)
