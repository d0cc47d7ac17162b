# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Many programs in a few processes: written into one file a unit, run together, judged together."""

import os
import tempfile
from dataclasses import dataclass

import truth
import verdict
from judge import false_findings, missed, sometimes
from program import UNITS, write_unit

MODEL = os.path.join(truth.HERE, "oracle.json")


@dataclass
class Result:
    program: object
    truth: object
    findings: list
    failures: list
    sometimes: list
    given_up: int


class Batch:
    """Where programs are tried. Use as a context: its folder goes with it."""

    def __init__(self, model=MODEL):
        self.model = model
        self.temporary = tempfile.TemporaryDirectory(prefix="oracle-")
        self.folder = self.temporary.name
        self.runtime = truth.compile_runtime(self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()

    def try_all(self, programs, quiet=False, bits=14):
        """[Result], in order. Quiet: it may well be that they do not compile. Bits: chances that are tried out."""
        numbered = list(enumerate(programs))
        writers = [write_unit(numbered, unit) for unit in range(UNITS)]
        files = {}
        for unit, w in enumerate(writers):
            files[unit] = os.path.join(self.folder, f"unit{unit}.c")
            with open(files[unit], "w") as f:
                f.write("\n".join(w.lines) + "\n")
        truths = truth.run(self.folder, self.runtime, list(files.values()), quiet, bits)
        findings, given_up = verdict.judge(self.folder, files, self.model)

        owners = [{} for _ in programs]
        for unit, w in enumerate(writers):
            for line, (index, function, stmt) in w.owner.items():
                owners[index][unit, line] = (function, stmt)
        mine = [[] for _ in programs]
        for found in findings:
            unit, line = found.place
            index = writers[unit].owner.get(line, (None,))[0] if unit >= 0 else None
            if index is None and found.function.startswith("p"):
                index = int(found.function[1 : found.function.index("_")])
            if index is not None:
                mine[index].append(found)
        out = []
        for i, program in numbered:
            prefix = f"p{i}_"
            lost = {name[len(prefix) :] for name in given_up if name.startswith(prefix)}
            t, o = truths.get(i, truth.Truth()), owners[i]
            failures = false_findings(t, mine[i], o)
            for whole in (False, True):
                failures += missed(program, t, mine[i], o, whole, lost)
            out.append(Result(program, t, mine[i], failures, sometimes(t, [f for f in mine[i] if f.whole]), len(lost)))
        return out
