# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Profiles: how large programs are, and which constructs they are made of. Every construct can be left out with --without."""

from dataclasses import dataclass, field


@dataclass
class Profile:
    name: str
    functions: tuple = (1, 4)
    units: tuple = (1, 1, 2, 3)
    statements: tuple = (1, 4)
    mistakes: float = 0.5
    wrong_sleeps: float = 0.3
    wrong_users: float = 0.3
    weights: dict = field(default_factory=dict)  # construct -> factor; 0 leaves it out
    default: float = 1.0  # the factor of what weights does not name
    chances: dict = field(default_factory=dict)  # of constructs that are there or not

    def factor(self, construct):
        return self.weights.get(construct, self.default)

    def pick(self, rng, weights):
        """One of the names, by weight; nothing if all are switched off."""
        scaled = {name: w * self.factor(name) for name, w in weights.items()}
        total = sum(scaled.values())
        if total <= 0:
            return ""
        return rng.choices(list(scaled), list(scaled.values()))[0]

    def on(self, rng, construct):
        chance = self.chances.get(construct, {"void": 0.2, "slot": 0.4, "tick": 0.15, "goto": 0.5, "save": 0.2, "win-access": 0.5, "check-helper": 0.2, "context": 0}[construct])
        return rng.random() < chance * min(1, self.factor(construct))


def only(*names):
    """Weights that leave out all constructs that a builder picks in a block but these."""
    every = "early call if loop switch region cond-region try-region guard window flag assign".split()
    every += "user-check user-raw user-checked refetch user-size context-call".split()
    return {name: float(name in names) for name in every}


PROFILES = {
    p.name: p
    for p in (
        Profile("mixed"),
        Profile("small", functions=(1, 2), units=(1,), statements=(1, 2)),
        Profile("paths", functions=(1, 2), units=(1,), weights=only("early", "if", "loop", "switch", "region", "assign")),
        Profile("correlated", functions=(1, 3), weights={**only("if", "cond-region", "try-region", "call", "assign", "flag", "early"), "cond-chance": 0.3}),
        Profile("unwind", functions=(1, 3), weights={**only("early", "region", "call", "try-region", "if"), "helper": 0.3}, chances={"goto": 0.9}),
        Profile("guards", functions=(1, 3), weights={**only("guard", "early", "call", "if", "loop")}),
        Profile("flags", functions=(2, 5), weights={**only("region", "call", "if"), "get-mem": 5, "nap-when": 3, "branch-sleep": 3, "nap": 0.2}, mistakes=0.2),
        Profile("units", functions=(3, 5), units=(2, 3), statements=(1, 3), weights={"helper": 2, "call": 2}),
        Profile("pointers", functions=(3, 5), weights={"slot": 3, "pointer": 2, "apply": 2, "apply-leaf": 2, "call": 2}, chances={"slot": 0.9, "tick": 0.5}),
        Profile("windows", functions=(1, 3), weights={"window": 6, "region": 0.5, "save": 2}),
        Profile("users", functions=(1, 4), weights={**only("user-check", "user-raw", "user-checked", "if", "call", "early", "window", "loop"), "user-check": 6, "user-raw": 8, "sleep": 0.3}),
        Profile("fetches", functions=(1, 2), statements=(1, 3), weights={**only("refetch", "user-size", "if", "early", "loop"), "refetch": 8, "user-size": 8, "sleep": 0.3}),
        Profile("contexts", functions=(2, 5), weights={**only("context-call", "if", "early", "call"), "context-call": 12, "sleep": 0.3}, chances={"context": 0.5}),
        Profile("helpers", functions=(1, 3), weights={"helper": 5, "try-helper": 4, "try-region": 3}),
    )
}
