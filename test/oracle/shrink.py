# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The smallest program that still fails in the same way. All ways to make it one step smaller are tried as one batch."""

import itertools
import re
import subprocess

from program import has_word

MOST = 150  # candidates at a time
ROUNDS = 40
FEW_BITS = 11  # of chance, while there is much to try


# The names that a builder gives to locals; in a declaration, the first is what is declared.
LOCAL = re.compile(r"\b(?:ret|(?:c|fn|got|flags|guard|i|v|x|n|buf)\d+)\b")


def number(program):
    """Gives each statement a number that copies keep."""
    count = itertools.count()
    for f in program.functions:
        for s in f.walk():
            s.number = next(count)


def lists(program):
    for f in program.functions:
        yield f, f.body
        for s in f.walk():
            for body in s.bodies:
                yield f, body


def find(program, wanted):
    for _, body in lists(program):
        for i, s in enumerate(body):
            if s.number == wanted:
                return body, i
    return None, None


def steps(program):
    """What could be done, each a function's name and its arguments."""
    out = [("lose_function", f.name) for f in program.functions if f.kind == "tick" or not program.mentions(f.name)]
    out += [("lose_table", name) for name, slots in program.tables if not program.mentions(name) and "on_tick" not in slots]
    if len(program.units()) > 1:
        out.append(("one_unit", 0))
    for f, body in lists(program):
        for i, s in enumerate(body):
            last = body is f.body and i == len(body) - 1
            if not (last and s.is_ == "ret"):
                out.append(("lose", s.number))
            if s.bodies:
                out += [("unwrap", s.number, n) for n in range(len(s.bodies))]
                if s.is_ == "if" and len(s.bodies) > 1:
                    out.append(("lose_else", s.number))
                out += [("simplify", s.number, text) for text in ("chance", "a") if s.is_ == "if" and s.text not in ("chance", "a")]
            if s.is_ == "line":
                out += [("rewrite", s.number, simpler) for simpler in simpler_lines(s.text)]
    return out


def simpler_lines(text):
    if "@" in text and "(" in text and text.count("@") == 1:
        plain = re.sub(r"\(d, .*, u\)", "(d, 0, 0, u)", text)
        if plain != text:
            yield plain
    if text.startswith("ret = @"):
        yield text[len("ret = ") :]
    for one, other in (("get_mem(CAN_WAIT);", "nap();"), ("nap_above", "nap_if")):
        if one in text:
            yield text.replace(one, other)


def apply(program, step):
    """Whether the step could be made."""
    kind, *rest = step
    if kind == "lose_function":
        program.functions = [f for f in program.functions if f.name != rest[0]]
        program.tables = [t for t in program.tables if t[1].get("on_tick") != rest[0]]
    elif kind == "lose_table":
        program.tables = [t for t in program.tables if t[0] != rest[0]]
    elif kind == "one_unit":
        for f in program.functions:
            f.unit = 0
    else:
        body, i = find(program, rest[0])
        if body is None:
            return False
        s = body[i]
        if kind == "lose":
            del body[i]
        elif kind == "unwrap":
            body[i : i + 1] = s.bodies[rest[1]]
        elif kind == "lose_else":
            del s.bodies[1:]
        else:
            s.text = rest[1]
    return is_whole(program)


def is_whole(program):
    """Whether it still is C, as far as the steps can break it."""
    if not program.functions:
        return False
    for f in program.functions:
        labels = [s.text for s in f.walk() if s.is_ == "label"]
        if any(s.is_ == "jump" and s.text not in labels for s in f.walk()):
            return False
        declared = set()
        for s in f.walk():
            names = LOCAL.findall(s.text)
            if s.is_ == "decl" or (s.is_ == "scope" and s.text):
                declared.add(names.pop(0))
            if not declared.issuperset(n for n in names if not s.text.startswith("for (")):
                return False
        if not breaks_fit(f.body, False):
            return False
    return all(any(f.name == name for f in program.functions) for _, slots in program.tables for name in slots.values())


def breaks_fit(body, in_loop):
    for s in body:
        if s.text in ("break;", "continue;") and not in_loop:
            return False
        inner = in_loop or s.is_ in ("while", "for", "dowhile")
        if not all(breaks_fit(b, inner) for b in s.bodies):
            return False
    return True


def try_safely(batch, programs, bits=FEW_BITS):
    """The results, with None for what does not compile."""
    try:
        return batch.try_all(programs, quiet=True, bits=bits)
    except (RuntimeError, subprocess.CalledProcessError, subprocess.TimeoutExpired):
        if len(programs) == 1:
            return [None]
        half = len(programs) // 2
        return try_safely(batch, programs[:half], bits) + try_safely(batch, programs[half:], bits)


def still(result, failure):
    return result is not None and any(failure.same(f) for f in result.failures)


def shrink(batch, program, failure):
    program = program.copy()
    number(program)
    bits = FEW_BITS
    if not still(try_safely(batch, [program])[0], failure):
        bits = 14
    for _ in range(ROUNDS):
        possible = []
        for step in steps(program):
            smaller = program.copy()
            if apply(smaller, step):
                possible.append((step, smaller))
        good = []
        for start in range(0, len(possible), MOST):
            chunk = possible[start : start + MOST]
            results = try_safely(batch, [p for _, p in chunk], bits)
            good += [pair for pair, r in zip(chunk, results) if still(r, failure)]
        if not good:
            break
        # Many steps go together: the longest run of them that still fails is made at once.
        together, sums = program, []
        for step, _ in good:
            more = together.copy()
            if apply(more, step):
                together = more
                sums.append(more)
        best = None
        for p, r in zip(sums, try_safely(batch, sums, bits)):
            if still(r, failure):
                best = p
        candidates = [p for _, p in good] + ([best] if best else [])
        program = min(candidates, key=size)
    return program


def size(program):
    return (program.lines(), len(program.functions), len(program.units()), sum(len(s.text) for f in program.functions for s in f.walk()))
