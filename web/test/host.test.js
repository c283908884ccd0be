import assert from "node:assert/strict";
import { test } from "node:test";
import { fromAddress, model, possible, toAddress } from "../src/host.js";

test("the stand-in model tells of changes, once each, until asked not to", () => {
  const held = model({ rate: 1 }), heard = /** @type {number[]} */ ([]), call = () => heard.push(held.get("rate"));
  held.on("change:rate", call);
  held.set("rate", 2);
  held.set("rate", 2);
  held.off("change:rate", call);
  held.set("rate", 3);
  assert.deepEqual(heard, [2]);
});

test("addresses keep texts, numbers and lists, and only what has changed", () => {
  const first = { data: "two moons", rate: 0.1, points: /** @type {number[][]} */ ([]) };
  const now = { data: "two spirals", rate: 0.1, points: [[1, 2, 0]] };
  const address = toAddress("playground", now, first);
  assert.ok(!address.includes("rate"));
  assert.deepEqual(fromAddress(address, "playground"), { data: "two spirals", points: [[1, 2, 0]] });
  assert.deepEqual(fromAddress(address, "other"), {});
  assert.equal(toAddress("playground", first, first), "#playground");
});

test("an address can ask for nothing that the controls can't be", () => {
  const spec = /** @type {any} */ ({ controls: {
    depth: { kind: "slider", low: 0, high: 3, step: 1 }, rate: { kind: "slider", low: 0.1, high: 1, stops: [0.1, 1] },
    data: { kind: "choice", options: ["two moons"] }, test: { kind: "toggle" },
  } });
  const start = { depth: 1, rate: 0.1, data: "two moons", test: false, points: [] };
  const good = { depth: 3, rate: 1, data: "two moons", test: true, points: [[1, 2, 0]] };
  assert.deepEqual(possible(spec, good, start), good);
  const bad = { depth: 1e9, rate: 0.5, data: "<img>", test: 1, points: {}, other: 1 };
  assert.deepEqual(possible(spec, bad, start), {});
  assert.deepEqual(possible(spec, { depth: 1.5 }, start), {}, "no half layers");
});

test("a model takes what anywidget's takes", () => {
  const held = model({ guess: "" });
  let heard = 0;
  held.on("change", () => heard++);
  held.set("guess", "3");
  held.off("change");
  held.set("guess", "4");
  held.off();
  held.send?.({ kind: "guess" });
  assert.equal(heard, 1);
});
