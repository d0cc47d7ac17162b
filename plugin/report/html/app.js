// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The page: what is shown is said by the hash of its address and by nothing else,
// so that an address can be sent to others. An event changes the hash, and
// a changed hash is shown.
"use strict";

const byId = (id) => document.getElementById(id);
const report = dataOf("report"), diff = dataOf("diff"), pictures = dataOf("pictures");
const rules = dataOf("rules") ?? {}, openings = dataOf("openings") ?? [];

// The findings, with what is asked of them again and again.

const findings = diff
  ? [...diff.new.map((f) => ({ ...f, change: "new" })), ...diff.fixed.map((f) => ({ ...f, change: "fixed" }))]
  : report?.findings ?? [];

const times = new Map(); // one id may be of several findings
findings.forEach((finding, i) => {
  const before = times.get(finding.id) ?? 0;
  times.set(finding.id, before + 1);
  finding.key = before ? `${finding.id}.${before + 1}` : finding.id;
  finding.opening = openings[i] ?? -1;
  finding.status = finding.change ?? (finding.suppressed ? "suppressed" : "open");
  finding.text = [finding.rule, finding.id, finding.message, finding.function, finding.location.file, ...finding.path.map((step) => step.text)]
    .join("\n").toLowerCase();
  const end = finding.path.at(-1);
  finding.end = end ? end.text : finding.message;
  finding.endKey = end ? `${finding.rule} ${end.file}:${end.line} ${end.text}` : finding.key;
  finding.start = finding.path[0]?.function ?? finding.function ?? "outside of functions";
});
const byKey = new Map(findings.map((finding) => [finding.key, finding]));
const byEnd = groupBy(findings, (f) => f.endKey);

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

// The state of the page, and its address.

const groupings = {
  file: { words: "file", keyOf: (f) => f.location.file, titleOf: (f) => f.location.file },
  rule: { words: "rule", keyOf: (f) => f.rule, titleOf: (f) => f.rule },
  cause: { words: "where it ends", keyOf: (f) => f.endKey, titleOf: (f) => f.end },
  start: { words: "where it starts", keyOf: (f) => f.start, titleOf: (f) => f.start },
};
const statuses = diff ? ["new", "fixed"] : ["open", "suppressed"];
const defaults = { view: report || diff ? "findings" : "graph", q: "", rule: "", severity: "", status: diff ? "" : "open", file: "", group: "file", id: "", graph: "0" };
const filters = ["q", "rule", "severity", "status", "file", "group"];
let state = { ...defaults };

function stateOf(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  return Object.fromEntries(Object.entries(defaults).map(([name, usual]) => [name, given.get(name) ?? usual]));
}

function addressOf(changes) {
  const all = { ...state, ...changes };
  const said = Object.entries(all).filter(([name, value]) => value !== defaults[name]);
  return "#" + new URLSearchParams(said);
}

/** Goes to a changed state. Only what people would go back to becomes history. */
function go(changes, remember = false) {
  const address = addressOf(changes);
  if (remember) location.hash = address;
  else location.replace(address);
}

// The list.

const rows = new Map(); // by key, of the findings that are listed
let listed = [];

function isWanted(finding) {
  const { rule, severity, status, file, q } = state;
  return (!rule || finding.rule === rule) && (!severity || finding.severity === severity) &&
    (!status || status === "all" || finding.status === status) && (!file || finding.location.file.includes(file)) &&
    q.toLowerCase().split(/\s+/).every((word) => finding.text.includes(word));
}

/** Rows are links, too: they lead to where the filters are as they are now. */
function renderRow(finding, address) {
  const row = el("a", { class: `row ${finding.severity} ${finding.status}`, href: `${address}id=${encodeURIComponent(finding.key)}` },
    el("span", { class: "message" }, finding.message),
    el("span", { class: "place" }, `${finding.location.file}:${finding.location.line}`, el("span", { class: "tag" }, finding.rule),
      finding.status !== "open" ? el("span", { class: "tag " + finding.status }, finding.status) : null));
  rows.set(finding.key, row);
  return row;
}

function showList() {
  const grouping = Object.hasOwn(groupings, state.group) ? groupings[state.group] : groupings.file;
  const wanted = findings.filter(isWanted);
  const groups = [...groupBy(wanted, grouping.keyOf).values()];
  if (state.group === "cause") groups.sort((a, b) => b.length - a.length);
  listed = groups.flat();
  rows.clear();
  const others = addressOf({ id: "" });
  const address = others === "#" ? others : others + "&";
  byId("list").replaceChildren(...groups.map((group) => el("section", { class: "group" },
    el("h2", null, el("span", null, grouping.titleOf(group[0])), el("span", { class: "count" }, String(group.length))),
    ...group.map((finding) => renderRow(finding, address)))));
  byId("shown").textContent = wanted.length === findings.length ? plural(findings.length, "finding")
    : `${wanted.length.toLocaleString("en")} of ${plural(findings.length, "finding")}`;
}

/** The finding that is shown: without a choice, the first one. */
const current = () => (state.id ? byKey.get(state.id) : listed[0]);

function markRow() {
  for (const old of document.querySelectorAll(".row[aria-current]")) old.removeAttribute("aria-current");
  const row = rows.get(current()?.key);
  row?.setAttribute("aria-current", "true");
  row?.scrollIntoView({ block: "nearest" });
}

function showStory() {
  const finding = current();
  const story = byId("story");
  if (finding) {
    const alike = byEnd.get(finding.endKey).filter((other) => other !== finding);
    story.replaceChildren(...renderStory(finding, rules, alike, addressOf));
  } else {
    const why = state.id ? `There is no finding ${state.id} in this report.`
      : findings.length ? "No finding is like that: Esc takes all filters away."
      : diff ? "Nothing is new, and nothing is fixed." : "Nothing was found.";
    story.replaceChildren(el("p", { class: "empty" }, why));
  }
  story.scrollTop = 0;
}

// The other views.

function renderCoverage({ stats, airlock }) {
  const { tus, calls } = stats;
  const table = [
    ["Airlock", airlock],
    ["translation units", `${tus.seen} (${tus.failed} failed, ${tus.skipped} skipped)`],
    ["functions", stats.functions.toLocaleString("en")],
    ["calls", `${calls.direct.toLocaleString("en")} direct, ${calls.slot.toLocaleString("en")} through a slot, ${calls.unresolved.toLocaleString("en")} unresolved`],
    ["suppressed findings", String(stats.suppressed)],
  ];
  const list = (title, items, worded) => items.length
    ? [el("h3", null, `${title}: ${items.length}`), el("ul", null, ...items.map((item) => el("li", null, worded(item))))] : [];
  return [el("h2", null, "What was looked at"),
    el("table", null, ...table.map(([name, value]) => el("tr", null, el("th", { scope: "row" }, name), el("td", null, value)))),
    ...list("What happened", stats.notifications, (n) => `${n.file}: ${n.text}`),
    ...list("Functions given up", stats.given_up, (g) => `${g.file}: ${g.function}, by the analysis of ${g.analysis}: too ${g.limit === "depth" ? "great a" : "many"} ${g.limit}`)];
}

let drawn = null;
function showGraph() {
  const picture = pictures[Number(state.graph)] ?? pictures[0];
  const section = byId("graph");
  if (!picture) section.replaceChildren(el("p", { class: "empty" }, "No function is in a context: there is no call graph to draw."));
  else if (drawn !== picture) {
    const body = el("div");
    const choice = el("select", { "aria-label": "Context", onchange: () => go({ graph: choice.value }, true) },
      ...pictures.map((one, i) => el("option", { value: String(i), selected: one === picture }, one.title)));
    section.replaceChildren(...(pictures.length > 1 ? [choice] : []), body);
    showPicture(body, picture);
    drawn = picture;
  }
}

// All together.

const views = {
  findings: { words: "Findings", has: Boolean(report || diff), parts: ["findings", "story"] },
  graph: { words: "Call graph", has: Boolean(pictures), parts: ["graph"] },
  coverage: { words: "Coverage", has: Boolean(report), parts: ["coverage"] },
};

let shown = null;
function show() {
  const before = shown;
  state = stateOf(location.hash);
  if (!views[state.view]?.has) state.view = defaults.view;
  shown = { ...state };
  const changed = (name) => !before || before[name] !== state[name];
  for (const [name, view] of Object.entries(views)) {
    for (const part of view.parts) byId(part).hidden = name !== state.view;
    const tab = byId("views").querySelector(`[data-view=${name}]`);
    if (tab) {
      tab.href = addressOf({ view: name });
      if (name === state.view) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
  }
  for (const name of filters) // but not under the fingers of who types
    if (byId(name) !== document.activeElement) byId(name).value = state[name];
  if (state.view === "graph") return showGraph();
  if (state.view === "coverage") return byId("coverage").replaceChildren(...renderCoverage(report));
  if (filters.some(changed) || rows.size === 0) showList();
  showStory();
  markRow();
}

function fillSelect(id, options) {
  byId(id).replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
}

function start() {
  const present = (keyOf) => [...new Set(findings.map(keyOf))].sort();
  fillSelect("rule", [["", "all"], ...present((f) => f.rule).map((rule) => [rule, rule])]);
  fillSelect("severity", [["", "all"], ["warning", "warning"], ["advice", "advice"]]);
  fillSelect("status", [[diff ? "" : "all", "all"], ...statuses.map((status) => [status, status])]);
  fillSelect("group", Object.entries(groupings).map(([name, { words }]) => [name, words]));
  byId("files").replaceChildren(...present((f) => f.location.file).map((file) => el("option", { value: file })));
  byId("views").replaceChildren(...Object.entries(views).filter(([, view]) => view.has)
    .map(([name, view]) => el("a", { "data-view": name, href: "#" }, view.words)));

  const count = (test) => findings.filter(test).length;
  byId("counts").textContent = diff ? `${count((f) => f.change === "new")} new, ${count((f) => f.change === "fixed")} fixed, ${diff.same} same`
    : report ? `${plural(count((f) => f.severity === "warning" && !f.suppressed), "warning")}, ${count((f) => f.severity === "advice" && !f.suppressed)} advice, ${count((f) => f.suppressed)} suppressed` : "";
  if (report?.stats.notifications.some((n) => n.level !== "note"))
    byId("notices").append(el("p", { class: "notice" }, "Not everything could be analysed: ", el("a", { href: "#view=coverage" }, "see what")));

  for (const name of filters) {
    const take = () => go({ [name]: byId(name).value });
    let timer = null; // who types fast waits for one list, not for one a letter
    const takeSoon = () => { clearTimeout(timer); timer = setTimeout(take, 100); };
    if (name === "q" || name === "file") byId(name).addEventListener("input", takeSoon);
    else byId(name).addEventListener("change", take);
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("keys").addEventListener("click", () => byId("help").showModal());
  addEventListener("hashchange", show);
  addEventListener("keydown", onKey);
  show();
}

// Keys.

function step(by) {
  if (!listed.length) return;
  const next = listed.indexOf(current()) + by; // of one that is not listed, the first
  go({ id: listed[Math.min(Math.max(next, 0), listed.length - 1)].key });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "Escape") {
    if (typing) event.target.blur();
    else if (byId("story").contains(document.activeElement)) rows.get(current()?.key)?.focus();
    else if (state.view === "findings") go({ ...defaults, id: state.id });
    else go({ view: defaults.view });
    return;
  }
  if (typing) {
    if (event.key === "Enter" && event.target.id === "q") {
      event.target.blur();
      go({ id: "" });
    }
    return;
  }
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => (state.view === "graph" ? document.querySelector("#graph input")?.focus() : byId("q").select()),
    "?": () => byId("help").showModal(),
  };
  if (event.key === "Enter" && !event.target.matches("a, button, summary, .node") && state.view === "findings") {
    byId("story").focus();
    event.preventDefault();
  } else if (Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
}

start();
