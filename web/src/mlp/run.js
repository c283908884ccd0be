/** What the playground trains: its data sets, and a training that can be asked for any step. */

import { blobs, circles, moons, spiral, xorClusters } from "./data.js";
import { matrix } from "./matrices.js";
import { keyOf } from "./names.js";
import { bceWithLogits, descend, MLP } from "./network.js";
import { rng } from "./random.js";

/** @typedef {import("./data.js").Dataset} Dataset */
/** @typedef {Record<string, any>} Values */

export const LAST = 5000, LINEAR = "none (linear)";
const N = 200, EVERY = 250;

/** @type {Record<string, (random: import("./random.js").Random) => Dataset>} */
export const DATASETS = {
  "four clusters (XOR)": (random) => xorClusters(N, random, 0.55, 0.2),
  "ring around a disc": (random) => circles(N, random, 0.5, 0.08),
  "two moons": (random) => {
    const { X, y } = moons(N, random);
    return { X: matrix(N, 2, X.data.map((x, i) => 0.8 * (x - (i % 2 ? 0.25 : 0.5)))), y };
  },
  "two spirals": (random) => spiral(N, random, 2, 1),
  "two clouds": (random) => blobs(N, random, 0.6, 0.28),
  "only my own": () => ({ X: matrix(0, 2), y: [] }),
};

/** The examples, noise and painted ones included. @param {string} name @param {number} noise @param {number[][]} points @param {number} seed */
export function examples(name, noise, points, seed = 0) {
  const { X, y } = DATASETS[name](rng(seed)), random = rng([seed, 1]);
  if (noise > 0) for (let i = 0; i < X.data.length; i++) X.data[i] += noise * random.normal();
  const all = matrix(X.rows + points.length, 2);
  all.data.set(X.data);
  points.forEach(([a, b], i) => all.data.set([a, b], 2 * (X.rows + i)));
  return { X: all, y: [...y, ...points.map((p) => p[2])] };
}

/** A training that can be asked for any step from its base on; the base is where something was changed by hand. */
export class Run {
  /** @param {Values} values */
  constructor({ dataset, activation, depth, width, seed, noise, points, base, past }) {
    this.train = examples(dataset, noise, points);
    this.test = examples(dataset, noise, [], 1);
    const hidden = activation === LINEAR ? "identity" : keyOf(activation);
    this.model = new MLP([2, ...Array(depth).fill(width), 1], hidden).init(rng(seed));
    this.step = this.start = 0;
    if (base.length === this.model.theta.length + 1) {
      this.step = this.start = base[0];
      this.model.theta.set(base.slice(1));
    }
    this.snapshots = [this.model.theta.slice()];
    this.lost = Infinity; // the step beyond which numbers explode, once that is known
    /** @type {number[][]} step, loss, loss on new examples, spaced as a logarithmic axis shows them */
    this.curve = past.filter((/** @type {number[]} */ p) => p[0] < this.start);
    this.note();
  }

  /** @param {{ X: import("./matrices.js").Matrix, y: number[] }} part */
  score({ X, y }) {
    if (!y.length) return { loss: NaN, right: NaN };
    const Z = this.model.forward(X);
    return { loss: bceWithLogits(Z, y).loss, right: y.reduce((sum, label, i) => sum + +(+(Z.data[i] > 0) === label), 0) / y.length };
  }

  note() {
    const last = this.curve.length ? this.curve[this.curve.length - 1][0] : -1;
    if (this.step > last && (this.step < 40 || this.step >= 1.03 * last || this.step === LAST))
      this.curve.push([this.step, this.score(this.train).loss, this.score(this.test).loss]);
  }

  /** @param {number} step @param {number} rate @param {number} l2 */
  goTo(step, rate, l2) {
    if (step < this.step) {
      const k = Math.min(Math.floor((Math.max(step, this.start) - this.start) / EVERY), this.snapshots.length - 1);
      this.step = this.start + k * EVERY;
      this.model.theta.set(this.snapshots[k]);
    }
    while (this.step < Math.min(step, this.lost) && this.train.y.length) {
      if (descend(this.model, this.train.X, this.train.y, rate, l2) === undefined) {
        this.lost = this.step;
        return;
      }
      this.step++;
      if (this.step === this.start + EVERY * this.snapshots.length) this.snapshots.push(this.model.theta.slice());
      this.note();
    }
  }
}
