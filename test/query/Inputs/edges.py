# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""edges.py: a graph as JSON, a line for each node and each edge, in the order of their names."""

import json
import sys

graph = json.load(sys.stdin)
nodes = graph["nodes"]
print(graph["title"])
print(*sorted(f"{n['name']} {n['role']} {n['kind']} {n['file']}:{n['line']}" for n in nodes), sep="\n")
print(*sorted(f"{nodes[e['from']]['name']} {e['kind']} {nodes[e['to']]['name']} {e['file']}:{e['line']}" for e in graph["edges"]), sep="\n")
