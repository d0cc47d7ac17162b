#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""damage.py AIRLOCK SUMMARY GOOD: link every kind of damaged copy of a summary together with a good one. Each copy must be
refused by name, the good one linked all the same, and the exit status be 3."""

import os
import struct
import subprocess
import sys

airlock, summary, good = sys.argv[1:]
with open(summary, "rb") as file:
    whole = file.read()


def link(data, what, good_units=1):
    with open("damaged.airlock", "wb") as file:
        file.write(data)
    run = subprocess.run([airlock, "link", "--model", "linux", "damaged.airlock", good], capture_output=True, text=True)
    said = run.stdout + run.stderr
    if run.returncode != 3 or "damaged.airlock: summary refused: " not in said or f"{good_units} translation unit" not in said:
        sys.exit(f"{what}: status {run.returncode}\n{said}")


for length in list(range(1, 64)) + list(range(64, len(whole), 37)) + [len(whole) - 1]:
    link(whole[:length], f"cut to {length} bytes")
for place in range(0, len(whole), 11):
    flipped = bytearray(whole)
    flipped[place] ^= 0x10
    link(bytes(flipped), f"another byte at {place}")
link(whole + b"more", "something behind it", good_units=2)
version = struct.unpack_from("<I", whole, 8)[0]
other = whole[:8] + struct.pack("<I", version + 1) + whole[12:]
link(other, "another version")
