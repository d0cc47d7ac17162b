#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""gitlab.py CI JOB SECTION: what a GitLab runner does in a section (before_script, script, after_script) of a job: line after
line until one fails, whose status it leaves with; and, for the script, that the job's reports are there then."""

import os
import subprocess
import sys

import yaml

path, name, section = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    job = yaml.safe_load(file)[name]
status = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", "\n".join(job[section])], check=False).returncode
if section == "script":
    for report in job["artifacts"]["reports"].values():
        print(f"report: {report}, {'there' if os.path.exists(report) else 'missing'}")
sys.exit(status)
