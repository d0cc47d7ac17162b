#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""put-back KERNEL --clang CLANG --plugin PLUGIN: bugs of the past, put back into the files of Linux that had them.

For each: the file as it is, and with the mend taken out, in a file system overlay: nothing is written into the tree. Prints what the
plugin warns of, without its notes. A mend that is not found, or a file that does not compile, makes the exit status 1. KERNEL is what
`prepare` makes; a file that is not in its compile database is compiled with the flags of one that is.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

import units

# The bug, the file, and the mend as an expression, with what was there before.
BUGS = (
    ("CVE-2016-6516: a count that is fetched twice", "fs/ioctl.c", r"\n[\t ]*same->dest_count = count;\n", "\n"),
    ("CVE-2017-5123: an address that nobody checks", "kernel/exit.c",
     r"\tif \(!user_write_access_begin\(infop, sizeof\(\*infop\)\)\)\n\t\treturn -EFAULT;\n", "\t__uaccess_begin_nospec();\n"),
)


def command_for(path, everything):
    """The folder and the flags to compile a file with."""
    own = next((unit for unit in everything if unit.path == path), None)
    unit = own or everything[0]
    flags = units.flags_for_another(unit)
    return unit.directory, flags if own else flags + ["-UMODULE"]


def warnings(options, directory, flags, path, text):
    """The plugin's warnings for a file with this text in it; None if it does not compile."""
    with tempfile.TemporaryDirectory() as work:
        edited, overlay = os.path.join(work, "edited.c"), os.path.join(work, "overlay.yaml")
        with open(edited, "w", encoding="utf-8") as file:
            file.write(text)
        with open(overlay, "w", encoding="utf-8") as file:
            json.dump({"version": 0, "roots": [{"name": path, "type": "file", "external-contents": edited}],
                       "use-external-names": False}, file)
        done = subprocess.run(
            [options.clang, *flags, "-w", "-fsyntax-only", "-fno-caret-diagnostics", "-ivfsoverlay", overlay,
             f"-fplugin={options.plugin}", "-fplugin-arg-airlock-model=linux", path],
            cwd=directory, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr)
        return None
    return [line for line in done.stderr.splitlines() if " warning: " in line]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernel")
    parser.add_argument("--clang", required=True)
    parser.add_argument("--plugin", required=True)
    options = parser.parse_args()
    source = os.path.join(options.kernel, "linux-source-6.12")
    _, everything = units.read_units(os.path.join(options.kernel, "compile_commands.json"), source)
    failed = False
    for bug, name, mend, before in BUGS:
        path = os.path.realpath(os.path.join(source, name))
        with open(path, encoding="utf-8") as file:
            text = file.read()
        broken, count = re.subn(mend, before, text)
        directory, flags = command_for(path, everything)
        for what, contents in (("as it is", text), (bug, broken)):
            print(f"{name}, {what}:")
            found = warnings(options, directory, flags, path, contents)
            failed |= found is None or not count
            for line in found or []:
                print(os.path.relpath(line, source + "/") if line.startswith("/") else line)
        if not count:
            print(f"{name}: the mend of {bug} is not there")
    sys.exit(failed)


main()
