#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""tutorial.py PAGE REPOSITORY BUILD CLANG SCRATCH [LINUX] [--write]: does what a tutorial tells to do, and compares what it says.

The commands are the fenced blocks `sh`, and run in one shell, in a home of their own (in SCRATCH) in which the repository, with its
build, is the folder `airlock`, and LINUX, a kernel's build folder, is `linux`. A block `text` behind one is what that prints, on both streams; a line `...` there stands for any
lines. A block without one has to succeed; one with it may find something (status 1). Indented blocks are not run. --write puts
what was printed into the page, where it is not what the page has.
"""

import os
import re
import shutil
import subprocess
import sys

BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```\n", re.M | re.S)
END = "-- the end of a block, with status "


def make_home(scratch, repository, build, clang, linux=None):
    home = os.path.join(scratch, "home")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(os.path.join(home, "airlock"))
    for name in os.listdir(repository):
        if not name.startswith((".", "build")):
            os.symlink(os.path.join(repository, name), os.path.join(home, "airlock", name))
    os.symlink(build, os.path.join(home, "airlock", "build"))
    if linux:
        os.symlink(linux, os.path.join(home, "linux"))
    # The page names the compiler by its version; the build may be for another one.
    tools = os.path.join(scratch, "tools")
    shutil.rmtree(tools, ignore_errors=True)
    os.mkdir(tools)
    os.symlink(clang, os.path.join(tools, "clang-19"))
    return home, tools


def run(blocks, home, tools):
    """What each block of commands prints, and its status; the shell goes on from one to the next."""
    script = "".join(f"{block}\necho \"{END}$?\"\n" for block in blocks)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRLOCK", "GIT_", "CMAKE_"))}
    environment.update(HOME=home, PATH=f"{tools}:/usr/local/bin:/usr/bin:/bin", LC_ALL="C.UTF-8", TZ="UTC",
                       GIT_CONFIG_NOSYSTEM="1", CMAKE_GENERATOR="Ninja", COLUMNS="100")
    done = subprocess.run(["bash"], input=script, text=True, cwd=home, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=500)
    parts = re.split(re.escape(END) + r"(\d+)\n", done.stdout)
    return list(zip(parts[::2], map(int, parts[1::2])))


def matches(expected, printed):
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in expected.splitlines())
    return re.fullmatch(pattern, printed) is not None


def main():
    write = "--write" in sys.argv
    page, repository, build, clang, scratch, *linux = (os.path.realpath(a) for a in sys.argv[1:] if a != "--write")
    with open(page, encoding="utf-8") as file:
        text = file.read()
    found = list(BLOCK.finditer(text))
    commands = [block for block in found if block[1] == "sh"]
    home, tools = make_home(scratch, repository, build, clang, *linux)
    results = run([block[2] for block in commands], home, tools)
    kernel = [(os.path.realpath(os.path.join(path, "source")), "~/linux") for path in linux]  # as O= makes it
    wrong, out, at = 0, [], 0
    for number, block in enumerate(commands):
        if number == len(results):
            print(f"the shell ended in:\n{block[2]}")
            wrong += 1
            break
        printed, status = results[number]
        # However the folders are reached, the page has the reader's names for them.
        for path, name in ((home, "~"), (build, "~/airlock/build"), (repository, "~/airlock"), *kernel):
            printed = printed.replace(path, name)
        printed = "".join(line.rstrip() + "\n" for line in printed.splitlines())
        index = found.index(block) + 1
        told = found[index] if index < len(found) and found[index][1] == "text" else None
        if status > (1 if told else 0):
            print(f"status {status} of:\n{block[2]}{printed}")
            wrong += 1
        elif told and not matches(told[2], printed):
            if write:
                out += [text[at:told.start(2)], printed]
                at = told.end(2)
                continue
            print(f"the page says:\n{told[2]}and it is:\n{printed}of:\n{block[2]}")
            wrong += 1
    if write:
        with open(page, "w", encoding="utf-8") as file:
            file.write("".join(out) + text[at:])
    print(f"{len(commands)} blocks of commands, {wrong} wrong")
    sys.exit(bool(wrong))


main()
