# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Mistakes that people make, put into a program that is right: an unlock is forgotten, an error path leaves too early."""

import copy

OPENERS = ("_take", "_in(", "_stop(", "win_open", "open", "try")
CLOSERS = ("_drop", "_out(", "_go(", "win_close", "close")


def bodies_of(program):
    """Every list of statements, and the function that it is in."""
    for f in program.functions:
        yield f, f.body
        for s in f.walk():
            for body in s.bodies:
                yield f, body


def places(program, fits):
    return [(f, body, i) for f, body in bodies_of(program) for i, s in enumerate(body) if fits(s)]


def is_close(s):
    return s.is_ == "line" and any(word in s.text for word in CLOSERS)


def is_open(s):
    return s.is_ == "line" and any(word in s.text for word in OPENERS)


def drop(rng, f, body, i):
    del body[i]


def double(rng, f, body, i):
    body.insert(i, copy.deepcopy(body[i]))


def swap(rng, f, body, i):
    j = i + 1 if i + 1 < len(body) else i - 1
    if j >= 0 and body[i].is_ not in ("decl", "ret", "label") and body[j].is_ not in ("decl", "ret", "label"):
        body[i], body[j] = body[j], body[i]


def invert(rng, f, body, i):
    s = body[i]
    s.text = s.text[1:] if s.text.startswith("!") and s.text[1:].isidentifier() else f"!({s.text})"


def leave_at_once(rng, f, body, i):
    s = body[i]
    s.is_, s.text = "ret", "-5" if f.returns == "int" else ""


def other_flavour(rng, f, body, i):
    s = body[i]
    s.text = s.text.replace("win_close_read", "win_close_write") if "_read" in s.text else s.text.replace("win_close", "win_close_read").replace("_read_write", "_read")


def other_flags(rng, f, body, i):
    s = body[i]
    s.text = s.text.replace("& ~CAN_WAIT", "| CAN_WAIT") if "~CAN_WAIT" in s.text else s.text.replace("(URGENT)", "(CAN_WAIT)")


def add_sleep(rng, f, body, i):
    s = copy.deepcopy(body[i])
    s.text, s.of = "nap();", "nap"
    body.insert(i, s)


MISTAKES = (
    (3, is_close, drop),
    (1, is_close, double),
    (1, is_open, drop),
    (1, is_open, double),
    (2, lambda s: is_close(s) or is_open(s), swap),
    (1, lambda s: s.is_ == "if", invert),
    (2, lambda s: s.is_ == "jump", leave_at_once),
    (1, lambda s: s.is_ == "line" and "win_close" in s.text, other_flavour),
    (1, lambda s: s.is_ == "line" and ("~CAN_WAIT" in s.text or "(URGENT)" in s.text), other_flags),
    (1, is_close, add_sleep),
)


def mutate(rng, program):
    weights = [weight for weight, _, _ in MISTAKES]
    for _ in range(6):
        _, fits, change = rng.choices(MISTAKES, weights)[0]
        found = places(program, fits)
        if found:
            change(rng, *rng.choice(found))
            program.mutated = (program.mutated + " " + change.__name__).strip()
            return
