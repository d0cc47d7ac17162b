#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""model-names TARBALL MODEL [--elsewhere FILE]: the names of a model, and of its parts, that stand nowhere in the C files and headers of a Linux
source package: nothing can ever match them. FILE has names that are known from elsewhere, one in a line, with `#` for why and
`*` at the end for all that begin so."""

import argparse
import itertools
import json
import os
import re
import tarfile


def read(path):
    """A model and its parts, one after the other."""
    with open(path, encoding="utf-8") as file:
        model = json.load(file)
    yield model
    for part in model.get("parts", []):
        yield from read(os.path.join(os.path.dirname(path), part))


def family(key):
    """The names that an entry is for: in braces, it has a choice."""
    pieces = re.split(r"\{([^}]*)\}", key)
    choices = [piece.split(",") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return map("".join, itertools.product(*choices))


def names_of(model):
    """Each name with the words that have to be there for it."""
    for key in list(model.get("functions", {})) + list(model.get("constants", {})):
        for name in family(key):
            yield name, [name.rsplit(":")[-1]]
    for key in model.get("slots", {}):
        for name in family(key):
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
    names = dict(found for part in read(wanted.model) for found in names_of(part))
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
