#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""named-files ROOT PAGE...: the files of the repository that pages name, in `backticks` or as links, and which of them are
not there. Names with capitals in place of words (`plugin/rules/ID.cpp`) stand for others."""

import os
import re
import sys

ROOTS = ("plugin/", "tools/", "test/", "annotations/", "examples/", "docs/", ".ci/")

root, *pages = sys.argv[1:]
names, missing = 0, []
for page in pages:
    folder = os.path.dirname(page)
    with open(os.path.join(root, page), encoding="utf-8") as file:
        text = file.read()
    named = {(n, "") for n in re.findall(r"`([\w./-]+)`", text) if n.startswith(ROOTS)}
    named |= {(n, folder) for n in re.findall(r"\]\(([\w./-]+)\)", text)}
    for name, below in sorted(named):
        if re.search(r"\b(ID|FILE|TARGET|NAME)\b", name):
            continue
        names += 1
        if not os.path.exists(os.path.join(root, below, name)):
            missing.append(f"{page}: {name}")
print("\n".join(missing + [f"{names} names, {len(missing)} missing"]))
