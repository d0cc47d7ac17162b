// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SARIF: the same findings as in the other formats, every place relative to a root that the reader knows.
// RUN: %exits 1 %airlock check --advice --root %src --format sarif -o %t.sarif %s -- -I %src/annotations/include
// RUN: FileCheck %s --input-file=%t.sarif
// Nothing of this machine, nothing of this run.
// RUN: not grep -F %src %t.sarif
// RUN: not grep -iE '"(exitCode|guid|.*TimeUtc|machine|commandLine)"' %t.sarif
// RUN: %exits 1 %airlock check --advice --root %src --format sarif -o %t.again %s -- -I %src/annotations/include
// RUN: cmp %t.sarif %t.again
// A configuration has a category of its own, and no name for this one run.
// RUN: %exits 1 %airlock check --category arm64/allmod --format sarif %s -- -I %src/annotations/include | FileCheck %s --check-prefix=CATEGORY
// CATEGORY: "id": "arm64/allmod/"
#include <airlock.h>

int get_value(int) __uaccess;
void run(void *data);

int outside(int n)
{
	return get_value(n);
}

__airlock_allow("context-call", "the \"boot\" code\n is alone")
int boot(int n)
{
	return get_value(n);
}

void useless(void (*plain)(void))
{
	(void)(__force void (*)(void))plain;
}

int (*stored)(int) = get_value;

// CHECK: "$schema": "https://{{.*}}/sarif-schema-2.1.0.json",
// CHECK-NEXT: "version": "2.1.0",
// CHECK: "name": "Airlock",
// CHECK-NEXT: "semanticVersion": "{{[0-9]+\.[0-9]+\.[0-9]+}}",
// A rule's page is its help.
// CHECK-NEXT: "rules": [
// CHECK-NEXT: {
// CHECK-NEXT: "id": "context-call",
// CHECK-NEXT: "shortDescription": {
// CHECK-NEXT: "text": "a function in a context is called from a function that is not"
// CHECK: "fullDescription": {
// CHECK-NEXT: "text": "A function in a context is called from a function that is not in it."
// CHECK: "help": {
// CHECK-NEXT: "text": "# context-call\n\n
// CHECK-NEXT: "markdown": "# context-call\n\n
// CHECK: "level": "warning"
// CHECK: "precision": "high",
// CHECK-NEXT: "problem.severity": "warning",
// CHECK-NEXT: "tags": [
// CHECK-NEXT: "maintainability"
// CHECK-NOT: "security-severity"
// CHECK: "id": "context-conversion",
// CHECK: "id": "context-cast",
// What services rank by, of the rules that are about more than annotations.
// CHECK: "id": "double-fetch",
// CHECK: "tags": [
// CHECK-NEXT: "security",
// CHECK-NEXT: "external/cwe/cwe-367"
// CHECK-NEXT: ],
// CHECK-NEXT: "security-severity": "7.0"
// A rule that never warns.
// CHECK: "id": "uaccess-in-loop",
// CHECK: "level": "note"
// CHECK: "precision": "medium",
// CHECK: "automationDetails": {
// CHECK-NEXT: "id": "airlock/"
// CHECK: "originalUriBaseIds": {
// CHECK-NEXT: "SRCROOT": {
// CHECK-NOT: "uri"
// CHECK: "executionSuccessful": true,
// CHECK-NEXT: "toolExecutionNotifications": []
// CHECK: "results": [

// CHECK: "ruleId": "context-call",
// CHECK-NEXT: "ruleIndex": 0,
// CHECK-NEXT: "level": "warning",
// CHECK-NEXT: "message": {
// CHECK-NEXT: "text": "'outside' calls 'get_value', which needs context 'uaccess',
// CHECK: "locations": [
// CHECK-NEXT: {
// CHECK-NEXT: "physicalLocation": {
// CHECK-NEXT: "artifactLocation": {
// CHECK-NEXT: "uri": "test/report/sarif.c",
// CHECK-NEXT: "uriBaseId": "SRCROOT"
// CHECK-NEXT: },
// CHECK-NEXT: "region": {
// CHECK-NEXT: "startLine": 20,
// CHECK-NEXT: "startColumn": 9,
// CHECK-NEXT: "endColumn": 18
// CHECK: "logicalLocations": [
// CHECK-NEXT: {
// CHECK-NEXT: "name": "outside",
// CHECK-NEXT: "kind": "function"
// CHECK: "airlockId/v1": "{{[0-9a-f]+}}"
// The whole path, in order, as a flow, and its places beside the finding's own, each once.
// CHECK: "codeFlows": [
// CHECK: "text": "'outside' calls 'get_value' here"
// CHECK: "text": "'get_value' has no definition in this translation unit"
// CHECK: "text": "'get_value' is declared here as needing context 'uaccess'"
// CHECK: "relatedLocations": [
// CHECK-NOT: "startLine": 20,
// CHECK: "id": 0
// CHECK-NOT: "startLine": 20,
// CHECK: "id": 1
// CHECK-NOT: "id": 2
// The fix-it: nothing removed, the annotation inserted.
// CHECK: "fixes": [
// CHECK: "uri": "test/report/sarif.c",
// CHECK: "deletedRegion": {
// CHECK-NEXT: "startLine": 18,
// CHECK-NEXT: "startColumn": 5,
// CHECK-NEXT: "endLine": 18,
// CHECK-NEXT: "endColumn": 5
// CHECK: "insertedContent": {
// CHECK-NEXT: "text": "__uaccess "
// CHECK: "suppressions": [],
// CHECK-NEXT: "properties": {
// CHECK-NEXT: "context": "uaccess"

// CHECK: "'boot' calls 'get_value'
// CHECK: "suppressions": [
// CHECK-NEXT: {
// CHECK-NEXT: "kind": "inSource",
// CHECK-NEXT: "justification": "the \"boot\" code\n is alone"

// Advice is a note; a finding outside of any function has no logical place.
// CHECK: "ruleId": "context-cast",
// CHECK-NEXT: "ruleIndex": 2,
// CHECK-NEXT: "level": "note",
// CHECK: "suppressions": []
// CHECK: "ruleId": "context-conversion",
// CHECK-NEXT: "ruleIndex": 1,
// CHECK: "startLine": 34,
// CHECK-NOT: "logicalLocations"
// CHECK: "partialFingerprints"

// The coverage ledger.
// CHECK: "stats": {
// CHECK-NEXT: "tus": {
// CHECK-NEXT: "seen": 1,
// CHECK: "suppressed": 1,
