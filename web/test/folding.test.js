import assert from "node:assert/strict";
import { test } from "node:test";
import { foldAll, pieces, regions } from "../src/mlp/folding.js";

const area = (/** @type {number[][]} */ P) => P.reduce((sum, [x, y], i) => sum + (x * P[(i + 1) % P.length][1] - y * P[(i + 1) % P.length][0]) / 2, 0);

test("pieces tile the square, and each goes where the folds take it", () => {
  for (let trial = 0; trial < 30; trial++) {
    const folds = Array.from({ length: trial % 6 }, () => /** @type {[number, number]} */ ([180 * Math.random(), 4 * Math.random() - 2]));
    const { all } = pieces(folds, 2);
    assert.ok(Math.abs(all.reduce((sum, { corners }) => sum + Math.abs(area(corners)), 0) - 16) < 1e-9);
    assert.ok(all.length >= regions(folds, 2, 40));
    for (const { corners, A, c } of all) {
      const p = [0, 1].map((k) => corners.reduce((sum, corner) => sum + corner[k], 0) / corners.length), { at } = foldAll(p, folds);
      A.forEach((row, i) => assert.ok(Math.abs(row[0] * p[0] + row[1] * p[1] + c[i] - at[i]) < 1e-9));
    }
  }
});
