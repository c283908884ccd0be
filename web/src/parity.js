/** Answers calls of the page's mathematics: reads a list of [name, ...arguments] as JSON, writes the list of results. */

import { readFileSync } from "node:fs";
import { ACTIVATIONS, elu, leakyRelu } from "./mlp/activations.js";
import { fromRows, matrix, row } from "./mlp/matrices.js";
import { directions, normalSample, propagate, signalTheory } from "./mlp/propagation.js";
import { rng } from "./mlp/random.js";

/** @typedef {any} Any */

const psi = (/** @type {Any} */ name) =>
  Array.isArray(name) ? (name[0] === "elu" ? elu(name[1]) : leakyRelu(name[1])) : ACTIVATIONS[name];
const list = (/** @type {ArrayLike<number>} */ x) => Array.from(x);
const rows = (/** @type {import("./mlp/matrices.js").Matrix} */ A) => Array.from({ length: A.rows }, (_, i) => list(row(A, i)));

/** @type {Record<string, (...args: Any[]) => Any>} */
const CALLS = {
  activation: (name, z) => z.map(psi(name).value),
  activation_grad: (name, z) => z.map(psi(name).grad),
  normals: (seed, n) => list(rng(seed).normals(n)),
  uniforms: (seed, n) => { const random = rng(seed); return Array.from({ length: n }, () => random.random()); },
  permutation: (seed, n) => rng(seed).permutation(n),
  mixed: (seed) => { const random = rng(seed); return [random.permutation(3), random.random(), random.upTo(5), random.normal()].flat(); },
  normal_sample: (n) => list(normalSample(n)),
  signal_theory: (depth, sigma2, name) => { const { forward, backward } = signalTheory(depth, sigma2, psi(name)); return [forward, backward]; },
  random_signals: (name, sigma2, depth, width, seed, n) => {
    const { Ws, X, G } = directions(rng([width, seed]), width), cut = (/** @type {Any} */ A) => matrix(n, width, A.data.subarray(0, n * width));
    const found = propagate(cut(X), Ws.slice(0, depth), psi(name), cut(G), Math.sqrt(sigma2 / width));
    return [found.forward, found.backward];
  },
  propagate: (X, Ws, name, G) => {
    const found = propagate(fromRows(X), Ws.map(fromRows), psi(name), fromRows(G));
    return { H: found.H.map(rows), forward: found.forward, backward: found.backward };
  },
};

const calls = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(calls.map((/** @type {Any[]} */ [name, ...args]) => CALLS[name](...args))));
