/** Notebook 02: one line, seen in feature space and in input space. */

import { sigmoid } from "../mlp/activations.js";
import { xorClusters } from "../mlp/data.js";
import { matrix } from "../mlp/matrices.js";
import { bceWithLogits } from "../mlp/network.js";
import { rng } from "../mlp/random.js";
import { fixed, near, percent } from "../ui/axes.js";
import { slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { CLASS_KEYS, examples, halfPlane, limited } from "../ui/plane.js";

const GRID = 110, VIEW = 8.5;
const { X, y } = xorClusters(120, rng(2));

/** The two features made by hand. @param {number} x1 @param {number} x2 */
export const features = (x1, x2) => [sigmoid(5 + x1 + x2), sigmoid(5 - x1 - x2)];

const INPUTS = y.map((label, i) => [X.data[2 * i], X.data[2 * i + 1], label]);
const FIELD = Float64Array.from({ length: 2 * GRID * GRID }, (_, i) => { // the features of each pixel, row by row from the top
  const at = i >> 1, c = at % GRID, r = Math.floor(at / GRID);
  return features(VIEW * ((2 * c + 1) / GRID - 1), VIEW * (1 - (2 * r + 1) / GRID))[i % 2];
});
const PHI = INPUTS.map(([x1, x2, label]) => [...features(x1, x2), label]);

/** Signs of a sum: "1.0 φ₁ − 2.0 φ₂ + 0.5". @param {number} w1 @param {number} w2 @param {number} b */
function formula(w1, w2, b) {
  const term = (/** @type {number} */ x, /** @type {string} */ name) => `${x < 0 ? " − " : " + "}${fixed(Math.abs(x), 1)}${name}`;
  return `${fixed(w1, 1)} φ₁${term(w2, " φ₂")}${term(b, "")}`;
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A line in feature space, and what it is in input space",
  columns: "minmax(0, 1fr) minmax(0, 1fr)",
  controls: {
    w1: slider("w₁", 1, -5, 5, 0.1, "weight of the first feature"),
    w2: slider("w₂", -1, -5, 5, 0.1, "weight of the second feature"),
    b: slider("bias b", 0, -8, 8, 0.1, "bias of the output"),
  },
  scene(stage) {
    const plane = stage.plot({ title: "Input space", x: { label: "x₁" }, y: { label: "x₂" }, square: true, tallest: 400, legend: [...CLASS_KEYS, ["wash orange", "z > 0"]] });
    const space = stage.plot({ title: "Feature space", x: { label: "φ₁ = σ(5 + x₁ + x₂)" }, y: { label: "φ₂ = σ(5 − x₁ − x₂)" }, square: true, tallest: 400,
      legend: [["line ink", "z = 0"], ["circle open purple", "turns it"]] });
    let turning = { x: 0.5, y: 0.5 }; // a place on the line, where there is one
    return ({ w1, w2, b }) => {
      const [red, green, blue] = plane.dark ? [85, 43, 15] : [251, 220, 196];
      plane.view([-VIEW, VIEW], [-VIEW, VIEW]);
      plane.image(GRID, GRID, (data) => {
        for (let at = 0; at < data.length; at += 4) {
          if (!(w1 * FIELD[at / 2] + w2 * FIELD[at / 2 + 1] + b > 0)) continue;
          data[at] = red;
          data[at + 1] = green;
          data[at + 2] = blue;
          data[at + 3] = 255;
        }
      });
      examples(plane, INPUTS, 4.4);
      space.view([-0.2, 1.2], [-0.2, 1.2]);
      space.marks("origin", [0], [0], "green open", "cross", 8);
      const crossings = halfPlane(space, { w: [w1, w2], b });
      examples(space, PHI, 4.4);
      const length2 = w1 * w1 + w2 * w2;
      if (length2 && crossings.length === 2) {
        turning = { x: (crossings[0][0] + crossings[1][0]) / 2, y: (crossings[0][1] + crossings[1][1]) / 2 };
        const [end] = crossings, k = 0.2;
        const at = { x: end[0] + k * (turning.x - end[0]), y: end[1] + k * (turning.y - end[1]) };
        space.grip("line", {
          ...turning, label: "the line: drag it sideways", text: `b = ${fixed(b, 1)}`, step: 0.05,
          move: (to) => stage.set({ b: limited(-(w1 * to.x + w2 * to.y), -8, 8, 1) }),
        });
        space.grip("turn", {
          ...at, label: "the line: turn it", text: `w = (${fixed(w1, 1)}, ${fixed(w2, 1)})`, looks: "purple", step: 0.05,
          move: (to) => { // through the place in the middle and the pointer, on the same side as before
            const [u, v] = [to.x - turning.x, to.y - turning.y], size = Math.sqrt(length2) / (Math.hypot(u, v) || 1);
            const sign = w1 * v - w2 * u >= 0 ? 1 : -1, now = [limited(sign * v * size, -5, 5, 1), limited(-sign * u * size, -5, 5, 1)];
            stage.set({ w1: now[0], w2: now[1], b: limited(-(now[0] * turning.x + now[1] * turning.y), -8, 8, 1) });
          },
        });
      }
      const Z = matrix(y.length, 1, Float64Array.from(PHI, ([f1, f2]) => w1 * f1 + w2 * f2 + b)), { loss } = bceWithLogits(Z, y);
      const right = y.reduce((sum, label, i) => sum + +(+(Z.data[i] > 0) === label), 0);
      const through = b === 0 && length2 ? " The line passes through the origin of feature space (green cross)." : "";
      return `z = ${formula(w1, w2, b)} is positive where it is orange. ${right} of ${y.length} examples are right, `
        + `${percent(right / y.length)}; the loss is ${near(loss, 3)}.${through}`;
    };
  },
});

export default explorer(spec);
