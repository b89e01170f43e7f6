// What the pages share.  They draw; every figure on them was worked out in SQL.
import * as Plot from "@observablehq/plot";
import * as Inputs from "@observablehq/inputs";
import {html} from "htl";
import {csv, png, readable, save} from "./marks.js";

// Okabe and Ito's colours, for the colour-blind; a sign says the same without any.  In the order in
// which intake_vs_limit has its verdicts.  ink: what can be read on the colour.
export const verdicts = new Map(Object.entries({
  "exceeds": {sign: "▲", fill: "#d55e00", ink: "#000", means: "above the upper limit (UL)"},
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

// Above each page: whose data this is, as the database says, and when it said so.
export function banner([{data, read, version}]) {
  return html`<p class="banner" role="note">${data ?? "Data not described: COMMENT ON SCHEMA dashboard says whose they are."}</p>
    ${read ? html`<p class="read">Read from the database on ${read} UTC; vitk ${version}.</p>` : ""}`;
}

// A choice that holds on all pages, and at the next visit.
export function kept(name, input) {
  const first = input.value, before = JSON.parse(localStorage.getItem(name) ?? "null");
  if (before !== null) input.value = before;
  if (input.value !== before) input.value = first;      // no choice any more
  input.addEventListener("input", () => localStorage.setItem(name, JSON.stringify(input.value)));
  return input;
}

// How much of the mass eaten must have a value, for a nutrient to be taken as known
export const coverageChoice = () => kept("known_from", Inputs.radio([100, 80, 60], {
  value: 80, label: "Take a nutrient as known when it is known for", format: (d) => d === 100 ? "all that was eaten" : `at least ${d} %`}));

const authorities = {NAM: "US and Canada (NAM)", EFSA: "European Union (EFSA)", MHLW: "Japan (MHLW)", NNR: "Nordic countries (NNR)"};
export const authorityChoice = (names) => kept("authority", Inputs.select(names, {label: "Limits of", value: "NAM", format: (d) => authorities[d] ?? d}));

export const sexChoice = () => kept("sex", Inputs.select(["all", "female", "male"], {label: "Persons", format: (d) => ({all: "all", female: "women", male: "men"})[d]}));

// width is 0 until the page is laid out
export const plot = ({width, ...options}) => Plot.plot({style: {fontSize: "12px"}, marginBottom: 44, width: Math.max(width, 300), ...options});

// A picture: what is seen, how to read it, the drawing, what a mark says, where it comes from.
export function picture({title, read, legend = "", drawing, alt = title, source}) {
  const told = html`<p class="told" role="status"></p>`;
  drawing.setAttribute("aria-label", alt);
  drawing.setAttribute("role", readable(drawing, told) ? "group" : "img");
  return html`<figure>
    <h2>${title}</h2>
    <p>${read}</p>
    ${legend}
    ${drawing}
    ${told}
    <figcaption>${source} <button type="button" class="save" onclick=${() => png(drawing, title)}>PNG of this picture</button></figcaption>
  </figure>`;
}

// One bar a row of the label, 100 % wide, in the order of the verdicts
export function bars(rows, label, {width, ...options}) {
  const room = (d) => d.percent / 100 * (Math.max(width, 300) - (options.marginLeft ?? 40) - 20);      // of a bar, in pixels
  const stacked = {y: label, x: "percent", z: "verdict", order: [...verdicts.keys()]};
  return plot({
    width,
    x: {domain: [0, 100], label: "share of persons (%) →", grid: true, tickSpacing: 60},
    y: {label: null, domain: [...new Set(rows.map((d) => d[label]))]},
    height: 74 + 30 * new Set(rows.map((d) => d[label])).size,
    color: {type: "identity"},
    ...options,
    marks: [
      Plot.barX(rows, Plot.stackX({...stacked, fill: (d) => verdicts.get(d.verdict).fill,
        stroke: "currentColor", strokeOpacity: 0.4, className: "shares", insetTop: 2, insetBottom: 2,
        title: (d) => `${d[label]}: ${d.verdict}, ${format(d.persons)} of ${format(d.of)} persons (${format(d.percent, 1)} %)`})),
      Plot.text(rows, Plot.stackX({...stacked, fill: (d) => verdicts.get(d.verdict).ink, fontSize: 12,
        stroke: (d) => verdicts.get(d.verdict).ink === "currentColor" ? "var(--theme-background)" : "none", strokeWidth: 4,
        text: (d) => room(d) > 46 ? `${verdicts.get(d.verdict).sign} ${format(d.percent)} %` : room(d) > 16 ? verdicts.get(d.verdict).sign : ""})),
      Plot.ruleX([0])
    ]
  });
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
  return html`<details class="numbers" open=${open}><summary>${summary} (${rows.length} rows)</summary>
    <button type="button" class="save" onclick=${() => save(csv(rows, columns), `${document.title.split(" · ")[0]} ${summary}.csv`)}>CSV of these numbers</button>
    ${table(rows, columns)}</details>`;
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
  return text.replace(/\bug\b/g, "µg").replace("..", " to ").replace("/d", " a day").replace(/(?<![.\d])\d{4,}/g, (n) => format(Number(n)));
}
