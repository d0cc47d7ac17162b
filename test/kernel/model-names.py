#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""model-names TARBALL MODEL [--elsewhere FILE]: the names of a model that stand nowhere in the C files and headers of a Linux
source package: nothing can ever match them. FILE has names that are known from elsewhere, one in a line, with `#` for why and
`*` at the end for all that begin so."""

import argparse
import json
import re
import tarfile


def names_of(model):
    """Each name with the words that have to be there for it."""
    for name in list(model.get("functions", {})) + list(model.get("constants", {})):
        yield name, [name]
    for name in model.get("slots", {}):
        yield name, [word for word in name.split(".") if word != "*"]
    for name in model.get("lock_types", {}):
        yield name, [name.removeprefix("struct ")]


def words_of(tarball):
    words = set()
    with tarfile.open(tarball, "r|xz") as source:
        for member in source:
            if member.isfile() and member.name.endswith((".c", ".h", ".S")) and "/tools/" not in member.name:
                words.update(re.findall(rb"[A-Za-z_]\w*", source.extractfile(member).read()))
    return words


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tarball")
    parser.add_argument("model")
    parser.add_argument("--elsewhere")
    wanted = parser.parse_args()
    elsewhere = []
    if wanted.elsewhere:
        with open(wanted.elsewhere, encoding="utf-8") as file:
            elsewhere = [line.split("#")[0].strip() for line in file if line.split("#")[0].strip()]
    with open(wanted.model, encoding="utf-8") as file:
        names = dict(names_of(json.load(file)))
    words = words_of(wanted.tarball)
    gone = [name for name, parts in names.items() if any(part.encode() not in words for part in parts)]
    matches = lambda name, known: name.startswith(known[:-1]) if known.endswith("*") else name == known
    for name in sorted(gone):
        if not any(matches(name, known) for known in elsewhere):
            print(f"'{name}' is nowhere in the source")
    unused = [known for known in elsewhere if not any(matches(name, known) for name in gone)]
    for known in unused:
        print(f"'{known}' is in the source, or in no model")
    left = sum(not any(matches(name, known) for known in elsewhere) for name in gone)
    print(f"{len(names)} names, {left} of them nowhere, {len(gone) - left} known from elsewhere")


main()
