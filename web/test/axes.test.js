import assert from "node:assert/strict";
import { test } from "node:test";
import { decades, fixed, padded, raised, short, spanOf, ticks } from "../src/ui/axes.js";

test("numbers are written as Python writes them, with true minus signs", () => {
  assert.equal(short(0.0187), "0.019");
  assert.equal(short(3.14e-5), "3.1e−05");
  assert.equal(short(1e30), "1e+30");
  assert.equal(short(-12), "−12");
  assert.equal(short(0.1), "0.1");
  assert.equal(short(0), "0");
  assert.equal(fixed(-0.001), "0.00");
  assert.equal(fixed(-1.5, 1), "−1.5");
  assert.equal(raised(-12), "⁻¹²");
});

test("spans follow what is finite, and what a logarithm can show", () => {
  assert.deepEqual(spanOf([[3, NaN, -1], [Infinity]]), [-1, 3]);
  assert.deepEqual(spanOf([[0, 1e-80, 1e60]], true), [1e-80, 1e60]);
  assert.deepEqual(spanOf([[]]), [0, 1]);
  const [low, high] = padded([2, 2]);
  assert.ok(low < 2 && high > 2);
});

test("logarithmic axes have whole powers of ten and few ticks, however far they reach", () => {
  for (const [low, high] of /** @type {[number, number][]} */ ([[1e-130, 1], [0.5, 0.7], [1e-3, 1e70], [3, 3]])) {
    const [from, to] = decades([low, high]), found = ticks([from, to], 6, true);
    assert.ok(from <= low && to >= high);
    assert.ok(found.length >= 2 && found.length <= 9, `${found.length} ticks from ${from} to ${to}`);
  }
});
