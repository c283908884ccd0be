/** Lines along which numbers on a grid pass 0. */

/**
 * Pieces of the lines on which a grid of numbers passes 0, found cell by cell, in columns and rows of the grid.
 * Source: marching squares.
 * @param {Float64Array} grid @param {number} n @returns {[number[], number[]]} ends of pieces, each piece followed by NaN
 */
export function zeroLines(grid, n) {
  const xs = /** @type {number[]} */ ([]), ys = /** @type {number[]} */ ([]);
  for (let r = 0; r + 1 < n; r++)
    for (let c = 0; c + 1 < n; c++) {
      const at = r * n + c, a = grid[at], b = grid[at + 1], e = grid[at + n], d = grid[at + n + 1];
      const low = +(a < 0) + +(b < 0) + +(e < 0) + +(d < 0);
      if (low === 0 || low === 4) continue;
      if (a < 0 !== b < 0) { xs.push(c + a / (a - b)); ys.push(r); }
      if (a < 0 !== e < 0) { xs.push(c); ys.push(r + a / (a - e)); }
      if (e < 0 !== d < 0) { xs.push(c + e / (e - d)); ys.push(r + 1); }
      if (b < 0 !== d < 0) { xs.push(c + 1); ys.push(r + b / (b - d)); }
      xs.push(NaN);
      ys.push(NaN);
    }
  return [xs, ys];
}
