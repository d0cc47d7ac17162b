# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Limits that a rule's page documents and a test pins: a failure that the machine shows to be one of them is counted by itself."""

from dataclasses import dataclass
from typing import Callable

USED = "the second copy is used here"  # the last step of a finding of double-fetch


@dataclass(frozen=True)
class Case:
    """What a limit is asked about."""

    truth: object
    owner: dict  # place -> (function, statement)
    place: tuple
    region: str
    sort: str
    path: tuple  # of the finding: (place, text)

    def hits(self, what, place=None):
        return self.truth.at(what, self.region, place or self.place)

    @property
    def function(self):
        """The one that it is in; none for a header's."""
        return self.owner.get(self.place, (None, None))[0]

    def of_function(self):
        """The places of that function."""
        return [p for p, (f, _) in self.owner.items() if f is self.function]

    def statements(self):
        return [s.text for s in self.function.walk()] if self.function else []


@dataclass(frozen=True)
class Limit:
    name: str
    kind: str  # false or missed
    rule: str
    page: str  # where it is documented
    test: str  # and pinned
    applies: Callable


def sleeps_elsewhere(case):
    return case.hits("sleep") and case.hits("sleep-elsewhere") >= case.hits("sleep")


def ends_elsewhere(case):
    if case.sort != "error":
        return False
    clean = [p for p in case.of_function() if case.hits("exit-clean", p)]
    return case.hits("exit-elsewhere") >= case.hits("exit-open") or all(case.hits("clean-elsewhere", p) >= case.hits("exit-clean", p) for p in clean)


def ends_by_pointer(case):
    """The function calls through a variable."""
    return case.sort == "error" and any(text.startswith("int (*fn") for text in case.statements())


def closed_elsewhere(case):
    return case.hits("closed-elsewhere") > 0


def never_used(case):
    """No run comes to where it says that the second copy is used."""
    used = [place for place, text in case.path if text == USED]
    return bool(used) and not any(place in case.truth.visits for place in used)


def checked_where_handed_on(case):
    return any("@apply" in text or "@further" in text for text in case.statements())


def checked_by_a_helper(case):
    return case.sort == "unchecked" and any("@good" in text for text in case.statements())


LIMITS = (
    Limit("opened in another unit", "missed", "sleep-in-region", "sleep-in-region", "sleep-in-region/cannot-see.c", sleeps_elsewhere),
    Limit("opened or closed in another unit", "missed", "region-balance", "region-balance", "region-balance/cannot-see.c", ends_elsewhere),
    Limit("opened through a pointer", "missed", "region-balance", "region-balance", "region-balance/cannot-see.c", ends_by_pointer),
    Limit("closed in another unit", "false", "sleep-in-region", "sleep-in-region", "sleep-in-region/cannot-see.c", closed_elsewhere),
    Limit("used on a way that is never taken", "false", "double-fetch", "double-fetch", "double-fetch/cannot-see.c", never_used),
    Limit("checked by who is handed on", "false", "uaccess-unchecked", "uaccess-unchecked", "uaccess-unchecked/cannot-see.c", checked_where_handed_on),
    Limit("a range that a helper is told", "missed", "uaccess-unchecked", "uaccess-unchecked", "uaccess-unchecked/cannot-see.c", checked_by_a_helper),
)


def limit_of(kind, rule, case):
    """The name of the limit that a failure shows; nothing if it is none."""
    return next((f"{limit.kind} {limit.rule}: {limit.name}" for limit in LIMITS if (limit.kind, limit.rule) == (kind, rule) and limit.applies(case)), "")
