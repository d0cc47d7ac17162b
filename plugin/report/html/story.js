// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A finding as a story: what is wrong, then the source along its path, each step
// said below the line that it is about. Steps of one function that follow each
// other stand in one piece of source.
"use strict";

const around = 3; // lines before and behind a step
const apart = 60; // steps further apart are told in two pieces

/** The steps of a path, the place of the finding itself among them. */
function stepsOf(finding) {
  const steps = finding.path.map((step, i) => ({ ...step, opens: i === finding.opening, main: false }));
  const { file, line } = finding.location;
  const opening = steps.findIndex((step) => step.opens);
  const here = steps.find((step, i) => i >= opening && step.file === file && step.line === line);
  if (here) here.main = true;
  else {
    const main = { ...finding.location, function: finding.function, text: finding.message, opens: false, main: true };
    // It is told once the region is open: what opened it may be told through several functions.
    let at = opening + 1;
    while (opening >= 0 && at < steps.length && steps[at].text.startsWith(`'${calleeOf(steps[at - 1])}'`)) ++at;
    steps.splice(at, 0, main);
  }
  return steps.map((step, i) => ({ ...step, number: i + 1 }));
}

/** "'f' calls 'g' here": g. */
function calleeOf(step) {
  return /^'[^']*' (?:calls|expands) (?:through )?'([^']*)'/.exec(step.text)?.[1];
}

/** Steps that are shown in one piece of source. */
function piecesOf(steps) {
  const pieces = [];
  for (const step of steps) {
    const last = pieces.at(-1);
    const before = last?.steps.at(-1);
    if (before && before.file === step.file && before.function === step.function && Math.abs(before.line - step.line) <= apart)
      last.steps.push(step);
    else pieces.push({ file: step.file, function: step.function, steps: [step] });
  }
  markOpen(pieces);
  return pieces;
}

/** Sets from which line to which the region is open in each piece, if it is about one; whole: all between is shown. */
function markOpen(pieces) {
  const opens = pieces.findIndex((piece) => piece.steps.some((step) => step.opens));
  const main = pieces.findIndex((piece) => piece.steps.some((step) => step.main));
  if (opens < 0 || main < opens) return;
  const from = pieces[opens].steps.find((step) => step.opens).line;
  const call = pieces[main].steps.find((step) => step.main).line;
  pieces[opens].open = [from, opens === main && call >= from ? call : Infinity];
  pieces[opens].whole = opens === main;
  if (main > opens) pieces[main].open = [from <= call ? from : 0, call];
  for (const piece of pieces.slice(main + 1)) piece.open = [0, Math.max(...piece.steps.map((step) => step.line))];
}

function linesAround(piece) {
  const known = linesOf(piece.file);
  const wanted = new Set();
  for (const { line } of piece.steps)
    for (let i = line - around; i <= line + around; ++i) wanted.add(i);
  if (piece.whole) for (let i = piece.open[0]; i <= piece.open[1] && i <= piece.open[0] + apart; ++i) wanted.add(i);
  const lines = [...wanted].filter((line) => known.has(line));
  for (const { line } of piece.steps) if (!known.has(line)) lines.push(line); // its step is told all the same
  return [...new Set(lines)].sort((a, b) => a - b);
}

function stepNote(step) {
  return el("div", { class: "step" + (step.main ? " main" : "") + (step.opens ? " opens" : "") },
    el("span", { class: "number" }, String(step.number)), el("span", null, step.text));
}

function renderPiece(piece) {
  const known = linesOf(piece.file);
  const why = missing(piece.file);
  const rows = [];
  let last = null;
  for (const line of linesAround(piece)) {
    if (last !== null && line > last + 1)
      rows.push(el("div", { class: "gap" + (isOpen(piece, last) && isOpen(piece, line) ? " open" : "") }, plural(line - last - 1, "line")));
    last = line;
    const here = piece.steps.filter((step) => step.line === line);
    const text = known.get(line);
    const code = text === undefined
      ? el("code", { class: "absent" }, why ? "" : "the file has no such line (any more)")
      : el("code", null, ...(here.length ? highlightAt(text, here[0].column) : highlight(text)));
    rows.push(el("div", {
      class: "line" + (here.length ? " at" : "") + (here.some((step) => step.main) ? " main" : "") + (isOpen(piece, line) ? " open" : ""),
      title: isOpen(piece, line) ? "the region is open here" : null,
    }, el("span", { class: "nr" }, String(line)), code));
    rows.push(...here.map(stepNote));
  }
  return el("section", { class: "piece" },
    el("h3", null, piece.function ? el("span", { class: "function" }, piece.function) : null,
      el("span", { class: "place" }, `${piece.file}:${piece.steps[0].line}`)),
    why && el("p", { class: "absent" }, `No source: ${why}.`),
    el("div", { class: "source" }, ...rows));
}

const isOpen = (piece, line) => Boolean(piece.open) && line >= piece.open[0] && line <= piece.open[1];

/** What the edits of a finding change, line by line, as far as the page has the lines. */
function renderFixIts(fixIts) {
  const rows = fixIts.map((fix) => {
    const text = linesOf(fix.file).get(fix.line);
    const head = el("p", { class: "place" }, `${fix.file}:${fix.line}:${fix.column}`);
    if (text === undefined || fix.endLine !== fix.line)
      return el("div", null, head, el("pre", { class: "edit" }, el("ins", null, "+ " + fix.insert)));
    const from = indexOf(text, fix.column), to = indexOf(text, fix.endColumn);
    return el("div", null, head, el("pre", { class: "edit" }, el("del", null, "- " + text),
      el("ins", null, "+ " + text.slice(0, from) + fix.insert + text.slice(to))));
  });
  return el("details", { open: true }, el("summary", null, `How to fix it: ${plural(fixIts.length, "edit")}`), ...rows);
}

function renderRule(id, rules) {
  if (!Object.hasOwn(rules, id)) return null;
  return el("details", null, el("summary", null, `The rule ${id}`), el("pre", { class: "page" }, rules[id].page));
}

/** The whole story. Alike: other findings that end in the same step. addressOf(changes): where the page is like that. */
function renderStory(finding, rules, alike, addressOf) {
  const { location } = finding;
  const fact = (text) => text && el("span", { class: "fact " + text.replace(/\W+/g, "-") }, text);
  const pieces = piecesOf(stepsOf(finding));
  return [
    el("h2", null, finding.message),
    el("p", { class: "facts" }, fact(finding.severity), fact(finding.change),
      el("a", { class: "fact", href: addressOf({ rule: finding.rule }), title: "only this rule" }, `airlock-${finding.rule}`),
      fact(finding.context && `context ${finding.context}`), fact(finding.region && `region ${finding.region}`),
      el("a", { class: "place", href: addressOf({ file: location.file }), title: "only this file" }, `${location.file}:${location.line}:${location.column}`),
      finding.function && el("span", { class: "place" }, finding.function),
      el("span", { class: "place", title: "the id of this finding" }, finding.id)),
    finding.suppressed && el("p", { class: "notice" }, `Suppressed by ${finding.suppressed.by}: ${finding.suppressed.why || "no reason is given"}`),
    finding.change === "fixed" && el("p", { class: "notice" }, "Fixed: the lines are those of the older source, which is not shown."),
    pieces.some((piece) => piece.open) && el("p", { class: "legend" }, el("span", { class: "bar" }), `the region is open (${finding.region})`),
    ...pieces.map(renderPiece),
    finding.fixits.length ? renderFixIts(finding.fixits) : null,
    alike.length ? el("details", { open: alike.length <= 10 },
      el("summary", null, `${plural(alike.length, "finding")} more with the same end`),
      el("ul", null, ...alike.map((other) => el("li", null, el("a", { href: addressOf({ id: other.key }) },
        `${other.location.file}:${other.location.line} ${other.message}`))))) : null,
    renderRule(finding.rule, rules),
  ].filter(Boolean);
}
