# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The constructs that programs are made of. A method of Builder named make_X makes the construct X, one that a profile switches."""

import copy
from dataclasses import dataclass, field

from program import PARAMETERS, Function, Stmt

FORBIDDING = {"spin", "irq", "rcu", "bh", "win"}


def line(text, of=""):
    return Stmt("line", text, of=of)


def when(condition, then, other=None, of=""):
    return Stmt("if", condition, [then] + ([other] if other else []), of=of)


def negate(condition):
    return condition[1:] if condition.startswith("!") else f"!{condition}" if condition.isidentifier() else f"!({condition})"


@dataclass
class Open:
    """A region that is open where the builder stands."""

    regions: set
    close: list = field(default_factory=list)  # nothing where a guard does it
    label: str = ""  # where early ways out jump to
    jumped: bool = False
    maybe: bool = False
    safe_calls: bool = True


class Builder:
    def __init__(self, rng, profile, program, function, units):
        self.rng, self.profile, self.program, self.f, self.units = rng, profile, program, function, units
        self.open = []
        self.loop_base = None
        self.locals = []
        self.conditions = []  # locals that hold a condition
        self.names = 0
        self.uses_ret = False
        self.checked = []  # of user memory from u on, in pieces of four bytes: (from, to)
        # Flags in memory are a function's own: what two functions know of one flag is more than the rules promise.
        self.k = int(function.name[1:])

    # --- small things ---------------------------------------------------------------------------------

    def name(self, stem):
        self.names += 1
        return f"{stem}{self.names}"

    def pick(self, weights):
        return self.profile.pick(self.rng, weights)

    def on(self, construct):
        return self.profile.on(self.rng, construct)

    def may_open(self, region):
        return not (region == "win" and self.is_open({"win"}))

    def is_open(self, regions):
        return any(o.regions & regions for o in self.open)

    def forbidden(self):
        return self.is_open(FORBIDDING)

    def local_condition(self):
        if self.conditions and self.rng.random() < 0.6:
            return self.rng.choice(self.conditions)
        name = self.name("c")
        self.locals.append(f"int {name} = chance;")
        self.conditions.append(name)
        return name

    def condition(self, stable=False):
        kind = self.pick(
            {
                "cond-local": 4,
                "cond-param": 3,
                "cond-flag": 2,
                "cond-ask": 2,
                "cond-answer": 1,
                "cond-both": 1,
                "cond-chance": 0 if stable else 3,
            }
        )
        self.program.constructs.add(kind)
        if kind == "cond-param":
            text = self.rng.choice(("a", "a > 1", "a == 2", "a & 2", "g & URGENT", "g & CAN_WAIT"))
        elif kind == "cond-flag":
            text = self.rng.choice((f"d->on{self.k}", f"d->mode{self.k}", f"d->mode{self.k} == 1"))
        elif kind == "cond-ask":
            text = f"ask({self.rng.randrange(3)})"
        elif kind == "cond-answer":
            text = f"@{self.answer()}(d, a)"
        elif kind == "cond-both":
            text = f"{self.local_condition()} {self.rng.choice(('&&', '||'))} {self.rng.choice((f'd->on{self.k}', self.local_condition()))}"
        elif kind == "cond-chance":
            text = "chance"
        else:
            text = self.local_condition()
        return negate(text) if self.rng.random() < 0.3 else text

    def answer(self):
        """A function that answers a question."""
        name = f"ready{self.k}"
        if not any(f.name == name for f in self.program.functions):
            text = self.rng.choice((f"d->on{self.k}", f"d->on{self.k} && d->mode{self.k}", f"d->mode{self.k} != 1"))
            self.program.functions.append(
                Function(name, self.f.unit, [Stmt("ret", text)], "static inline", "int", "struct @dev *d, int a", "helper", of="cond-answer")
            )
        return name

    # --- ways out -------------------------------------------------------------------------------------

    def leave(self, value):
        """Statements that undo what is open and return."""
        out = []
        for o in reversed(self.open):
            if o.label:
                o.jumped = self.uses_ret = True
                return out + [line(f"ret = {value};"), Stmt("jump", o.label, of="goto")]
            out += copy.deepcopy(o.close)
        return out + [Stmt("ret", value if self.f.returns == "int" else "")]

    def make_early(self, depth):
        return [when(self.condition(), self.leave(self.rng.choice(("-5", "-12", "0", "1"))), of="early")]

    # --- sleeping -------------------------------------------------------------------------------------

    def make_sleep(self, depth):
        kinds = {
            "nap": 4,
            "nap-fault": 1,
            "nap-task": 1,
            "nap-when": 2,
            "get-mem": 3,
            "branch-sleep": 3,
            # What asks in a region of its own is not what the rule promises anything of.
            "may-wait": 0 if self.forbidden() else 1,
            "mtx-sleep": 1,
        }
        if self.forbidden() and self.rng.random() > self.profile.wrong_sleeps:
            return self.safe_sleep()
        kind = self.pick(kinds)
        self.program.constructs.add(kind)
        r = self.rng
        if kind == "nap-fault":
            return [line("nap_fault();", kind)]
        if kind == "nap-task":
            return [line("nap_task();", kind)]
        if kind == "nap-when":
            what = r.choice(("a", "a > 1", "1", "g & CAN_WAIT", f"d->on{self.k}"))
            text = r.choice((f"nap_if({what});", f"nap_unless({negate(what)});", "nap_above(a);"))
            return [line(text, kind)]
        if kind == "get-mem":
            flags = r.choice(("CAN_WAIT", "g", "g | URGENT", "g | CAN_WAIT", f"{self.condition(stable=True)} ? CAN_WAIT : URGENT"))
            return [line(f"get_mem({flags});", kind)]
        if kind == "branch-sleep":
            return [when(r.choice(("a", "g & CAN_WAIT", "!(g & URGENT)", self.condition())), [line("nap();", "nap")], of=kind)]
        if kind == "may-wait":
            return [when("may_wait()", [line("nap();", "nap")], of=kind)]
        if kind == "mtx-sleep":
            return [line("mtx_take(&d->lk);", kind), line("mtx_drop(&d->lk);", kind)]
        return [line("nap();", kind)]

    def safe_sleep(self):
        choices = ["get_mem(URGENT);", "get_mem(g & ~CAN_WAIT);", "nap_if(0);", "nap_unless(1);", "touch();"]
        if self.is_open({"win"}):
            return [line("touch();", "touch")]
        if self.is_open({"quiet"}):
            choices.append("nap_fault();")
        if self.is_open({"bh"}):
            choices.append("nap_task();")
        return [line(self.rng.choice(choices), "get-mem")]

    def make_touch(self, depth):
        return [line("touch();", "touch")]

    def make_flag(self, depth):
        return [line(f"d->{self.rng.choice(('on', 'mode'))}{self.k} = {self.rng.choice(('0', '1', 'chance'))};", "flag")]

    def make_assign(self, depth):
        if not self.conditions:
            return self.make_touch(depth)
        return [line(f"{self.rng.choice(self.conditions)} = {self.rng.choice(('0', '1', 'chance', f'd->on{self.k}'))};", "assign")]

    # --- control flow ---------------------------------------------------------------------------------

    def make_if(self, depth):
        other = self.block(depth + 1) if self.rng.random() < 0.5 else None
        return [when(self.condition(), self.block(depth + 1), other, of="if")]

    def inside_loop(self, depth):
        outer, self.loop_base = self.loop_base, len(self.open)
        body = self.block(depth + 1)
        if self.rng.random() < 0.3:
            body.insert(self.rng.randrange(len(body) + 1), when(self.condition(), [line(self.rng.choice(("break;", "continue;")), "break")], of="break"))
        self.loop_base = outer
        return body

    def make_loop(self, depth):
        kind = self.pick({"while": 2, "for": 2, "dowhile": 1})
        body = self.inside_loop(depth)
        if kind == "for":
            name = self.name("i")
            self.locals.append(f"int {name} = 0;")
            return [Stmt("for", f"{name} = 0; LOOP_ {name} < {self.rng.choice(('2', 'a', '3'))}; {name}++", [body], "for")]
        return [Stmt(kind, "LOOP_ chance", [body], kind)]

    def make_switch(self, depth):
        text, cases = self.rng.choice((("a", (2, 3, 4)), ("a & 1", (2,)), (f"d->mode{self.k}", (2, 3))))
        return [Stmt("switch", text, [self.block(depth + 1) for _ in range(self.rng.choice(cases))], "switch")]

    # --- calls ----------------------------------------------------------------------------------------

    def callable(self):
        return [
            f
            for f in self.program.functions
            if f.parameters == PARAMETERS and f.kind == "root" and not f.mark and (f.unit == self.f.unit or not f.linkage)
        ]

    def arguments(self):
        careful = self.forbidden() and self.rng.random() < 0.75
        g = self.rng.choice(("0", "URGENT", "g & ~CAN_WAIT") if careful else ("CAN_WAIT", "CAN_WAIT | URGENT", "g", "g | CAN_WAIT", "g | URGENT", "0"))
        a = self.rng.choice(("0", "0", "1") if careful else ("0", "1", "2", "a", "a & 1", f"ANY({self.local_condition()})"))
        return f"(d, {a}, {g}, u)"

    def called(self):
        """What is called, and the construct it is called by."""
        fit = self.callable()
        kinds = {
            "call": 5 if fit else 0,
            "slot": 2 if self.work_tables() else 0,
            "pointer": 1 if fit else 0,
            "apply": 1 if fit else 0,
            "apply-leaf": 1,
            "recursion": 1 if self.f.returns == "int" else 0,
        }
        kind = self.pick(kinds)
        if kind == "call":
            return f"@{self.rng.choice(fit).name}" + self.arguments(), kind
        if kind == "slot":
            table = self.rng.choice(self.work_tables())
            return self.rng.choice((f"@{table}.work", "d->ops->work")) + self.arguments(), kind
        if kind == "pointer":
            name = self.name("fn")
            one, other = self.rng.choice(fit).name, self.rng.choice(fit).name
            value = f"{self.local_condition()} ? @{one} : @{other}" if self.rng.random() < 0.5 else f"@{one}"
            self.locals.append(f"int (*{name})({PARAMETERS}) = {value};")
            return name + self.arguments(), kind
        if kind == "apply":
            return f"@{self.apply()}(@{self.rng.choice(fit).name}, {self.arguments()[1:]}", kind
        if kind == "apply-leaf":
            by = self.apply_further() if self.rng.random() < 0.4 else self.apply()
            return f"@{by}(@{self.leaf()}, {self.arguments()[1:]}", kind
        if kind == "recursion":
            return f"@{self.f.name}" + self.arguments(), kind
        return "", ""

    def work_tables(self):
        return [name for name, slots in self.program.tables if "work" in slots]

    def apply(self):
        name = f"apply{self.f.unit}"
        if not any(f.name == name for f in self.program.functions):
            parameters = f"int (*fn)({PARAMETERS}), {PARAMETERS}"
            body = [Stmt("ret", "fn(d, a, g, u)")]
            self.program.functions.append(Function(name, self.f.unit, body, "static", "int", parameters, "helper", of="apply"))
        return name

    def apply_further(self):
        """A function that hands on what it is handed, with other arguments."""
        name = f"further{self.f.unit}"
        if not any(f.name == name for f in self.program.functions):
            parameters = f"int (*fn)({PARAMETERS}), {PARAMETERS}"
            a, g = self.rng.choice(("a", "!a", "1", "0")), self.rng.choice(("g", "g | URGENT", "g & ~CAN_WAIT", "CAN_WAIT"))
            body = [Stmt("ret", f"@{self.apply()}(fn, d, {a}, {g}, u)")]
            self.program.functions.append(Function(name, self.f.unit, body, "static", "int", parameters, "helper", of="apply-leaf"))
        return name

    def leaf(self):
        """A function that does one thing, to be handed on: whether it sleeps depends on what it is called with."""
        name = f"leaf{sum(f.name.startswith('leaf') for f in self.program.functions)}"
        text = self.rng.choice(("touch();", "get_mem(URGENT);", "get_mem(g & ~CAN_WAIT);"))
        if not self.forbidden() or self.rng.random() < self.profile.wrong_sleeps:
            text = self.rng.choice(("nap();", "nap();", "nap_if(a);", "nap_unless(a);", "get_mem(g);", "get_mem(g | CAN_WAIT);"))
        body = [line(text, "apply-leaf"), Stmt("ret", "0")]
        self.program.functions.append(Function(name, self.f.unit, body, "static", "int", PARAMETERS, "helper", of="apply-leaf"))
        return name

    def make_call(self, depth):
        if self.is_open({"win"}) and self.rng.random() < 0.8:
            return self.make_touch(depth)
        text, kind = self.called()
        if not kind:
            return self.make_sleep(depth)
        stmt = [line(f"{text};", kind)]
        shape = self.rng.random()
        if shape < 0.25 and self.f.returns == "int":
            self.uses_ret = True
            stmt = [line(f"ret = {text};", kind), when("ret" if self.rng.random() < 0.5 else "ret < 0", self.leave("ret"), of="early")]
        elif shape < 0.35:
            stmt = [when(f"{text} < 0", self.leave("-5"), of=kind)]
        if kind == "recursion":
            # What it remembers of itself is another thing the next time.
            stmt = [when("chance", [line(f"d->{field}{self.k} = chance;", "flag") for field in ("on", "mode")] + stmt, of=kind)]
        return stmt

    # --- regions --------------------------------------------------------------------------------------

    def simple_region(self):
        """(regions, opener, closer)"""
        kind = self.pick({"spin": 4, "rcu": 3, "bh": 1, "irq": 1, "irqspin": 1, "savespin": 1, "quiet": 1, "mtx": 1, "helper": 2})
        self.program.constructs.add(kind)
        if kind == "savespin":
            flags = self.name("flags")
            self.locals.append(f"unsigned long {flags} = 0;")
            return kind, {"spin", "irq"}, f"{flags} = spin_take_save(&d->lk);", f"spin_drop_restore(&d->lk, {flags});"
        if kind == "helper":
            return (kind, *self.helper())
        return (
            kind,
            *{
                "spin": ({"spin"}, "spin_take(&d->lk);", "spin_drop(&d->lk);"),
                "rcu": ({"rcu"}, "rcu_in();", "rcu_out();"),
                "bh": ({"bh"}, "bh_in();", "bh_out();"),
                "irq": ({"irq"}, "irq_stop();", "irq_go();"),
                "irqspin": ({"spin", "irq"}, "spin_take_irq(&d->lk);", "spin_drop_irq(&d->lk);"),
                "quiet": ({"quiet"}, "quiet_in();", "quiet_out();"),
                "mtx": ({"mtx"}, "mtx_take(&d->lk);", "mtx_drop(&d->lk);"),
            }[kind],
        )

    def helper(self):
        """A pair of functions that open and close for their callers."""
        number = sum(f.name.startswith("open") for f in self.program.functions)
        opened, closed = f"open{number}", f"close{number}"
        region, take, drop = self.rng.choice((("spin", "spin_take(&d->lk);", "spin_drop(&d->lk);"), ("rcu", "rcu_in();", "rcu_out();")))
        test = self.rng.choice(("", "", "a", "g & URGENT"))
        unit = self.rng.randrange(self.units)
        linkage = self.rng.choice(("", "static", "static inline")) if unit == self.f.unit else ""
        for name, text in ((opened, take), (closed, drop)):
            body = [line(text, "helper")]
            if test:
                body = [when(test, body, of="helper")]
            self.program.functions.append(Function(name, unit, body, linkage, "void", PARAMETERS, "helper", of="helper"))
        arguments = "(d, a, g, u);" if not test or self.rng.random() < 0.5 else f"(d, {self.rng.choice('01')}, g & URGENT, u);"
        return {region}, f"@{opened}{arguments}", f"@{closed}{arguments}"

    def try_helper(self):
        """A function that opens, and says so."""
        number = sum(f.name.startswith("try") for f in self.program.functions)
        name = f"try{number}"
        held, free = self.rng.choice((("1", "0"), ("0", "-16"), ("1", "-16")))
        unit = self.rng.randrange(self.units)
        linkage = self.rng.choice(("", "static", "static inline")) if unit == self.f.unit else ""
        if self.rng.random() < 0.5:
            body = [when("!spin_try(&d->lk)", [Stmt("ret", free)], of="try-helper"), Stmt("ret", held)]
        else:
            body = [line("spin_take(&d->lk);", "try-helper"), when(self.rng.choice((f"d->on{self.k}", "chance")), [line("spin_drop(&d->lk);"), Stmt("ret", free)], of="try-helper"), Stmt("ret", held)]
        self.program.functions.append(Function(name, unit, body, linkage, "int", PARAMETERS, "helper", of="try-helper"))
        call = f"@{name}(d, a, g, u)"
        tests = {("1", "0"): (call, f"{call} == 1"), ("0", "-16"): (f"!{call}", f"{call} == 0"), ("1", "-16"): (f"{call} > 0", f"{call} == 1")}
        return self.rng.choice(tests[held, free])

    def inside(self, o, depth):
        self.open.append(o)
        body = self.block(depth + 1)
        self.open.pop()
        return body

    def after_label(self, o):
        """Behind a label that early ways out jump to: they go on."""
        if not o.jumped:
            return []
        self.uses_ret = True
        return [when("ret", self.leave("ret"), of="goto")]

    def make_region(self, depth):
        kind, regions, take, drop = self.simple_region()
        o = Open(regions, [line(drop, kind)])
        if self.on("goto"):
            o.label = self.name("out")
        body = [line(take, kind)] + self.inside(o, depth)
        if o.jumped:
            body.append(Stmt("label", o.label, of="goto"))
        return body + copy.deepcopy(o.close) + self.after_label(o)

    def make_cond_region(self, depth):
        kind, regions, take, drop = self.simple_region()
        test = self.condition(stable=True)
        o = Open(regions, [when(test, [line(drop, kind)], of="cond-region")], maybe=True)
        if self.on("goto"):
            o.label = self.name("out")
        body = [when(test, [line(take, kind)], of="cond-region")] + self.inside(o, depth)
        if self.rng.random() < 0.3:
            at = self.rng.randrange(1, len(body) + 1)
            body.insert(at, when(negate(test), [line("nap();", "nap")], of="cond-region"))
        if o.jumped:
            body.append(Stmt("label", o.label, of="goto"))
        return body + copy.deepcopy(o.close) + self.after_label(o)

    def make_try_region(self, depth):
        if self.is_open({"win"}):
            return self.make_touch(depth)
        drop = [line("spin_drop(&d->lk);", "try-region")]
        kind = self.pick({"try-prim": 2, "try-helper": 2})
        call = "spin_try(&d->lk)" if kind == "try-prim" else self.try_helper()
        o = Open({"spin"}, drop)
        shape = self.rng.randrange(3)
        if shape == 0:
            return [when(call, self.inside(o, depth) + copy.deepcopy(drop), of=kind)]
        if shape == 1:
            failed = self.leave("-16")
            return [when(negate(call), failed, of=kind)] + self.inside(o, depth) + copy.deepcopy(drop)
        name = self.name("got")
        self.locals.append(f"int {name} = 0;")
        o = Open({"spin"}, [when(name, drop, of=kind)], maybe=True)
        return [line(f"{name} = {call};", kind)] + self.inside(o, depth) + copy.deepcopy(o.close)

    def make_guard(self, depth):
        kind = self.pick({"guard-spin": 2, "guard-rcu": 1, "guard-try": 1, "guard-scoped": 2})
        self.program.constructs.add(kind)
        name = self.name("guard")
        o = Open({"rcu" if kind == "guard-rcu" else "spin"})
        if kind == "guard-rcu":
            head = [Stmt("decl", f"void *{name} __cleanup(rcu_guard_drop) = rcu_guard();", of=kind)]
        elif kind == "guard-try":
            head = [Stmt("decl", f"struct lock *{name} __cleanup(spin_guard_drop) = spin_guard_try(&d->lk);", of=kind), when(f"!{name}", self.leave("-16"), of=kind)]
        elif kind == "guard-scoped":
            text = f"for (struct lock *{name} __cleanup(spin_guard_drop) = spin_guard(&d->lk), *{name}_done = 0; AT_ !{name}_done; {name}_done = (void *)1)"
            return [Stmt("scope", text, [self.inside(o, depth)], kind)]
        else:
            head = [Stmt("decl", f"struct lock *{name} __cleanup(spin_guard_drop) = spin_guard(&d->lk);", of=kind)]
        return [Stmt("scope", "", [head + self.inside(o, depth)], kind)]

    def make_window(self, depth):
        if self.is_open({"win"}):
            return self.make_touch(depth)
        suffix = self.rng.choice(("", "", "_read", "_write"))
        o = Open({"win"}, [line(f"win_close{suffix}();", "window")])
        if self.on("goto"):
            o.label = self.name("out")
        call = f"win_open{suffix}(u, {self.rng.choice((4, 4, 8))})"
        if self.rng.random() < 0.3:
            body = self.inside(o, depth)
            if o.jumped:
                body.append(Stmt("label", o.label, of="goto"))
            return [when(call, body + copy.deepcopy(o.close) + self.after_label(o), of="window")]
        failed = self.leave("-14")
        body = [when(negate(call), failed, of="window")] + self.inside(o, depth)
        if self.on("save"):
            flags = self.name("flags")
            self.locals.append(f"unsigned long {flags} = 0;")
            held, self.open = self.open, [x for x in self.open if "win" not in x.regions]
            body += [line(f"{flags} = win_save();", "save")] + [line("nap_if(0);", "nap-when")] + [line(f"win_restore({flags});", "save")]
            self.open = held
        if o.jumped:
            body.append(Stmt("label", o.label, of="goto"))
        return body + copy.deepcopy(o.close) + self.after_label(o)

    # --- user memory ----------------------------------------------------------------------------------

    def local(self, declaration, stem):
        """Declares a local: %s is where its name goes."""
        name = self.name(stem)
        self.locals.append(declaration % name)
        return name

    def user_pointer(self):
        """(text, where it begins): a user address, in pieces of four bytes from u on."""
        at = self.rng.choice((0, 0, 1, 2))
        if self.rng.random() < 0.3:
            return self.local(f"int __user *%s = u + {at};" if at else "int __user *%s = u;", "v"), at
        return (f"u + {at}" if at else "u"), at

    def is_checked(self, at, size):
        return any(low <= at and at + size <= high for low, high in self.checked)

    def make_user_check(self, depth):
        text, at = self.user_pointer()
        pieces = self.rng.choice((1, 2, 4))
        call = f"user_ok({text}, {4 * pieces})"
        if self.on("check-helper"):
            call = f"@{self.check_helper()}({text}, {4 * pieces})"
        out = [when(negate(call), self.leave("-14"), of="user-check")]
        self.checked.append((at, at + pieces))
        return out

    def check_helper(self):
        name = f"good{self.f.unit}"
        if not any(f.name == name for f in self.program.functions):
            body = [Stmt("ret", "user_ok(p, n)")]
            if self.rng.random() < 0.5:
                body = [when("!user_ok(p, n)", [Stmt("ret", "0")], of="check-helper"), Stmt("ret", "1")]
            self.program.functions.append(Function(name, self.f.unit, body, self.rng.choice(("static", "static inline")), "int", "const void __user *p, unsigned long n", "helper", of="check-helper"))
        return name

    def make_user_raw(self, depth):
        text, at = self.user_pointer()
        if not self.is_checked(at, 1) and self.rng.random() > self.profile.wrong_users:
            fits = [low for low, high in self.checked]
            if not fits:
                return self.make_user_checked(depth)
            at = self.rng.choice(fits)
            text = f"u + {at}" if at else "u"
        kind = self.rng.choice(("get", "put", "copy"))
        if kind == "put":
            return [line(f"raw_put(1, {text});", "user-raw")]
        if kind == "copy" and (self.is_checked(at, 2) or self.rng.random() < self.profile.wrong_users):
            return [line(f"raw_copy_in({self.local('char %s[64];', 'buf')}, {text}, 8);", "user-raw")]
        return [line(f"raw_get(&{self.local('int %s = 0;', 'x')}, {text});", "user-raw")]

    def make_user_checked(self, depth):
        text, at = self.user_pointer()
        self.checked.append((at, at + 1))
        return [line(f"get_checked(&{self.local('int %s = 0;', 'x')}, {text});", "user-checked")]

    def make_win_access(self, depth):
        text, at = self.rng.choice((("u", 0), ("u", 0), ("u + 1", 1)))
        if self.rng.random() < 0.5:
            return [line(f"win_get(&{self.local('int %s = 0;', 'x')}, {text});", "win-access")]
        value = "1"
        if self.rng.random() < 0.2 and self.callable():
            value = f"@{self.rng.choice(self.callable()).name}{self.arguments()}"
        return [line(f"win_put({value}, {text});", "win-access")]

    def make_refetch(self, depth):
        """What decided is fetched again."""
        one, other = self.local("int %s = 0;", "x"), self.local("int %s = 0;", "x")
        text, _ = self.user_pointer()
        first = line(f"get_checked(&{one}, {text});", "refetch")
        out, tests = [first], ("> 4", "< 1", "> 64", "!= 8")
        if self.rng.random() < 0.15:
            # Nothing is promised where the first is made on some of the ways: let all of them lead to the second.
            out, tests = [line(f"{one} = 4;", "refetch"), when(self.condition(), [first], of="refetch")], ("> 4", "< 1", "> 64")
        if self.rng.random() < 0.8:
            out.append(when(f"BY_({one}) {one} {self.rng.choice(tests)}", self.leave("-22"), of="refetch"))
        again = text if self.rng.random() < 0.8 else f"{text} + 1"
        out.append(line(f"get_checked(&{other}, {again});", "refetch"))
        kind = self.rng.choice(("use", "use", "first", "recheck", "limit", "overwrite", "branch"))
        use = line(f"USES({other}) keep({other});", "refetch")
        if kind == "first":
            return out + [line(f"USES({one}) keep({one});", "refetch")]  # of an earlier fetch, it may be the second copy
        if kind == "recheck":
            out.append(when(f"BY_({other}) {other} != {one}", self.leave("-11"), of="refetch"))
        elif kind == "limit":
            out.append(when(f"BY_({other}) {self.rng.choice((f'{other} > 8', f'{other} < 1', f'({other} < 0 || {other} > 64)'))}", self.leave("-11"), of="refetch"))
        elif kind == "overwrite":
            out.append(line(f"MOVES({other}, {one}) {other} = {one};", "refetch"))
        elif kind == "branch":
            return out + [when(self.condition(), [use], of="refetch")]
        return out + [use]

    def make_user_size(self, depth):
        """A copy of as much as user memory says."""
        kind = self.rng.choice(("int", "unsigned int"))
        n, buf = self.local(f"{kind} %s = 0;", "n"), self.local("char %s[64];", "buf")
        out = [line(f"get_checked(&{n}, u);", "user-size")]
        bound = self.rng.choice(("", f"{n} > 64", f"{n} > 64", f"{n} > 65", f"{n} > 8", f"{n} < 0 || {n} > 64", f"{n} >= 64", "mask", "clamp"))
        if bound == "mask":
            out.append(line(f"BOUNDS({n}) {n} &= {self.rng.choice(('63', '127'))};", "user-size"))
        elif bound == "clamp":
            out.append(when(f"BY_({n}) {n} > 64", [line(f"{n} = 64;", "user-size")], of="user-size"))
        elif bound:
            out.append(when(f"BY_({n}) ({bound})", self.leave("-22"), of="user-size"))
        size = self.rng.choice((n, n, n, f"{n} * 8", f"{n} - 8", f"{n} + 1"))
        return out + [line(f"SIZES({n}) ROOM(sizeof({buf})) copy_in({buf}, u + 1, {size});", "user-size")]

    # --- contexts -------------------------------------------------------------------------------------

    def make_context_call(self, depth):
        """A call of what may be called in the context only."""
        fit = [f for f in self.program.functions if f.parameters == PARAMETERS and f.mark.strip() == "__uaccess" and (f.unit == self.f.unit or not f.linkage)]
        if not fit:
            return self.make_touch(depth)
        call = line(f"@{self.rng.choice(fit).name}{self.arguments()};", "context-call")
        if self.f.mark.strip() in ("__uaccess", "__context_entry(uaccess)") or self.rng.random() < self.profile.wrong_users:
            return [call]
        shape = self.rng.randrange(3)
        if shape == 0:
            return [when("in_room()", [call], of="context-test")]
        if shape == 1:
            return [when("!in_room()", self.leave("-1"), of="context-test"), call]
        got = self.local("int %s = in_room();", "c")
        return [when(got, [call], of="context-test")]

    # --- functions ------------------------------------------------------------------------------------

    def block(self, depth):
        weights = {
            "sleep": 4,
            "touch": 1,
            "flag": 1,
            "assign": 1,
            "early": 2,
            "call": 4,
            "if": 2 if depth < 4 else 0,
            "loop": 1 if depth < 3 else 0,
            "switch": 1 if depth < 3 else 0,
            "region": 4 if depth < 4 else 0,
            "cond-region": 2 if depth < 3 else 0,
            "try-region": 1 if depth < 3 else 0,
            "guard": 1 if depth < 3 else 0,
            "window": 1 if depth < 3 else 0,
            "user-check": 0.3,
            "user-raw": 0.3,
            "user-checked": 0.3,
            "refetch": 0.3,
            "user-size": 0.3,
            "context-call": 0.3,
        }
        out = []
        known = list(self.checked)
        for _ in range(self.rng.choice((1, 1, 2, 2, 3)) if depth else self.rng.randint(*self.profile.statements)):
            if self.is_open({"win"}) and self.rng.random() < 0.5:
                out += self.make_win_access(depth) if self.on("win-access") else self.make_touch(depth)
                continue
            kind = self.pick(weights)
            if not kind:
                continue
            if self.is_open({"win"}) and kind in ("region", "cond-region", "guard", "window", "try-region", "call", "refetch", "user-size", "user-raw", "user-checked", "context-call") and self.rng.random() < 0.9:
                kind = "touch"
            self.program.constructs.add(kind)
            made = getattr(self, "make_" + kind.replace("-", "_"))(depth)
            out += made
        self.checked = known
        return out

    def function_body(self):
        body = self.block(0)
        end = []
        if self.f.returns == "int":
            end = [Stmt("ret", "ret" if self.uses_ret and self.rng.random() < 0.7 else self.rng.choice(("0", "0", "0", "1")))]
        decls = [Stmt("decl", text) for text in self.locals]
        if self.uses_ret:
            decls.insert(0, Stmt("decl", "int ret = 0;"))
        return decls + body + end
