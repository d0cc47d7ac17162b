#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""pages.py ROOT [--write]: whether the wrong and the right example of each rule's page are those of its test.

In a file of test/RULE/, an example stands between `// page: wrong` or `// page: right` and `// page: end`. On the page, what
the test expects of a line is a comment behind it; other expectations are left out. --write puts them into the pages.
"""

import os
import re
import sys

ROOT = sys.argv[1]
RULES = os.path.join(ROOT, "plugin/rules")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def rendered(lines):
    """The lines of an example as the page has them."""
    for line in lines:
        line = line.expandtabs(8)
        if re.match(r"\s*// (expected-|CHECK)", line):
            continue
        if line.startswith("#--- "):
            line = f"/* {line[5:]} */"
        code, _, expected = line.partition(" // expected-")
        yield "    " + code if code.strip() else ""
        for said in re.findall(r"(?:warning|remark)(?:@[-+]?\d+)? (?:\d+ )?\{\{(.*?)\}\}", expected):
            said = re.sub(r" \[airlock-[a-z-]+\]$", "", said)
            yield "    " + re.match(r" *", code).group() + f"/* {said} */"


def examples(rule):
    """Kind of example -> its text, from all tests of the rule."""
    found = {}
    folder = os.path.join(ROOT, "test", rule)
    for name in sorted(os.listdir(folder)):
        if not name.endswith((".c", ".test")):
            continue
        for kind, text in re.findall(r"^// page: (wrong|right)\n(.*?)^// page: end$", read(os.path.join(folder, name)), re.M | re.S):
            lines = list(rendered(text.rstrip("\n").split("\n")))
            found[kind] = found[kind] + ["", *lines] if kind in found else lines
    return {kind: "\n".join(lines) + "\n" for kind, lines in found.items()}


def main():
    rules = re.findall(r'^AIRLOCK_(?:RULE|ADVICE)\("([a-z-]+)"', read(os.path.join(RULES, "Rules.def")), re.M)
    wrong = 0
    for rule in rules:
        path = os.path.join(RULES, rule + ".md")
        page, of_test = read(path), examples(rule)
        for kind, title in (("wrong", "Wrong"), ("right", "Right")):
            if kind not in of_test:
                print(f"{rule}: no test has the {kind} example of its page")
                wrong += 1
                continue
            head = f"## {title}\n\n"
            at = page.index(head) + len(head)
            block = re.match(r"(?:(?:    .*)?\n)*(?=\S)", page[at:]).group()
            if block.rstrip("\n") == of_test[kind].rstrip("\n"):
                continue
            if "--write" in sys.argv:
                page = page[:at] + of_test[kind] + "\n" + page[at + len(block):]
                continue
            print(f"{rule}: the {kind} example of its page is not that of its test; see test/Inputs/pages.py")
            wrong += 1
        if "--write" in sys.argv:
            with open(path, "w", encoding="utf-8") as file:
                file.write(page)
    print(f"{len(rules)} pages, {wrong} examples are none of a test")
    sys.exit(bool(wrong))


main()
