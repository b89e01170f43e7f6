// The rows of the pages: those of a person go into a file for each, so that a page loads one person and not
// all; and with LIVE=1 no row is kept: every request for rows asks the database, so that what was deleted
// there is gone at the next look.
import {getDatabase, getDatabaseConfig, getQueryCachePath} from "@observablehq/notebook-kit/databases";
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";

const live = Boolean(process.env.LIVE);

async function ask(strings, ...params) {
  const database = await getDatabase(await getDatabaseConfig("person.html", "postgres"));
  return database(strings, ...params);
}

// one person by key, or all where the key is null
const person = (key) => ask(readFileSync("person.sql", "utf8").split("$1"), key);

export function rows() {
  const queries = {}, asked = {};
  return {
    name: "rows",

    // The kit names the file of a query by a hash of its text, and runs only what has no file yet, each in a
    // process of its own: faster from here.  With LIVE=1 the files are empty.
    async remember(notebook, {filename}) {
      for (const {mode, database, value} of notebook.cells) {
        if (mode !== "sql") continue;
        const path = await getQueryCachePath(filename, database, [value]);
        queries[basename(path, ".json")] = value;
        asked[path] ??= live ? {rows: [], schema: [], of: path} : ask([value]);      // of: vite makes one file of equal ones
        mkdirSync(dirname(path), {recursive: true});
        writeFileSync(path, JSON.stringify(await asked[path]));
      }
      return notebook;
    },

    async writeBundle({dir}) {
      mkdirSync(join(dir, "person"));
      writeFileSync(join(dir, "person", "person.sql"), readFileSync("person.sql"));
      if (!live) {
        for (const {key, data} of (await person(null)).rows) writeFileSync(join(dir, "person", `${key}.json`), JSON.stringify(data));
        return;
      }
      writeFileSync("queries.json", JSON.stringify(queries));
    },

    configurePreviewServer(server) {
      if (!live) return;
      const texts = JSON.parse(readFileSync("queries.json", "utf8"));
      server.middlewares.use(async (request, response, next) => {
        const {pathname} = new URL(request.url, "http://localhost");
        const query = /^\/assets\/(postgres-[0-9a-z]{16})-[^/]*\.json$/.exec(pathname), key = /^\/person\/([0-9a-f]{32})\.json$/.exec(pathname);
        if (!(query && Object.hasOwn(texts, query[1])) && !key) return next();
        response.setHeader("Cache-Control", "no-store");
        try {
          const answer = query ? await ask([texts[query[1]]]) : (await person(key[1])).rows[0]?.data ?? null;
          response.setHeader("Content-Type", "application/json");
          response.end(JSON.stringify(answer));
        } catch (error) {
          console.error(error.message);
          response.statusCode = 500;
          response.end("the database gave no answer");
        }
      });
    }
  };
}
