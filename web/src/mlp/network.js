/** The multilayer perceptron of any depth, its losses, and steps of training. */

import { ACTIVATIONS, sigmoid } from "./activations.js";
import { map, matrix, product, productT, tProduct } from "./matrices.js";

/** @typedef {import("./matrices.js").Matrix} Matrix */

const SCHEME = /** @type {Record<string, (fanIn: number, fanOut: number) => number>} */ ({
  lecun: (fanIn) => 1 / fanIn,
  xavier: (fanIn, fanOut) => 2 / (fanIn + fanOut),
  he: (fanIn) => 2 / fanIn,
});
const CHOICE = /** @type {Record<string, string>} */ ({ identity: "lecun", sigmoid: "xavier", tanh: "xavier" });

/** Fully connected layers of the widths `sizes`; all parameters lie in one vector, `theta`: W1, b1, W2, b2, ... */
export class MLP {
  /** @param {number[]} sizes @param {string} activation of the hidden layers; the last one is linear */
  constructor(sizes, activation) {
    this.sizes = sizes;
    this.activations = sizes.slice(1).map((_, l) => (l < sizes.length - 2 ? activation : "identity"));
    this.theta = new Float64Array(sizes.slice(1).reduce((sum, h, l) => sum + (sizes[l] + 1) * h, 0));
    this.grad = new Float64Array(this.theta.length);
    const [Ws, bs] = views(this.theta, sizes), [dWs, dbs] = views(this.grad, sizes);
    /** @type {Matrix[]} */ this.Ws = Ws;
    /** @type {Float64Array[]} */ this.bs = bs;
    /** @type {Matrix[]} */ this.dWs = dWs;
    /** @type {Float64Array[]} */ this.dbs = dbs;
    /** @type {Matrix[]} */ this.Zs = [];
    /** @type {Matrix[]} */ this.Hs = [];
  }

  /** Random weights whose variance fits the activation, biases 0. @param {import("./random.js").Random} random */
  init(random) {
    this.theta.fill(0);
    this.Ws.forEach((W, l) => {
      const std = Math.sqrt(SCHEME[CHOICE[this.activations[l]] ?? "he"](W.rows, W.columns));
      for (let i = 0; i < W.data.length; i++) W.data[i] = std * random.normal();
    });
    return this;
  }

  /** The last layer's output; what lies between is kept for the way back. @param {Matrix} X */
  forward(X) {
    this.Hs = [X];
    this.Zs = this.Ws.map((W, l) => {
      const Z = affine(this.Hs[l], W, this.bs[l]);
      this.Hs.push(this.activations[l] === "identity" ? Z : map(Z, ACTIVATIONS[this.activations[l]].value));
      return Z;
    });
    return this.Hs[this.Hs.length - 1];
  }

  /** Fills `grad` layer by layer from the last, given dloss/dY. @param {Matrix} G */
  backward(G) {
    for (let l = this.Ws.length - 1; l >= 0; l--) {
      const Z = this.Zs[l], H = this.Hs[l + 1], { grad, given = grad } = ACTIVATIONS[this.activations[l]];
      if (this.activations[l] !== "identity") for (let i = 0; i < G.data.length; i++) G.data[i] *= given(Z.data[i], H.data[i]);
      tProduct(this.Hs[l], G, this.dWs[l]);
      this.dbs[l].fill(0);
      for (let i = 0, at = 0; i < G.rows; i++) for (let j = 0; j < G.columns; j++) this.dbs[l][j] += G.data[at++];
      if (l > 0) G = productT(G, this.Ws[l]);
    }
  }
}

/** `(Ws, bs)`, windows into the one vector that holds them all. @param {Float64Array} theta @param {number[]} sizes @returns {[Matrix[], Float64Array[]]} */
export function views(theta, sizes) {
  const Ws = [], bs = [];
  let at = 0;
  for (let l = 0; l + 1 < sizes.length; l++) {
    const [d, h] = [sizes[l], sizes[l + 1]];
    Ws.push(matrix(d, h, theta.subarray(at, at + d * h)));
    bs.push(theta.subarray(at + d * h, at + (d + 1) * h));
    at += (d + 1) * h;
  }
  return [Ws, bs];
}

/** `X @ W + b`. @param {Matrix} X @param {Matrix} W @param {ArrayLike<number>} b */
export function affine(X, W, b) {
  const Z = product(X, W);
  for (let i = 0, at = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) Z.data[at++] += b[j];
  return Z;
}

/** Mean binary cross-entropy of `sigmoid(z)` in nats, and its gradient. @param {Matrix} Z one column @param {ArrayLike<number>} y */
export function bceWithLogits(Z, y) {
  const n = Z.rows, G = matrix(n, 1);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const z = Z.data[i];
    loss += (Math.max(z, 0) - z * y[i] + Math.log1p(Math.exp(-Math.abs(z)))) / n;
    G.data[i] = (sigmoid(z) - y[i]) / n;
  }
  return { loss, G };
}

/** Mean cross-entropy of `softmax(Z)` in nats, its gradient, and the probabilities. @param {Matrix} Z @param {ArrayLike<number>} y */
export function softmaxXent(Z, y) {
  const { rows: n, columns: k } = Z, G = matrix(n, k), P = matrix(n, k);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const at = i * k;
    let top = -Infinity, sum = 0;
    for (let j = 0; j < k; j++) top = Math.max(top, Z.data[at + j]);
    for (let j = 0; j < k; j++) sum += P.data[at + j] = Math.exp(Z.data[at + j] - top);
    for (let j = 0; j < k; j++) {
      P.data[at + j] /= sum;
      G.data[at + j] = (P.data[at + j] - (j === y[i] ? 1 : 0)) / n;
    }
    loss += (Math.log(sum) - Z.data[at + y[i]] + top) / n;
  }
  return { loss, G, P };
}

/** Half the squared distance, mean over the batch, and its gradient. @param {Matrix} Y @param {Matrix} T */
export function squaredError(Y, T) {
  const G = matrix(Y.rows, Y.columns);
  let loss = 0;
  for (let i = 0; i < Y.data.length; i++) {
    const r = Y.data[i] - T.data[i];
    loss += (r * r) / (2 * Y.rows);
    G.data[i] = r / Y.rows;
  }
  return { loss, G };
}

const LOST = 1e6; // a loss or a step beyond it: the numbers explode

/**
 * One step of full-batch gradient descent on the binary cross-entropy, with weights drawn to 0 by `l2`. Gives the loss
 * before the step; nothing, and no step, where numbers explode.
 * @param {MLP} model @param {Matrix} X @param {ArrayLike<number>} y @param {number} rate @param {number} l2
 */
export function descend(model, X, y, rate, l2 = 0) {
  const { loss, G } = bceWithLogits(model.forward(X), y);
  model.backward(G);
  if (l2 > 0) model.Ws.forEach((W, l) => W.data.forEach((w, i) => (model.dWs[l].data[i] += l2 * w)));
  let largest = loss;
  for (const g of model.grad) largest = Math.max(largest, Math.abs(rate * g));
  if (!(largest < LOST)) return undefined;
  for (let i = 0; i < model.theta.length; i++) model.theta[i] -= rate * model.grad[i];
  return loss;
}
