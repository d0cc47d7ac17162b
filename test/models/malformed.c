// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A model that is missing, is no JSON or breaks its schema: one error that names the file and the line or the key, the
// compile fails, and nothing is checked with half a model.
// DEFINE: %{quiet} = --implicit-check-not=error: --implicit-check-not=warning: --implicit-check-not="Stack dump"
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/no-such-file.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,MISSING %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=no-such-model %s 2>&1 | FileCheck %s --check-prefixes=ALL,NAME %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad %s 2>&1 | FileCheck %s --check-prefixes=ALL,FOLDER %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model= %s 2>&1 | FileCheck %s --check-prefixes=ALL,NO-NAME %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/syntax.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,SYNTAX %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/truncated.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,TRUNCATED %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/not-an-object.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,NOT-AN-OBJECT %{quiet}
// RUN: touch %t.empty.json
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%t.empty.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,EMPTY %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/version.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,VERSION %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/no-version.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,NO-VERSION %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-key.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-KEY %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-function-key.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-FUNCTION-KEY %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-spelling.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-SPELLING %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/wrong-type.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,WRONG-TYPE %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/wrong-element.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,WRONG-ELEMENT %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/opaque-type.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,OPAQUE-TYPE %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-context.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-CONTEXT %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-effect.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-EFFECT %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-context-effect.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-CONTEXT-EFFECT %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-spelling-context.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-SPELLING-CONTEXT %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/extends-unknown.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,EXTENDS-UNKNOWN %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-region.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-REGION %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/unknown-constant.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,UNKNOWN-CONSTANT %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/condition-twice.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,CONDITION-TWICE %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/effect-circle.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,EFFECT-CIRCLE %{quiet}
// RUN: not %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/bad/slot-name.json %s 2>&1 | FileCheck %s --check-prefixes=ALL,SLOT-NAME %{quiet}

// MISSING: error: {{.*}}no-such-file.json
// NAME: error: {{.*}}'no-such-model'
// FOLDER: error: {{.*}}Inputs/bad
// NO-NAME: error: {{.*}}model
// SYNTAX: error: {{.*}}syntax.json{{.*[: ]5([^0-9]|$)}}
// TRUNCATED: error: {{.*}}truncated.json{{.*[: ][56]([^0-9]|$)}}
// NOT-AN-OBJECT: error: {{.*}}not-an-object.json{{.*}}object
// EMPTY: error: {{.*}}empty.json
// VERSION: error: {{.*}}version.json{{.*}}airlock_model
// NO-VERSION: error: {{.*}}no-version.json{{.*}}airlock_model
// UNKNOWN-KEY: error: {{.*}}unknown-key.json{{.*}}functoins
// UNKNOWN-FUNCTION-KEY: error: {{.*}}unknown-function-key.json{{.*}}in_contxt
// UNKNOWN-SPELLING: error: {{.*}}unknown-spelling.json{{.*}}annotation
// WRONG-TYPE: error: {{.*}}wrong-type.json{{.*}}in_context
// WRONG-ELEMENT: error: {{.*}}wrong-element.json{{.*}}in_context
// OPAQUE-TYPE: error: {{.*}}opaque-type.json{{.*}}opaque
// UNKNOWN-CONTEXT: error: {{.*}}unknown-context.json{{.*}}nowhere
// UNKNOWN-EFFECT: error: {{.*}}unknown-effect.json{{.*}}levitate
// UNKNOWN-CONTEXT-EFFECT: error: {{.*}}unknown-context-effect.json{{.*}}levitate
// UNKNOWN-SPELLING-CONTEXT: error: {{.*}}unknown-spelling-context.json{{.*}}nowhere
// EXTENDS-UNKNOWN: error: {{.*}}extends-unknown.json{{.*}}no-such-model
// UNKNOWN-REGION: error: {{.*}}unknown-region.json{{.*}}nowhere
// UNKNOWN-CONSTANT: error: {{.*}}unknown-constant.json{{.*}}NO_SUCH_FLAG
// CONDITION-TWICE: error: {{.*}}condition-twice.json:14: functions.get_value.when: {{.*}}'is'
// EFFECT-CIRCLE: error: {{.*}}effect-circle.json:12: effects.sleep.kind_of: {{.*}}itself
// SLOT-NAME: error: {{.*}}slot-name.json{{.*}}'ops->run'
// ALL: 1 error generated

int get_value(int);

int outside(int n)
{
	return get_value(n);
}
