// What a browser makes of the dashboard at a URL, as JSON: test/t/120_dashboard.pl holds it against SQL.
//
//   node check.mjs URL PAGE[#PERSON][?LABEL=CHOICE]...
//
// Of each page, 1280 pixels wide: its text, its tables, the marks of its pictures with their places and
// titles, what it asked the network for, what it complained of; and whether it fits a phone.
import {chromium} from "playwright-core";

const [base, ...pages] = process.argv.slice(2);

// its own pages from this machine: no sandbox, which containers lack
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"]});
const found = {};
for (const name of pages) {
  const [, path, choices] = /^([^?]*)(?:\?(.*))?$/.exec(name);
  const page = await browser.newPage({viewport: {width: 1280, height: 900}, locale: "en"});
  const complaints = [], elsewhere = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(e.message));
  page.on("request", (r) => new URL(r.url()).origin === new URL(base).origin || r.url().startsWith("data:") || elsewhere.push(r.url()));
  page.on("response", (r) => r.ok() || r.status() === 304 || complaints.push(`${r.status()} ${r.url()}`));
  await page.goto(new URL(path.replace(/(#|$)/, ".html$1"), base).href, {waitUntil: "networkidle"});
  for (const [label, choice] of new URLSearchParams(choices)) {
    const radio = page.getByLabel(choice, {exact: true});
    if (label === "radio") await radio.check();
    else await page.getByLabel(label, {exact: true}).selectOption({label: choice});
  }
  // twice the same, and nothing under way: a busy machine may fetch late
  await page.waitForFunction(() => {
    const [before, now] = [window.seen, document.body.innerText];
    window.seen = now;
    return now === before && document.querySelectorAll(".observablehq--running").length === 0;
  }, null, {polling: 500});
  found[name] = {...(await page.evaluate(read)), complaints, elsewhere};
  await page.setViewportSize({width: 390, height: 844});
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  found[name].phone = await page.evaluate(() => ({width: document.documentElement.scrollWidth,
    cut: [...document.querySelectorAll("figure > svg")].filter((s) => s.getBoundingClientRect().right > innerWidth + 1).length}));
  await page.close();
}
await browser.close();
console.log(JSON.stringify(found));

function read() {
  const text = (e) => e?.textContent.replace(/\s+/g, " ").trim() ?? null;
  const box = (e) => {
    const {x, y, width, height} = e.getBoundingClientRect();
    return {x, y, width, height, middle: [x + width / 2, y + height / 2], title: text(e.querySelector("title")), fill: e.getAttribute("fill") ?? e.parentNode.getAttribute("fill")};
  };
  for (const details of document.querySelectorAll("details")) details.open = true;
  return {
    title: document.title,
    heading: text(document.querySelector("h1")),
    banners: [...document.querySelectorAll(".banner")].map(text),
    text: document.body.innerText,
    choices: [...document.querySelectorAll("select")].map((s) => [...s.options].map(text)),
    figures: [...document.querySelectorAll("figure")].map((f) => ({
      title: text(f.querySelector("h2")),
      caption: text(f.querySelector("figcaption")),
      images: [...f.querySelectorAll(":scope > svg")].map((s) => [s.getAttribute("role"), s.getAttribute("aria-label")]),
      axis: [...f.querySelectorAll(':scope > svg g[aria-label="x-axis tick label"] text')].map((t) => [text(t), box(t).middle[0]]),
      marks: Object.fromEntries([...f.querySelectorAll(":scope > svg g[class]")].map((g) => g.getAttribute("class")).map((name) => [name,
        [...f.querySelectorAll(`:scope > svg g.${name} :is(rect, circle, path, line, text)`)].map(box)]))
    })),
    tables: [...document.querySelectorAll("table")].map((t) => ({
      title: text(t.closest("details")?.querySelector("summary")),
      head: [...t.tHead.rows[0].cells].map(text),
      rows: [...t.tBodies[0].rows].map((r) => [...r.cells].map(text))
    }))
  };
}
