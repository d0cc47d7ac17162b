# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random programs. They are right by construction, but for sleeps in the wrong place, and then mistakes are put in (mutate.py)."""

import random

from constructs import Builder
from mutate import mutate
from program import PARAMETERS, Function, Program, Stmt


def generate(profile, seed):
    """The program of a seed: always the same one."""
    rng = random.Random(f"{profile.name}:{seed}")
    program = Program(seed=f"{profile.name}:{seed}")
    units = rng.choice(profile.units)
    count = rng.randint(*profile.functions)
    slotted = []
    for i in reversed(range(count)):
        f = Function(f"f{i}", rng.randrange(units), [])
        f.linkage = profile.pick(rng, {"": 3, "static": 3, "static-inline": 1}).replace("-", " ")
        if i == 0:
            f.linkage = ""
        if profile.on(rng, "context"):
            f.mark = rng.choice((" __uaccess", " __uaccess", " __context_entry(uaccess)"))
        if i == 0 and profile.on(rng, "void"):
            f.returns = "void"
        builder = Builder(rng, profile, program, f, units)
        f.body = builder.function_body()
        program.functions.insert(0, f)
        if f.returns == "int" and not f.mark:
            slotted.append(f)
        if len(slotted) > 1 and not program.tables and profile.on(rng, "slot"):
            fill_slots(rng, program, slotted)
        if f.returns == "int" and not f.mark and profile.on(rng, "tick"):
            add_tick(program, f)
    if rng.random() < profile.mistakes:
        for _ in range(rng.choice((1, 1, 2))):
            mutate(rng, program)
    return program


def fill_slots(rng, program, functions):
    """One table or two of functions of one unit; what is called through them is what a later function calls."""
    unit = rng.choice(functions).unit
    fit = [f for f in functions if f.unit == unit]
    for i in range(rng.choice((1, 1, 2))):
        program.tables.append((f"tab{i}", {"work": rng.choice(fit).name}))


def add_tick(program, f):
    """A function for a tick, which calls f."""
    if any("on_tick" in slots for _, slots in program.tables):
        return
    body = [Stmt("line", f"@{f.name}(d, 0, g & ~CAN_WAIT, u);", of="call"), Stmt("ret", "0")]
    program.functions.append(Function("tick", f.unit, body, linkage="static", kind="tick", of="tick"))
    program.tables.append(("ticks", {"on_tick": "tick"}))
