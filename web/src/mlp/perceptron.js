/** The perceptron: a threshold unit, its update rule, and a run of it example by example. */

/** @typedef {{ w: number[], b: number }} Unit */

/** 1 on the positive side, else 0: on the boundary, too. @param {ArrayLike<number>} x @param {Unit} unit */
export const predict = (x, { w, b }) => +(x[0] * w[0] + x[1] * w[1] + b > 0);

/** Weights and bias after one example; a right prediction changes nothing. @param {ArrayLike<number>} x @param {number} y @param {Unit} unit @param {number} eta @returns {Unit} */
export function perceptronStep(x, y, unit, eta = 1) {
  const miss = y - predict(x, unit);
  return { w: unit.w.map((w, j) => w + eta * miss * x[j]), b: unit.b + eta * miss };
}

/** Each row's distance to the boundary, positive on its class's side. @param {number[][]} points x1, x2, class @param {Unit} unit */
export function signedDistances(points, { w, b }) {
  const length = Math.hypot(w[0], w[1]);
  return points.map(([x1, x2, y]) => ((2 * y - 1) * (x1 * w[0] + x2 * w[1] + b)) / length);
}

/** A run from zeros until an epoch makes no mistake: the unit after each step, and what was missed in it. @param {number[][]} points @param {number} eta @param {number} maxEpochs */
export function trace(points, eta, maxEpochs) {
  const units = [/** @type {Unit} */ ({ w: [0, 0], b: 0 })], missed = /** @type {number[]} */ ([]), n = points.length;
  while (n && missed.length < maxEpochs * n && (!missed.length || missed.slice(-n).some(Boolean)))
    for (const [x1, x2, y] of points) {
      const unit = units[units.length - 1];
      missed.push(y - predict([x1, x2], unit));
      units.push(perceptronStep([x1, x2], y, unit, eta));
    }
  return { units, missed };
}

/** Corners of the part of a rectangle where `x·w + b > 0`, and where its rim meets 0. @param {number[][]} corners @param {Unit} unit */
export function clip(corners, { w, b }) {
  const score = corners.map(([x, y]) => x * w[0] + y * w[1] + b), polygon = /** @type {number[][]} */ ([]), crossings = /** @type {number[][]} */ ([]);
  corners.forEach((corner, i) => {
    const j = (i + 1) % corners.length, next = corners[j];
    if (score[i] > 0) polygon.push(corner);
    if (score[i] > 0 !== score[j] > 0) {
      const at = score[i] / (score[i] - score[j]), cross = corner.map((x, k) => x + at * (next[k] - x));
      crossings.push(cross);
      polygon.push(cross);
    }
  });
  return { polygon, crossings };
}
