#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""together.py COMMAND...: run it four times at once; all must leave with 1 and print the same."""

import subprocess
import sys

running = [subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(4)]
outputs = [child.communicate()[0] for child in running]
sys.exit({child.returncode for child in running} != {1} or len(set(outputs)) != 1 or not outputs[0])
