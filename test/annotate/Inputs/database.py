#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""database.py FOLDER FILE... -- FLAG...: a compile database for C files of a folder, in it."""

import json
import os
import sys

cut = sys.argv.index("--")
folder = os.path.abspath(sys.argv[1])
with open(os.path.join(folder, "compile_commands.json"), "w") as out:
    json.dump([{"directory": folder, "file": name, "arguments": ["clang", *sys.argv[cut + 1:], "-c", name]}
               for name in sys.argv[2:cut]], out)
