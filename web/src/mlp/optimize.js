/** Optimizers: each moves parameters in place, given their gradients; and landscapes to walk on. */

/** @typedef {(params: Float64Array | number[], grads: ArrayLike<number>) => void} Step */

/** `p <- p - rate g`. @param {number} rate @returns {Step} */
export const sgd = (rate) => (p, g) => {
  for (let i = 0; i < p.length; i++) p[i] -= rate * g[i];
};

/** `v <- beta v + g`, `p <- p - rate v`. @param {number} rate @param {number} beta @returns {Step} */
export function momentum(rate, beta = 0.9) {
  /** @type {number[]} */
  const v = [];
  return (p, g) => {
    for (let i = 0; i < p.length; i++) {
      v[i] = beta * (v[i] ?? 0) + g[i];
      p[i] -= rate * v[i];
    }
  };
}

/** Running means of g and of g², freed of their start at 0. @param {number} rate @returns {Step} */
export function adam(rate, beta1 = 0.9, beta2 = 0.999, eps = 1e-8) {
  /** @type {number[]} */
  const m = [], /** @type {number[]} */ v = [];
  let steps = 0;
  return (p, g) => {
    steps++;
    const unbias1 = 1 - beta1 ** steps, unbias2 = 1 - beta2 ** steps;
    for (let i = 0; i < p.length; i++) {
      m[i] = beta1 * (m[i] ?? 0) + (1 - beta1) * g[i];
      v[i] = beta2 * (v[i] ?? 0) + (1 - beta2) * g[i] ** 2;
      p[i] -= ((rate / unbias1) * m[i]) / (Math.sqrt(v[i] / unbias2) + eps);
    }
  };
}

/** @type {Record<string, (rate: number) => Step>} */
export const METHODS = { "plain step": sgd, "momentum 0.9": (rate) => momentum(rate), Adam: (rate) => adam(rate) };

/** @typedef {{ f: (x: number, y: number) => number, slope: (x: number, y: number) => [number, number], about: string }} Surface */

/** @type {Record<string, Surface>} */
export const SURFACES = {
  "narrow valley": {
    f: (x, y) => (x ** 2 + 20 * y ** 2) / 2, slope: (x, y) => [x, 20 * y], about: "Curvatures 1 and 20: one minimum, at (0, 0).",
  },
  "round bowl": { f: (x, y) => (x ** 2 + y ** 2) / 2, slope: (x, y) => [x, y], about: "Curvature 1 in all directions: one minimum, at (0, 0)." },
  saddle: {
    f: (x, y) => (x ** 2 - y ** 2) / 2 + y ** 4 / 4, slope: (x, y) => [x, y ** 3 - y], about: "A saddle at (0, 0), minima at (0, 1) and (0, −1).",
  },
  "two wells": {
    f: (x, y) => (x ** 2 - 1) ** 2 + 0.3 * x + y ** 2, slope: (x, y) => [4 * x * (x ** 2 - 1) + 0.3, 2 * y],
    about: "A shallow well near (1, 0), a deeper one near (−1, 0).",
  },
};
const FAR = 1e3; // beyond it a walk has left for good

/**
 * Where each step leads, up to the one that leaves for good; `noise` is what a batch adds to the slope.
 * @param {Surface} surface @param {Step} step @param {[number, number]} start @param {number} steps @param {number} noise
 * @param {import("./random.js").Random} random
 */
export function walk(surface, step, start, steps, noise, random) {
  const p = [...start], places = [[...start]];
  for (let t = 0; t < steps; t++) {
    const g = surface.slope(p[0], p[1]).map((s) => s + noise * random.normal());
    step(p, g);
    if (!(Math.max(Math.abs(p[0]), Math.abs(p[1])) < FAR)) return { places, lost: true };
    places.push([...p]);
  }
  return { places, lost: false };
}
