/** Notebook 06: one activation under a normal input. */

import { ACTIVATIONS, elu, LEAK, leakyRelu } from "../mlp/activations.js";
import { keyOf, menu } from "../mlp/names.js";
import { normalSample } from "../mlp/propagation.js";
import { fixed, padded, percent, spanOf } from "../ui/axes.js";
import { choice, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";

/** @typedef {import("../mlp/activations.js").Activation} Activation */

const SATURATED = 0.05; // a slope below this passes next to nothing on
const BINS = 60;
const SAMPLE = normalSample();
const SHAPED = /** @type {Record<string, string>} */ ({ PReLU: "learned slope on the left", ELU: "alpha" });

/** An activation of the menu. @param {string} name @param {number} slope @returns {Activation} */
export function withSlope(name, slope) {
  const key = keyOf(name);
  if (key === "elu") return elu(slope);
  return key === "prelu" || key === "leaky_relu" ? leakyRelu(key === "prelu" ? slope : LEAK) : ACTIVATIONS[key];
}

/** What comes out of an activation for a normal input. @param {Activation} psi @param {number} variance */
export function outputs(psi, variance) {
  const std = Math.sqrt(variance), n = SAMPLE.length, h = new Float64Array(n);
  let mean = 0, square = 0, slope = 0, flat = 0, zeros = 0;
  for (let i = 0; i < n; i++) {
    const z = std * SAMPLE[i], g = psi.grad(z);
    h[i] = psi.value(z);
    mean += h[i] / n;
    square += (h[i] * h[i]) / n;
    slope += (g * g) / n;
    flat += Math.abs(g) < SATURATED ? 1 / n : 0;
    zeros += h[i] === 0 ? 1 / n : 0;
  }
  let spread = 0;
  for (const x of h) spread += (x - mean) ** 2 / n;
  return { h, mean, variance: spread, square, slope, flat, zeros };
}

/** Runs of places that are flat, as pairs of ends. @param {Float64Array} z @param {Float64Array} g */
export function flatRuns(z, g) {
  const runs = /** @type {[number, number][]} */ ([]);
  for (let i = 0; i < z.length; i++) {
    if (Math.abs(g[i]) >= SATURATED) continue;
    if (i > 0 && Math.abs(g[i - 1]) < SATURATED) runs[runs.length - 1][1] = z[i];
    else runs.push([z[i], z[i]]);
  }
  return runs;
}

/** @param {ReturnType<typeof outputs>} out @param {string} name @param {number} variance @param {number} slope */
function words(out, name, variance, slope) {
  const shape = name in SHAPED ? ` (${SHAPED[name]} ${fixed(slope)})` : "";
  const zeros = out.zeros > 0.01 ? ` ${percent(out.zeros)} of the outputs are exactly 0.` : "";
  return `${name}${shape}, input variance ${fixed(variance, 1)}: outputs of mean ${fixed(out.mean, 3)}, `
    + `variance ${fixed(out.variance, 3)}, mean square ${fixed(out.square, 3)}. ${percent(out.flat)} of the inputs `
    + `meet a slope below ${SATURATED} in size; the mean square slope is ${fixed(out.slope, 3)}.${zeros}`;
}

/** Curve, slope, flat places and the input's density. @param {import("../ui/plot.js").Plot} plot @param {Activation} psi @param {number} variance */
function drawCurve(plot, psi, variance) {
  const reach = Math.max(6, 3 * Math.sqrt(variance)), n = 802; // an even number: 0, where there may be a kink, is left out
  const z = Float64Array.from({ length: n }, (_, i) => reach * ((2 * i) / (n - 1) - 1));
  const f = z.map(psi.value), g = z.map(psi.grad);
  const [low, high] = padded(spanOf([f, g, [0, 1]]), 0.08), bell = low + 0.3 * (high - low);
  plot.view([-reach, reach], [low, high]);
  flatRuns(z, g).forEach(([a, b], i) => plot.fill(`flat${i}`, [a, b, b, a], [low, low, high, high], "grey"));
  const density = z.map((x) => low + (bell - low) * Math.exp((-0.5 * x * x) / variance));
  plot.fill("bell", [-reach, ...z, reach], [low, ...density, low], "blue");
  const lifted = g.map((y, i) => (i > 0 && Math.abs(y - g[i - 1]) > 0.2 ? NaN : y)); // the pen, where it jumps
  plot.line("slope", z, lifted, "orange dash");
  plot.line("value", z, f, "blue");
}

/** The share of outputs in each bin, and their mean. @param {import("../ui/plot.js").Plot} plot @param {ReturnType<typeof outputs>} out */
function drawOutputs(plot, { h, mean }) {
  const [low, high] = padded(spanOf([h, [0]]), 0.04), shares = new Float64Array(BINS);
  for (const x of h) shares[Math.min(BINS - 1, Math.max(0, Math.floor(((x - low) / (high - low)) * BINS)))] += 1 / h.length;
  const top = 1.1 * Math.max(...shares);
  plot.view([low, high], [0, top]);
  const edge = (/** @type {number} */ i) => low + ((high - low) * i) / BINS;
  const xs = [low], ys = [0];
  shares.forEach((share, i) => {
    xs.push(edge(i), edge(i + 1));
    ys.push(share, share);
  });
  plot.fill("bars", [...xs, high], [...ys, 0], "blue");
  plot.line("steps", [...xs, high], [...ys, 0], "blue thin");
  plot.line("mean", [mean, mean], [0, top], "ink dot");
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "An activation and a normal input",
  columns: "minmax(0, 1.25fr) minmax(0, 1fr)",
  controls: {
    name: choice("activation", menu(["sigmoid", "tanh", "relu", "leaky_relu", "prelu", "elu", "gelu", "identity"])),
    variance: slider("input variance", 1, 0.1, 25, 0.1, "variance of the normal input z, whose mean is 0"),
    slope: slider("slope / alpha", 0.2, 0, 1.5, 0.05, "used by PReLU (slope on the left) and ELU (how deep it goes)"),
  },
  idle: ({ name }) => (name in SHAPED ? [] : ["slope"]),
  scene(stage) {
    const curve = stage.plot({
      title: "Value and slope", x: { label: "z" }, y: { label: "ψ(z), ψ′(z)" }, aspect: 0.62,
      legend: [["line blue", "ψ"], ["line orange dash", "ψ′"], ["wash grey", "|ψ′| < 0.05"], ["wash blue", "density of z"]],
    });
    const out = stage.plot({
      title: "What comes out", x: { label: "h = ψ(z)" }, y: { label: "share of the outputs" }, aspect: 0.78,
      legend: [["line ink dot", "mean"]],
    });
    return ({ name, variance, slope }) => {
      const psi = withSlope(name, slope), found = outputs(psi, variance);
      drawCurve(curve, psi, variance);
      drawOutputs(out, found);
      return words(found, name, variance, slope);
    };
  },
});

export default explorer(spec);
