# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""page.py PAGE [BLOCK]: fail unless an html report stands alone, and is what it says: markup that ends, scripts and styles
that its policy names by their hashes, nothing that is fetched. Prints a BLOCK of its data, or what elements it has."""

import base64
import hashlib
import html.parser
import json
import pathlib
import re
import sys

SPACES = {"http://www.w3.org/2000/svg"}


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.inside, self.blocks, self.code, self.policy, self.open = None, {}, [], "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        for name, value in attributes.items():
            if name.startswith("on") or name in ("src", "action", "style") or (name == "href" and not value.startswith("#")):
                sys.exit(f"<{tag} {name}={value}>")
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        if tag in ("script", "style"):
            self.inside = (tag, attributes)
            self.text = ""
        elif tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_data(self, data):
        if self.inside:
            self.text += data

    def handle_endtag(self, tag):
        if tag not in ("script", "style"):
            if not self.open or self.open.pop() != tag:
                sys.exit(f"</{tag}> ends what is not open")
            return
        if not self.inside:
            sys.exit(f"</{tag}> ends what is not open")
        attributes = self.inside[1]
        self.inside = None
        if "id" not in attributes:
            self.code.append((tag, self.text))
        elif attributes["id"] in self.blocks:
            sys.exit(f"two blocks are '{attributes['id']}'")
        else:
            self.blocks[attributes["id"]] = (attributes["type"], self.text)


def main(path, *wanted):
    text = pathlib.Path(path).read_text()
    page = Page(text)
    if page.open or not text.endswith("</html>\n"):
        sys.exit(f"it is cut off in {page.open}")
    if [tag for tag, _ in page.code] != ["style", "script"]:
        sys.exit(f"there should be one style and one script: {[tag for tag, _ in page.code]}")
    for tag, code in page.code:
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        if f"{tag}-src 'sha256-{digest}'" not in page.policy:
            sys.exit(f"the policy does not name the {tag}: {page.policy}")
    if "default-src 'none'" not in page.policy or "unsafe" in page.policy:
        sys.exit(f"the policy lets things in: {page.policy}")
    own = "".join(code for _, code in page.code) + page.blocks["layout"][1]
    if fetched := set(re.findall(r"https?://[^\s\"'`)]*", own)) - SPACES:
        sys.exit(f"it names {fetched}")
    if re.search(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|fetch|XMLHttpRequest)\b", page.code[1][1]):
        sys.exit("its script makes markup or code of text, or fetches something")
    for block in wanted:
        kind, data = page.blocks[block]
        print(json.dumps(json.loads(data), indent=2, ensure_ascii=False) if kind == "application/json" else data)
    if not wanted:
        print("blocks:", *page.blocks)


main(*sys.argv[1:])
