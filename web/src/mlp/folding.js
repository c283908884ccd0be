/**
 * A layer of two ReLUs can fold the plane along a line: what lies on one side is laid upon the other.
 * Source: Montúfar, Pascanu, Cho & Bengio (2014), On the number of linear regions of deep neural networks, arXiv:1402.1869.
 */

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

/**
 * The folded map on a grid of n by n places of the square, row by row from below: where each place goes, and how far it
 * lay on the high side of each fold, a grid for each fold.
 * @param {Fold[]} folds @param {number} reach @param {number} n
 */
export function foldGrid(folds, reach, n) {
  const X = new Float64Array(n * n), Y = new Float64Array(n * n);
  for (let i = 0; i < n * n; i++) {
    X[i] = reach * ((2 * (i % n) + 1) / n - 1);
    Y[i] = reach * ((2 * Math.floor(i / n) + 1) / n - 1);
  }
  const sides = folds.map(([degrees, c]) => {
    const u = Math.cos((degrees * Math.PI) / 180), v = Math.sin((degrees * Math.PI) / 180), side = new Float64Array(n * n);
    for (let i = 0; i < n * n; i++) {
      const s = (side[i] = u * X[i] + v * Y[i] - c);
      if (s < 0) {
        X[i] -= 2 * s * u;
        Y[i] -= 2 * s * v;
      }
    }
    return side;
  });
  return { X, Y, sides };
}

/** How many mirror images the square is cut into. @param {Float64Array[]} sides of `foldGrid` */
export function regions(sides) {
  const codes = new Set();
  if (!sides.length) return 1;
  for (let i = 0; i < sides[0].length; i++) codes.add(sides.reduce((code, side, k) => code + (side[i] < 0 ? 2 ** k : 0), 0));
  return codes.size;
}
