#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""workflow.py WORKFLOW list | WORKFLOW run STEP: what a GitHub workflow would do.

list prints every step of every job: its name or action, and the lines that it runs. run has the shell run the lines of
the step with this name, as a runner does, and leaves with their status.
"""

import subprocess
import sys

import yaml

path, command, *names = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    workflow = yaml.safe_load(file)
steps = [step for job in workflow["jobs"].values() for step in job["steps"]]

if command == "list":
    for step in steps:
        print(f"{step.get('name', '')}: {step.get('uses', '')} {step.get('if', '')}".strip())
        for line in step.get("run", "").splitlines():
            print(f"  {line}")
else:
    (script,) = (step["run"] for step in steps if [step.get("name")] == names)
    sys.exit(subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], check=False).returncode)
