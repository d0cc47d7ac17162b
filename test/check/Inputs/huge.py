#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""huge.py CACHE: make every entry of a cache say that it unpacks to 2^50 bytes; its checksum is right where the library is
there to make it, and otherwise wrong."""

import ctypes
import ctypes.util
import glob
import struct
import sys

library = ctypes.util.find_library("xxhash")
for name in glob.glob(sys.argv[1] + "/*"):
    with open(name, "rb") as file:
        entry = file.read()
    rest, checksum = struct.pack("<Q", 1 << 50) + entry[24:], 0
    if library:
        hashing = ctypes.CDLL(library).XXH3_64bits
        hashing.restype, hashing.argtypes = ctypes.c_uint64, [ctypes.c_char_p, ctypes.c_size_t]
        checksum = hashing(rest, len(rest))
    with open(name, "wb") as file:
        file.write(entry[:8] + struct.pack("<Q", checksum) + rest)
