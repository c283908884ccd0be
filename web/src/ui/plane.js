/** What explorers of the plane share: examples of two classes, half-planes, views that hold all of it. */

import { clip } from "../mlp/perceptron.js";

/** @typedef {import("./plot.js").Plot} Plot */
/** @typedef {import("../mlp/perceptron.js").Unit} Unit */
/** @typedef {[number, number]} Span */

/** Keys of the two classes. @type {[string, string][]} */
export const CLASS_KEYS = [["circle mark blue", "class 0"], ["triangle mark orange", "class 1"]];

/** Examples, one colour and shape for each class. @param {Plot} plot @param {number[][]} points x1, x2, class @param {number} r @param {string} key */
export function examples(plot, points, r = 5, key = "class") {
  for (const k of [0, 1]) {
    const some = points.filter((p) => p[2] === k);
    plot.marks(`${key}${k}`, some.map((p) => p[0]), some.map((p) => p[1]), k ? "orange" : "blue", k ? "triangle" : "circle", r);
  }
}

/** The boundary in the present view, its positive side shaded. @param {Plot} plot @param {Unit} unit @param {string} looks */
export function halfPlane(plot, unit, looks = "ink") {
  const { x, y } = plot.spans, corners = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]];
  const { polygon, crossings } = clip(corners, unit);
  if (polygon.length) plot.fill("side", polygon.map((p) => p[0]), polygon.map((p) => p[1]), "orange");
  if (crossings.length === 2) plot.line("boundary", crossings.map((p) => p[0]), crossings.map((p) => p[1]), looks);
  return crossings;
}

/** A square view around 0, at least this large, that holds the places. @param {number} least @param {number[][]} places */
export function around(least, places) {
  const half = Math.max(least, ...places.flatMap((p) => [1.12 * Math.abs(p[0]), 1.12 * Math.abs(p[1])]).filter(Number.isFinite));
  return /** @type {Span} */ ([-half, half]);
}

/** A square view of the places, with some room. @param {number[][]} places @param {number} pad @returns {[Span, Span]} */
export function squareView(places, pad = 0.15) {
  const xs = places.map((p) => p[0]), ys = places.map((p) => p[1]);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const half = (0.5 + pad) * (Math.max(right - left, high - low) || 1), cx = (left + right) / 2, cy = (low + high) / 2;
  return [[cx - half, cx + half], [cy - half, cy + half]];
}

/** @param {number} value @param {number} low @param {number} high @param {number} digits */
export const limited = (value, low, high, digits = 2) => Number(Math.max(low, Math.min(high, value)).toFixed(digits));
