#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""meanwhile.py FIFO FILE COMMAND...: run a command, add a line to FILE when it first opens the FIFO to read, and give it an
empty one every time. Exits as the command does."""

import os
import subprocess
import sys
import threading

fifo, edited, *command = sys.argv[1:]


def feed():
    first = True
    while True:
        with open(fifo, "w"):  # once somebody reads
            if first:
                with open(edited, "a", encoding="utf-8") as file:
                    file.write("/* meanwhile */\n")
            first = False


threading.Thread(target=feed, daemon=True).start()
status = subprocess.call(command)
sys.stdout.flush()
os._exit(status)
