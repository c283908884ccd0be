/** Notebook 01: a line splits the plane; its distance from 0 and the margin it leaves. */

import { blobs } from "../mlp/data.js";
import { signedDistances } from "../mlp/perceptron.js";
import { rng } from "../mlp/random.js";
import { fixed, near, padded, spanOf } from "../ui/axes.js";
import { choice, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { around, CLASS_KEYS, examples, halfPlane, limited } from "../ui/plane.js";

const CLASSES = ["class 0 (blue)", "class 1 (orange)"];
const { X, y } = blobs(10, rng(8), 1.7);
const TEN = y.map((label, i) => [X.data[2 * i], X.data[2 * i + 1], label]);
const REACH = 6;

/** @param {number} offset @param {number[]} distance */
function words(offset, distance) {
  const margin = Math.min(...distance), wrong = distance.filter((d) => d < 0).length;
  const verdict = margin > 0 ? "All examples are on their right side." : `Examples on the wrong side: ${wrong}.`;
  return `The line stands ${near(Math.abs(offset))} from the origin (−b/‖w‖ = ${near(offset)}, green). Its margin, the smallest `
    + `signed distance, is ${near(margin)} at example ${distance.indexOf(margin)} (ringed). ${verdict}`;
}

/** A line for each example, as long as its distance. @param {import("../ui/plot.js").Plot} plot @param {number[][]} points @param {number[]} distance */
function drawBars(plot, points, distance) {
  const n = points.length, margin = Math.min(...distance);
  plot.view(padded(spanOf([distance, [-1, 1]]), 0.08), [n - 0.4, -0.95]);
  plot.line("zero", [0, 0], [-1.1, n], "ink thin");
  for (const k of [0, 1]) {
    const rows = points.flatMap((p, i) => (p[2] === k ? [i] : []));
    plot.line(`stems${k}`, rows.flatMap((i) => [0, distance[i], NaN]), rows.flatMap((i) => [i, i, NaN]), k ? "orange" : "blue");
    plot.marks(`ends${k}`, rows.map((i) => distance[i]), rows, k ? "orange" : "blue", k ? "triangle" : "circle", 5);
  }
  plot.line("margin", [margin, margin], [-1.1, n], "purple dash");
  const left = margin < (plot.spans.x[0] + plot.spans.x[1]) / 2; // there is more room on its right
  plot.text("margin words", margin, -0.7, `margin ${near(margin)}`, "purple", { anchor: left ? "start" : "end", dx: left ? 6 : -6 });
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A line splits the plane",
  columns: "minmax(0, 1fr) minmax(0, 1.05fr)",
  controls: {
    w1: slider("w₁", 1, -3, 3, 0.1, "first weight"),
    w2: slider("w₂", 0.5, -3, 3, 0.1, "second weight"),
    b: slider("bias b", 0.5, -4, 4, 0.1, "moves the line along its normal"),
    brush: choice("a click adds", CLASSES, CLASSES[1], "Enter at an example adds one beside it; a double click or the Delete key takes it away"),
  },
  traits: { points: [] },
  actions: [{ label: "Double all three", press: (stage) => {
    const { w1, w2, b } = stage.values;
    stage.set({ w1: limited(2 * w1, -3, 3, 4), w2: limited(2 * w2, -3, 3, 4), b: limited(2 * b, -4, 4, 4) }, { glide: true });
  }, off: ({ values: { w1, w2, b } }) => Math.max(Math.abs(w1), Math.abs(w2)) > 1.5 || Math.abs(b) > 2 || !(w1 || w2 || b) }],
  scene(stage) {
    const plane = stage.plot({ title: "w · x + b > 0 is shaded", x: { label: "x₁" }, y: { label: "x₂" }, square: true, tallest: 400,
      legend: [...CLASS_KEYS, ["line green thick", "−b/‖w‖"], ["line purple dash", "margin"]] });
    const bars = stage.plot({ title: "Signed distance to the line", x: { label: "wrong side  ←  0  →  right side" }, y: { label: "example", whole: true }, aspect: 0.8, tallest: 400 });
    const current = () => /** @type {number[][]} */ (stage.values.points.length ? stage.values.points : TEN);
    plane.onClick(({ x, y }) => stage.set({ points: [...current(), [limited(x, -REACH, REACH), limited(y, -REACH, REACH), CLASSES.indexOf(stage.values.brush)]] }));
    const grips = (/** @type {number[][]} */ points) => points.forEach((p, i) => plane.grip(`example${i}`, {
      x: p[0], y: p[1], label: `example ${i}, class ${p[2]}`, size: 8, looks: `clear ${p[2] ? "orange" : "blue"}`,
      move: (to) => stage.set({ points: current().map((q, k) => (k === i ? [limited(to.x, -REACH, REACH), limited(to.y, -REACH, REACH), q[2]] : q)) }),
      remove: points.length > 2 ? () => stage.set({ points: current().filter((_, k) => k !== i) }) : undefined,
    }));
    return ({ w1, w2, b }) => {
      const points = current(), w = [w1, w2], length = Math.hypot(w1, w2), offset = length ? -b / length : 0;
      const foot = length ? [(offset * w1) / length, (offset * w2) / length] : [0, 0], span = around(3.5, [...points, foot, w]);
      plane.view(span, span);
      halfPlane(plane, { w, b });
      if (length) {
        plane.line("from the origin", [0, foot[0]], [0, foot[1]], "green thick");
        plane.arrow("w", { x: 0, y: 0 }, { x: w1, y: w2 }, "ink");
        plane.text("w words", w1, w2, "w", "ink", { dx: (18 * w1) / length, dy: (-18 * w2) / length });
      }
      const distance = length ? signedDistances(points, { w, b }) : points.map(() => NaN);
      examples(plane, points);
      if (length) {
        const worst = points[distance.indexOf(Math.min(...distance))], at = signedDistances([worst], { w, b })[0] * (2 * worst[2] - 1);
        plane.marks("ring", [worst[0]], [worst[1]], "purple open", "circle", 10);
        plane.line("margin", [worst[0], worst[0] - (at * w1) / length], [worst[1], worst[1] - (at * w2) / length], "purple dash");
        drawBars(bars, points, distance);
      } else {
        bars.view([-1, 1], [points.length - 0.4, -0.95]);
        bars.text("none", 0, points.length / 2, "no line, no distance", "ink");
      }
      grips(points);
      if (length) plane.grip("foot", {
        x: foot[0], y: foot[1], label: "the line: drag it along its normal", looks: "green", size: 6, text: `−b/‖w‖ = ${near(offset)}`,
        move: (to) => stage.set({ b: limited(-(to.x * w1 + to.y * w2), -4, 4) }),
      });
      plane.grip("tip", {
        x: w1, y: w2, label: "tip of w", text: `w = (${fixed(w1, 1)}, ${fixed(w2, 1)})`, size: 6,
        move: (to) => stage.set({ w1: limited(to.x, -3, 3, 1), w2: limited(to.y, -3, 3, 1) }),
      });
      if (length) return words(offset, distance);
      return `w = 0: there is no line and no distance. w · x + b = b everywhere, so the whole plane is ${b > 0 ? "positive (b > 0)" : "not positive (b ≤ 0)"}.`;
    };
  },
});

export default explorer(spec);
