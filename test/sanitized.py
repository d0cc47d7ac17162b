# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The format of tests whose programs may be built with sanitizers."""

import glob
import tempfile

import lit.formats
import lit.Test

# Clang and Python leak on purpose. LLVM's allocators poison memory in our copy of their inline functions, and the
# distribution's libraries, built without the sanitizer, do not undo it. Crashes are reported even where Clang has
# handlers of its own: an assertion that fails is one.
OPTIONS = {
    "ASAN_OPTIONS": "detect_leaks=0:allow_user_poisoning=0:"
    + ":".join(f"handle_{signal}=2" for signal in ("abort", "segv", "sigbus", "sigfpe")),
    "UBSAN_OPTIONS": "print_stacktrace=1",
}


class SanitizedTest(lit.formats.ShTest):
    """A test fails if a sanitizer reported anything in one of its processes, whatever the process ended with and who
    saw it: to 'not', a program that was ended for a mistake is one that found an error, as it should."""

    def execute(self, test, lit_config):
        environment = test.config.environment
        with tempfile.TemporaryDirectory(prefix="airlock-sanitized.") as folder:
            for name, options in OPTIONS.items():
                environment[name] = f"{options}:log_path={folder}/report"
            result = super().execute(test, lit_config)
            reports = []
            for path in sorted(glob.glob(f"{folder}/report.*")):
                with open(path, errors="replace") as file:
                    reports.append(file.read())
        if not reports:
            return result
        return lit.Test.Result(lit.Test.FAIL, "\n".join([result.output, "A sanitizer reported:", *reports]))
