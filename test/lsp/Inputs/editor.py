# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""An editor for tests, which does what a script says and prints what the server says.

    editor.py SCRIPT -- COMMAND...

The script is Python; what it can call are the methods of Editor, without a prefix. Folders and files are named relative to
the working directory, and printed so."""

import json
import os
import select
import subprocess
import sys
import time
import urllib.parse

PATIENCE = 240  # seconds; with the sanitizers, on a busy machine


class Editor:
    def __init__(self, command):
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.input = b""
        self.number = 0
        self.versions = {}

    # Frames

    def raw(self, data):
        """Bytes as they are."""
        self.server.stdin.write(data)
        self.server.stdin.flush()

    def post(self, message, one_by_one=False):
        body = json.dumps(message).encode()
        frame = b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        for part in [frame[i : i + 1] for i in range(len(frame))] if one_by_one else [frame]:
            self.raw(part)

    def notify(self, method, **params):
        self.post({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method, params=None, **more):
        """The answer, after everything that comes before it is printed."""
        self.number += 1
        self.post({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params or {}}, **more)
        while True:
            message = self.receive()
            if message.get("id") == self.number:
                return message
            self.show(message)

    def receive(self, patience=PATIENCE):
        """The next message, or None if the server has gone, or says nothing for so many seconds."""
        end = time.monotonic() + patience
        while True:
            head, mark, rest = self.input.partition(b"\r\n\r\n")
            if mark:
                size = int(head.split(b":")[1])
                if len(rest) >= size:
                    self.input = rest[size:]
                    return json.loads(rest[:size])
            ready = select.select([self.server.stdout], [], [], max(0, end - time.monotonic()))[0]
            data = os.read(self.server.stdout.fileno(), 1 << 16) if ready else b""
            if not data:
                return None
            self.input += data

    # What is printed

    def local(self, uri):
        here = uri_of(os.getcwd()) + "/"
        return urllib.parse.unquote(uri.removeprefix(here))

    def show(self, message):
        params = message.get("params", {})
        if "error" in message:
            print("error", message["error"]["code"], message["error"]["message"], "id", message["id"])
        elif message.get("method") == "textDocument/publishDiagnostics":
            version = f" version {params['version']}" if "version" in params else ""
            print(f"diagnostics of {self.local(params['uri'])}{version}: {len(params['diagnostics'])}")
            for each in params["diagnostics"]:
                severity = ("error", "warning", "information", "hint")[each["severity"] - 1]
                print(f"  {span(each['range'])} {severity} {each.get('code')} {each['source']}: {each['message']}")
                for step in each.get("relatedInformation", []):
                    where = step["location"]
                    print(f"    {self.local(where['uri'])} {span(where['range'])}: {step['message']}")
        else:
            print(message.get("method"), params.get("type"), params.get("message"))
        sys.stdout.flush()

    # What a user does

    def initialize(self, folders=(".",), options=None, utf8=False, related=True, versions=True):
        answer = self.request("initialize", {
            "processId": os.getpid(),
            "rootUri": uri_of(folders[0]),
            "workspaceFolders": [{"uri": uri_of(each), "name": each} for each in folders],
            "initializationOptions": options,
            "capabilities": {
                "general": {"positionEncodings": ["utf-16", "utf-8"] if utf8 else ["utf-16"]},
                "workspace": {"workspaceEdit": {"documentChanges": versions}},
                "textDocument": {"publishDiagnostics": {"relatedInformation": related}},
            },
        })
        if "error" in answer:
            self.show(answer)
        else:
            print("initialized", answer["result"]["capabilities"]["positionEncoding"])
            self.notify("initialized")

    def open(self, name, text=None, language="c"):
        self.versions[name] = 1
        text = read(name) if text is None else text
        self.notify("textDocument/didOpen",
                    textDocument={"uri": uri_of(name), "languageId": language, "version": 1, "text": text})

    def type(self, name):
        """Something, and does not save it."""
        self.versions[name] += 1
        start = {"line": 0, "character": 0}
        self.notify("textDocument/didChange",
                    textDocument={"uri": uri_of(name), "version": self.versions[name]},
                    contentChanges=[{"range": {"start": start, "end": start}, "text": "x"}])

    def save(self, name, text=None):
        """What is on the disk, or this."""
        if text is not None:
            write(name, text)
        self.versions[name] += 1
        self.notify("textDocument/didChange",
                    textDocument={"uri": uri_of(name), "version": self.versions[name]},
                    contentChanges=[{"text": read(name)}])
        self.notify("textDocument/didSave", textDocument={"uri": uri_of(name)}, text=read(name))

    def close(self, name):
        self.notify("textDocument/didClose", textDocument={"uri": uri_of(name)})

    def expect(self, count=1, patience=PATIENCE):
        """Waits for so many messages, and prints them."""
        for _ in range(count):
            message = self.receive(patience)
            if message is None:
                print("nothing comes")
                return
            self.show(message)

    def actions(self, name, line, apply=False, **context):
        """The code actions of a line; apply makes the edits of the first one, on the disk."""
        place = {"line": line - 1, "character": 0}
        answer = self.request("textDocument/codeAction", {
            "textDocument": {"uri": uri_of(name)},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": [], **context},
        })
        print(f"actions of {name}:{line}: {len(answer['result'])}")
        for action in answer["result"]:
            print(f"  {action['kind']}: {action['title']}; mends {len(action['diagnostics'])}")
            for uri, version, edits in changes(action["edit"]):
                for edit in edits:
                    print(f"    {self.local(uri)} version {version} {span(edit['range'])} {edit['newText']!r}")
        if apply:
            for uri, _, edits in changes(answer["result"][0]["edit"]):
                edit_file(self.local(uri), edits)

    def leave(self):
        """What comes in the meantime is printed."""
        print("shutdown:", self.request("shutdown").get("result", "refused"))
        self.notify("exit")
        self.gone()

    def gone(self):
        self.server.stdin.close()
        while (message := self.receive()) is not None:
            self.show(message)
        print("exit status", self.server.wait(PATIENCE))


def uri_of(name):
    return "file://" + urllib.parse.quote(os.path.abspath(name))


def read(name):
    with open(name, encoding="utf-8", newline="") as file:
        return file.read()


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def span(place):
    """As people count."""
    start, end = place["start"], place["end"]
    return f"{start['line'] + 1}:{start['character'] + 1}-{end['line'] + 1}:{end['character'] + 1}"


def changes(edit):
    for change in edit.get("documentChanges", []):
        yield change["textDocument"]["uri"], change["textDocument"]["version"], change["edits"]
    for uri, edits in edit.get("changes", {}).items():
        yield uri, None, edits


def edit_file(name, edits):
    """Of ASCII. Edits at one place stand in their order, as the protocol says."""
    lines = read(name).splitlines(keepends=True)

    def offset(at):
        return sum(map(len, lines[: at["line"]])) + at["character"]

    text = "".join(lines)
    for _, edit in sorted(enumerate(edits), key=lambda e: (offset(e[1]["range"]["start"]), e[0]), reverse=True):
        text = text[: offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]):]
    write(name, text)


if __name__ == "__main__":
    script, _, *command = sys.argv[1:]
    editor = Editor(command)
    names = {name: getattr(editor, name) for name in dir(Editor) if not name.startswith("_")}
    with open(script, encoding="utf-8") as file:
        exec(compile(file.read(), script, "exec"), {**globals(), **names, "server": editor.server})
