# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""options-told.py AIRLOCK PAGE: which options of --help a manual page, as text, does not have."""

import re
import subprocess
import sys

airlock, page = sys.argv[1], re.sub(r"\s+", " ", open(sys.argv[2]).read())


def help_of(*command):
    return subprocess.run([airlock, *command, "--help"], check=True, capture_output=True, text=True).stdout


commands = re.findall(r"^  (\w+) +- ", help_of(), re.M)
options = missing = 0
for command in commands:
    for name, text in re.findall(r"^  (--?[a-z-]+)\S*(?: or path>| <[^>]*>)? +- (.*)$", help_of(command), re.M):
        if name in ("--help", "--help-list", "--version"):
            continue
        options += 1
        first = re.sub(r"\s+", " ", text).strip()
        if not re.search(re.escape(name) + r"[ =]", page) or first not in page:
            missing += 1
            print(f"{name} of {command}")
print(f"{options} options of {len(commands)} subcommands, {missing} missing")
