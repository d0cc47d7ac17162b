# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""make-many.py N [STEPS]: print a JSON report of N open findings and a suppressed one; the n-th has an id of n in digits.
Every third is context-call, of the others the first half advice of user-size. The last two end in the same step."""

import json
import sys

count = int(sys.argv[1])
steps = int(sys.argv[2]) if len(sys.argv) > 2 else 1


def finding(n):
    file = f"f{n % 100}.c"
    advice = n % 3 == 1
    path = [
        {"file": file, "line": 10 * i + n % 7 + 1, "column": 2, "function": f"f{n}_{i}", "text": f"step {n}" if i == 0 else f"'f{n}_{i}' calls 'f{n}_{i + 1}' here"}
        for i in range(steps)
    ]
    if n >= count - 1:
        path[-1] = {"file": "end.c", "line": 1, "column": 1, "function": "end", "text": "the same end"}
    return {
        "id": str(n) * 16 if count < 10 else f"{n:016x}",
        "rule": "user-size" if advice else "context-call",
        "severity": "advice" if advice else "warning",
        "message": f"problem {n}",
        "function": f"f{n}",
        "location": {"file": file, "line": n % 7 + 1, "column": 2},
        "path": path,
        "fixits": [],
        "suppressed": {"by": "baseline", "why": "known"} if n == count else None,
    }


stats = {
    "tus": {"seen": 2, "failed": 1, "skipped": 0},
    "functions": 1234,
    "given_up": [{"function": "big", "file": "f.c", "analysis": "regions", "limit": "steps"}],
    "calls": {"direct": 5, "slot": 0, "unresolved": 0},
    "suppressed": 1,
    "notifications": [{"file": "bad.c", "text": "not analysed", "level": "error"}],
}
json.dump({"airlock": "0.1.0", "schema": 1, "findings": [finding(n) for n in range(count + 1)], "stats": stats}, sys.stdout)
