#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ids.py ALL [--some] REPORT...: whether findings have the ids that they have in the report ALL, whose ids are all different.

A finding is known by its file, without the folder, by its place and its words. Every report has findings that ALL has,
and only such; after --some, others too.
"""

import json
import os
import sys


def ids(name):
    with open(name, encoding="utf-8") as file:
        found = json.load(file)["findings"]
    return {(f["rule"], f["severity"], os.path.basename(f["location"]["file"]), f["location"]["line"],
             f["location"]["column"], f["message"]): f["id"] for f in found}


every = ids(sys.argv[1])
wrong = [] if len(set(every.values())) == len(every) else ["ids of all are not all different"]
subset = True
for report in sys.argv[2:]:
    if report == "--some":
        subset = False
        continue
    some = ids(report)
    shared = [key for key in some if key in every]
    wrong += [f"{report}: {key}: {some[key]}, not {every[key]}" for key in shared if some[key] != every[key]]
    wrong += [f"{report}: {key} is new" for key in some if subset and key not in every]
    if not shared:
        wrong.append(f"{report}: nothing in common")
sys.exit("\n".join(wrong) or 0)
