import assert from "node:assert/strict";
import { test } from "node:test";
import { fromAddress, model, toAddress } from "../src/host.js";

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
