/** Notebook 05: one example goes through a small net, and its gradient comes back. */

import { ACTIVATIONS } from "../mlp/activations.js";
import { IRIS, IRIS_CLASSES } from "../mlp/iris.js";
import { matrix } from "../mlp/matrices.js";
import { softmaxXent, squaredError } from "../mlp/network.js";
import { rng } from "../mlp/random.js";
import { decades, percent, short, spanOf } from "../ui/axes.js";
import { between } from "../ui/colours.js";
import { choice, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { outline } from "../ui/svg.js";

const SIZES = [4, 6, 6, 6, 3], EXAMPLES = 12, LOSSES = ["cross-entropy", "squared error"], FLOOR = 1e-16;

/** The course's net and twelve flowers, standardized by all 150. */
const NET = (() => {
  const columns = [0, 1, 2, 3].map((j) => IRIS.map((row) => row[j]));
  const mean = columns.map((c) => c.reduce((a, b) => a + b, 0) / c.length);
  const std = columns.map((c, j) => Math.sqrt(c.reduce((sum, x) => sum + (x - mean[j]) ** 2, 0) / c.length));
  const rows = Array.from({ length: EXAMPLES }, (_, i) => Math.floor((i * 150) / EXAMPLES) + 5), random = rng(5);
  const pairs = SIZES.slice(1).map((b, l) => [SIZES[l], b]);
  const Ws = pairs.map(([a, b]) => Array.from({ length: a }, () => Array.from({ length: b }, () => random.normal() / Math.sqrt(a))));
  const bs = pairs.map(([, b]) => Array.from({ length: b }, () => 0.2 * random.normal()));
  return { X: rows.map((r) => IRIS[r].map((x, j) => (x - mean[j]) / std[j])), y: rows.map((r) => Math.floor(r / 50)), Ws, bs };
})();

/** The inputs of the layers, the gradients by their pre-activations, probabilities, loss. @param {number} row @param {string} psi @param {string} loss @param {number} scale */
export function passes(row, psi, loss, scale) {
  const { value: f, grad } = ACTIVATIONS[psi], { Ws, bs, X, y } = NET, Hs = /** @type {number[][]} */ ([]), zs = /** @type {number[][]} */ ([]);
  let h = X[row];
  Ws.forEach((W, l) => {
    Hs.push(h);
    zs.push(bs[l].map((b, j) => h.reduce((sum, x, i) => sum + x * scale * W[i][j], b)));
    h = zs[l].map(f);
  });
  const Z = matrix(1, 3, Float64Array.from(zs[3])), T = matrix(1, 3);
  T.data[y[row]] = 1;
  const xent = softmaxXent(Z, [y[row]]), found = loss === LOSSES[0] ? xent : squaredError(Z, T), Gs = [Array.from(found.G.data)];
  for (let l = 3; l > 0; l--) Gs.unshift(Ws[l].map((weights, i) => weights.reduce((sum, w, j) => sum + scale * w * Gs[0][j], 0) * grad(zs[l - 1][i])));
  return { Hs, Gs, P: Array.from(xent.P.data), loss: found.loss, y: y[row] };
}

const norm = (/** @type {number[]} */ v) => Math.hypot(...v);

/** Nodes coloured by the gradient that arrives, edges as wide as the gradients of their weights. @param {import("../ui/plot.js").Plot} plot @param {ReturnType<typeof passes>} found */
function drawNet(plot, { Hs, Gs }) {
  const { width, height } = plot, x = (/** @type {number} */ l) => 48 + ((width - 96) * l) / 4, space = Math.min(46, (height - 40) / 6);
  const y = (/** @type {number} */ l, /** @type {number} */ j) => (height - 24) / 2 + (j - (SIZES[l] - 1) / 2) * space, r = Math.min(13, 0.42 * space);
  const table = between(plot.dark, 1), most = Gs.map((g) => Math.max(1e-300, ...g.map(Math.abs)));
  plot.view([0, 1], [0, 1]);
  Gs.forEach((g, l) => {
    const widest = Math.max(1e-300, ...Hs[l].flatMap((h) => g.map((d) => Math.abs(h * d))));
    for (const sign of [-1, 1]) for (let size = 1; size <= 4; size++) { // four widths, so that a few paths are enough
      let d = "";
      Hs[l].forEach((h, i) => g.forEach((dz, j) => {
        const share = Math.abs(h * dz) / widest;
        if (Math.sign(h * dz) === sign && Math.ceil(4 * share) === size) d += `M${x(l)},${y(l, i)}L${x(l + 1)},${y(l + 1, j)}`;
      }));
      if (d) plot.path(`edges${l}${sign}${size}`, d, `line edge ${sign > 0 ? "orange" : "blue"}`, { "stroke-width": [0.4, 1.2, 2.4, 4][size - 1] });
    }
  });
  const zero = Hs.map((h, l) => (l ? h.map((v, j) => ({ v, g: Gs[l - 1][j] })) : h.map((v) => ({ v, g: NaN }))));
  zero.push(Gs[3].map((g) => ({ v: NaN, g })));
  zero.forEach((layer, l) => layer.forEach(({ g }, j) => {
    const k = 3 * Math.round(127.5 + 127.5 * (Number.isNaN(g) ? 0 : g / most[l - 1])), at = outline("circle", x(l), y(l, j), r);
    plot.path(`node ${l} ${j}`, at, "node", { fill: Number.isNaN(g) ? "var(--face)" : `rgb(${table[k]},${table[k + 1]},${table[k + 2]})` });
  }));
  ["input", "layer 1", "layer 2", "layer 3", "layer 4"].forEach((name, l) => plot.label(`name${l}`, x(l), height - 14, name));
  return zero;
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A gradient on its way back",
  columns: "minmax(0, 1.6fr) minmax(0, 1fr)",
  controls: {
    example: slider("example", 1, 1, EXAMPLES, 1, "one flower"),
    psi: choice("activation", ["relu", "tanh", "sigmoid", "identity"]),
    loss: choice("loss", LOSSES),
    scale: slider("weight scale", 1.4, 0.2, 4, 0.2, "all weights are multiplied by this number"),
  },
  scene(stage) {
    const net = stage.plot({ title: "Gradients: orange positive, blue negative; point at a unit for its numbers", x: { bare: true }, y: { bare: true }, aspect: 0.55, tallest: 330, least: 230 });
    const sizes = stage.plot({ title: "Sizes", x: { label: "layer", ticks: [1, 2, 3, 4] }, y: { label: "norm", log: true }, aspect: 0.9, tallest: 330,
      legend: [["line circle mark blue", "‖H‖, what goes in"], ["line triangle mark orange", "‖G‖, gradient by Z"]] });
    let units = /** @type {{ v: number, g: number }[][]} */ ([]);
    net.svg.addEventListener("pointermove", (event) => {
      const [, l, j] = /** @type {Element} */ (event.target).getAttribute("data-key")?.match(/^node (\d) (\d)$/) ?? [], unit = l ? units[+l][+j] : undefined;
      net.tip(event, unit ? [Number.isNaN(unit.v) ? "" : `h ${short(unit.v)}`, Number.isNaN(unit.g) ? "" : `∂E/∂z ${short(unit.g)}`].filter(Boolean).join(", ") : "");
    });
    return ({ example, psi, loss, scale }) => {
      const found = passes(example - 1, psi, loss, scale), layers = [1, 2, 3, 4], H = found.Hs.map(norm), G = found.Gs.map(norm);
      units = drawNet(net, found);
      const shown = (/** @type {number[]} */ v) => v.map((x) => (x > FLOOR ? x : NaN)), zeros = layers.filter((_, i) => !(G[i] > FLOOR));
      sizes.view([0.7, 4.3], decades(spanOf([shown(H), shown(G)], true), 3));
      sizes.line("H", layers, shown(H), "blue");
      sizes.marks("H marks", layers, shown(H), "blue", "circle", 5);
      sizes.line("G", layers, shown(G), "orange");
      sizes.marks("G marks", layers, shown(G), "orange", "triangle", 5);
      if (zeros.length) sizes.text("zeros", 2.5, sizes.spans.y[0], `‖G‖ < 1e−16 at layer ${zeros.join(", ")}`, "orange", { dy: -8 });
      const silent = found.Gs.slice(0, 3).flat().filter((g) => g === 0).length;
      return `Example ${example} is ${IRIS_CLASSES[found.y]}; the net gives it ${percent(found.P[found.y])}, ${loss} ${short(found.loss, 3)}. `
        + `‖G‖ from the last layer to the first: ${G.slice().reverse().map((g) => short(g)).join(", ")}. ${silent} of 18 hidden units ${silent === 1 ? "has" : "have"} the gradient 0.`;
    };
  },
});

export default explorer(spec);
