/** Notebooks 02 and 03: a small deep network folds the plane; what is drawn on the folded plane is there many times on the unfolded one. */

import { foldAll, foldGrid, regions } from "../mlp/folding.js";
import { zeroLines } from "../mlp/level.js";
import { fixed } from "../ui/axes.js";
import { slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { limited } from "../ui/plane.js";

/** @typedef {import("../mlp/folding.js").Fold} Fold */

const REACH = 2, GRID = 160, MOST = 5;
const FIRST = /** @type {Fold[]} */ ([[0, 0], [90, 0], [45, 0.7], [135, -0.3], [20, 0.5]]);

/** The folds in use. @param {import("../ui/explorer.js").Values} values @returns {Fold[]} */
const foldsOf = ({ folds, layers }) => (folds.length ? folds : FIRST).slice(0, layers);

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A deep network folds the plane",
  columns: "minmax(0, 1fr) minmax(0, 1fr)",
  controls: {
    layers: slider("layers", 2, 0, MOST, 1, "each folds what the one below has folded"),
    angle: slider("line's angle", 60, 0, 180, 1, "of the output unit's line on the folded plane, in degrees"),
    offset: slider("line's distance", 1, -2, 2, 0.05),
    turn: slider("turn the last fold", 90, 0, 180, 1, "in degrees"),
  },
  traits: { folds: [] },
  scene(stage) {
    const folded = stage.plot({ title: "Folded: one line decides (drag the folds)", x: { label: "h₁" }, y: { label: "h₂" }, square: true, tallest: 420,
      legend: [["line grey thin", "the folded plane"], ["line purple dash", "folds"], ["line ink", "output unit"]] });
    const plane = stage.plot({ title: "Unfolded: what the network says", x: { label: "x₁" }, y: { label: "x₂" }, square: true, tallest: 420,
      legend: [["wash orange", "class 1"], ["wash blue", "class 0"], ["line purple", "kinks"], ["line ink thin", "output unit"]] });
    stage.onMove = (name, value) => {
      if (name === "layers") stage.values = { ...stage.values, turn: (stage.values.folds.length ? stage.values.folds : FIRST)[Math.max(0, value - 1)][0] };
      if (name === "turn") change(stage.values.layers - 1, (/** @type {Fold} */ [, c]) => [value, c]);
    };
    const change = (/** @type {number} */ i, /** @type {(f: Fold) => Fold} */ to) => {
      const all = stage.values.folds.length ? stage.values.folds : FIRST;
      stage.values = { ...stage.values, folds: all.map((/** @type {Fold} */ f, /** @type {number} */ k) => (k === i ? to(f) : f)) };
    };
    return (values) => {
      const folds = foldsOf(values), t = (values.angle * Math.PI) / 180, n = [Math.cos(t), Math.sin(t)];
      const { X, Y, sides } = foldGrid(folds, REACH, GRID), output = X.map((x, i) => n[0] * x + n[1] * Y[i] - values.offset), count = regions(sides);
      const rgb = plane.dark ? [[20, 58, 84], [85, 43, 15]] : [[207, 229, 244], [251, 220, 196]];
      plane.view([-REACH, REACH], [-REACH, REACH]);
      plane.image(GRID, GRID, (data) => output.forEach((z, i) => data.set([...rgb[+(z > 0)], 255], 4 * ((GRID - 1 - Math.floor(i / GRID)) * GRID + (i % GRID)))), true);
      sides.forEach((side, i) => plane.line(`kinks${i}`, ...unfolded(side), "purple"));
      plane.line("output", ...unfolded(output), "ink thin");
      const half = 3;
      folded.view([-half, half], [-half, half]);
      const side = Array.from({ length: 33 }, (_, i) => REACH * (i / 16 - 1)), lines = /** @type {number[][]} */ ([]);
      for (let k = -4; k <= 4; k++) for (const swap of [false, true])
        lines.push(...side.map((s) => foldAll(swap ? [(REACH * k) / 4, s] : [s, (REACH * k) / 4], folds).at), [NaN, NaN]);
      folded.fill("other class", [-half, half, half, -half], [-half, -half, half, half], "blue");
      folded.fill("class", ...region(n, values.offset, half), "orange");
      folded.line("sheet", lines.map((p) => p[0]), lines.map((p) => p[1]), "grey thin");
      folded.line("output", ...chord(n, values.offset, half), "ink");
      folds.forEach(([degrees, c], i) => {
        const a = (degrees * Math.PI) / 180, normal = [Math.cos(a), Math.sin(a)];
        folded.line(`fold${i}`, ...chord(normal, c, half), "purple dash thin");
        // the handles stand apart, though lines may cross
        folded.grip(`fold grip${i}`, { x: c * normal[0] - (1.9 - 0.4 * i) * normal[1], y: c * normal[1] + (1.9 - 0.4 * i) * normal[0], label: `fold ${i + 1}`, text: `angle ${fixed(degrees, 0)}°, distance ${fixed(c)}`, looks: "purple", step: 0.05,
          move: (to) => {
            change(i, ([d]) => [d, limited(to.x * normal[0] + to.y * normal[1], -2, 2)]);
            stage.set({});
          } });
      });
      folded.grip("output grip", { x: values.offset * n[0], y: values.offset * n[1], label: "line of the output unit", text: `distance ${fixed(values.offset)}`, step: 0.05,
        move: (to) => stage.set({ offset: limited(to.x * n[0] + to.y * n[1], -2, 2) }) });
      const many = folds.length;
      return `${many} fold${many === 1 ? "" : "s"} of two ReLUs each, ${2 * many + 1} units in all: ${count} region${count === 1 ? "" : "s"} of the plane, of at most ${2 ** many}. `
        + `The one line of the output unit is there once in each region that it meets, mirrored.`;
    };
  },
});

/** Where a grid of numbers passes 0, in units of the plane. @param {Float64Array} grid @returns {[number[], number[]]} */
function unfolded(grid) {
  const [xs, ys] = zeroLines(grid, GRID), at = (/** @type {number} */ k) => REACH * ((2 * k + 1) / GRID - 1);
  return [xs.map(at), ys.map(at)];
}

/** The part of a line n·x = c within a square. @param {number[]} n @param {number} c @param {number} half @returns {[number[], number[]]} */
function chord([u, v], c, half) {
  const far = 3 * half;
  return [[c * u - far * v, c * u + far * v], [c * v + far * u, c * v - far * u]];
}

/** The half-plane n·x > c, as far as it is seen. @param {number[]} n @param {number} c @param {number} half @returns {[number[], number[]]} */
function region([u, v], c, half) {
  const [[x0, x1], [y0, y1]] = chord([u, v], c, half), far = 4 * half;
  return [[x0, x1, x1 + far * u, x0 + far * u], [y0, y1, y1 + far * v, y0 + far * v]];
}

export default explorer(spec);
