// Observable Notebook Kit builds the pages: each SQL cell is run once, against PGHOST, PGDATABASE and
// their kin, and its rows become a file beside the page.  A built page asks no other host for anything.
import {config, observable} from "@observablehq/notebook-kit/vite";
import {globSync} from "node:fs";
import {defineConfig} from "vite";

const kit = config();

// The kit has its libraries fetched from a CDN when a page is looked at.  Those that package.json names are
// built in instead; npm: in a page is left to fail.
const offline = {
  name: "offline",
  enforce: "pre",
  transform: (code, id) => id.includes("/notebook-kit/") && code.includes("//cdn.jsdelivr.net/")
    ? code.replace(/https:\/\/cdn\.jsdelivr\.net\/npm\/(@observablehq\/plot|@observablehq\/inputs|d3|htl)(?=["'\/])(\/\+esm)?/g, "$1")
    : null
};

// The SQL of a cell that is pinned stands below its picture, folded.
const folded = {
  name: "folded",
  transformIndexHtml: {
    order: "pre",
    handler: (html) => html.replace(/<pre[^>]*><code class="language-sql[^]*?<\/pre>/g,
      "<details class=\"sql\"><summary>The SQL behind it</summary>$&</details>")
  }
};

export default defineConfig({
  ...kit,
  resolve: {alias: kit.resolve.alias.filter(({customResolver}) => !customResolver)},
  plugins: [offline, observable({template: "page.tmpl"}), folded],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 1000,
    rollupOptions: {input: globSync("*.html")}
  }
});
