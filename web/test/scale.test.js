import assert from "node:assert/strict";
import { test } from "node:test";
import { scale, ticks } from "../src/ui/axes.js";

test("a scale leads to pixels and back, on either axis and turned over", () => {
  for (const [span, pixels, log] of /** @type {[[number, number], [number, number], boolean][]} */ ([
    [[-3, 5], [40, 400], false], [[9.6, -1.1], [0, 100], false], [[1e-130, 1e60], [300, 8], true], [[0.5, 0.7], [0, 10], true],
  ])) {
    const at = scale(span, pixels, log);
    span.forEach((x, i) => assert.ok(Math.abs(at(x) - pixels[i]) < 1e-9));
    for (const share of [0.1, 0.5, 0.93]) {
      const pixel = pixels[0] + share * (pixels[1] - pixels[0]);
      assert.ok(Math.abs(at(at.invert(pixel)) - pixel) < 1e-6);
    }
  }
});

test("what has no place on an axis is no number", () => {
  assert.ok(!Number.isFinite(scale([1, 10], [0, 1], true)(0)) && Number.isNaN(scale([1, 10], [0, 1], true)(-1)));
  assert.ok(Number.isNaN(scale([0, 1], [0, 1], false)(Number.NaN)));
  assert.ok(Number.isFinite(scale([2, 2], [0, 100], false)(2)));
});

test("ticks are round and written with as many digits as tell them apart", () => {
  const texts = (/** @type {[number, number]} */ span, /** @type {number} */ count) => ticks(span, count, false).map(({ text }) => text);
  assert.deepEqual(texts([-1, 1], 4), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
  assert.deepEqual(texts([0, 100], 5), ["0", "20", "40", "60", "80", "100"]);
  assert.deepEqual(texts([0.885, 0.905], 4), ["0.885", "0.890", "0.895", "0.900", "0.905"]);
  assert.deepEqual(texts([4.4, -1.1], 3), ["4", "2", "0"]);
});
