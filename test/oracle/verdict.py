# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What Airlock says: the plugin of each file by itself, and the check of all of them as one program."""

import json
import os
import subprocess
from dataclasses import dataclass

from truth import HERE, INCLUDE

TOP = os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ORACLE_BUILD", os.path.join(TOP, "build"))
CLANG = os.environ.get("ORACLE_CLANG", "clang-19")


@dataclass(frozen=True)
class Finding:
    rule: str
    region: str
    severity: str
    place: tuple  # (unit, line)
    message: str
    function: str
    whole: bool  # from the check of the whole program
    path: tuple  # its steps: (place, text)


def read_report(path, files, whole):
    with open(path) as f:
        report = json.load(f)
    if report["stats"]["tus"]["failed"]:
        raise RuntimeError(f"units failed: {report['stats']['tus']}")
    names = {os.path.basename(name): unit for unit, name in files.items()}
    out = []

    def place(where):
        return names.get(os.path.basename(where["file"]), -1), where["line"]  # -1: a header

    for found in report["findings"]:
        out.append(
            Finding(
                found["rule"],
                found.get("region") or found.get("context") or "",
                found["severity"],
                place(found["location"]),
                found["message"],
                found["function"],
                whole,
                tuple((place(step), step["text"]) for step in found["path"]),
            )
        )
    return out, [given["function"] for given in report["stats"]["given_up"]]


def judge(folder, files, model):
    """files: unit -> path. Findings of both scales, and the names of functions that were given up."""
    includes = ["-I", INCLUDE, "-I", HERE]
    findings, given_up = [], []
    for unit, path in files.items():
        report = os.path.join(folder, f"plugin{unit}.json")
        command = [CLANG, f"-fplugin={BUILD}/lib/airlock.so", f"-fplugin-arg-airlock-model={model}"]
        command += ["-fplugin-arg-airlock-advice", f"-fplugin-arg-airlock-report={report}"]
        run_quietly([*command, *includes, "-fsyntax-only", "-w", path], (0, 1))
        found, given = read_report(report, files, False)
        findings += found
        given_up += given
    report = os.path.join(folder, "check.json")
    command = [f"{BUILD}/bin/airlock", "check", "--model", model, "--no-cache", "--advice", "--format", "json", "-o", report]
    run_quietly([*command, *files.values(), "--", *includes], (0, 1))
    found, given = read_report(report, files, True)
    return findings + found, sorted(set(given_up + given))


def run_quietly(command, allowed):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode not in allowed:
        raise RuntimeError(f"{' '.join(command)}: status {done.returncode}\n{done.stdout[:4000]}")
