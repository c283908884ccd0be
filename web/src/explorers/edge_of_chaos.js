/** Notebook 06: variances of weights and biases as axes; between order and chaos gradients live. */

import { ACTIVATIONS } from "../mlp/activations.js";
import { atRest, chaosMeasured, chaosTheory, chi, DEEPEST, network } from "../mlp/chaos.js";
import { keyOf, menu } from "../mlp/names.js";
import { decades, fixed, short, spanOf } from "../ui/axes.js";
import { between, shade } from "../ui/colours.js";
import { choice, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { later } from "../ui/idle.js";
import { limited } from "../ui/plane.js";

const W2 = /** @type {[number, number]} */ ([0.1, 4]), B2 = /** @type {[number, number]} */ ([0, 1]), COLUMNS = 40, ROWS = 20;

/** @type {Map<string, Float64Array>} */
const maps = new Map();

/** The logarithm of chi over the plane, row by row from below. @param {string} name */
function mapOf(name) {
  const found = maps.get(name);
  if (found) return found;
  const psi = ACTIVATIONS[keyOf(name)], at = ([low, high] = W2, i = 0, n = 1) => low + ((high - low) * (i + 0.5)) / n;
  const made = Float64Array.from({ length: ROWS * COLUMNS }, (_, i) =>
    Math.log(chi(psi, at(W2, i % COLUMNS, COLUMNS), at(B2, Math.floor(i / COLUMNS), ROWS))));
  maps.set(name, made);
  return made;
}

/** For each bias variance the weight variance at which chi is 1. @param {string} name */
function edge(name) {
  const psi = ACTIVATIONS[keyOf(name)], xs = [], ys = [];
  for (let k = 0; k <= 24; k++) {
    const b2 = B2[0] + (B2[1] - B2[0]) * (k / 24) ** 3; // it is steep where biases are small
    let [low, high] = W2;
    if (chi(psi, low, b2) > 1 || chi(psi, high, b2) < 1) continue;
    for (let i = 0; i < 25; i++) {
      const middle = (low + high) / 2;
      if (chi(psi, middle, b2) < 1) low = middle;
      else high = middle;
    }
    xs.push((low + high) / 2);
    ys.push(b2);
  }
  return { xs, ys };
}
/** @type {Map<string, ReturnType<typeof edge>>} */
const edges = new Map();

/** The networks of the next seeds, drawn one by one while nothing moves. @param {number[]} seeds */
function drawNeighbours([seed, ...others]) {
  if (seed >= 0 && seed <= 9) network(seed);
  if (others.length) later(() => drawNeighbours(others));
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "The edge of chaos",
  columns: "minmax(0, 1.1fr) minmax(0, 1fr)",
  areas: '"map cosines" "map gradients"',
  controls: {
    name: choice("activation", menu(["tanh", "relu", "sigmoid"])),
    w2: slider("σ²w", 1.5, W2[0], W2[1], 0.05, "width times the variance of a weight"),
    b2: slider("σ²b", 0.05, B2[0], B2[1], 0.01, "variance of a bias"),
    cosine: slider("cosine of the inputs", 0.6, -1, 1, 0.05, "of the two inputs"),
    depth: slider("depth", 30, 2, DEEPEST, 1),
    seed: slider("seed", 0, 0, 9, 1),
  },
  scene(stage) {
    const plane = stage.plot({ title: "Order (blue) and chaos (orange)", x: { label: "σ²w, variance of weights" }, y: { label: "σ²b, variance of biases" }, aspect: 0.85, tallest: 420,
      legend: [["line ink dash", "the edge: χ = 1"]] }, "map");
    const cosines = stage.plot({ title: "Two inputs: their cosine, layer by layer", x: { label: "layer l", whole: true }, y: { label: "cosine" }, aspect: 0.45, tallest: 210,
      legend: [["circle mark blue", "measured, 64 units"], ["line ink thin", "wide layers"]] }, "cosines");
    const gradients = stage.plot({ title: "The gradient on its way back", x: { label: "layer l", whole: true }, y: { label: "mean square", log: true }, aspect: 0.45, tallest: 210,
      legend: [["triangle mark orange", "measured"], ["line ink thin", "wide layers"]] }, "gradients");
    return ({ name, w2, b2, cosine, depth, seed }) => {
      const psi = ACTIVATIONS[keyOf(name)], table = between(plane.dark, 0.75), theory = chaosTheory(psi, w2, b2, cosine, depth), found = chaosMeasured(psi, w2, b2, cosine, depth, seed);
      plane.view(W2, B2);
      plane.image(ROWS, COLUMNS, (data) => shade(data, mapOf(name).map((x) => Math.max(-1, Math.min(1, x))), ROWS, table), true);
      if (!edges.has(name)) edges.set(name, edge(name));
      const { xs, ys } = /** @type {ReturnType<typeof edge>} */ (edges.get(name));
      if (xs.length) plane.line("edge", xs, ys, "ink dash");
      const factor = chi(psi, w2, b2);
      plane.grip("place", { x: w2, y: b2, label: "variances", text: `σ²w ${fixed(w2)}, σ²b ${fixed(b2)}, χ ${fixed(factor)}`, size: 8, step: 0.05,
        move: (to) => stage.set({ w2: limited(to.x, W2[0], W2[1]), b2: limited(to.y, B2[0], B2[1]) }) });
      const layers = Array.from({ length: depth }, (_, l) => l + 1), span = /** @type {[number, number]} */ ([0.4, depth + 0.6]);
      cosines.view(span, [Math.min(-0.1, ...found.cosines, ...theory.cosines) - 0.03, 1.04]);
      cosines.marks("measured", layers, found.cosines, "blue", "circle", 3.5);
      cosines.line("theory", layers, theory.cosines, "ink thin");
      gradients.view(span, decades(spanOf([found.backward, theory.backward], true)));
      gradients.marks("measured", layers, found.backward, "orange", "triangle", 3.8);
      gradients.line("theory", layers, theory.backward, "ink thin");
      later(() => drawNeighbours([seed + 1, seed - 1]));
      const verdict = Math.abs(factor - 1) < 0.03 ? "the edge" : factor < 1 ? "order" : "chaos";
      const alone = verdict === "the edge" || atRest(psi, w2, b2) ? "" : " for gradients alone (no q above 0 is at rest)";
      return `${name}, σ²w = ${fixed(w2)}, σ²b = ${fixed(b2)}: χ = ${fixed(factor)}, ${verdict}${alone}. After ${depth} layers two inputs of cosine ${fixed(cosine)} have `
        + `cosine ${fixed(found.cosines[depth - 1])} (theory ${fixed(theory.cosines[depth - 1])}); the gradient's mean square at the first layer is `
        + `${short(found.backward[0])} (theory ${short(theory.backward[0])}) of that at the last.`;
    };
  },
});

export default explorer(spec);
