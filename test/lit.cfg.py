# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Substitutions:
#   %airlock_cc  clang with the plugin and the annotations, -fsyntax-only    %clang       the same clang, alone
#   %airlock_so  the plugin                                                 %airlock     the command
#   %src         the repository               %build  the build folder      %kernel      see test/kernel/prepare
#   %boot_kernel  see test/boot/prepare
#   %python      Debian's Python 3    %validate SCHEMA FILE...  fails where a JSON file breaks its schema
#   %other_clang  a clang of another version than the plugin is built for
#   %exits N COMMAND...  runs it and fails unless its exit status is N      %sarif_schema  see tools/fetch-sarif-schema
#   %lit         lit itself, for tests of tests

import ctypes.util
import os
import shutil
import subprocess
import sys

import lit.formats

PYTHON = "/usr/bin/python3"

config.name = "airlock"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)

source, build, tools = config.airlock_source_dir, config.airlock_build_dir, config.llvm_tools_dir
plugin = os.path.join(build, "lib", "airlock.so")
clang = os.path.join(tools, "clang")
kernel = os.environ.get("AIRLOCK_KERNEL_DIR", "/var/tmp/airlock-kernel")
boot_kernel = os.environ.get("AIRLOCK_BOOT_DIR", "/var/tmp/airlock-boot")
sarif_schema = os.environ.get("AIRLOCK_SARIF_SCHEMA", "/var/tmp/airlock-sarif/sarif-2.1.0.json")
exits = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[2:]) != int(sys.argv[1]))"

for name, text in (
    ("airlock_cc", f"{clang} -fplugin={plugin} -fsyntax-only -I {source}/annotations/include"),
    ("airlock_so", plugin),
    ("airlock", os.path.join(build, "bin", "airlock")),
    ("clang", clang),
    ("src", source),
    ("build", build),
    ("kernel", kernel),
    ("boot_kernel", boot_kernel),
    ("python", PYTHON),
    ("lit", f"{PYTHON} {os.path.dirname(os.path.dirname(lit.__file__))}/lit.py"),
    ("validate", f"{PYTHON} {source}/test/validate.py"),
    ("exits", f'{PYTHON} -c "{exits}"'),
    ("sarif_schema", sarif_schema),
):
    # Whole words: %airlock is not the start of %airlock_cc.
    config.substitutions.append((rf"%{name}\b", text))

config.environment["PATH"] = os.pathsep.join((tools, config.environment["PATH"]))
# Python compiles the helpers here, and the source folder stays clean.
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"

if config.airlock_sanitizer_runtime:
    sys.path.append(config.test_source_root)
    from sanitized import SanitizedTest

    config.test_format = SanitizedTest(execute_external=False)
    config.available_features.add("sanitizer")
    # Every process of a test gets it: clang is started by scripts and by make, too.
    config.environment["LD_PRELOAD"] = config.airlock_sanitizer_runtime

if os.path.exists(os.path.join(tools, "clang-format")):
    config.available_features.add("clang-format")
if shutil.which("clang-tidy-19"):
    config.available_features.add("clang-tidy")
for tool in ("ccache", "chromium", "csmith", "cvise", "distcc", "dot", "fish", "gcc", "git", "icecc", "lintian", "make", "man", "mandoc", "rpm", "rpmbuild", "sparse", "zsh"):
    if shutil.which(tool):
        config.available_features.add(tool)
if os.geteuid() == 0:
    config.available_features.add("root")
if shutil.which("nvim"):
    config.available_features.add("neovim")
if ctypes.util.find_library("xxhash"):
    config.available_features.add("libxxhash")
for other in map(shutil.which, ("clang-22", "clang-19")):
    if other and os.path.realpath(other) != os.path.realpath(clang):
        config.available_features.add("other-clang")
        config.substitutions.append((r"%other_clang\b", other))
        break
if os.path.exists(os.path.join(build, "plugin", "layout.js")):
    config.available_features.add("graph-layout")
if os.path.exists(sarif_schema):
    config.available_features.add("sarif-schema")
if os.path.exists("/usr/src/linux-source-6.12.tar.xz"):
    config.available_features.add("linux-source")
for module in ("jsonschema", "myst_parser", "yaml"):
    if subprocess.run([PYTHON, "-c", f"import {module}"], stderr=subprocess.DEVNULL).returncode == 0:
        config.available_features.add(module)
