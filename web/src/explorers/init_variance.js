/** Notebook 06: a deep random network under a variance. */

import { ACTIVATIONS } from "../mlp/activations.js";
import { matrix } from "../mlp/matrices.js";
import { keyOf, menu } from "../mlp/names.js";
import { DEEPEST, directions, propagate, signalTheory } from "../mlp/propagation.js";
import { rng } from "../mlp/random.js";
import { decades, fixed, short, spanOf } from "../ui/axes.js";
import { choice, preset, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { later } from "../ui/idle.js";

const ROWS = 16; // inputs that go through the network
const BINS = 51, REACH = 2.5;
const KEPT = 8;

/** @type {Map<string, ReturnType<typeof directions>>} */
const drawn = new Map();

/** The network of a width and a seed, drawn once. @param {number} width @param {number} seed */
export function network(width, seed) {
  const key = `${width} ${seed}`, found = drawn.get(key) ?? directions(rng([width, seed]), width);
  drawn.delete(key);
  drawn.set(key, found);
  if (drawn.size > KEPT) drawn.delete(/** @type {string} */ (drawn.keys().next().value));
  return found;
}

/** @param {string} name @param {number} sigma2 @param {number} depth @param {number} width @param {number} seed */
export function signals(name, sigma2, depth, width, seed) {
  const { Ws, X, G } = network(width, seed);
  const first = (/** @type {import("../mlp/matrices.js").Matrix} */ A) => matrix(ROWS, width, A.data.subarray(0, ROWS * width));
  return propagate(first(X), Ws.slice(0, depth), ACTIVATIONS[keyOf(name)], first(G), Math.sqrt(sigma2 / width));
}

let known = "", theory = signalTheory(2, 1, ACTIVATIONS.identity);
/** The theory, which needs neither width nor seed. @param {string} name @param {number} sigma2 @param {number} depth */
function predicted(name, sigma2, depth) {
  const key = [name, sigma2, depth].join();
  if (key !== known) [known, theory] = [key, signalTheory(depth, sigma2, ACTIVATIONS[keyOf(name)])];
  return theory;
}

/** Neighbours on the sliders of width and seed, drawn while nothing moves. @param {number} width @param {number} seed */
function drawNeighbours(width, seed) {
  const wanted = [[width + 16, seed], [width - 16, seed], [width, seed + 1]].filter(([w]) => w >= 16 && w <= 128);
  const next = wanted.find(([w, s]) => !drawn.has(`${w} ${s}`));
  if (!next) return;
  network(next[0], next[1]);
  network(width, seed); // stays the last to go
  later(() => drawNeighbours(width, seed));
}

/** One column for each layer: the darker a cell, the more values it holds; the cells at both ends hold the rest. @param {import("../ui/plot.js").Plot} plot @param {import("../mlp/matrices.js").Matrix[]} layers */
function drawLayers(plot, layers) {
  const depth = layers.length, counts = layers.map(({ data }) => {
    const column = new Float64Array(BINS), share = 1 / data.length;
    for (let i = 0; i < data.length; i++) {
      const bin = Math.floor(((data[i] + REACH) / (2 * REACH)) * BINS);
      column[bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin || 0] += share;
    }
    return column;
  });
  plot.view([0.5, depth + 0.5], [-REACH, REACH]);
  const [r, g, b] = plot.dark ? [98, 182, 240] : [0, 70, 130];
  plot.image(BINS, depth, (data) => {
    counts.forEach((column, l) => column.forEach((share, k) => {
      const at = 4 * ((BINS - 1 - k) * depth + l);
      data[at] = r;
      data[at + 1] = g;
      data[at + 2] = b;
      data[at + 3] = share > 0 ? 255 * Math.min(1, 0.08 + Math.sqrt(share) / 0.8) : 0;
    }));
  });
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A deep network at its start",
  columns: "minmax(0, 1fr) minmax(0, 1.25fr)",
  controls: {
    name: choice("activation", menu(["tanh", "sigmoid", "relu", "leaky_relu", "elu", "gelu", "identity"])),
    sigma2: slider("variance σ²", 1, 0.1, 20, 0.1, "σ² = width · Var w: 1 for LeCun and Xavier, 2 for He"),
    depth: slider("depth", 50, 2, DEEPEST, 1, "number of layers"),
    width: slider("width", 64, 16, 128, 16, "units in each layer"),
    seed: slider("seed", 0, 0, 9, 1, "another network of the same kind"),
  },
  actions: [
    preset("He for ReLU", { name: "ReLU", sigma2: 2, depth: 50 }),
    preset("LeCun for ReLU", { name: "ReLU", sigma2: 1, depth: 50 }),
    preset("LeCun for tanh", { name: "tanh", sigma2: 1, depth: 50 }),
    preset("healthy forwards, dead backwards", { name: "sigmoid", sigma2: 1, depth: 50 }),
    preset("healthy forwards, exploding backwards", { name: "tanh", sigma2: 16, depth: 50 }),
  ],
  scene(stage) {
    const values = stage.plot({
      title: "Values h of each layer", x: { label: "layer l", whole: true }, y: { label: "h (rim: what lies beyond)" }, aspect: 0.86, grid: false,
    });
    const profile = stage.plot({
      title: "Mean squares by layer", x: { label: "layer l", whole: true }, y: { label: "mean square", log: true }, aspect: 0.66,
      legend: [["circle mark blue", "forward: h"], ["triangle mark orange", "backward: ∂E/∂z"], ["line ink thin", "theory of wide layers"]],
    });
    return ({ name, sigma2, depth, width, seed }) => {
      const found = signals(name, sigma2, depth, width, seed), theory = predicted(name, sigma2, depth);
      drawLayers(values, found.H);
      const l = Float64Array.from({ length: depth }, (_, i) => i + 1);
      profile.view([0.4, depth + 0.6], decades(spanOf([found.forward, found.backward, theory.forward, theory.backward], true)));
      profile.marks("forward", l, found.forward, "blue", "circle", 3.6);
      profile.marks("backward", l, found.backward, "orange", "triangle", 3.8);
      profile.line("forward theory", l, theory.forward, "ink thin");
      profile.line("backward theory", l, theory.backward, "ink thin");
      later(() => drawNeighbours(width, seed));
      const last = depth - 1;
      return `${name}, σ² = ${fixed(sigma2, 1)}, ${depth} layers of ${width} units. Mean squares: the last layer's values `
        + `${short(found.forward[last])} (theory ${short(theory.forward[last])}), the gradient at the first layer `
        + `${short(found.backward[0])} (theory ${short(theory.backward[0])}), from about 1 at the output.`;
    };
  },
});

export default explorer(spec);
