/** The weights of a network one by one: chosen in a list or by a click on an edge, read off, and moved. */

import { fixed } from "./axes.js";
import { editorOf } from "./controls.js";
import { put, say } from "./svg.js";

/** @typedef {import("../mlp/run.js").Run} Run */
/** @typedef {import("./explorer.js").Stage} Stage */
/** @typedef {import("./explorer.js").Values} Values */

/** A list of all weights and a slider for the chosen one; a click on an edge chooses it, the pointer over it shows its value. @param {Stage} stage @param {import("./plot.js").Plot} net */
export function weightEditor(stage, net) {
  const editor = { picked: -1, update: (/** @type {Run} */ run, /** @type {(run: Run) => Values} */ keep) => { void run; void keep; } };
  const { list, input, output } = editorOf(stage, net.figure, "weight");
  let sizes = "", now = /** @type {Run | undefined} */ (undefined), keep = /** @type {(run: Run) => Values} */ (() => ({}));
  editor.update = (run, present) => {
    [now, keep] = [run, present];
    if (sizes !== run.model.sizes.join()) {
      sizes = run.model.sizes.join();
      list.replaceChildren(...names(run.model.sizes).map(([index, text]) => new Option(text, `${index}`)));
      editor.picked = Number(list.value);
    }
    const value = run.model.theta[editor.picked], words = fixed(value);
    if (list.value !== `${editor.picked}`) list.value = `${editor.picked}`;
    input.value = `${value}`;
    say(output, words);
    put(input, { "aria-valuetext": words });
  };
  const pick = (/** @type {number} */ index) => {
    editor.picked = index;
    stage.ask();
  };
  list.addEventListener("change", () => pick(Number(list.value)));
  input.addEventListener("input", () => {
    if (!now) return;
    const values = keep(now), theta = [...now.model.theta];
    theta[editor.picked] = Number(input.value);
    stage.set({ ...values, base: [now.step, ...theta], step: now.step });
  });
  const edge = (/** @type {Event} */ event) => /** @type {Element} */ (event.target).getAttribute?.("data-key")?.match(/^edge(\d+)$/)?.[1];
  net.svg.addEventListener("click", (event) => { const index = edge(event); if (index) pick(Number(index)); });
  net.svg.addEventListener("pointerover", (event) => {
    const index = edge(event);
    net.svg.style.cursor = index ? "pointer" : "";
    if (index && now) /** @type {Element} */ (event.target).setAttribute("aria-label", fixed(now.model.theta[Number(index)]));
    net.tip(event, index && now ? `w = ${fixed(now.model.theta[Number(index)])}` : "");
  });
  return editor;
}

/** Index in theta and name of each weight and bias. @param {number[]} sizes */
function names(sizes) {
  const found = /** @type {[number, string][]} */ ([]);
  const name = (/** @type {number} */ l, /** @type {number} */ j) => (l === 0 ? `x${j ? "₂" : "₁"}` : l === sizes.length - 1 ? "output" : `unit ${j + 1} of layer ${l}`);
  let at = 0;
  for (let l = 0; l + 1 < sizes.length; l++) {
    for (let i = 0; i < sizes[l]; i++) for (let j = 0; j < sizes[l + 1]; j++) found.push([at++, `${name(l, i)} → ${name(l + 1, j)}`]);
    for (let j = 0; j < sizes[l + 1]; j++) found.push([at++, `bias of ${name(l + 1, j)}`]);
  }
  return found;
}
