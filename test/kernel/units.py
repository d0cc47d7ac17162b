# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The translation units of a compile database, sets of them, and a compiler run over one: what run-set, tools/bench
and tools/torture share."""

import fnmatch
import glob
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import NamedTuple

SETS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "sets")


class Unit(NamedTuple):
    name: str  # its path relative to the source root
    path: str
    directory: str  # where its command runs
    flags: list


class Run(NamedTuple):
    status: int  # exit status, or minus the signal
    timed_out: bool
    cpu: float  # seconds, user and system, of the command and its children
    output: str  # standard output and error


def flags_of(entry):
    """The flags of a compile command, without its compiler and what it writes."""
    arguments = iter(entry.get("arguments") or shlex.split(entry["command"]))
    next(arguments)
    flags = []
    for argument in arguments:
        if argument in ("-o", "-MF", "-MT", "-MQ"):
            next(arguments)
        elif argument not in ("-c", "-MD", "-MMD") and not argument.startswith(("-Wp,-MMD,", "-Wp,-MD,")):
            flags.append(argument)
    return flags


def flags_for_another(unit):
    """The flags of a unit without its own file, for a file in its place."""
    return [flag for flag in unit.flags if os.path.realpath(os.path.join(unit.directory, flag)) != unit.path]


def root_of(entries):
    """The source root. Kbuild takes it off __FILE__, so its commands name it; else what all files have in common."""
    option = "-fmacro-prefix-map="
    for entry in entries:
        for flag in flags_of(entry):
            if flag.startswith(option) and flag.endswith("/="):
                return os.path.realpath(os.path.join(entry["directory"], flag[len(option) : -1]))
    paths = [os.path.realpath(os.path.join(entry["directory"], entry["file"])) for entry in entries]
    return os.path.commonpath([os.path.dirname(path) for path in paths])


def read_units(database, root=None):
    """The source root, and each file of the database that is C and below the root, once, by name."""
    with open(database, encoding="utf-8") as file:
        entries = json.load(file)
    if not entries:
        return root, []
    root = os.path.realpath(root) if root else root_of(entries)
    units = {}
    for entry in entries:
        path = os.path.realpath(os.path.join(entry["directory"], entry["file"]))
        name = os.path.relpath(path, root)
        if name.endswith(".c") and not name.startswith("..") and name not in units:
            units[name] = Unit(name, path, entry["directory"], flags_of(entry))
    return root, [units[name] for name in sorted(units)]


def patterns_of(name, root):
    """The lines of a set, or of a list of files that has a slash in its name and is no folder; else the name itself."""
    file = os.path.join(SETS, name + ".txt")
    if "/" in name and os.path.isfile(name) and not name.endswith(".c"):
        file = name
    if not os.path.isfile(file):
        return [name]
    with open(file, encoding="utf-8") as lines:
        found = [line.split("#")[0].strip() for line in lines]
    return [os.path.relpath(os.path.realpath(line), root) if os.path.isabs(line) else line for line in found if line]


def matches(name, pattern):
    return pattern in (name, ".") or name.startswith(pattern + "/") or fnmatch.fnmatchcase(name, pattern)


def select(units, names, root):
    """The units that the names stand for, and the patterns that stand for none.

    A name is a set (test/kernel/sets/NAME.txt), a file with a list, or a pattern: a folder or a file relative to the
    source root, a shell pattern of them, or '.' for all.
    """
    chosen, unmatched = set(), []
    for pattern in [pattern for name in names for pattern in patterns_of(name, root)]:
        found = {unit.name for unit in units if matches(unit.name, pattern.rstrip("/"))}
        chosen |= found
        if not found:
            unmatched.append(pattern)
    return [unit for unit in units if unit.name in chosen], unmatched


def sample(units, number):
    """So many of the units, spread evenly; all for 0."""
    if number == 0 or number >= len(units):
        return units
    return [units[index * len(units) // number] for index in range(number)]


def set_names():
    return sorted(os.path.basename(file)[: -len(".txt")] for file in glob.glob(os.path.join(SETS, "*.txt")))


def run(command, unit, timeout=None):
    """Run a command, with the unit's flags after its first words, in the unit's folder."""
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        words, no_input = [*command, *unit.flags], subprocess.DEVNULL
        child = subprocess.Popen(
            words, cwd=unit.directory, stdin=no_input, stdout=log, stderr=log, start_new_session=True
        )
        expired = threading.Event()

        def kill():
            expired.set()
            os.killpg(child.pid, signal.SIGKILL)

        timer = threading.Timer(timeout, kill) if timeout else None
        if timer:
            timer.start()
        # waitid leaves the process in place: the group cannot be another's yet when the timer strikes.
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        if timer:
            timer.cancel()
            timer.join()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        return Run(child.returncode, expired.is_set(), usage.ru_utime + usage.ru_stime, log.read())


class Progress:
    """A line that says how far it is; on a terminal only."""

    def __init__(self, total):
        self.total, self.done, self.start = total, 0, time.monotonic()
        self.shown = sys.stderr.isatty()

    def step(self, text=""):
        self.done += 1
        if self.shown:
            left = (time.monotonic() - self.start) / self.done * (self.total - self.done)
            end = "\n" if self.done == self.total else ""
            print(f"\r{self.done}/{self.total} {text}, {left:.0f} s left \033[K", end=end, file=sys.stderr, flush=True)
