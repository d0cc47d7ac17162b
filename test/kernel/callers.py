#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""callers.py EXPECTED REPORT...: compare the functions that context-call reports with a list.

EXPECTED has one 'file function' a line, the file relative to the kernel's source, and comments after '#'. Prints what
is missing and what was not expected; fails if anything is. A finding of another rule is not expected.
"""

import json
import sys


def expected(path):
    with open(path, encoding="utf-8") as file:
        lines = (line.split("#")[0].split() for line in file)
        return {tuple(fields) for fields in lines if fields}


def reported(paths):
    functions = set()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        for finding in report["findings"]:
            if finding["rule"] != "context-call" or finding["suppressed"]:
                sys.exit(f"{path}: unexpected finding: {finding['message']}")
            # However the report writes the path, what counts is the part inside the kernel.
            file = finding["location"]["file"]
            functions.add((file[max(file.find("drivers/"), 0):], finding["function"]))
    return functions


def main(expected_path, *reports):
    if not reports:
        sys.exit(__doc__)
    want, have = expected(expected_path), reported(reports)
    for file, function in sorted(want - have):
        print(f"missing: {file} {function}")
    for file, function in sorted(have - want):
        print(f"unexpected: {file} {function}")
    print(f"{len(have)} functions in {len(reports)} reports")
    sys.exit(0 if want == have else 1)


main(*sys.argv[1:])
