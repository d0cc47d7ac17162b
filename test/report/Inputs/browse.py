# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""browse.py PAGE [HASH] [DO...]: open a page in Chromium, without a window, and print a line for each expression.

DO is JavaScript, whose value is printed as JSON once it is neither null, undefined nor false; "key:NAME" presses a key;
"go:HASH" goes to another hash; "size:WxH" and "dark" set what they say; "shot:FILE" writes a PNG. What the page itself
complains of ends it. Chromium is spoken to over a pipe, so that nothing but Python is needed."""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

PATIENCE = 60  # seconds; tests run beside others


class Browser:
    def __init__(self, profile):
        to_browser, self.out = os.pipe()
        self.into, from_browser = os.pipe()

        def wire():  # it reads from 3 and writes to 4
            low, high = os.dup(to_browser), os.dup(from_browser)
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen(
            [shutil.which("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=wire, pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={k: v for k, v in os.environ.items() if k != "LD_PRELOAD"})
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.count, self.session = b"", 0, None
        target = next(t for t in self.ask("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        self.ask("Runtime.enable")
        self.ask("Log.enable")
        self.ask("Page.enable")

    def read(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.into, 1 << 16)
            if not piece:
                sys.exit("chromium has ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(message)
        entry = message.get("params", {}).get("entry", {})
        if message.get("method") == "Runtime.exceptionThrown" or entry.get("level") == "error":
            sys.exit(f"the page complains: {message['params']}")
        return message

    def ask(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.count:
                return answer.get("result", {})

    def value(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            sys.exit(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            value = self.value(expression)
            if value is not None and value is not False:
                return value
            time.sleep(0.05)
        sys.exit(f"{expression} never came true")

    def close(self):
        self.process.kill()
        self.process.wait()


def do(browser, what):
    word, _, rest = what.partition(":")
    if word == "key":
        codes = {"Enter": 13, "Escape": 27}
        text = {"Enter": "\r"}.get(rest, rest if len(rest) == 1 else "")
        browser.ask("Input.dispatchKeyEvent", type="keyDown", key=rest, text=text, windowsVirtualKeyCode=codes.get(rest, 0))
        browser.ask("Input.dispatchKeyEvent", type="keyUp", key=rest, windowsVirtualKeyCode=codes.get(rest, 0))
    elif word == "go":
        browser.value("new Promise(go => { addEventListener('hashchange', () => go(true), { once: true }); "
                      f"location.hash = {json.dumps(rest)}; }})")
    elif word == "size":
        width, height = map(int, rest.split("x"))
        browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    elif what == "dark":
        browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    elif word == "shot":
        data = browser.ask("Page.captureScreenshot", format="png")["data"]
        pathlib.Path(rest).write_bytes(base64.b64decode(data))
    else:
        print(json.dumps(browser.wait(what), ensure_ascii=False), flush=True)


def main(page, hash_="", *todo):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            browser.ask("Page.navigate", url=pathlib.Path(page).resolve().as_uri() + (hash_ and "#" + hash_))
            browser.wait("document.readyState === 'complete' && location.protocol === 'file:'")
            for what in todo:
                do(browser, what)
        finally:
            browser.close()


main(*sys.argv[1:])
