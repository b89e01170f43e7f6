// What a browser makes of the dashboard at a URL, as JSON: test/t/120_dashboard.pl holds it against SQL.
//
//   node check.mjs URL PAGE[#PERSON][?LABEL=CHOICE]...
//
// Of each page, 1280 pixels wide: its text, its tables, the marks of its pictures with their places and
// titles, what it asked the network for, what it complained of; whether it fits a phone; what can hardly be
// read on its ground, by day and by night.  With ?save=1 also what the first picture and table are saved as, and
// what the keyboard is told of marks, and a finger on a phone.
//
import {readFile} from "node:fs/promises";
import {chromium} from "playwright-core";

const [base, ...pages] = process.argv.slice(2);

// its own pages from this machine: no sandbox, which containers lack
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"]});
const found = {};
async function visit(name) {
  const [, path, choices] = /^([^?]*)(?:\?(.*))?$/.exec(name);
  const page = await browser.newPage({viewport: {width: 1280, height: 900}, locale: "en", hasTouch: /[?&]save=/.test(name)});
  page.setDefaultTimeout(180000);       // a busy machine
  const complaints = [], elsewhere = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(e.message));
  page.on("request", (r) => new URL(r.url()).origin === new URL(base).origin || r.url().startsWith("data:") || elsewhere.push(r.url()));
  page.on("response", (r) => r.ok() || r.status() === 304 || complaints.push(`${r.status()} ${r.url()}`));
  await page.goto(new URL(path.replace(/(#|$)/, ".html$1"), base).href, {waitUntil: "networkidle"});
  for (const [label, choice] of new URLSearchParams(choices)) {
    const radio = page.getByLabel(choice, {exact: true});
    if (label === "radio") await radio.check();
    else if (label !== "save") await page.getByLabel(label, {exact: true}).selectOption({label: choice});
  }
  // something there, twice the same, and nothing under way: a busy machine may fetch late
  await page.waitForFunction(() => {
    const [before, now] = [window.seen, document.body.innerText];
    window.seen = now;
    return now === before && document.querySelector(".read") && document.querySelector("main :is(figure, table)") && document.querySelectorAll(".observablehq--running").length === 0;
  }, null, {polling: 500});
  found[name] = {...(await page.evaluate(read)), complaints, elsewhere, faint: await page.evaluate(faint)};
  await page.emulateMedia({colorScheme: "dark"});
  found[name].faint.push(...await page.evaluate(faint));
  await page.emulateMedia({colorScheme: "light"});
  if (/[?&]save=/.test(name)) {
    const saved = async (button) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).first().click()]);
      return [download.suggestedFilename(), (await readFile(await download.path())).toString("latin1")];
    };
    found[name].png = await saved("figcaption button");
    found[name].csv = await saved("details button");
    await page.locator("figure svg [tabindex='0']").first().focus();
    await page.keyboard.press("ArrowRight");
    found[name].told = await page.locator(".told").first().textContent();
  }
  await page.setViewportSize({width: 390, height: 844});
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  found[name].phone = await page.evaluate(() => ({width: document.documentElement.scrollWidth,
    cut: [...document.querySelectorAll("figure > svg, figure > svg text, table:not([data-folded] *)")].filter((e) => {
      const {left, right, width} = e.getBoundingClientRect();
      return width > 0 && !e.closest("details:not([open])") && (left < -1 || right > innerWidth + 1);
    }).map((e) => e.textContent.slice(0, 60))}));
  if (/[?&]save=/.test(name)) {
    const mark = page.locator("figure svg [tabindex]").nth(2);
    await mark.scrollIntoViewIfNeeded();
    const {x, y, width, height} = await mark.boundingBox();
    await page.touchscreen.tap(x + width / 2, y + height / 2);
    found[name].touched = [await page.locator(".told").first().textContent(), await mark.getAttribute("aria-label")];
  }
  await page.close();
}
// three at a time: much of a visit is waiting
await Promise.all([0, 1, 2].map(async (first) => {
  for (let i = first; i < pages.length; i += 3) await visit(pages[i]);
}));
await browser.close();
console.log(JSON.stringify(found));

function read() {
  const text = (e) => e?.textContent.replace(/\s+/g, " ").trim() ?? null;
  const box = (e) => {
    const {x, y, width, height} = e.getBoundingClientRect();
    return {x, y, width, height, middle: [x + width / 2, y + height / 2], title: text(e.querySelector("title")), fill: e.getAttribute("fill") ?? e.parentNode.getAttribute("fill")};
  };
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.dataset.folded = "";
    details.open = true;
  }
  return {
    title: document.title,
    heading: text(document.querySelector("h1")),
    banners: [...document.querySelectorAll(".banner")].map(text),
    text: document.body.innerText,
    folds: [...document.querySelectorAll("summary")].map(text),
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

// Texts whose contrast with their ground is below 4.5 (WCAG 2.2, 1.4.3)
function faint() {
  const ink = document.createElement("canvas").getContext("2d", {willReadFrequently: true}), known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) {
      ink.clearRect(0, 0, 1, 1);
      ink.fillStyle = color;
      ink.fillRect(0, 0, 1, 1);
      known.set(color, [...ink.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(color);
  };
  const light = (color) => {
    const [r, g, b] = rgba(color).map((c) => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // an option of the legend lies on its own colour, a sign on a mark on that of the mark
  const ground = (e) => {
    if (e.closest(".legend svg")) return e.previousElementSibling.getAttribute("fill");
    for (; e; e = e.parentElement) if (rgba(getComputedStyle(e).backgroundColor)[3] > 0) return getComputedStyle(e).backgroundColor;
    return "white";
  };
  return [...document.querySelectorAll("body *:not(script, style, title, option)")].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.getBoundingClientRect().width > 0 && !/^#/.test(e.getAttribute("fill") ?? "") || e.matches(".legend svg text:not(:empty)"))
    .map((e) => {
      const style = getComputedStyle(e), [a, b] = [e instanceof SVGElement ? style.fill : style.color, ground(e)].map((c) => /^url|^none/.test(c) ? null : light(c));
      return a === null || b === null ? null : [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.textContent.trim().slice(0, 40)];
    })
    .filter((c) => c && c[0] < 4.5);
}
