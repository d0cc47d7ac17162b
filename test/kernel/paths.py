#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""paths.py DUMP ANSWER FROM TO: check an answer of 'airlock why FROM --to TO --all' against the summaries.

DUMP is what 'airlock dump' prints of the summaries, ANSWER is the answer as JSON. Finds the simple paths again, from the
dump alone and in the plainest way: from each function through each of its calls, from each slot through whatever is
stored there. Prints the paths of the answer, what is missing and what was not expected; fails if anything is, or if a
path is there twice.
"""

import collections
import json
import sys


class Program:
    """What all units say together. An entity is named by its identity, which is the same in every unit."""

    def __init__(self, units):
        self.names = {}
        self.bodies = {}
        self.stored = collections.defaultdict(list)
        for number, unit in enumerate(units):
            keys = [entity.get("identity", (number, entity["entity"])) for entity in unit["entities"]]
            for key, entity in zip(keys, unit["entities"]):
                name = entity["name"]
                if entity["kind"] == "parameter" and "owner" in entity:
                    name = f"{entity['owner']['name']}.{name}"
                self.names[key] = name
            macros = {key for key, entity in zip(keys, unit["entities"]) if entity["kind"] == "macro"}
            for function in unit["functions"]:
                # An inline function of a header is in many units, and is the same in all of them.
                body = self.bodies.setdefault(keys[function["function"]["entity"]], [])
                if not body:
                    for call in function["calls"]:
                        callee = keys[call["callee"]["entity"]]
                        body.append((call["call"], call.get("outer"), callee, callee in macros))
            for store in unit["stores"]:
                self.stored[keys[store["slot"]["entity"]]].append(keys[store["stored"]["entity"]])

    def steps(self, place):
        """Where one step leads from a place: a function or a slot and, in a function, the expansion it is in."""
        entity, around = place
        for call, outer, callee, is_macro in self.bodies.get(entity, ()):
            if outer == around:
                yield callee, (entity, call) if is_macro else (callee, None)
        if around is None:
            for stored in self.stored.get(entity, ()):
                yield stored, (stored, None)

    def paths(self, start, goals):
        """The paths as tuples of names."""
        found = set()

        def walk(place, passed, names):
            for entity, onwards in self.steps(place):
                path = names + (self.names[entity],)
                if entity in goals:
                    found.add(path)
                elif onwards[0] == place[0] or onwards[0] not in passed:
                    if onwards[0] == place[0] and onwards[1] is None:
                        continue  # it calls itself
                    walk(onwards, passed | {onwards[0]}, path)

        walk((start, None), {start}, (self.names[start],))
        return found


def main(dump, answer, start, goal):
    with open(dump, encoding="utf-8") as file:
        program = Program(json.load(file)["units"])
    with open(answer, encoding="utf-8") as file:
        told = json.load(file)
    if told["ended"] != "done":
        sys.exit("the answer is not complete")
    starts = [key for key, name in program.names.items() if name == start]
    goals = {key for key, name in program.names.items() if name == goal}
    want = set().union(*(program.paths(key, goals) for key in starts))
    have = [(path["function"], *(step["callee"] for step in path["steps"])) for path in told["paths"]]
    for path in have:
        print("path:", " ".join(path))
    for path in sorted(want - set(have)):
        print("missing:", " ".join(path))
    for path in sorted(set(have) - want):
        print("unexpected:", " ".join(path))
    print(f"{len(have)} paths, {len(set(have))} different, {len(want)} expected")
    sys.exit(0 if want and set(have) == want and len(have) == len(want) else 1)


if len(sys.argv) != 5:
    sys.exit(__doc__)
main(*sys.argv[1:])
