/** Makes what the site's pages load, but for the explorers: node site.js folder */

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url)), target = process.argv[2];
const common = { absWorkingDir: here, outdir: target, bundle: true, minify: true, target: "es2022", legalComments: /** @type {"none"} */ ("none") };
const named = (/** @type {string} */ name) => `src/site/${name}`;
await build({ ...common, entryPoints: [named("site.js"), named("search.js"), named("site.css")], format: "esm", charset: "utf8" });
await build({ ...common, entryPoints: [named("theme.js")], format: "iife" });

const katex = join(here, "node_modules/katex/dist"); // of its fonts the form that every browser reads
const style = readFileSync(join(katex, "katex.min.css"), "utf8").replace(/,url\([^)]*\.(woff|ttf)\) format\("[^"]*"\)/g, "");
mkdirSync(join(target, "fonts"), { recursive: true });
writeFileSync(join(target, "katex.css"), style);
for (const font of readdirSync(join(katex, "fonts")).filter((name) => name.endsWith(".woff2")))
  copyFileSync(join(katex, "fonts", font), join(target, "fonts", font));
