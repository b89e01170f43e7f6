// What the pages share.  They draw; every figure on them was worked out in SQL.
import * as Plot from "@observablehq/plot";
import {html} from "htl";

// Okabe and Ito's colours, for the colour-blind; a sign says the same without any.  In the order in
// which intake_vs_limit has its verdicts.  ink: what can be read on the colour.
export const verdicts = new Map(Object.entries({
  "exceeds": {sign: "▲", fill: "#d55e00", ink: "#fff", means: "above the upper limit (UL)"},
  "likely inadequate": {sign: "▼", fill: "#e69f00", ink: "#000", means: "below the average requirement (EAR)"},
  "uncertain": {sign: "?", fill: "url(#unknown)", ink: "currentColor", means: "what is not known decides"},
  "not comparable": {sign: "≠", fill: "url(#unknown)", ink: "currentColor", means: "in other terms than the limit"},
  "no conclusion": {sign: "–", fill: "#999999", ink: "#000", means: "below an AI, or at or above an EAR: that decides nothing"},
  "within limit": {sign: "✓", fill: "#56b4e9", ink: "#000", means: "at or below the upper limit (UL)"},
  "adequate": {sign: "✓", fill: "#009e73", ink: "#000", means: "at or above the adequate intake (AI)"},
  "no limit set": {sign: "∅", fill: "none", ink: "currentColor", means: "examined, and none set"}
}));

export const blue = "#0072b2", orange = "#d55e00", green = "#009e73", sky = "#56b4e9";

for (const a of document.querySelectorAll("nav a"))
  if (a.pathname === location.pathname) a.setAttribute("aria-current", "page");

// Above each page: whose data this is, as the database says.
export function banner([{data}]) {
  return html`<p class="banner" role="note">${data ?? "Data not described: COMMENT ON SCHEMA dashboard says whose they are."}`;
}

// width is 0 until the page is laid out
export const plot = ({width, ...options}) => Plot.plot({style: {fontSize: "12px"}, marginBottom: 44, width: Math.max(width, 300), ...options});

// A picture: what is seen, how to read it, the drawing, where it comes from.
export function picture({title, read, legend = "", drawing, alt = title, source}) {
  for (const svg of drawing.tagName === "svg" ? [drawing] : drawing.querySelectorAll(":scope > svg")) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", alt);
  }
  return html`<figure>
    <h2>${title}</h2>
    <p>${read}</p>
    ${legend}
    ${drawing}
    <figcaption>${source}</figcaption>
  </figure>`;
}

// A picture of rows, or a sentence where there are none.
export function shown(rows, draw, nothing) {
  return rows.length ? draw() : html`<figure><p class="nothing" role="note">${nothing}</p></figure>`;
}

export function legend(items) {
  return html`<ul class="legend">${items.map(({fill, sign = "", ink, label, means, shape = "swatch"}) => html`<li>
    <svg width="22" height="18" aria-hidden="true" class="${shape}">${mark(shape, fill, ink, sign)}</svg>
    <span><b>${label}</b>${means ? `: ${means}` : ""}</span></li>`)}</ul>`;
}

function mark(shape, fill, ink, sign) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "g");
  svg.innerHTML = {
    swatch: `<rect x="0.5" y="0.5" width="21" height="17" fill="${fill}" stroke="currentColor" stroke-opacity="0.4"/>
      <text x="11" y="13.5" text-anchor="middle" font-size="12" fill="${ink}">${sign}</text>`,
    dot: `<circle cx="11" cy="9" r="5" fill="${fill}"/>`,
    ring: `<circle cx="11" cy="9" r="4.5" fill="none" stroke="${fill}" stroke-width="2"/>`,
    triangle: `<path d="M11 3 L17 14 L5 14 Z" fill="${fill}"/>`,
    square: `<rect x="6" y="4" width="10" height="10" fill="${fill}"/>`,
    line: `<path d="M1 9 H21" stroke="${fill}" stroke-width="2"/>`,
    dashed: `<path d="M1 9 H21" stroke="${fill}" stroke-width="2" stroke-dasharray="4 3"/>`,
    tick: `<path d="M11 1 V17" stroke="${fill}" stroke-width="2"/>`,
    diamond: `<path d="M1 9 L11 3 L21 9 L11 15 Z" fill="${fill}" stroke="${ink ?? fill}"/>`
  }[shape];
  return svg;
}

export function verdictLegend(shown) {
  return legend([...verdicts].filter(([v]) => shown.has(v)).map(([label, v]) => ({label, ...v})));
}

// The rows of a picture as a table.  columns: [[key, heading, digits], ...]; not known is said, never empty.
export function numbers(rows, columns, {open = false, summary = "The numbers"} = {}) {
  return html`<details class="numbers" open=${open}><summary>${summary} (${rows.length} rows)</summary>${table(rows, columns)}</details>`;
}

export function table(rows, columns) {
  return html`<div class="scroll"><table>
    <thead><tr>${columns.map(([key, heading, digits]) => html`<th scope="col" class=${digits === undefined ? "" : "number"}>${heading}`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${columns.map(([key, , digits]) => cell(row[key], digits))}</tr>`)}</tbody>
  </table></div>`;
}

function cell(value, digits) {
  if (value === null || value === "") return html`<td class=${digits === undefined ? "" : "number"}><span class="not">not known</span></td>`;
  return digits === undefined ? html`<td>${value}</td>` : html`<td class="number">${format(value, digits)}</td>`;
}

// 12,345.6 with a true minus; what is not known is said, and what would round to zero and is not is said to be less than the last digit
export function format(value, digits = 0) {
  if (value === null) return "not known";
  const least = 10 ** -digits;
  if (value > 0 && value < least / 2) return `<${format(least, digits)}`;
  return value.toLocaleString("en", {minimumFractionDigits: digits, maximumFractionDigits: digits}).replace("-", "−");
}

// UCUM and literals of vitk as people write them; long numbers with their thousands apart, as format does
export function people(text) {
  if (text === null) return "not known";
  return text.replace(/\bug\b/g, "µg").replace("..", " to ").replace("/d", " a day").replace(/(?<![.\d])\d{5,}/g, (n) => format(Number(n)));
}
