/**
 * A layer of three ReLUs can fold a sheet along a line: what lies on one side is laid upon the other.
 * Source: Montúfar, Pascanu, Cho & Bengio (2014), On the number of linear regions of deep neural networks, arXiv:1402.1869.
 */

import { clip } from "./perceptron.js";

/** @typedef {[number, number]} Fold the angle of the line's normal in degrees, and the line's distance from 0 */

/** `x - 2 min(0, n·x - c) n`: on the other side of the line, mirrored; `low` says whether it was. @param {number[]} p @param {Fold} fold */
export function fold([x, y], [degrees, c]) {
  const u = Math.cos((degrees * Math.PI) / 180), v = Math.sin((degrees * Math.PI) / 180), below = Math.min(0, u * x + v * y - c);
  return { at: [x - 2 * below * u, y - 2 * below * v], low: below < 0 };
}

/** Where all folds take a place, and on which sides it lay, as bits. @param {number[]} p @param {Fold[]} folds */
export function foldAll(p, folds) {
  let at = p, code = 0;
  folds.forEach((f, i) => {
    const next = fold(at, f);
    at = next.at;
    code += next.low ? 2 ** i : 0;
  });
  return { at, code };
}

/** @typedef {{ corners: number[][], A: number[][], c: number[] }} Piece of the plane that goes to `A x + c` */

/**
 * The pieces of the square on which the folded map is one mirror image, and the kinks between them, each by its two ends.
 * @param {Fold[]} folds @param {number} reach
 */
export function pieces(folds, reach) {
  const square = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]], kinks = /** @type {number[][][]} */ ([]);
  let all = /** @type {Piece[]} */ ([{ corners: square, A: [[1, 0], [0, 1]], c: [0, 0] }]);
  for (const [degrees, d] of folds) {
    const n = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    all = all.flatMap((piece) => {
      const { corners, A, c } = piece, { w, b } = pulledBack(piece, n, d), high = clip(corners, { w, b });
      const low = clip(corners, { w: w.map((x) => -x), b: -b }).polygon;
      if (high.crossings.length === 2) kinks.push(high.crossings);
      const mirrored = { corners: low, A: A.map((row, i) => row.map((a, j) => a - 2 * n[i] * w[j])), c: c.map((x, i) => x - 2 * n[i] * b) };
      return [{ corners: high.polygon, A, c }, mirrored].filter((part) => part.corners.length > 2);
    });
  }
  return { all, kinks };
}

/** The line `n·h = d` of the folded plane as one of a piece of the unfolded plane. @param {Piece} piece @param {number[]} n @param {number} d */
export const pulledBack = ({ A, c }, n, d) => ({ w: [0, 1].map((j) => n[0] * A[0][j] + n[1] * A[1][j]), b: n[0] * c[0] + n[1] * c[1] - d });

/** How many mirror images the square is cut into, as far as a grid of n by n places shows. @param {Fold[]} folds @param {number} reach @param {number} n */
export function regions(folds, reach, n) {
  const many = folds.length, met = new Uint8Array(2 ** many), us = new Float64Array(many), vs = new Float64Array(many), cs = new Float64Array(many);
  folds.forEach(([degrees, c], k) => {
    us[k] = Math.cos((degrees * Math.PI) / 180);
    vs[k] = Math.sin((degrees * Math.PI) / 180);
    cs[k] = c;
  });
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++) {
      let x = reach * ((2 * column + 1) / n - 1), y = reach * ((2 * row + 1) / n - 1), code = 0;
      for (let k = 0; k < many; k++) {
        const below = us[k] * x + vs[k] * y - cs[k];
        code <<= 1;
        if (below >= 0) continue;
        code |= 1;
        x -= 2 * below * us[k];
        y -= 2 * below * vs[k];
      }
      met[code] = 1;
    }
  return met.reduce((count, one) => count + one, 0);
}

/**
 * The cells of the square between the lines of kinks of one layer, and the lines, each by its two ends; `odd` says whether
 * an odd number of its units is on in a cell.
 * @param {Fold[]} lines @param {number} reach
 */
export function cells(lines, reach) {
  const square = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]], kinks = /** @type {number[][][]} */ ([]);
  let all = [{ corners: square, odd: false }];
  for (const [degrees, c] of lines) {
    const w = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)], line = clip(square, { w, b: -c }).crossings;
    if (line.length === 2) kinks.push(line);
    all = all.flatMap(({ corners, odd }) => [
      { corners: clip(corners, { w, b: -c }).polygon, odd: !odd },
      { corners: clip(corners, { w: w.map((x) => -x), b: c }).polygon, odd },
    ].filter((part) => part.corners.length > 2));
  }
  return { all, kinks };
}

/**
 * How many regions lines cut the whole plane into: each new one adds 1, and 1 for each place where it meets older ones.
 * Source: Zaslavsky (1975), Facing up to arrangements, Memoirs of the American Mathematical Society 154.
 * @param {Fold[]} lines
 */
export function regionsOfLines(lines) {
  const all = lines.map(([degrees, c]) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), c]);
  return all.reduce((count, [u, v, c], i) => {
    const places = new Set();
    for (const [p, q, d] of all.slice(0, i)) {
      const across = u * q - v * p, along = u * p + v * q;
      if (Math.abs(across) > 1e-9) places.add(Math.round(((d - c * along) / across) * 1e6));
      else if (Math.abs(d - c * along) < 1e-9) return count; // one that is there already
    }
    return count + 1 + places.size;
  }, 1);
}
