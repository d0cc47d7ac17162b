// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A call graph, drawn: laid out by dagre in a worker of its own, so that the page
// stays quick; moved with the mouse or the arrow keys. A click on a node hides
// what is called only through it.
"use strict";

const svgSpace = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(svgSpace, tag);
  for (const [name, value] of Object.entries(attributes ?? {})) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Runs in the worker, behind the library. */
function layOut({ data }) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 10, ranksep: 60, ranker: "tight-tree" });
  data.sizes.forEach(([width, height], i) => graph.setNode(String(i), { width, height }));
  for (const [from, to] of data.edges) graph.setEdge(String(from), String(to), {});
  dagre.layout(graph);
  const { width, height } = graph.graph();
  postMessage({
    width, height,
    nodes: data.sizes.map((_, i) => { const { x, y } = graph.node(String(i)); return [x, y]; }),
    edges: data.edges.map(([from, to]) => graph.edge(String(from), String(to)).points.map(({ x, y }) => [x, y])),
  });
}

/** Positions of nodes and points of edges, as a promise. Each edge is between another pair. */
function placeNodes(library, sizes, edges) {
  const address = URL.createObjectURL(new Blob([library, "\nonmessage = ", layOut.toString()], { type: "text/javascript" }));
  const worker = new Worker(address);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (problem) => reject(new Error(problem.message));
    worker.postMessage({ sizes, edges });
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(address);
  });
}

const edgeWords = { call: "calls", store: "holds", breach: "calls or holds, from outside" };
const roleWords = { inside: "in the context", entry: "enters it", outside: "outside", asked: "asked for", near: "around it" };

class Drawing {
  constructor(picture, library) {
    this.picture = picture;
    this.library = library;
    this.collapsed = new Set();
    this.pieces = svg("g");
    this.canvas = svg("svg", { class: "drawing", role: "img", "aria-label": `Call graph: ${picture.title}`, tabindex: "0" },
      svg("defs", {}, ...Object.keys(edgeWords).map((kind) => svg("marker",
        { id: "arrow-" + kind, class: "arrow " + kind, viewBox: "0 0 8 8", refX: "8", refY: "4", markerWidth: "8", markerHeight: "8", markerUnits: "userSpaceOnUse", orient: "auto" },
        svg("path", { d: "M0,0 L8,4 L0,8 z" })))), this.pieces);
    this.out = picture.nodes.map(() => []);
    this.in = picture.nodes.map(() => []);
    picture.edges.forEach((edge, i) => { this.out[edge.from].push(i); this.in[edge.to].push(i); });
  }

  async draw() {
    const { nodes, edges } = this.picture;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "12px sans-serif";
    const sizes = nodes.map((node) => [Math.ceil(pen.measureText(node.name).width) + 20, 24]);
    // Several edges between two nodes are laid out as one.
    const pairs = new Map(edges.map(({ from, to }) => [`${from} ${to}`, [from, to]]));
    const placed = await placeNodes(this.library, sizes, [...pairs.values()]);
    const points = new Map([...pairs.keys()].map((key, i) => [key, placed.edges[i]]));
    this.width = placed.width;
    this.height = placed.height;
    this.edgeNodes = edges.map((edge) => this.drawEdge(edge, points.get(`${edge.from} ${edge.to}`)));
    this.nodeNodes = nodes.map((node, i) => this.drawNode(node, i, sizes[i], placed.nodes[i]));
    this.pieces.append(...this.edgeNodes, ...this.nodeNodes);
    this.listen();
    this.fit();
  }

  drawEdge(edge, points) {
    const path = points.map(([x, y], i) => (i ? "L" : "M") + x.toFixed(1) + "," + y.toFixed(1)).join("");
    const { nodes } = this.picture;
    return svg("path", { class: "edge " + edge.kind, d: path, "marker-end": `url(#arrow-${edge.kind})` },
      svg("title", {}, `${nodes[edge.from].name} ${edgeWords[edge.kind]} ${nodes[edge.to].name}, ${edge.file}:${edge.line}`));
  }

  drawNode(node, i, [width, height], [x, y]) {
    const group = svg("g", { class: `node ${node.role} ${node.kind}`, transform: `translate(${x},${y})`, tabindex: "0", role: "button" },
      svg("rect", { x: -width / 2, y: -height / 2, width, height, rx: node.kind === "slot" ? 12 : 4 }),
      svg("text", { "text-anchor": "middle", dy: "4" }, node.name),
      svg("title", {}, `${node.kind} ${node.name}, ${roleWords[node.role]}\n${node.file}:${node.line}`));
    const toggle = () => { if (!this.moved) this.toggle(i); };
    group.addEventListener("click", toggle);
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      this.toggle(i);
    });
    return group;
  }

  /** Hides what is called only through a node, or shows it again. */
  toggle(i) {
    if (!this.collapsed.delete(i) && this.out[i].length) this.collapsed.add(i);
    const { nodes, edges } = this.picture;
    const shown = new Set(nodes.keys());
    const hide = (from) => this.out[from].forEach((edge) => {
      const { to } = edges[edge];
      const stays = this.in[to].some((other) => { const by = edges[other].from; return by !== to && shown.has(by) && !this.collapsed.has(by); });
      if (!shown.has(to) || stays || this.collapsed.has(to) && to === i) return;
      shown.delete(to);
      hide(to);
    });
    for (const from of this.collapsed) hide(from);
    this.nodeNodes.forEach((node, at) => {
      node.classList.toggle("hidden", !shown.has(at));
      node.classList.toggle("collapsed", this.collapsed.has(at));
    });
    this.edgeNodes.forEach((node, at) => {
      const { from, to } = edges[at];
      node.classList.toggle("hidden", !shown.has(from) || !shown.has(to) || this.collapsed.has(from));
    });
  }

  find(text) {
    this.nodeNodes?.forEach((node, i) => node.classList.toggle("found", Boolean(text) && this.picture.nodes[i].name.includes(text)));
  }

  view(x, y, width, height) {
    this.box = { x, y, width, height };
    this.canvas.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  }
  /** All of it, but small ones no larger than life. */
  fit() {
    const { width, height } = this.canvas.getBoundingClientRect();
    const whole = [Math.max(this.width + 20, width), Math.max(this.height + 20, height)];
    this.view((this.width - whole[0]) / 2, (this.height - whole[1]) / 2, ...whole);
  }
  move(dx, dy) { this.view(this.box.x + dx, this.box.y + dy, this.box.width, this.box.height); }
  /** At (u, v), from 0 to 1 of what is seen, stays what is there. */
  zoom(factor, u = 0.5, v = 0.5) {
    const { x, y, width, height } = this.box;
    this.view(x + width * u * (1 - factor), y + height * v * (1 - factor), width * factor, height * factor);
  }
  /** How much of the graph is a pixel. */
  scale() {
    const { width, height } = this.canvas.getBoundingClientRect();
    return Math.max(this.box.width / width, this.box.height / height);
  }

  listen() {
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { left, top, width, height } = this.canvas.getBoundingClientRect();
      this.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, (event.clientX - left) / width, (event.clientY - top) / height);
    }, { passive: false });
    this.canvas.addEventListener("pointerdown", () => { this.moved = false; });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!event.buttons) return;
      if (Math.abs(event.movementX) + Math.abs(event.movementY) > 1) this.moved = true;
      this.move(-event.movementX * this.scale(), -event.movementY * this.scale());
    });
    const keys = {
      "+": () => this.zoom(1 / 1.25), "-": () => this.zoom(1.25), 0: () => this.fit(),
      ArrowLeft: () => this.move(-40 * this.scale(), 0), ArrowRight: () => this.move(40 * this.scale(), 0),
      ArrowUp: () => this.move(0, -40 * this.scale()), ArrowDown: () => this.move(0, 40 * this.scale()),
    };
    this.canvas.addEventListener("keydown", (event) => {
      if (!Object.hasOwn(keys, event.key)) return;
      event.preventDefault();
      keys[event.key]();
    });
  }
}

/** What is drawn, as a list: it can be read where nothing is drawn. */
function renderEdges(picture) {
  return el("details", null, el("summary", null, `The same as a list: ${plural(picture.nodes.length, "node")}, ${plural(picture.edges.length, "edge")}`),
    el("ul", null, ...picture.edges.map((edge) => el("li", null,
      `${picture.nodes[edge.from].name} ${edgeWords[edge.kind]} ${picture.nodes[edge.to].name} `,
      el("span", { class: "place" }, `${edge.file}:${edge.line}`)))));
}

function renderLegend({ nodes, edges }) {
  const roles = new Set(nodes.map((node) => node.role)), kinds = new Set(edges.map((edge) => edge.kind));
  const keys = (words, present, style) => Object.entries(words).filter(([name]) => present.has(name))
    .map(([name, text]) => el("span", { class: `${style} ${name}` }, text));
  return el("p", { class: "legend" }, ...keys(roleWords, roles, "key"), ...keys(edgeWords, kinds, "edge-key"));
}

/** Fills a section with one picture. */
function showPicture(section, picture) {
  const library = document.getElementById("layout").textContent;
  const parts = [el("h2", null, `Call graph: ${picture.title}`)];
  if (picture.left) parts.push(el("p", { class: "place" }, `Not in it: ${picture.left}.`));
  if (!library) {
    section.replaceChildren(...parts, el("p", { class: "notice" },
      "The drawing is left out: this Airlock was built where the library that lays graphs out could not be fetched."), renderEdges(picture));
    return;
  }
  const drawing = new Drawing(picture, library);
  const wait = el("p", { role: "status" }, "Drawing...");
  const find = el("input", { type: "search", placeholder: "Find a function", "aria-label": "Find a function", oninput: () => drawing.find(find.value) });
  const button = (text, label, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
  section.replaceChildren(...parts, el("div", { class: "tools" }, find,
    button("+", "larger", () => drawing.zoom(1 / 1.25)), button("\u2212", "smaller", () => drawing.zoom(1.25)), button("Fit", "all of it", () => drawing.fit()),
    el("span", { class: "place" }, "a click on a node hides what is called only through it")),
    renderLegend(picture), wait, drawing.canvas, renderEdges(picture));
  drawing.draw().then(() => wait.remove(), (problem) => { wait.textContent = `It cannot be drawn: ${problem.message}`; });
}
