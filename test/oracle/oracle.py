# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random programs, run and judged: see README.md. The command is tools/oracle."""

import argparse
import collections
import concurrent.futures
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from batch import MODEL, Batch
from generate import generate
from profiles import PROFILES
from show import show
from shrink import shrink

SIZE = 50  # programs in a batch


def arguments():
    p = argparse.ArgumentParser(prog="oracle", description="Random programs: what Airlock says of them against what they do when they run.")
    p.add_argument("programs", type=int, metavar="N", help="how many programs")
    p.add_argument("--seed", type=int, default=0, metavar="S", help="the first one's number (default: 0)")
    p.add_argument("--profile", action="append", choices=sorted(PROFILES), help="what they are made of; repeatable (default: all, in turn)")
    p.add_argument("--without", action="append", default=[], metavar="CONSTRUCT", help="leave a construct out; repeatable")
    p.add_argument("--model", default=MODEL, metavar="FILE", help="what Airlock is told (default: the truth)")
    p.add_argument("--limits", metavar="FILE", help="failures that are known, a line each: they are not counted, and are wanted")
    p.add_argument("--shrink", type=int, default=3, metavar="K", help="show the smallest program of K kinds of failures (default: 3)")
    p.add_argument("--list", action="store_true", help="list all failures, as --limits takes them")
    p.add_argument("--as-is", action="store_true", help="show them as they were made")
    p.add_argument("--only", default="", metavar="TEXT", help="shrink failures whose kind has this text")
    p.add_argument("--bits", type=int, default=14, metavar="B", help="how many chances of a run are tried out (default: 14)")
    p.add_argument("-j", type=int, default=2, metavar="N", help="batches at a time (default: 2)")
    return p.parse_args()


def seeds(args):
    """(profile, seed) of each program."""
    names = args.profile or sorted(PROFILES)
    return [(names[i % len(names)], args.seed + i // len(names)) for i in range(args.programs)]


def make(name, seed, without):
    profile = PROFILES[name]
    for construct in without:
        profile.weights[construct] = 0
    return generate(profile, seed)


def run_batch(job):
    some, without, model, bits = job
    with Batch(model) as batch:
        return batch.try_all([make(name, seed, without) for name, seed in some], bits=bits)


class Limits:
    """Failures that are known, by the program's seed: what fails, and why it may."""

    def __init__(self, path):
        self.wanted = {}
        with open(path) as f:
            for line in f:
                if line.strip() and not line.startswith("#"):
                    seed, kind, rule, why = (word.strip() for word in line.split("|"))
                    if not why:
                        raise SystemExit(f"oracle: error: {path}: {seed}: no reason")
                    self.wanted[seed, kind, rule] = why
        self.seen = set()

    def knows(self, seed, failure):
        key = (seed, failure.kind, failure.rule)
        self.seen.add(key)
        return key in self.wanted

    def gone(self, seeds):
        """Those of the seeds that were run which are no more."""
        return sorted(key for key in self.wanted if key[0] in seeds and key not in self.seen)


class Score:
    def __init__(self, limits=None):
        self.limits, self.known, self.seeds = limits, 0, set()
        self.programs = self.runs = self.warnings = self.given_up = 0
        self.sometimes = [0, 0, 0]
        self.failed = collections.Counter()  # (false or missed) -> places
        self.by_construct = collections.defaultdict(collections.Counter)
        self.by_profile = collections.defaultdict(collections.Counter)
        self.documented = collections.Counter()  # limit -> places
        self.kinds = {}  # kind -> [(size, seed, result, failure)]

    def add(self, result):
        p = result.program
        self.seeds.add(p.seed)
        if self.limits:
            new = [f for f in result.failures if not self.limits.knows(p.seed, f)]
            self.known += len({(f.kind, f.rule) for f in result.failures}) - len({(f.kind, f.rule) for f in new})
            result.failures = new
        self.documented.update(limit for limit, _ in {(f.limit, f.place) for f in result.failures if f.limit})
        result.failures = [f for f in result.failures if not f.limit]
        self.programs += 1
        self.runs += result.truth.runs
        self.given_up += result.given_up
        warnings = len({(f.rule, f.place) for f in result.findings if f.severity == "warning"})
        self.warnings += warnings
        self.sometimes = [a + b for a, b in zip(self.sometimes, result.sometimes)]
        distinct = {(f.kind, f.rule, f.place) for f in result.failures}
        counts = collections.Counter(kind for kind, _, _ in distinct)
        self.failed += counts
        profile = p.seed.split(":")[0]
        for table, keys in ((self.by_construct, p.uses()), (self.by_profile, [profile])):
            for key in keys:
                table[key]["programs"] += 1
                for kind in ("false", "missed"):
                    table[key][kind] += counts[kind]
        self.by_profile[profile]["runs"] += result.truth.runs
        self.by_profile[profile]["warnings"] += warnings
        for f in result.failures:
            name = f"{f.kind} {f.rule} {f.sort} ({'program' if f.whole else 'unit'})".replace("  ", " ")
            self.kinds.setdefault(name, []).append((p.lines(), p.seed, result, f))


def table(title, rows, columns):
    width = max([len(title)] + [len(name) for name in rows]) + 2
    print(title.ljust(width) + "".join(c.rjust(10) for c in columns))
    for name, row in sorted(rows.items()):
        print(name.ljust(width) + "".join(str(row[c]).rjust(10) for c in columns))


def report(score, all_failing):
    print()
    table("construct", score.by_construct, ("programs", "false", "missed"))
    print()
    table("profile", score.by_profile, ("programs", "runs", "warnings", "false", "missed"))
    print()
    for name, cases in sorted(score.kinds.items(), key=lambda item: (-len(item[1]), item[0])):
        shortest = sorted({(size, seed) for size, seed, _, _ in cases})[:4]
        print(f"{len(cases):5} {name}: {' '.join(seed for _, seed in shortest)}")
    if all_failing:
        for seed, kind, rule in sorted({(seed, f.kind, f.rule) for cases in score.kinds.values() for _, seed, _, f in cases}):
            print(f"{seed} | {kind} | {rule} |")
    for name, places in sorted(score.documented.items()):
        print(f"{places:5} limit, {name}")
    warned, advised, quiet = score.sometimes
    print(f"sleeps on some visits only: {warned} warned, {advised} advice, {quiet} quiet; {score.given_up} functions given up")


def show_smallest(score, args):
    left = args.shrink
    with Batch(args.model) as batch:
        for name, cases in sorted(score.kinds.items(), key=lambda item: -len(item[1])):
            if left == 0:
                break
            if args.only not in name:
                continue
            left -= 1
            _, _, result, failure = min(cases, key=lambda c: c[:2])
            small = result.program if args.as_is else shrink(batch, result.program, failure)
            print(f"\n==== {name}")
            print(show(batch.try_all([small])[0]), flush=True)


def main():
    args = arguments()
    todo = seeds(args)
    jobs = [(todo[i : i + SIZE], args.without, args.model, args.bits) for i in range(0, len(todo), SIZE)]
    score = Score(Limits(args.limits) if args.limits else None)
    with concurrent.futures.ProcessPoolExecutor(args.j) as pool:
        for results in pool.map(run_batch, jobs):
            for result in results:
                score.add(result)
    show_smallest(score, args)
    report(score, args.list)
    gone = score.limits.gone(score.seeds) if score.limits else []
    for seed, kind, rule in gone:
        print(f"no longer {kind}, so strike it from {args.limits}: {seed} {rule}")
    if score.known:
        print(f"{score.known} known limits")
    print(f"{score.programs} programs, {score.runs} runs, {score.warnings} warnings, {score.failed['false']} false, {score.failed['missed']} missed")
    return 1 if score.failed.total() or gone else 0


if __name__ == "__main__":
    sys.exit(main())
