// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the other scripts share: elements, the data of the page, and lines of C.
// All that comes from the report goes into the page as text; none of it is ever
// parsed as markup.
"use strict";

/** A new element. Attributes that are null or false are left out, and so are such children. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child || child === ""));
  return node;
}

/** A block of data of this page; null if it has none of that name. */
function dataOf(id) {
  const block = document.getElementById(id);
  return block && JSON.parse(block.textContent);
}

const plural = (count, one, many = one + "s") => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const sources = dataOf("sources") ?? {};
const linesByFile = new Map();

/** The lines that the page has of a file, by number. */
function linesOf(file) {
  if (!linesByFile.has(file)) {
    const lines = new Map();
    const known = Object.hasOwn(sources, file) ? sources[file].runs ?? [] : [];
    for (const [first, ...texts] of known) texts.forEach((text, i) => lines.set(first + i, text));
    linesByFile.set(file, lines);
  }
  return linesByFile.get(file);
}

/** Why the page has nothing of a file; null if it has. */
function missing(file) {
  if (!Object.hasOwn(sources, file)) return "the page was made without it";
  return sources[file].missing ?? null;
}

const tokens = new RegExp(
  [
    /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$)|^\s+\*(?:\s.*|\/.*|$))/,
    /(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/,
    /(?<directive>^\s*#\s*\w+)/,
    /(?<keyword>\b(?:auto|break|case|const|continue|default|do|else|enum|extern|for|goto|if|inline|register|restrict|return|sizeof|static|struct|switch|typedef|union|void|volatile|while|bool|char|double|float|int|long|short|signed|unsigned)\b)/,
    /(?<number>\b(?:0[xX][\da-fA-F]+|\d+)[uUlL]*\b)/,
  ].map((part) => part.source).join("|"), "g");

/** A line of C, with its kinds of words told apart. */
function highlight(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(tokens)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    parts.push(text.slice(at, match.index), el("span", { class: "c-" + kind }, match[0]));
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}

/** Where a column, which counts bytes from 1, is in a string. */
function indexOf(text, column) {
  const bytes = new TextEncoder().encode(text).subarray(0, column - 1);
  return new TextDecoder().decode(bytes).length;
}

/** The same with the word that begins at a column marked. */
function highlightAt(text, column) {
  const from = indexOf(text, column);
  const word = /^(?:\w+|[^\s\w])/.exec(text.slice(from));
  if (!word) return highlight(text);
  const to = from + word[0].length;
  return [...highlight(text.slice(0, from)), el("mark", null, word[0]), ...highlight(text.slice(to))];
}
