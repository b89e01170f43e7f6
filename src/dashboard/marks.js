// What can be taken from a picture: what a mark says, to whoever has no mouse; its numbers, and itself.

// Every mark tells its title where a finger or the keyboard points at it: one stop of Tab a picture, then the arrows.
export function readable(svg, told) {
  const marks = [...svg.querySelectorAll("title")].map((t) => ({text: t.textContent, stop: t.closest("a") ?? t.parentNode}));
  marks.forEach(({text, stop}, i) => {
    stop.setAttribute("tabindex", i ? -1 : 0);
    stop.setAttribute("aria-label", text);
    if (stop.tagName !== "a") stop.setAttribute("role", "img");
    stop.addEventListener("focus", () => {
      for (const mark of marks) mark.stop.setAttribute("tabindex", mark.stop === stop ? 0 : -1);
      told.textContent = text;
    });
    stop.addEventListener("click", () => { told.textContent = text; });
    stop.addEventListener("keydown", (event) => {
      const to = {ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i - 1, ArrowUp: i - 1, Home: 0, End: marks.length - 1}[event.key];
      if (marks[to] === undefined) return;
      event.preventDefault();
      marks[to].stop.focus();
    });
  });
  return marks.length > 0;
}

export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name.replace(/[^\p{L}\p{N} .,()-]+/gu, " ");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The columns of a table, every digit; in quotes what a spreadsheet would divide, the mark of UTF-8 before all.
// What a spreadsheet would take for a formula begins with an apostrophe.
export function csv(rows, columns) {
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    const text = typeof value === "string" && /^[=+@\t\r-]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(([, heading]) => heading), ...rows.map((row) => columns.map(([key]) => row[key]))];
  return new Blob(["\ufeff" + lines.map((line) => line.map(cell).join(",") + "\r\n").join("")], {type: "text/csv"});
}

// As it is seen, twice as fine, its title above it and below it whose data they are
export async function png(svg, title) {
  const copy = svg.cloneNode(true), {width, height} = svg.getBoundingClientRect(), body = getComputedStyle(document.body);
  const [seen, drawn] = [svg, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  const shown = ["fill", "stroke", "color", "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "overflow"];
  seen.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const property of shown) drawn[i].style.setProperty(property, style.getPropertyValue(property));
  });
  copy.append(document.querySelector("#unknown").cloneNode(true));
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement("canvas"), ink = canvas.getContext("2d");
  canvas.width = 2 * width;
  canvas.height = 2 * (height + 60);
  ink.scale(2, 2);
  ink.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  ink.fillRect(0, 0, width, height + 60);
  ink.fillStyle = body.color;
  ink.font = `600 16px ${body.fontFamily}`;
  ink.fillText(title, 8, 22, width - 16);
  ink.drawImage(image, 0, 32, width, height);
  ink.font = `12px ${body.fontFamily}`;
  ink.fillText(document.querySelector(".banner").textContent, 8, height + 50, width - 16);
  canvas.toBlob((blob) => save(blob, `${title}.png`));
}
