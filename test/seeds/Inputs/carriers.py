#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""carriers.py FOLDER: the functions and pointers that carry `__uaccess` in its C files, a name a line."""

import pathlib
import re
import sys

names = set()
for file in pathlib.Path(sys.argv[1]).glob("*.[ch]"):
    text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    # In front of a name or behind it, or behind the declarator of a prototype.
    names.update(re.findall(r"__uaccess\s+(\w+)", text))
    names.update(re.findall(r"(\w+)\s+__uaccess\s*[;,)]", text))
    names.update(re.findall(r"(\w+)\([^;{}]*\)\s*__uaccess;", text))
print(*sorted(names), sep="\n")
