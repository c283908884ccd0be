/** Sets formulas: a list of { tex, display } on standard input, a list of their HTML on standard output. */

import { readFileSync } from "node:fs";
import katex from "katex";

const asked = /** @type {{ tex: string, display: boolean }[]} */ (JSON.parse(readFileSync(0, "utf8")));
const done = asked.map(({ tex, display }) => katex.renderToString(tex, { displayMode: display, throwOnError: true, strict: "ignore" }));
process.stdout.write(JSON.stringify(done));
