#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""killed.py SIGNAL CACHE ENTRIES COMMAND...: start a command whose last unit waits for a FIFO, kill it once the cache has
so many entries, and see that none of its processes is left."""

import os
import signal
import subprocess
import sys
import time

name, cache, entries, *command = sys.argv[1:]
child = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
deadline = time.monotonic() + 60


def wait_for(condition, what):
    while not condition():
        if time.monotonic() > deadline:
            os.killpg(child.pid, signal.SIGKILL)
            sys.exit(f"killed.py: waited in vain for {what}")
        time.sleep(0.02)


def others():
    """The processes of the session that still run."""
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == child.pid and fields[0] != "Z":
            found.append(entry)
    return found


wait_for(lambda: os.path.isdir(cache) and sum(f.startswith("llvmcache-") for f in os.listdir(cache)) >= int(entries), "the cache")
child.send_signal(getattr(signal, name))
child.wait()
wait_for(lambda: not others(), "its processes to end")
