# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A program with what each side said of its lines, for people."""

import re

from program import UNITS, write_unit

MARKS = re.compile(r"p0_|\b(?:AT_?|LOOP_|R_|JUMP) |\b(?:USES|SIZES|MOVES|ROOM|BY_|BOUNDS)\([^()]*(?:\(\w*\))?\) ?|\bFRAME\(\d+\)")
QUIET = ("exit-clean", "exit-open")


def show(result):
    out = [f"// {result.program.seed}" + (f" ({result.program.mutated})" if result.program.mutated else "")]
    for unit in range(UNITS):
        if not any(f.unit == unit for f in result.program.functions):
            continue
        w = write_unit([(0, result.program)], unit)
        if len(result.program.units()) > 1:
            out.append(f"// unit {unit}")
        for number, text in enumerate(w.lines, 1):
            if text == "#ifdef ORACLE_RUN":
                break
            if number in w.owner:
                out += show_line(result, (unit, number), text)
            elif text.startswith("const struct"):
                out.append(MARKS.sub("", text))
    return "\n".join(out)


def show_line(result, place, text):
    said = {}
    for f in result.findings:
        if f.place == place:
            said.setdefault((f.severity, f.message), set()).add("program" if f.whole else "unit")
    happened = [
        f"{rule} {region} {places[place]}/{result.truth.visits.get(place, 0)}"
        for (rule, region), places in result.truth.hits.items()
        if place in places and rule not in QUIET and region not in ("mtx",)
    ]
    text = MARKS.sub("", text)
    if not text.strip() and not said and not happened:
        return []
    lines = [text]
    if happened:
        lines[0] += "  // ran: " + ", ".join(happened)
    for (severity, message), scales in sorted(said.items()):
        lines.append(f"\t\t// {severity} ({', '.join(sorted(scales))}): {MARKS.sub('', message)}")
    return lines
