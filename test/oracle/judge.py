# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Truth against verdict, for one program: false findings, misses, and what happens on some runs only."""

import collections
from dataclasses import dataclass

from limits import Case, limit_of
from program import has_word

# What Airlock calls by one rule, the machine sees as several things.
USER_RULES = {
    "uaccess-unchecked": ("unchecked", "needs"),
    "double-fetch": ("refetched",),
    "user-size": ("too-large",),
    "context-call": ("outside",),
}
# To be told wherever a run does it, not only where all do.
EVER = ("too-large", "outside")
TOGETHER = ("spin", "irq")
BALANCED = ("spin", "irq", "rcu", "bh", "quiet", "win")


@dataclass(frozen=True)
class Failure:
    kind: str  # false or missed
    rule: str
    region: str
    sort: str  # more exactly, in the machine's words
    place: tuple
    what: str
    whole: bool
    limit: str = ""  # the documented limit that it is

    def same(self, other):
        return (self.kind, self.rule, self.sort, self.whole, self.limit) == (other.kind, other.rule, other.sort, other.whole, other.limit)


def is_true(finding, truth, owner):
    """Whether a run shows what the finding says."""
    at, message = finding.place, finding.message

    def seen(*rules):
        return any(truth.at(rule, finding.region, at) for rule in rules)

    if finding.rule == "sleep-in-region":
        return seen("sleep")
    if finding.rule == "call-in-uaccess":
        return truth.at("call-out", "win", at) > 0
    if finding.rule == "double-fetch" and on_chains(truth, "refetched", "win", at):
        return True  # at the call of who fetches it again
    if finding.rule in USER_RULES:
        return any(truth.at(rule, "win", at) for rule in USER_RULES[finding.rule])
    if finding.rule == "region-balance":
        if " returns while " in message:
            # What opens two regions is told of one of them.
            if finding.region in TOGETHER and any(truth.at(r, o, at) for r in ("exit-leak", "exit-error") for o in TOGETHER):
                return True
            return seen("exit-leak", "exit-error") or (finding.region == "win" and seen("exit-open"))
        if "for reading" in message or ", but it is open for" in message:
            return seen("flavour")
        if "but it is open already" in message:
            return seen("twice")
        if "in each round" in message:
            return any(places for (rule, region), places in truth.hits.items() if rule in ("uneven", "not-open", "twice") and region == finding.region)
        if "but it is not open" in message:
            return seen("not-open")
    return None  # nothing that the machine keeps count of


def reached(place, truth, owner):
    """Whether a run comes to a line, or, of what is no statement, to its function."""
    function, stmt = owner.get(place, (None, None))
    if stmt is not None:
        return place in truth.visits
    return any(p in truth.visits for p, (f, _) in owner.items() if f is function)


def sort_of(finding):
    """The kind of mistake it names, without the program's names."""
    words = ("returns while", "open for", "open already", "each round", "not open", "restore")
    for word in words:
        if word in finding.message:
            return word
    return ""


def stands_for_others(finding):
    """Advice of a program that is given once for all calls that come to one end."""
    return finding.whole and finding.severity != "warning" and any("to the same end" in text for _, text in finding.path)


def is_next(name, findings):
    """Whether advice that stands for others names this function as the next."""
    return any(stands_for_others(f) and any("to the same end" in text and text.endswith(f"_{name}'") for _, text in f.path) for f in findings)


def is_guess(finding, findings):
    """What a unit warns of, and the program that it is in does not."""
    there = [o for o in findings if o.whole and o.rule == finding.rule]
    here = {o.severity for o in there if o.place == finding.place}
    return "warning" not in here and bool(here or any(stands_for_others(o) for o in there))


def false_findings(truth, findings, owner):
    out = []
    for f in findings:
        if f.severity != "warning" or is_true(f, truth, owner) is not False:
            continue
        if not reached(f.place, truth, owner):
            continue  # the machine has nothing to say of what no run gets to
        # To guess is allowed, and of a whole program said to be a guess.
        if f.rule == "sleep-in-region" and not f.whole and is_guess(f, findings):
            continue
        limit = limit_of("false", f.rule, Case(truth, owner, f.place, f.region, sort_of(f), f.path))
        out.append(Failure("false", f.rule, f.region, sort_of(f), f.place, f.message, f.whole, limit))
    return out


def always(truth, rule, region):
    """Places that do it whenever they are reached."""
    return [p for p, n in truth.hits.get((rule, region), {}).items() if n >= truth.visits.get(p, 0) > 0]


def surely(truth, rule, region):
    """Those of them that do it in the same way each time, not now in one way and now in another."""
    out = []
    for p in always(truth, rule, region):
        ways = collections.Counter()
        for chain, times in truth.chains.get((rule, region), {}).items():
            if p in chain:
                ways[chain[len(chain) - 1 - chain[::-1].index(p) :]] += times
        if ways and max(ways.values()) >= truth.visits[p]:
            out.append(p)
    return out


def on_chains(truth, rule, region, place):
    """The ways to it that lead through a place, as far as they are kept: where they are many, not all are."""
    return [chain for chain in truth.chains.get((rule, region), {}) if place in chain]


def missed(program, truth, findings, owner, whole, given_up):
    """What is promised and was not said. owner: place -> (function, statement)."""
    if not whole and len(program.units()) > 1:
        return []
    said = {}
    for f in findings:
        if f.severity == "warning" and f.whole == whole:
            said.setdefault(f.rule, set()).add(f.place)
    out = []

    def miss(rule, region, sort, places, what):
        if any(p in owner and owner[p][0].name in given_up for p in places):
            return
        limit = limit_of("missed", rule, Case(truth, owner, sorted(places)[0], region, sort, ()))
        out.append(Failure("missed", rule, region, sort, sorted(places)[0], what, whole, limit))

    for (rule, region) in sorted(truth.hits):
        if rule == "sleep":
            # What has to be guessed is advice, and that is what is promised.
            told = {f.place for f in findings if f.rule == "sleep-in-region" and f.whole == whole}
            if whole and any(stands_for_others(f) for f in findings):
                told |= {f.place for f in findings if f.rule == "sleep-in-region"}
                told |= {p for p, (f, _) in owner.items() if is_next(f.name, findings)}
            if any(truth.hits.get((mistake, region)) for mistake in ("not-open", "uneven")):
                continue  # how deep it is open after such a mistake nobody promises
            sure = set(surely(truth, rule, region))
            silent = {p for p in sure if not any(set(c) & told for c in on_chains(truth, rule, region, p))}
            # The innermost ones stand for those who call them.
            heads = {p for p in silent if not any(q != p and q in c[c.index(p) + 1 :] for q in silent for c in on_chains(truth, rule, region, p))}
            for p in sorted(heads):
                miss("sleep-in-region", region, "sleep", [p], "always sleeps")
        elif rule in ("twice", "flavour"):
            # One of a kind in a function is enough to find the place.
            told = said.get("region-balance", set())
            # Who is told that a call does not belong into the window is not told what it does there.
            told = told | of_functions(told, owner) | said.get("call-in-uaccess", set())
            for p in surely(truth, rule, region):
                if not any(set(c) & told for c in on_chains(truth, rule, region, p)):
                    miss("region-balance", region, rule, [p], rule)
        elif rule == "call-out":
            told = said.get("call-in-uaccess", set())
            # What the end of a scope does, the machine sees on the last line of it.
            told = told | of_functions([f.place for f in findings if f.rule == "call-in-uaccess" and f.whole == whole and "_guard" in f.message], owner)
            for p in surely(truth, rule, region):
                if not any(set(c) & told for c in on_chains(truth, rule, region, p)):
                    miss("call-in-uaccess", region, rule, [p], rule)
        elif rule == "exit-open" and region in BALANCED:
            # What opens two regions is told of one of them; and of what nobody knows to be an error, that is advice.
            alike = TOGETHER if region in TOGETHER else (region,)
            ends = [f for f in findings if f.rule == "region-balance" and f.whole == whole and f.region in alike]
            told = {f.place for f in ends if f.severity == "warning" or not is_known_error(owner.get(f.place, (None, None))[1])}
            out += missed_exits(program, truth, region, owner, told, whole, given_up)
        for name, kinds in USER_RULES.items():
            if rule not in kinds:
                continue
            told = said.get(name, set())
            if rule == "unchecked":
                # One finding for what one function does with one address.
                told = of_functions(told, owner)
            if rule == "needs":
                # What a window is open for is judged in each unit, and told once of what one function calls.
                told = {f.place for f in findings if f.rule == name and f.severity == "warning"}
                told |= same_call(told, owner) | said.get("call-in-uaccess", set())
                # What it is open for after it was opened twice nobody promises.
                told |= of_functions([f.place for f in findings if f.rule == "region-balance" and f.region == region], owner)
            wanted = truth.hits[rule, region] if rule in EVER else surely(truth, rule, region)
            head = -2 if rule == "refetched" else -1  # behind a fetch stands the first one
            heads = [p for p in wanted if any(c[head:][:1] == (p,) for c in on_chains(truth, rule, region, p))]
            for p in sorted(heads):
                if not any(set(c) & told for c in on_chains(truth, rule, region, p)):
                    miss(name, region, rule, [p], rule)
    return out


def is_known_error(stmt):
    return stmt is not None and stmt.is_ == "ret" and stmt.text.startswith("-")


def of_functions(places, owner):
    """All places of the functions that these are in."""
    functions = {id(owner[p][0]) for p in places if p in owner}
    return {p for p, (f, _) in owner.items() if id(f) in functions}


def same_call(places, owner):
    """The places where a function calls what it calls at one of these."""
    calls = {(id(owner[p][0]), called_at(owner[p][1])) for p in places if p in owner}
    return {p for p, (f, s) in owner.items() if s is not None and (id(f), called_at(s)) in calls}


def called_at(stmt):
    return stmt.text.split("(")[0] if stmt is not None else ""


def missed_exits(program, truth, region, owner, told, whole, given_up):
    out = []
    opens, cleans = truth.hits.get(("exit-open", region), {}), truth.hits.get(("exit-clean", region), {})
    errors = truth.hits.get(("exit-error", region), {})
    for place, n in sorted(opens.items()):
        function, stmt = owner.get(place, (None, None))
        if not function or function.name in given_up:
            continue
        if stmt is not None and stmt.is_ == "jump":
            continue
        mine = {p for p, (f, _) in owner.items() if f is function}
        # Callers of a function with such a mistake are judged as if it were mended.
        if mine & told or calls_any(program, function, {owner[p][0].name for p in told if p in owner}):
            continue
        if region == "win":
            # A callee of which it is said, too.
            if any(set(c) & told for c in on_chains(truth, "exit-open", region, place)) or function.inline:
                continue
            out.append(Failure("missed", "region-balance", region, "exit", place, "ends with it open", whole))
            continue
        # An error, always with it open, where other ends have it closed.
        elsewhere = any(p in mine and k for p, k in cleans.items())
        if errors.get(place, 0) == n and n >= truth.visits.get(place, 0) and elsewhere and not cleans.get(place):
            limit = limit_of("missed", "region-balance", Case(truth, owner, place, region, "error", ()))
            out.append(Failure("missed", "region-balance", region, "error", place, "returns an error with it open", whole, limit))
    return out


def calls_any(program, function, names):
    """Whether a function calls one of these, through others too."""
    seen, todo = set(), [function]
    while todo:
        f = todo.pop()
        if f.name in seen:
            continue
        seen.add(f.name)
        todo += [g for g in program.functions if any(has_word(s.text, f"@{g.name}") for s in f.walk())]
        if any("work(" in s.text for s in f.walk()):
            todo += [g for g in program.functions if any(g.name in slots.values() for _, slots in program.tables)]
    return bool((seen - {function.name}) & names)


def sometimes(truth, findings):
    """Places that sleep in a region on some visits, and what is said there: (warned, advised, quiet)."""
    counts = [0, 0, 0]
    warned = {f.place for f in findings if f.rule == "sleep-in-region" and f.severity == "warning"}
    advised = {f.place for f in findings if f.rule == "sleep-in-region"}
    for (rule, region), places in truth.hits.items():
        if rule != "sleep":
            continue
        for p, n in places.items():
            if n < truth.visits.get(p, 0):
                chains = on_chains(truth, rule, region, p)
                on = {q for c in chains for q in c}
                counts[0 if on & warned else 1 if on & advised else 2] += 1
    return counts
