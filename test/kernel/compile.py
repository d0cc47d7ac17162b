#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compile every translation unit of drivers/vhost in a tree made by 'prepare', with the kernel's own flags.

Clang's diagnostics go to the standard output, and at its end the number of units. Fails where a unit does.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys


def flags_of(command):
    """The flags of a command of Kbuild's, without what it writes: the object and the dependency file."""
    flags, arguments = [], iter(shlex.split(command)[1:])
    for argument in arguments:
        if argument == "-o":
            next(arguments)
        elif argument != "-c" and not argument.startswith(("-Wp,-MMD,", "-Wp,-MD,")):
            flags.append(argument)
    return flags


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kernel", help="folder made by 'prepare'")
    parser.add_argument("--clang", required=True)
    parser.add_argument("--plugin", help="without it, plain Clang")
    parser.add_argument("--model", action="append", default=[])
    parser.add_argument("--reports", help="folder for a report of each unit")
    parser.add_argument("--objects", help="folder for objects; without it, -fsyntax-only")
    options = parser.parse_args()

    for folder in (options.reports, options.objects):
        if folder:
            os.makedirs(folder, exist_ok=True)

    with open(os.path.join(options.kernel, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    failed = 0
    for entry in entries:
        name = os.path.splitext(os.path.basename(entry["file"]))[0]
        command = [options.clang, *flags_of(entry["command"])]
        if options.plugin:
            command.append(f"-fplugin={options.plugin}")
            command += [f"-fplugin-arg-airlock-model={model}" for model in options.model]
            if options.reports:
                command.append(f"-fplugin-arg-airlock-report={options.reports}/{name}.json")
        command += ["-c", "-o", f"{options.objects}/{name}.o"] if options.objects else ["-fsyntax-only"]
        sys.stdout.flush()
        status = subprocess.run(command, cwd=entry["directory"], stderr=subprocess.STDOUT, check=False).returncode
        if status:
            failed += 1
            print(f"{name}.c: clang failed with status {status}")
    print(f"{len(entries)} translation units, {failed} failed")
    sys.exit(1 if failed or not entries else 0)


if __name__ == "__main__":
    main()
