# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a generated program is: units of functions, a function a tree of statements; and its text in C.

Names that belong to the program begin with '@' in all texts, so that many programs fit into one file.
"""

import copy
from dataclasses import dataclass, field

UNITS = 3
FLAGS = 6  # pairs of flags in a device, one for each function
PARAMETERS = "struct @dev *d, int a, int g, int __user *u"


@dataclass
class Stmt:
    """A statement. is: line, ret, jump, label, if, while, dowhile, for, switch, scope."""

    is_: str
    text: str = ""  # the line, condition, label or header
    bodies: list = field(default_factory=list)  # lists of statements: then and else, the cases, ...
    of: str = ""  # the construct that it comes from

    def walk(self):
        yield self
        for body in self.bodies:
            for stmt in body:
                yield from stmt.walk()


@dataclass
class Function:
    name: str  # without the '@'
    unit: int
    body: list
    linkage: str = ""  # "", "static", "static inline"
    returns: str = "int"
    parameters: str = PARAMETERS
    kind: str = "root"  # root: balanced by intention; tick: in a slot that a tick calls; helper: it may end with more open
    mark: str = ""  # annotations behind the prototype
    of: str = ""

    def walk(self):
        for stmt in self.body:
            yield from stmt.walk()

    @property
    def inline(self):
        return "inline" in self.linkage

    def is_what(self):
        """For the machine, as in oracle.h."""
        return (
            1 * self.inline
            + 2 * (self.returns == "void")
            + 4 * ("__uaccess_safe" in self.mark)
            + 8 * ("__uaccess" in self.mark.split())
            + 16 * ("__context_entry" in self.mark)
        )

    def prototype(self):
        return f"{self.linkage} {self.returns} @{self.name}({self.parameters}){self.mark}".strip()


@dataclass
class Program:
    functions: list = field(default_factory=list)
    tables: list = field(default_factory=list)  # (name, {slot: function})
    seed: str = ""
    constructs: set = field(default_factory=set)
    mutated: str = ""

    def copy(self):
        return copy.deepcopy(self)

    def units(self):
        return sorted({f.unit for f in self.functions})

    def lines(self):
        return sum(1 for f in self.functions for _ in f.walk())

    def uses(self):
        """The constructs that its statements come from."""
        return {s.of for f in self.functions for s in f.walk() if s.of} | {f.of for f in self.functions if f.of}

    def mentions(self, name):
        needle = f"@{name}"
        texts = [s.text for f in self.functions for s in f.walk()]
        return any(has_word(t, needle) for t in texts) or any(name in slots.values() for _, slots in self.tables)


def has_word(text, word):
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if end == len(text) or not (text[end].isalnum() or text[end] == "_"):
            return True
        at = text.find(word, at + 1)
    return False


class Writer:
    """The lines of one file, and whose each of them is."""

    def __init__(self, unit):
        self.unit = unit
        self.lines = []
        self.owner = {}  # line -> (program index, function, statement)
        self.at = None

    def put(self, text, prefix="", stmt=None):
        self.lines.append(text.replace("@", prefix))
        if self.at:
            self.owner[len(self.lines)] = (*self.at, stmt)


def write_body(w, prefix, body, indent):
    tab = "\t" * indent

    def put(text, stmt):
        w.put(tab + text, prefix, stmt)

    for s in body:
        if s.is_ == "line":
            put(f"AT {s.text}", s)
        elif s.is_ == "decl":
            put(s.text, s)
        elif s.is_ == "ret":
            put(f"AT return R_ {s.text};" if s.text else "AT return;", s)
        elif s.is_ == "jump":
            put(f"JUMP goto {s.text};", s)
        elif s.is_ == "label":
            put(f"{s.text}: ;", s)
        elif s.is_ == "if":
            put(f"AT if ({s.text}) {{", s)
            write_body(w, prefix, s.bodies[0], indent + 1)
            if len(s.bodies) > 1 and s.bodies[1]:
                put("} else {", s)
                write_body(w, prefix, s.bodies[1], indent + 1)
            put("}", s)
        elif s.is_ in ("while", "for"):
            put(f"{s.is_} ({s.text}) {{", s)
            write_body(w, prefix, s.bodies[0], indent + 1)
            put("}", s)
        elif s.is_ == "dowhile":
            put("do {", s)
            write_body(w, prefix, s.bodies[0], indent + 1)
            put(f"}} while ({s.text});", s)
        elif s.is_ == "switch":
            put(f"AT switch ({s.text}) {{", s)
            for i, case in enumerate(s.bodies):
                put(f"case {i}:" if i + 1 < len(s.bodies) else "default:", s)
                write_body(w, prefix, case, indent + 1)
                put("\tbreak;", s)
            put("}", s)
        elif s.is_ == "scope":
            put(f"{s.text} {{" if s.text else "{", s)
            write_body(w, prefix, s.bodies[0], indent + 1)
            put("}", s)
        else:
            raise ValueError(s.is_)


def write_function(w, program_index, prefix, f):
    w.at = (program_index, f)
    w.put(f.prototype().replace(f.mark, "") if f.mark else f.prototype(), prefix)
    w.put("{", prefix)
    w.put(f"\tFRAME({f.is_what()})")
    write_body(w, prefix, f.body, 1)
    w.put("AT }" if f.returns == "void" else "}", prefix)
    w.at = None
    w.put("")


def write_unit(programs, unit):
    """One file: what of each program belongs to this unit. programs: (index, program), the index names it."""
    w = Writer(unit)
    w.put("// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception")
    w.put(f"#define ORACLE_UNIT {unit}")
    w.put('#include "oracle.h"')
    entries = []
    for index, program in programs:
        mine = [f for f in program.functions if f.unit == unit]
        if not mine:
            continue
        prefix = f"p{index}_"
        w.put("")
        w.put("struct @dev;", prefix)
        w.put("struct @ops {", prefix)
        w.put(f"\tint (*work)({PARAMETERS});", prefix)
        w.put(f"\tint (*on_tick)({PARAMETERS});", prefix)
        w.put("};")
        w.put("struct @dev {", prefix)
        for k in range(FLAGS):
            w.put(f"\tint on{k}, mode{k};")
        w.put("\tstruct lock lk;")
        w.put("\tint __user *ubuf;")
        w.put("\tconst struct @ops *ops;", prefix)
        w.put("};")
        for f in program.functions:
            if f.unit == unit or not f.linkage:
                w.put(f.prototype() + ";", prefix)
        for name, slots in program.tables:
            if all(f.unit == unit for f in program.functions if f.name in slots.values()):
                w.put(
                    f"const struct @ops @{name} = {{ "
                    + ", ".join(f".{slot} = @{f}" for slot, f in sorted(slots.items()))
                    + " };",
                    prefix,
                )
            else:
                w.put(f"extern const struct @ops @{name};", prefix)
        w.put("")
        for f in mine:
            write_function(w, index, prefix, f)
        for f in mine:
            if f.parameters != PARAMETERS:
                continue
            entries.append((index, f))
    w.put("#ifdef ORACLE_RUN")
    for index, f in entries:
        program = dict(programs)[index]
        write_entry(w, program, f, f"p{index}_")
    w.put(f"const struct oracle_entry entries{unit}[] = {{")
    for index, f in entries:
        root, tick = int(f.kind != "helper"), int(f.kind == "tick")
        w.put(f"\t{{ {index}, {root}, {tick}, @run_{f.name} }},", f"p{index}_")
    w.put("\t{ -1 },")
    w.put("};")
    w.put("#endif")
    return w


def write_entry(w, program, f, prefix):
    """Calls the function with arguments that chance decides on, as far as anything looks at them."""
    texts = " ".join(s.text for g in program.functions for s in g.walk()) + " " + f.linkage
    pick = {
        "a": "chance * 4 + chance * 2 + chance - 1" if has_word(texts, "a") else "0",
        "g": "(chance ? CAN_WAIT : 0) | (chance ? URGENT : 0)" if has_word(texts, "g") and "URGENT" in texts else
             "chance ? CAN_WAIT : 0" if has_word(texts, "g") else "0",
    }
    switched = {s.text for g in program.functions for s in g.walk() if s.is_ == "switch"}
    flags = [f".on{k} = chance" for k in range(FLAGS) if f"->on{k}" in texts]
    flags += [
        f".mode{k} = chance{' * 2 + chance' if f'd->mode{k}' in switched else ''}" for k in range(FLAGS) if f"->mode{k}" in texts
    ]
    tables = [name for name, slots in program.tables if "work" in slots]
    ops = f"&@{tables[0]}" if tables else "0"
    if len(tables) > 1:
        ops = f"chance ? &@{tables[0]} : &@{tables[1]}"
    w.put(f"static void @run_{f.name}(void)", prefix)
    w.put("{")
    w.put("\tstatic int memory[64];")
    w.put(f"\tstruct @dev d = {{ {', '.join(flags + ['.ubuf = memory', f'.ops = {ops}'])} }};", prefix)
    w.put(f"\tint a = {pick['a']}, g = {pick['g']};", prefix)
    w.put("")
    w.put(f"\t@{f.name}(&d, a, g, memory);", prefix)
    w.put("}")
