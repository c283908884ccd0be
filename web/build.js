/** Bundles each explorer, the sheet for predictions, the loader of both and the host for pages without a kernel, into one small file: node build.js [folder] */

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "../mlp_reference/viz/explorers/static");
const explorers = readdirSync(join(here, "src/explorers")).filter((name) => name.endsWith(".js"));

await build({
  absWorkingDir: here,
  entryPoints: [...explorers.map((name) => `src/explorers/${name}`), "src/host.js", "src/load.js", "src/predict.js"],
  entryNames: "[name]",
  outdir: target,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  loader: { ".css": "text" },
});
