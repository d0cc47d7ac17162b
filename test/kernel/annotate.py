#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""annotate.py KERNEL AIRLOCK CLANG HEADER COPY SCOPE ARGUMENT...: `airlock annotate` on a copy of a folder of the kernel.

KERNEL has linux-source-6.12 and compile_commands.json. SCOPE is copied, unmodified, to COPY/SCOPE, and HEADER to
COPY/include/linux/airlock.h. What airlock says of ARGUMENT... is printed, and then a line for each thing that holds:

  the patch applies           with patch -p1, and to nothing else than what it names
  a second run is empty       its patch has no byte
  the context rules are quiet on the patched files, the same models loaded
  objects are the same        compiled by Clang, without debug information, and with the lines of before counted alike
  GCC compiles it             with the flags that GCC knows; if there is a GCC

Fails at the first that does not.
"""

import difflib
import json
import os
import shutil
import subprocess
import sys
import time

from units import flags_of

kernel, airlock, clang, header, copy, scope, *arguments = sys.argv[1:]
airlock = os.path.abspath(airlock)
INCLUDE = "#include <linux/airlock.h>\n"
models = [a for i, a in enumerate(arguments) if a == "--model" or (i and arguments[i - 1] == "--model")]
source = os.path.join(os.path.realpath(kernel), "linux-source-6.12")
copy = os.path.abspath(copy)
shutil.rmtree(copy, ignore_errors=True)
shutil.copytree(os.path.join(source, scope), os.path.join(copy, scope))
os.makedirs(os.path.join(copy, "include", "linux"))
shutil.copy(header, os.path.join(copy, "include", "linux", "airlock.h"))

with open(os.path.join(kernel, "compile_commands.json"), encoding="utf-8") as file:
    database = [entry for entry in json.load(file) if entry["file"].startswith(os.path.join(source, scope) + "/")]
for entry in database:
    flags = flags_of(entry)
    entry.pop("command", None)
    entry["arguments"] = ["clang", "-I", os.path.join(copy, "include"),
                          *(flag.replace(os.path.join(source, scope), os.path.join(copy, scope)) for flag in flags)]
    entry["file"] = entry["file"].replace(os.path.join(source, scope), os.path.join(copy, scope))
with open(os.path.join(copy, "compile_commands.json"), "w", encoding="utf-8") as file:
    json.dump(database, file)


def run(*command, good=(0,), **more):
    result = subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                            **more)
    if result.returncode not in good:
        sys.exit(f"{' '.join(command)}: {result.returncode}\n{result.stdout}")
    return result.stdout


def annotate(patch):
    return run(airlock, "annotate", "-p", ".", "--scope", scope, "--include", INCLUDE.split()[1], *arguments,
               "--patch", patch)


def compile_all(compiler, to, *more):
    """Each unit into an object of its number in the database."""
    os.makedirs(to)
    for number, entry in enumerate(database):
        output = os.path.join(to, f"{number}.o")
        command = [compiler, *entry["arguments"][1:], *more, "-c", "-o", output]
        result = subprocess.run(command, cwd=entry["directory"], stderr=subprocess.PIPE, text=True, check=False)
        if result.returncode:
            sys.exit(f"{entry['file']}: {compiler}:\n{result.stderr}")


def paths():
    return [os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(copy, scope)) for name in names]


def content(path):
    with open(path, "rb") as file:
        return file.read()


before = {path: content(path) for path in paths()}
start = time.monotonic()
print(annotate("it.patch"), end="")
print(f"seconds: {time.monotonic() - start:.0f}", file=sys.stderr)
if any(content(path) != text for path, text in before.items()):
    sys.exit("--patch has changed a file")

run("patch", "-s", "-p1", "-i", "it.patch")
after = {path: content(path) for path in paths()}
if after.keys() != before.keys():
    sys.exit("the patch has made or removed files")
print("the patch applies")

annotate("again.patch")
if content(os.path.join(copy, "again.patch")):
    sys.exit("a second run has something to say")
print("a second run is empty")

run(airlock, "check", "-p", ".", "--no-cache", "--only", "context-call,context-conversion,context-cast", *models)
print("the context rules are quiet")

compile_all(clang, os.path.join(copy, "after"), "-g0", "-w")
for path, text in before.items():
    # An empty line for each that the patch adds, so that __LINE__ stays what it is.
    old, new = text.decode("latin-1").splitlines(True), after[path].decode("latin-1").splitlines(True)
    same_lines = []
    for _, i, to_i, j, to_j in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same_lines += ["\n"] * (to_j - j - (to_i - i)) + old[i:to_i]
    with open(path, "w", encoding="latin-1") as file:
        file.writelines(same_lines)
compile_all(clang, os.path.join(copy, "before"), "-g0", "-w")
for number, entry in enumerate(database):
    if content(os.path.join(copy, "before", f"{number}.o")) != content(os.path.join(copy, "after", f"{number}.o")):
        sys.exit(f"the object of {entry['file']} has changed")
print(f"objects are the same: {len(database)}")

for path, text in after.items():
    with open(path, "wb") as file:
        file.write(text)
if shutil.which("gcc"):
    # The configuration is Clang's: what it promises of the compiler is a matter of flags.
    unknown = ("--target", "-fintegrated-as", "-Werror=unknown-warning", "-Werror=ignored-optim", "-Werror=option-ignored",
               "-Werror=unused-command", "-mretpoline", "-mstack-alignment", "-Wno-gnu", "-fno-stack-check", "-Wformat",
               "-Wno-format-", "-Wno-tautological", "-Wno-enum", "-Wno-pointer-to-enum", "-Wno-unaligned", "-mskip-rax",
               "-ftrivial-auto", "-fno-stack-clash", "-fstrict-flex", "-fcf-protection", "-mfunction-return",
               "-mindirect-branch-cs", "-Wno-initializer", "-gdwarf", "-fsanitize", "-fexperimental", "-mharden",
               "-fno-builtin-wcslen", "-Wenum", "-Wcast-function", "-Wimplicit")
    for entry in database:
        entry["arguments"] = [flag for flag in entry["arguments"] if not flag.startswith(unknown)]
    compile_all("gcc", os.path.join(copy, "gcc"), "-w")
    print(f"GCC compiles it: {len(database)}")
