import assert from "node:assert/strict";
import { test } from "node:test";
import { complaint, judge, miss, numberOf } from "../src/ask/judge.js";

test("numbers as people write them", () => {
  const written = { "12": 12, "1,024": 1024, "0,5": 0.5, ".5": 0.5, "−2": -2, "3e-4": 3e-4, "2^20": 2 ** 20, "10^-3": 1e-3, "10^(-3)": 1e-3,
    "1/2": 0.5, "−½": -0.5, "2½": 2.5, "75 %": 0.75, "75%": 0.75, "4*10^93": 4e93, "4·10^93": 4e93, "2**3": 8, "1 000": 1000, "inf": Infinity,
    "1/2*3": 1.5, "log 2": Math.LN2, "np.log(2)": Math.LN2, "ln(2)/2": Math.LN2 / 2, "1/2 · log(2)": Math.LN2 / 2,
    "√10": 10 ** 0.5, "sqrt(10)": 10 ** 0.5, "1/np.sqrt(4)": 0.5 };
  for (const [text, value] of Object.entries(written)) assert.ok(Math.abs(numberOf(text) / value - 1) < 1e-12 || numberOf(text) === value, text);
  for (const text of ["", "many", "1.2.3", "1/", "(3)", "--1", "e5", "%", "log2(8)"]) assert.ok(Number.isNaN(numberOf(text)), text);
});

/** @type {(more: any) => import("../src/ask/judge.js").Ask} */
const ask = (more) => ({ label: "x", ...more });

test("numbers are right between their ends, percent with or without its sign", () => {
  const share = ask({ kind: "number", answer: "75 %", low: 0.745, high: 0.755 });
  for (const guess of ["75 %", "75", "0.75", "3/4"]) assert.equal(judge(share, guess), true, guess);
  for (const guess of ["90", "0.7", "7.5"]) assert.equal(judge(share, guess), false, guess);
  assert.equal(judge(share, ""), null);
  assert.notEqual(complaint(share, "many"), "");
});

test("shapes and arrays by what stands in them", () => {
  const shape = ask({ kind: "shape", answer: "(7,)" });
  for (const guess of ["(7,)", "7", " ( 7 , )", "(7)"]) assert.equal(judge(shape, guess), true, guess);
  for (const guess of ["(7, 1)", "(1, 7)", "()"]) assert.equal(judge(shape, guess), false, guess);
  const matrix = ask({ kind: "shape", answer: "(4, 3)" });
  for (const guess of ["4x3", "4 × 3", "(4 x 3)", "shape (4, 3)", "X.shape = (4, 3)", "4 and 3"]) assert.equal(judge(matrix, guess), true, guess);
  for (const guess of ["3x4", "4x", "43", "4x3x1"]) assert.equal(judge(matrix, guess), false, guess);
  const values = ask({ kind: "shape", answer: "[2, -0.5, 0]" });
  for (const guess of ["[2, -0.5, 0]", "2, -1/2, 0", "2.0,−0.50,0.", "[2 -0.5 0]", "[ 2.  -0.5  0. ]", "np.array([2.0, -0.5, 0])", "w = [2, -0.5, 0]",
    "c0 = 2, c1 = -1/2, c2 = 0", "c_0=2; c_1=-0.5; c_2=0"]) assert.equal(judge(values, guess), true, guess);
  for (const guess of ["2, 0.5, 0", "[2 0.5 0]", "[2 -0.5]", "c0 = 2, c1 = 1/2, c2 = 0", "c0 = 2, c1 = -1/2"]) assert.equal(judge(values, guess), false, guess);
  const range = ask({ kind: "shape", answer: "[-2, 4]" });
  for (const guess of ["-2, 4", "-2 to 4", "from −2 to 4", "between -2 and 4"]) assert.equal(judge(range, guess), true, guess);
  for (const guess of ["4 to -2", "-2 to", "-24"]) assert.equal(judge(range, guess), false, guess);
  const table = ask({ kind: "shape", answer: "[[-4, 0], [0, -7]]" });
  for (const guess of ["[[-4  0]\n [ 0 -7]]", "[-4, 0] [0, -7]", "[-4 0], [0 -7]", "(-4, 0) and (0, -7)", "-4 0; 0 -7"]) assert.equal(judge(table, guess), true, guess);
});

test("orders and drawings", () => {
  const order = ask({ kind: "order", options: ["c", "b", "a"], answer: ["a", "b", "c"] });
  assert.equal(judge(order, ["a", "b", "c"]), true);
  assert.equal(judge(order, ["a", "c", "b"]), false);
  assert.notEqual(complaint(order, ["a", "a", "c"]), "");
  const line = ask({ kind: "draw", x: [0, 1], y: [0, 1], answer: Array.from({ length: 41 }, (_, i) => [i / 40, i / 40]) });
  const drawn = Array.from({ length: 17 }, (_, i) => i / 16);
  assert.ok(miss(line, drawn) < 0.02);
  assert.equal(judge(line, drawn), true);
  assert.equal(judge(line, drawn.map((y) => 1 - y)), false);
  assert.equal(judge(line, drawn.map((y, i) => /** @type {any} */ (i < 12 ? null : y))), false);
});
