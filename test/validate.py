#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""validate.py SCHEMA FILE...: check JSON files against a JSON schema; a line for each breach."""

import json
import sys

import jsonschema


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(schema_path, *paths):
    if not paths:
        sys.exit(__doc__)
    schema = load(schema_path)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)
    breaches = 0
    for path in paths:
        for error in validator.iter_errors(load(path)):
            print(f"{path}: {error.json_path}: {error.message}")
            breaches += 1
    sys.exit(1 if breaches else 0)


main(*sys.argv[1:])
