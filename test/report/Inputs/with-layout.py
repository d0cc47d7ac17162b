# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""with-layout.py PAGE OUT [TEXT]: the page with another library to lay graphs out. Without TEXT it is one that puts everything
in a row: what the page does with positions is tested, whoever makes them."""

import pathlib
import re
import sys

STAND_IN = """
var dagre = {
  graphlib: { Graph: class {
    constructor() { this.nodes = new Map(); this.edges = new Map(); }
    setGraph() {}
    graph() { return { width: 100 * this.nodes.size, height: 50 }; }
    setNode(name, size) { this.nodes.set(name, { x: 100 * this.nodes.size, y: 25 }); }
    node(name) { return this.nodes.get(name); }
    setEdge(from, to) { this.edges.set(from + " " + to, [from, to]); }
    edge(from, to) { return { points: [this.nodes.get(from), this.nodes.get(to)] }; }
  } },
  layout() {},
};
"""

page, out, *text = sys.argv[1:]
block = re.compile(r'(<script type="text/plain" id="layout">).*?(</script>)', re.S)
library = text[0] if text else STAND_IN
changed, count = block.subn(lambda m: m[1] + library + m[2], pathlib.Path(page).read_text())
assert count == 1
pathlib.Path(out).write_text(changed)
