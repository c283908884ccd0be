/**
 * Order and chaos in wide random networks with biases: how large signals become, whether two inputs grow alike or apart,
 * and by what a gradient is multiplied in each layer.
 * Sources: Poole et al. (2016), arXiv:1606.05340; Schoenholz et al. (2017), arXiv:1611.01232.
 */

import { matrix, meanSquare, product, productT, row } from "./matrices.js";
import { rng } from "./random.js";

/** @typedef {import("./activations.js").Activation} Activation */

const N = 64, LARGEST = 1e6; // places of the quadrature; where lengths grow without end they are cut here
const Z = Float64Array.from({ length: N }, (_, i) => (i + 0.5) * (12 / N) - 6);
const MASS = Z.map((z) => Math.exp((-z * z) / 2));
const TOTAL = MASS.reduce((a, b) => a + b, 0);

/** `E[f(std z)²]` for a standard normal z. @param {(z: number) => number} f @param {number} std */
export function gain(f, std) {
  let sum = 0;
  for (let i = 0; i < N; i++) sum += MASS[i] * f(std * Z[i]) ** 2;
  return sum / TOTAL;
}

/** The variance of pre-activations after one layer more. @param {Activation} psi @param {number} w2 @param {number} b2 @param {number} q */
const lengthMap = (psi, w2, b2, q) => Math.min(LARGEST, w2 * gain(psi.value, Math.sqrt(q)) + b2);

/** The variance at which pre-activations settle. @param {Activation} psi @param {number} w2 @param {number} b2 */
export function fixedPoint(psi, w2, b2) {
  let q = 1;
  for (let k = 0; k < 300; k++) {
    const next = lengthMap(psi, w2, b2, q);
    if (Math.abs(next - q) < 1e-9 * q) return next;
    q = next;
  }
  return q;
}

/** What a layer multiplies the mean square of a gradient by: below 1 is order, above 1 is chaos. @param {Activation} psi @param {number} w2 @param {number} b2 */
export const chi = (psi, w2, b2) => w2 * gain(psi.grad, Math.sqrt(fixedPoint(psi, w2, b2)));

/** Whether there is a variance of pre-activations above 0 at which they settle: else chi says nothing of two inputs. @param {Activation} psi @param {number} w2 @param {number} b2 */
export function atRest(psi, w2, b2) {
  const q = fixedPoint(psi, w2, b2);
  return q < LARGEST && Math.abs(lengthMap(psi, w2, b2, q) - q) < 1e-3 * q;
}

/** Lengths, cosines and slopes layer by layer, for wide layers, from two inputs of mean square 1 and this cosine. @param {Activation} psi @param {number} w2 @param {number} b2 @param {number} cosine @param {number} depth */
export function chaosTheory(psi, w2, b2, cosine, depth) {
  let q = w2 + b2, c = (w2 * cosine + b2) / q;
  const cosines = [c], slopes = [w2 * gain(psi.grad, Math.sqrt(q))];
  for (let l = 1; l < depth; l++) {
    const next = lengthMap(psi, w2, b2, q);
    c = Math.max(-1, Math.min(1, (w2 * overlap(psi.value, q, c) + b2) / (w2 * gain(psi.value, Math.sqrt(q)) + b2 || 1)));
    q = next;
    cosines.push(c);
    slopes.push(w2 * gain(psi.grad, Math.sqrt(q)));
  }
  const backward = [1];
  for (let l = depth - 2; l >= 0; l--) backward.unshift(backward[0] * slopes[l]);
  return { cosines, backward };
}

/** `E[f(u) f(v)]` for normal u and v of variance q and cosine c. @param {(z: number) => number} f @param {number} q @param {number} c */
function overlap(f, q, c) {
  const std = Math.sqrt(q), other = Math.sqrt(Math.max(0, 1 - c * c)), values = Z.map((z) => f(std * z));
  let sum = 0;
  for (let i = 0; i < N; i++) {
    let inner = 0;
    for (let j = 0; j < N; j++) inner += MASS[j] * f(std * (c * Z[i] + other * Z[j]));
    sum += MASS[i] * values[i] * inner;
  }
  return sum / TOTAL ** 2;
}

/** @type {Map<number, { Ws: import("./matrices.js").Matrix[], bs: Float64Array[], X: import("./matrices.js").Matrix, G: import("./matrices.js").Matrix }>} */
const drawn = new Map();
export const WIDTH = 64, DEEPEST = 60;

/** Standard normal weights and biases, two orthogonal inputs and a last gradient. @param {number} seed */
export function network(seed) {
  const found = drawn.get(seed);
  if (found) return found;
  const random = rng([WIDTH, seed, 1]), inputs = matrix(2, WIDTH, random.normals(2 * WIDTH)), G = matrix(1, WIDTH, random.normals(WIDTH));
  const [a, b] = [row(inputs, 0), row(inputs, 1)], dot = (/** @type {Float64Array} */ u, /** @type {Float64Array} */ v) => u.reduce((sum, x, i) => sum + x * v[i], 0);
  const share = dot(a, b) / dot(a, a);
  b.forEach((_, i) => (b[i] -= share * a[i]));
  for (const v of [a, b]) {
    const size = Math.sqrt(dot(v, v) / WIDTH);
    v.forEach((_, i) => (v[i] /= size));
  }
  const Ws = [], bs = [];
  for (let l = 0; l < DEEPEST; l++) {
    Ws.push(matrix(WIDTH, WIDTH, random.normals(WIDTH * WIDTH)));
    bs.push(random.normals(WIDTH));
  }
  const made = { Ws, bs, X: inputs, G };
  drawn.set(seed, made);
  return made;
}

/** The same, measured in one network of WIDTH units. @param {Activation} psi @param {number} w2 @param {number} b2 @param {number} cosine @param {number} depth @param {number} seed */
export function chaosMeasured(psi, w2, b2, cosine, depth, seed) {
  const { Ws, bs, X, G } = network(seed), w = Math.sqrt(w2 / WIDTH), b = Math.sqrt(b2), other = Math.sqrt(1 - cosine ** 2);
  let H = matrix(2, WIDTH, Float64Array.from({ length: 2 * WIDTH }, (_, i) => (i < WIDTH ? X.data[i] : cosine * X.data[i - WIDTH] + other * X.data[i])));
  const cosines = /** @type {number[]} */ ([]), Zs = /** @type {Float64Array[]} */ ([]);
  for (let l = 0; l < depth; l++) {
    const Z = product(H, Ws[l]);
    Z.data.forEach((z, i) => (Z.data[i] = w * z + b * bs[l][i % WIDTH]));
    const [u, v] = [row(Z, 0), row(Z, 1)];
    cosines.push(u.reduce((sum, x, i) => sum + x * v[i], 0) / (WIDTH * Math.sqrt(meanSquare(u) * meanSquare(v)) || 1));
    Zs.push(u);
    H = matrix(2, WIDTH, Z.data.map(psi.value));
  }
  let dZ = matrix(1, WIDTH, G.data.slice());
  const size = meanSquare(dZ.data);
  const backward = [1];
  for (let l = depth - 1; l > 0; l--) {
    const back = productT(dZ, Ws[l]);
    dZ = matrix(1, WIDTH, back.data.map((g, i) => w * g * psi.grad(Zs[l - 1][i])));
    backward.unshift(meanSquare(dZ.data) / size);
  }
  return { cosines, backward };
}
