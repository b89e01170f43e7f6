// Observable Notebook Kit builds the pages: each SQL cell is run once, against PGHOST, PGDATABASE and
// their kin, and its rows become a file beside the page (or none, with LIVE=1: see rows.js).  A built page asks
// no other host for anything.
import {config, observable} from "@observablehq/notebook-kit/vite";
import {globSync} from "node:fs";
import {defineConfig} from "vite";
import {rows} from "./rows.js";

const kit = config();
const data = rows();

// The kit has its libraries fetched from a CDN when a page is looked at.  Those that package.json names are
// built in instead; npm: in a page is left to fail.
const offline = {
  name: "offline",
  enforce: "pre",
  transform: (code, id) => id.includes("/notebook-kit/") && code.includes("//cdn.jsdelivr.net/")
    ? code.replace(/https:\/\/cdn\.jsdelivr\.net\/npm\/(@observablehq\/plot|@observablehq\/inputs|d3|htl)(?=["'\/])(\/\+esm)?/g, "$1")
    : null
};

// The SQL of a cell that is pinned stands below its picture, folded, under the name in its first line, a comment.
const folded = {
  name: "folded",
  transformIndexHtml: {
    order: "pre",
    handler: (html) => html.replace(/<pre[^>]*><code class="language-sql[^]*?<\/pre>/g, (sql) => {
      const [, name] = /^\s*-- (.*)/.exec(sql.replace(/<[^>]*>/g, "")) ?? [];
      if (!name) throw new Error(`SQL without a name: ${sql}`);
      return `<details class="sql"><summary>SQL: ${name}</summary>${sql}</details>`;
    })
  }
};

export default defineConfig({
  ...kit,
  resolve: {alias: kit.resolve.alias.filter(({customResolver}) => !customResolver)},
  plugins: [offline, observable({template: "page.tmpl", transformNotebook: data.remember}), folded, data],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 1000,
    assetsInlineLimit: 0,       // rows are files, however few
    rollupOptions: {input: globSync("*.html")}
  }
});
