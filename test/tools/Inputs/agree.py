#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""agree.py AIRLOCK SCHEMA CASES FOLDER: each case is judged by the command and by the schema.

CASES has blocks: a line '# good', '# bad: MESSAGE' (what the command says, without the file's name), or '# bad, schema
cannot tell: MESSAGE', then the lines of a model.
"""

import json
import os
import subprocess
import sys

import jsonschema

airlock, schema_path, cases_path, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
with open(schema_path, encoding="utf-8") as file:
    validator = jsonschema.Draft202012Validator(json.load(file))


def cases():
    title, lines = None, []
    with open(cases_path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("# "):
                if title:
                    yield title, "".join(lines)
                title, lines = line[2:].strip(), []
            else:
                lines.append(line)
    yield title, "".join(lines)


def schema_accepts(text):
    try:
        return validator.is_valid(json.loads(text))
    except ValueError:
        return False


failures = count = 0
for title, text in cases():
    if title.startswith("SPDX"):
        continue
    count += 1
    path = os.path.join(folder, "model.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    run = subprocess.run([airlock, "model", "check", path], capture_output=True, text=True)
    verdict, _, message = title.partition(": ")
    good = verdict == "good"
    problems = []
    if run.returncode != (0 if good else 2):
        problems.append(f"exit status {run.returncode}")
    if not good and run.stderr != f"airlock: error: {path}:{message}\n":
        problems.append(f"said {run.stderr!r}")
    if schema_accepts(text) != (good or "cannot tell" in verdict):
        problems.append("the schema thinks otherwise")
    if problems:
        failures += 1
        print(f"{title}\n{text}  {'; '.join(problems)}")
print(f"{count} cases, {failures} failures")
sys.exit(bool(failures) or not count)
