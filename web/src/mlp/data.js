/** Data sets drawn from a random stream, as `mlp_reference.data` draws them: X as rows, y as whole numbers. */

import { matrix } from "./matrices.js";

/** @typedef {import("./random.js").Random} Random */
/** @typedef {{ X: import("./matrices.js").Matrix, y: number[] }} Dataset */

/** Rows of two from a formula, and normal noise. @param {number} n @param {Random} random @param {(i: number) => [number, number]} place @param {number} spread */
function cloud(n, random, place, spread) {
  const X = matrix(n, 2);
  for (let i = 0; i < n; i++) X.data.set(place(i), 2 * i);
  for (let i = 0; i < 2 * n; i++) X.data[i] += spread * random.normal();
  return X;
}

/** As many uniform numbers. @param {Random} random @param {number} n @param {number} low @param {number} high */
const uniforms = (random, n, low, high) => Array.from({ length: n }, () => random.uniform(low, high));
const labels = (/** @type {number} */ n, k = 2) => Array.from({ length: n }, (_, i) => i % k);

/** Two round clouds whose centres stand `2 * gap` apart on the diagonal. @param {number} n @param {Random} random @returns {Dataset} */
export function blobs(n, random, gap = 2, spread = 0.6) {
  const c = gap / Math.SQRT2;
  return { X: cloud(n, random, (i) => (i % 2 ? [c, c] : [-c, -c]), spread), y: labels(n) };
}

/** The corners of the unit square; the class is the exclusive or. @returns {Dataset} */
export const xorCorners = () => ({ X: matrix(4, 2, Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1)), y: [0, 1, 1, 0] });

/** Four round clouds around (±centre, ±centre); the class is 1 where the signs differ. @param {number} n @param {Random} random @returns {Dataset} */
export function xorClusters(n, random, centre = 5, spread = 1) {
  const corners = /** @type {[number, number][]} */ ([[-centre, -centre], [centre, centre], [-centre, centre], [centre, -centre]]);
  return { X: cloud(n, random, (i) => corners[i % 4], spread), y: Array.from({ length: n }, (_, i) => +(i % 4 > 1)) };
}

/** Two half circles that reach into each other. @param {number} n @param {Random} random @returns {Dataset} */
export function moons(n, random, noise = 0.1) {
  const angle = uniforms(random, n, 0, Math.PI);
  return {
    X: cloud(n, random, (i) => {
      const [x, y] = [Math.cos(angle[i]), Math.sin(angle[i])];
      return i % 2 ? [1 - x, 0.5 - y] : [x, y];
    }, noise),
    y: labels(n),
  };
}

/** A circle of radius 1 around one of radius `inner`. @param {number} n @param {Random} random @returns {Dataset} */
export function circles(n, random, inner = 0.5, noise = 0.05) {
  const angle = uniforms(random, n, 0, 2 * Math.PI), radius = (/** @type {number} */ i) => (i % 2 ? inner : 1);
  return { X: cloud(n, random, (i) => [radius(i) * Math.cos(angle[i]), radius(i) * Math.sin(angle[i])], noise), y: labels(n) };
}

/** `k` arms that wind around the origin. @param {number} n @param {Random} random @returns {Dataset} */
export function spiral(n, random, k = 3, turns = 0.75, noise = 0.03) {
  const radius = uniforms(random, n, 0.05, 1);
  const angle = radius.map((r, i) => 2 * Math.PI * (turns * r + (i % k) / k));
  return { X: cloud(n, random, (i) => [radius[i] * Math.cos(angle[i]), radius[i] * Math.sin(angle[i])], noise), y: labels(n, k) };
}
