#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""craft.py DUMP MODEL: write summaries whose checksums are right and that say what cannot be; of the model linux, which is
MODEL, and which DUMP, what `airlock dump` says of a good summary, is of.

names.sum      60,000 names, each a byte longer than the one before: 420 KB that stand for 1.8 GB
body.sum       a function 'f' that calls 'g', which sleeps, with a region open that no model has
pipe.sum       its model is a pipe
"""

import ctypes
import json
import struct
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    DUMP = json.load(file)
FORMAT, FINGERPRINT = DUMP["format"], int(DUMP["units"][0]["fingerprint"], 0)
with open(sys.argv[2], encoding="utf-8") as model:
    SLEEP = 1 << sorted(json.load(model)["effects"]).index("sleep")
hashing = ctypes.CDLL("libxxhash.so.0")
hashing.XXH3_64bits.restype = ctypes.c_uint64
hashing.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]


def number(value):
    out = b""
    while value > 0x7f:
        out += bytes([value & 0x7f | 0x80])
        value >>= 7
    return out + bytes([value])


def numbers(*values):
    return b"".join(number(value) for value in values)


def block(inside):
    return number(len(inside)) + inside


def names(*texts):
    return number(len(texts)) + b"".join(
        numbers(index, 0) + block(text) for text, index in sorted((text.encode(), index) for index, text in enumerate(texts)))


def place(line):
    return numbers(line << 3 | 1, 0, 1)  # in the file that the first name is


def write(name, inside):
    checksum = hashing.XXH3_64bits(inside, len(inside))
    with open(name, "wb") as file:
        file.write(b"AIRLOCK\x1a" + struct.pack("<IIQ", FORMAT, len(inside), checksum) + inside)


def head(status):
    return numbers(status, 0, 1, 1, FINGERPRINT)


COUNT = 60000
bomb = b"".join(numbers(index, index, 1) + b"x" for index in range(COUNT))
write("names.sum", number(COUNT) + bomb + numbers(1, 0, 0, 0))

HAS_BODY, MODELLED, NAMED, EFFECTS = 1 << 3, 1 << 6, 1 << 9, 1 << 13
f = number(HAS_BODY | NAMED) + number(2) + place(1)
g = number(MODELLED | NAMED | EFFECTS) + number(3) + numbers(2 << 2, 5) + number(SLEEP)
call = numbers(0, 2) + place(3)
situation = numbers(1, 1, 63, 0)  # one region is open: number 63
regions = numbers(1, 1) + situation + number(0) + number(0)
body = numbers(1, 1 << 1 | 1) + block(call) + block(regions) + block(b"")
write("body.sum", names("a.c", "linux", "f", "g") + head(0) + numbers(1, 1, 0, 0) + number(0)
      + number(2) + f + g + numbers(0, 0) + number(1) + body + numbers(0, 0, 0))
write("pipe.sum", names("a.c", "pipe") + head(1) + numbers(0, 0, 0, 0))  # for no reason, nowhere
