// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The later model wins where two contradict each other, and says which function and which file.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/first.json -fplugin-arg-airlock-model=%S/Inputs/contradicts.json %s > %t.entry 2>&1
// RUN: FileCheck %s --input-file=%t.entry --check-prefix=SAYS
// RUN: FileCheck %s --input-file=%t.entry --check-prefix=ENTRY
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/contradicts.json -fplugin-arg-airlock-model=%S/Inputs/first.json %s > %t.qualified 2>&1
// RUN: FileCheck %s --input-file=%t.qualified --check-prefix=SAYS-FIRST
// RUN: FileCheck %s --input-file=%t.qualified --check-prefix=QUALIFIED

// SAYS: {{warning|remark|note}}: {{.*}}contradicts.json{{.*}}'get_value'
// SAYS-FIRST: {{warning|remark|note}}: {{.*}}first.json{{.*}}'get_value'

int get_value(int);
int get_other(int);

int outside(int n)
{
	get_value(n);
	return get_other(n);
}
// ENTRY-NOT: calls 'get_value'
// ENTRY: warning: 'outside' calls 'get_other', which needs context 'uaccess'
// ENTRY-NOT: calls 'get_value'
// QUALIFIED: warning: 'outside' calls 'get_value', which needs context 'uaccess'
// QUALIFIED: warning: 'outside' calls 'get_other', which needs context 'uaccess'
