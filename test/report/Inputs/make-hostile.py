# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes, in the working directory: hostile.json, a report whose every text would like to be markup, and empty.json;
root/, its source, with a secret beside it."""

import json
import pathlib

MARKUP = "</script><script>owned()</script><!-- <img src=x onerror=owned()> \" ' & \u2028 \\"
EVIL = "evil</script><script>owned()</script>.c"

root = pathlib.Path("root")
(root / EVIL).parent.mkdir(parents=True)
(root / EVIL).write_bytes(b'char *s = "</script><script>owned()</script><!--";\na\xff\xfez\n' + b"x" * 9999 + b"\n")
(root / "folder").mkdir()
pathlib.Path("secret.c").write_text("do not show this\n")
(root / "out.c").symlink_to("../secret.c")


def place(file, line=1):
    return {"file": file, "line": line, "column": 1}


def step(file, line=1):
    return dict(place(file, line), function=MARKUP, text=MARKUP)


files = ["/etc/passwd", "../secret.c", "out.c", "folder", "gone.c"]
finding = {
    "id": "0123456789abcdef",
    "rule": "sleep-in-region",
    "severity": "warning",
    "message": MARKUP,
    "function": MARKUP,
    "location": place(EVIL),
    "path": [step(EVIL, 3), *map(step, files), step(EVIL, 4294967295)],
    "region": MARKUP,
    "fixits": [dict(place(EVIL), endLine=1, endColumn=2, insert=MARKUP)],
    "suppressed": None,
}
odd = dict(finding, id="__proto__", rule="__proto__", location=place("__proto__"), path=[], fixits=[],
           suppressed={"by": MARKUP, "why": MARKUP})
stats = {
    "tus": {"seen": 2, "failed": 0, "skipped": 0},
    "functions": 1,
    "given_up": [{"function": MARKUP, "file": MARKUP, "analysis": "regions", "limit": "steps"}],
    "calls": {"direct": 1, "slot": 0, "unresolved": 0},
    "suppressed": 1,
    "notifications": [{"file": MARKUP, "text": MARKUP, "level": "note"}],
}
report = {"airlock": "0.1.0", "schema": 1, "findings": [odd, finding], "stats": stats}
pathlib.Path("hostile.json").write_text(json.dumps(report))
pathlib.Path("empty.json").write_text(json.dumps(dict(report, findings=[], stats=dict(stats, suppressed=0))))
