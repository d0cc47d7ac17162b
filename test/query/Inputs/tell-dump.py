#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""tell-dump.py DUMP: a line for everything that a dump says of its units, each unit's in the order of the source."""

import json
import sys


def place(record):
    return f"{record['location']['file']}:{record['location']['line']}"


def words_of(entity):
    yield f"{entity['kind']} {entity['name']}"
    for flag in ("body", "weak", "inline", "opaque"):
        if entity.get(flag):
            yield flag
    if "file" in entity:
        yield f"static in {entity['file']}"
    for origin in entity.get("origins", ()):
        yield f"needs {origin['context']} by {origin.get('model') or place(origin)}"
    if "effects" in entity:
        yield "effects " + " ".join(entity["effects"])
    if "when" in entity:
        yield "if " + " and ".join(one["text"] for one in entity["when"])
    for change, regions in entity.get("regions", {}).items():
        yield f"{change} {' '.join(regions)}"
    if "never" in entity:
        yield "never " + " ".join(entity["never"]["effects"])


def words_at(situation):
    for opened in situation.get("open", ()):
        yield f"while {opened['region']} is open since call {opened['by']}"
    for argument in situation.get("arguments", ()):
        if "argument" in argument:
            yield f"passing argument {argument['argument']}"
        elif "number" in argument:
            yield f"passing {argument['number']}"
        elif "function" in argument:
            yield f"passing {argument['function']['name']}"


def lines_of(unit):
    names = {entity["entity"]: entity["name"] for entity in unit.get("entities", ())}

    def check(reference):
        # A reference has the name of what it refers to.
        assert names[reference["entity"]] == reference["name"]
        return reference["name"]

    for entity in unit.get("entities", ()):
        assert int(entity["identity"], 16)
        yield entity["location"], ", ".join(words_of(entity))
    for function in unit.get("functions", ()):
        name, calls = check(function["function"]), function["calls"]
        ways = {at["call"]: at["ways"] for at in function.get("situations", ())}
        for call in calls:
            words = [f"{name} calls {check(call['callee'])}"]
            if "outer" in call:
                words.append(f"in {calls[call['outer']]['callee']['name']}")
            for way in ways.get(call["call"], ()):
                words.extend(words_at(way))
            yield call["location"], ", ".join(words)
    for store in unit.get("stores", ()):
        to = f" for {check(store['passedTo'])}" if "passedTo" in store else ""
        yield store["location"], f"{check(store['stored'])} is stored in {check(store['slot'])}{to}"
    for suppression in unit.get("suppressions", ()):
        used = "used" if suppression.get("used") else "unused"
        yield suppression["location"], f"{used} suppression of {suppression['rule']}: {suppression['why']}"
    for finding in unit.get("findings", ()):
        suppressed = "suppressed " if finding["suppressed"] else ""
        yield finding["location"], f"{suppressed}finding of {finding['rule']}"


def main(path):
    with open(path, encoding="utf-8") as file:
        dump = json.load(file)
    for unit in dump["units"]:
        print(f"unit {unit['file']}: {unit['status']} with {' '.join(unit['models'])}")
        lines = [(at["file"], at["line"], text) for at, text in lines_of(unit)]
        for file, line, text in sorted(lines):
            print(f"{file}:{line}: {text}")


main(*sys.argv[1:])
