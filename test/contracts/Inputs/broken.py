# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""broken.py CONTRACTS COMMAND...: runs the command once for each of some changes to a byte behind the head of the file, with its name in
place of '@', and counts how often the command died, and how often it was told that they are broken."""
import subprocess
import sys

HEAD = 36
content = open(sys.argv[1], "rb").read()
command = ["broken.contracts" if word == "@" else word for word in sys.argv[2:]]
crashed = refused = 0
for place in range(HEAD, len(content), max(1, (len(content) - HEAD) // 60)):
    for byte in (content[place] ^ 0x81, 0xff):
        with open("broken.contracts", "wb") as file:
            file.write(content[:place] + bytes([byte]) + content[place + 1:])
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        crashed += done.returncode not in (0, 1, 3)
        refused += done.returncode == 3 and b"contracts 'broken.contracts' are broken" in done.stdout
print(f"{crashed} crashed\n{refused} refused")
