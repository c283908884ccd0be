/** A reader of digits in training, as `mlp_reference.viz.experiments.training.Readings` trains it. */

import { digits } from "./digits.js";
import { matrix } from "./matrices.js";
import { MLP, softmaxXent } from "./network.js";
import { rng } from "./random.js";

export const EXAMPLES = 512; // between two readings

/** @param {import("./matrices.js").Matrix} X @param {number[]} y @param {number[]} rows */
function pick(X, y, rows) {
  const part = matrix(rows.length, X.columns);
  rows.forEach((row, i) => part.data.set(X.data.subarray(row * X.columns, (row + 1) * X.columns), i * X.columns));
  return { X: part, y: rows.map((row) => y[row]) };
}

/** @type {{ train: ReturnType<typeof pick>, test: ReturnType<typeof pick> } | undefined} */
let parts;

/** Four fifths of the digits to learn from, the others to be judged by. */
export function splitDigits() {
  if (!parts) {
    const { X, y } = digits(), order = rng(0).permutation(y.length), cut = Math.round(0.8 * y.length);
    parts = { train: pick(X, y, order.slice(0, cut)), test: pick(X, y, order.slice(cut)) };
  }
  return parts;
}

/** The root of the sum of squares. @param {Float64Array} x */
const length = (x) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));

export class Readings {
  /** @param {(reading: number) => number} rate of the steps after each reading @param {number} batch @param {number} depth */
  constructor(rate, batch, depth) {
    const { train, test } = splitDigits();
    this.train = train;
    this.test = test;
    this.rate = rate;
    this.batch = batch;
    this.random = rng(0);
    this.model = new MLP([64, ...Array(depth).fill(32), 10], "relu").init(rng(1));
    this.rows = /** @type {number[]} */ ([]);
    this.lost = false;
    this.ratios = [new Array(depth + 1).fill(0), new Array(depth + 1).fill(0)];
    /** @type {number[][]} loss, accuracy, then sizes of gradients and update ratios by layer */
    this.table = [];
    const some = pick(train.X, train.y, Array.from({ length: EXAMPLES }, (_, i) => i));
    this.#read(softmaxXent(this.model.forward(some.X), some.y).loss);
  }

  /** Train until there is a reading of this number, or until the numbers explode. @param {number} reading */
  goTo(reading) {
    while (this.table.length <= reading && !this.lost) {
      const steps = Math.max(1, Math.floor(EXAMPLES / this.batch));
      let sum = 0;
      for (let k = 0; k < steps; k++) sum += this.#step();
      if (!this.lost) this.#read(sum / steps);
    }
  }

  #step() {
    if (this.lost) return Infinity;
    if (this.rows.length < this.batch) this.rows = [...this.rows, ...this.random.permutation(this.train.y.length)];
    const some = pick(this.train.X, this.train.y, this.rows.slice(0, this.batch)), { model } = this;
    this.rows = this.rows.slice(this.batch);
    const { loss, G } = softmaxXent(model.forward(some.X), some.y), rate = this.rate(this.table.length);
    if (!(loss < 1e3)) {
      this.lost = true;
      return Infinity;
    }
    model.backward(G);
    model.dWs.forEach((dW, l) => {
      const size = length(dW.data);
      this.ratios[0][l] = size;
      this.ratios[1][l] = (rate * size) / length(model.Ws[l].data);
    });
    for (let i = 0; i < model.theta.length; i++) model.theta[i] -= rate * model.grad[i];
    return loss;
  }

  /** The digits of the test set, and which of them are misread as what. */
  misread() {
    const Z = this.model.forward(this.test.X), wrong = /** @type {{ row: number, as: number }[]} */ ([]);
    this.test.y.forEach((label, i) => {
      let best = 0;
      for (let j = 1; j < 10; j++) if (Z.data[10 * i + j] > Z.data[10 * i + best]) best = j;
      if (best !== label) wrong.push({ row: i, as: best });
    });
    return wrong;
  }

  /** @param {number} loss */
  #read(loss) {
    this.wrong = this.misread();
    this.table.push([loss, 1 - this.wrong.length / this.test.y.length, ...this.ratios[0], ...this.ratios[1]]);
  }
}
