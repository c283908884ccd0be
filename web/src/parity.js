/** Answers calls of the page's mathematics: reads a list of [name, ...arguments] as JSON, writes the list of results. */

import { readFileSync } from "node:fs";
import { ACTIVATIONS, elu, leakyRelu } from "./mlp/activations.js";
import { atRest, chaosMeasured, chaosTheory, chi } from "./mlp/chaos.js";
import { blobs, circles, moons, spiral, xorClusters } from "./mlp/data.js";
import { digits } from "./mlp/digits.js";
import { foldAll, regionsOfLines } from "./mlp/folding.js";
import { parse, stepsOf, walkGraph } from "./mlp/graphs.js";
import { IRIS } from "./mlp/iris.js";
import { fromRows, matrix, row } from "./mlp/matrices.js";
import { bceWithLogits, descend, MLP, softmaxXent, squaredError } from "./mlp/network.js";
import { METHODS, SURFACES, walk } from "./mlp/optimize.js";
import { trace } from "./mlp/perceptron.js";
import { Placement, reluSpline, TARGETS } from "./mlp/splines.js";
import { Readings } from "./mlp/training.js";
import { directions, normalSample, propagate, signalTheory } from "./mlp/propagation.js";
import { rng } from "./mlp/random.js";
import { fixed, near, percent, power, short } from "./ui/axes.js";

/** @typedef {any} Any */

const psi = (/** @type {Any} */ name) =>
  Array.isArray(name) ? (name[0] === "elu" ? elu(name[1]) : leakyRelu(name[1])) : ACTIVATIONS[name];
const list = (/** @type {ArrayLike<number>} */ x) => Array.from(x);
const rows = (/** @type {import("./mlp/matrices.js").Matrix} */ A) => Array.from({ length: A.rows }, (_, i) => list(row(A, i)));

const DATA = /** @type {Record<string, (n: number, random: import("./mlp/random.js").Random) => import("./mlp/data.js").Dataset>} */ ({ blobs, circles, moons, spiral, xor_clusters: xorClusters });

/** Loss and gradients of a fresh network. @param {number[]} sizes @param {string} name @param {number} seed @param {string} loss @param {Any} X @param {Any} y */
function gradients(sizes, name, seed, loss, X, y) {
  const model = new MLP(sizes, name).init(rng(seed)), Y = model.forward(fromRows(X));
  const found = loss === "binary" ? bceWithLogits(Y, y) : loss === "categorical" ? softmaxXent(Y, y) : squaredError(Y, fromRows(y));
  model.backward(found.G);
  return { theta: list(model.theta), loss: found.loss, grad: list(model.grad) };
}

/** @type {Record<string, (...args: Any[]) => Any>} */
const CALLS = {
  activation: (name, z) => z.map(psi(name).value),
  activation_grad: (name, z) => z.map(psi(name).grad),
  normals: (seed, n) => list(rng(seed).normals(n)),
  uniforms: (seed, n) => { const random = rng(seed); return Array.from({ length: n }, () => random.random()); },
  permutation: (seed, n) => rng(seed).permutation(n),
  mixed: (seed) => { const random = rng(seed); return [random.permutation(3), random.random(), random.upTo(5), random.normal()].flat(); },
  numbers: (name, xs, digits) => xs.map((/** @type {number} */ x) => ({ fixed, near, percent, power, short })[/** @type {"fixed"} */ (name)](x, digits)),
  data: (name, seed, n) => { const { X, y } = DATA[name](n, rng(seed)); return { X: rows(X), y }; },
  iris: () => IRIS,
  digits: () => { const { X, y } = digits(); return [X.data.reduce((sum, x, i) => sum + x * (i % 997), 0), y]; },
  gradients,
  train: (sizes, name, seed, X, y, rate, l2, steps) => {
    const model = new MLP(sizes, name).init(rng(seed)), inputs = fromRows(X), losses = [];
    for (let k = 0; k < steps; k++) losses.push(descend(model, inputs, y, rate, l2));
    return { losses, theta: list(model.theta) };
  },
  readings: (rate, batch, depth, last) => { const run = new Readings(() => rate, batch, depth); run.goTo(last); return run.table; },
  walk: (surface, method, rate, start, steps, noise) => walk(SURFACES[surface], METHODS[method](rate), start, steps, noise, rng(0)),
  perceptron: (points, eta, epochs) => { const { units, missed } = trace(points, eta, epochs); return [units.map(({ w, b }) => [...w, b]), missed]; },
  spline: (t, v) => reluSpline(t, v),
  knots: (name, power, m, greedy) => { const place = new Placement(TARGETS[name], 241, power), t = place.knots(m, greedy); return { t, error: place.worst(t).error }; },
  graph: (text, inputs) => { const graph = parse(text), { values, grads } = walkGraph(graph, inputs, stepsOf(graph)); return [values, grads, { ...graph.inputs, ...Object.fromEntries(graph.modules.map((m) => [m.name, m.place])) }]; },
  chaos: (name, w2, b2, cosine, depth, seed) => [chaosTheory(psi(name), w2, b2, cosine, depth), chaosMeasured(psi(name), w2, b2, cosine, depth, seed), chi(psi(name), w2, b2), atRest(psi(name), w2, b2)],
  fold: (points, folds) => points.map((/** @type {Any} */ p) => foldAll(p, folds)),
  regions_of_lines: (lines) => regionsOfLines(lines),
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
