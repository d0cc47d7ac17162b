# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""project.py FOLDER [INCLUDE]: a compile database of the C files in a folder."""

import glob
import json
import os
import sys

folder, *includes = sys.argv[1:]
flags = [f"-I{each}" for each in includes]
commands = [{"directory": os.path.abspath(folder), "file": os.path.basename(name),
             "arguments": ["clang", *flags, "-c", os.path.basename(name)]}
            for name in sorted(glob.glob(os.path.join(folder, "*.c")))]
with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
    json.dump(commands, file)
