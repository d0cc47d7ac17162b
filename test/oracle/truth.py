# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What really happens: programs are compiled with the host's compiler and run with all chances."""

import os
import subprocess
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))
INCLUDE = os.path.join(HERE, "..", "..", "annotations", "include")
COMPILER = os.environ.get("ORACLE_CC", "clang-19")


@dataclass
class Truth:
    """Of one program. A place is (unit, line)."""

    runs: int = 0
    visits: dict = field(default_factory=dict)  # place -> count
    hits: dict = field(default_factory=dict)  # (rule, region) -> place -> count
    chains: dict = field(default_factory=dict)  # (rule, region) -> chain of places, outermost first -> times

    def at(self, rule, region, place):
        return self.hits.get((rule, region), {}).get(place, 0)


def compile_runtime(folder):
    """The parts of the machine, as objects."""
    out = []
    for part in ("runtime", "memory"):
        out.append(os.path.join(folder, f"{part}.o"))
        source = os.path.join(HERE, f"{part}.c")
        subprocess.run([COMPILER, "-O1", "-w", "-c", "-I", INCLUDE, source, "-o", out[-1]], check=True)
    return out


def run(folder, runtime, files, quiet=False, bits=14):
    """{program index: Truth}"""
    program = os.path.join(folder, "programs")
    subprocess.run(
        [COMPILER, "-O0", "-w", "-DORACLE_RUN", "-I", INCLUDE, "-I", HERE, *files, *runtime, "-o", program],
        check=True,
        stderr=subprocess.DEVNULL if quiet else None,
    )
    out = subprocess.run([program, str(bits)], check=True, stdout=subprocess.PIPE, text=True, timeout=600).stdout
    return read(out)


def read(text):
    found = {}
    truth = None
    for line in text.splitlines():
        kind, *words = line.split()
        if kind == "P":
            truth = found[int(words[0])] = Truth(runs=int(words[1]))
        elif kind == "V":
            truth.visits[int(words[0]), int(words[1])] = int(words[2])
        elif kind == "H":
            truth.hits.setdefault((words[0], words[1]), {})[int(words[2]), int(words[3])] = int(words[4])
        elif kind == "C":
            chain = tuple(tuple(map(int, w.split(":"))) for w in words[3:])
            truth.chains.setdefault((words[0], words[1]), {})[chain] = int(words[2])
    return found
