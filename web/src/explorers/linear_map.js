/** Notebook 04: a map beside its Jacobian. */

import { fixed, near } from "../ui/axes.js";
import { choice, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { limited, squareView } from "../ui/plane.js";

/** @typedef {{ f: (x: number, y: number) => [number, number], J: (x: number, y: number) => [number[], number[]], start: [number, number] }} Chart */

const W = [[0.8, -0.6], [0.5, 0.9]], VIEW = 2.8, EDGE = 101;
const sech2 = (/** @type {number} */ z) => 1 / Math.cosh(z) ** 2;

/** @type {Record<string, Chart>} */
const CHARTS = {
  "polar: (x₁ cos x₂, x₁ sin x₂)": {
    f: (x, y) => [x * Math.cos(y), x * Math.sin(y)], J: (x, y) => [[Math.cos(y), -x * Math.sin(y)], [Math.sin(y), x * Math.cos(y)]], start: [1.2, 0.4],
  },
  "squares: (x₁² − x₂², 2 x₁ x₂)": { f: (x, y) => [x * x - y * y, 2 * x * y], J: (x, y) => [[2 * x, -2 * y], [2 * y, 2 * x]], start: [1, 0.5] },
  "a layer: tanh(x W)": {
    f: (x, y) => [Math.tanh(x * W[0][0] + y * W[1][0]), Math.tanh(x * W[0][1] + y * W[1][1])],
    J: (x, y) => {
      const row = (/** @type {number} */ k) => [0, 1].map((j) => W[j][k] * sech2(x * W[0][k] + y * W[1][k]));
      return [row(0), row(1)];
    },
    start: [-0.3, 0.2],
  },
  "linear: (x₁ + x₂, x₂ / 2)": { f: (x, y) => [x + y, y / 2], J: () => [[1, 1], [0, 0.5]], start: [0.5, -0.5] },
};

/** The outline of the square, counter-clockwise from its corner. @param {number} x @param {number} y @param {number} side */
function outline(x, y, side) {
  const t = Array.from({ length: EDGE - 1 }, (_, i) => (side * i) / (EDGE - 1));
  return [...t.map((s) => [x + s, y]), ...t.map((s) => [x + side, y + s]), ...t.map((s) => [x + side - s, y + side]), ...t.map((s) => [x, y + side - s])];
}

/** What an outline encloses, positive where it runs counter-clockwise. @param {number[][]} P */
const area = (P) => P.reduce((sum, [u, v], i) => sum + (u * P[(i + 1) % P.length][1] - v * P[(i + 1) % P.length][0]) / 2, 0);

/** Lines of a grid over the square's surroundings. @param {number} x @param {number} y @param {number} side @param {number} places of each line: two, as long as it is straight */
function gridLines(x, y, side, places) {
  const lines = [], many = 8, h = side / 4, t = Array.from({ length: places }, (_, i) => (i / (places - 1)) * 2 * many * h - many * h);
  for (let k = -many; k <= many; k++) {
    lines.push(t.map((s) => [x + side / 2 + k * h, y + side / 2 + s]));
    lines.push(t.map((s) => [x + side / 2 + s, y + side / 2 + k * h]));
  }
  return lines;
}

/** @param {import("../ui/plot.js").Plot} plot @param {string} key @param {number[][][]} lines @param {string} looks */
const draw = (plot, key, lines, looks) => plot.line(key, lines.flatMap((l) => [...l.map((p) => p[0]), NaN]), lines.flatMap((l) => [...l.map((p) => p[1]), NaN]), looks);

/** Where words stand beyond the tip of an arrow, in pixels from it. @param {import("../ui/plot.js").Plot} plot @param {number[]} from @param {number[]} tip @returns {{ dx: number, dy: number }} */
function beyond(plot, from, tip) {
  const [u, v] = [plot.x(tip[0]) - plot.x(from[0]), plot.y(tip[1]) - plot.y(from[1])], size = Math.hypot(u, v) || 1;
  return { dx: (34 * u) / size, dy: (15 * v) / size };
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A map and its Jacobian",
  columns: "minmax(0, 1fr) minmax(0, 1fr)",
  controls: {
    chart: choice("map", Object.keys(CHARTS)),
    x1: slider("x₁", 1.2, -1.5, 1.5, 0.1, "first coordinate of the corner"),
    x2: slider("x₂", 0.4, -1.5, 1.5, 0.1, "second coordinate of the corner"),
    side: slider("side", 0.8, 0.02, 1, 0.02, "side of the square: the right picture comes as near as it is small"),
  },
  scene(stage) {
    const before = stage.plot({ title: "A square (drag its corners)", x: { label: "x₁" }, y: { label: "x₂" }, square: true, tallest: 420 });
    const after = stage.plot({ title: "Its image (blue), J times it (orange)", x: { label: "y₁" }, y: { label: "y₂" }, square: true, tallest: 420 });
    stage.onMove = (name, value) => { // each map begins at a place of its own
      if (name !== "chart") return;
      const [x1, x2] = CHARTS[value].start;
      stage.values = { ...stage.values, x1, x2 };
    };
    return (values) => {
      const { chart, x1, x2, side } = values, { f, J: jacobian } = CHARTS[chart], J = jacobian(x1, x2), start = f(x1, x2);
      const image = outline(x1, x2, side).map(([x, y]) => f(x, y)), at = (/** @type {number} */ a, /** @type {number} */ b) => [0, 1].map((k) => start[k] + side * (a * J[k][0] + b * J[k][1]));
      const tangent = [start, at(1, 0), at(1, 1), at(0, 1)];
      before.view([-VIEW, VIEW], [-VIEW, VIEW]);
      draw(before, "grid", gridLines(x1, x2, side, 2), "grey faint");
      before.fill("square", [x1, x1 + side, x1 + side, x1], [x2, x2, x2 + side, x2 + side], "blue");
      before.line("edges", [x1, x1 + side, x1 + side, x1, x1], [x2, x2, x2 + side, x2 + side, x2], "blue");
      const apart = before.x.invert(12) - before.x.invert(0); // the two handles never lie on each other
      before.grip("far", { x: x1 + side + apart, y: x2 + side + apart, label: "opposite corner", text: `side ${fixed(side)}`, looks: "blue", size: 6, step: 0.02,
        move: (to) => stage.set({ side: limited(Math.max(to.x - x1, to.y - x2) - apart, 0.02, 1) }) });
      before.grip("corner", { x: x1, y: x2, label: "corner", looks: "ink", move: (to) => stage.set({ x1: limited(to.x, -1.5, 1.5), x2: limited(to.y, -1.5, 1.5) }) });
      const [vx, vy] = squareView([...image, ...tangent], 0.3);
      after.view(vx, vy);
      draw(after, "grid", gridLines(x1, x2, side, 41).map((line) => line.map(([x, y]) => f(x, y))), "grey faint");
      after.fill("image", image.map((p) => p[0]), image.map((p) => p[1]), "blue");
      after.line("image edge", [...image, image[0]].map((p) => p[0]), [...image, image[0]].map((p) => p[1]), "blue");
      after.line("tangent", [...tangent, start].map((p) => p[0]), [...tangent, start].map((p) => p[1]), "orange dash");
      [[1, 0], [0, 1]].forEach(([a, b], k) => {
        const tip = at(a, b);
        after.arrow(`column${k}`, { x: start[0], y: start[1] }, { x: tip[0], y: tip[1] }, "orange");
        after.text(`column words${k}`, tip[0], tip[1], `${side === 1 ? "" : `${fixed(side)} · `}J e${k ? "₂" : "₁"}`, "orange", beyond(after, start, tip));
      });
      after.marks("start", [start[0]], [start[1]], "ink", "circle", 4.5);
      const det = J[0][0] * J[1][1] - J[0][1] * J[1][0], ratio = area(image) / side ** 2;
      return `J = [${J.map((row) => row.map((a) => near(a)).join(" ")).join("; ")}] at the corner. Its determinant, ${near(det)}, is the area ratio of the parallelogram; `
        + `the true image has ${near(ratio)} times the area of the square (counted negative where it is turned over, twice where it lies double).${det < 0 ? " The orientation is reversed at the corner." : ""}`;
    };
  },
});

export default explorer(spec);
