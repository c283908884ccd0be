/** How large signals are, layer by layer: measured in a network, and predicted for wide ones. */

import { map, matrix, meanSquare, product, productT } from "./matrices.js";

/** @typedef {import("./matrices.js").Matrix} Matrix */
/** @typedef {import("./activations.js").Activation} Activation */

/** Room of earlier calls, as some 100 arrays for each move of a slider keep the garbage collector busy. @type {Map<string, Matrix>} */
const rooms = new Map();
/** @param {string} name @param {number} rows @param {number} columns @returns {Matrix} */
function room(name, rows, columns) {
  const found = rooms.get(name);
  if (found?.rows === rows && found.columns === columns) return found;
  const made = matrix(rows, columns);
  rooms.set(name, made);
  return made;
}

/**
 * The signals of `h_l = psi(h_{l-1} @ W_l)` from `h_0 = X`, and back from `G`, which is ∂E/∂h_L: the values of each
 * layer, until the next call, and the mean squares of these and of ∂E/∂z. All weights are multiplied by `scale`.
 * @param {Matrix} X @param {Matrix[]} Ws @param {Activation} psi @param {Matrix} G @param {number} scale
 */
export function propagate(X, Ws, psi, G, scale = 1) {
  const Zs = /** @type {Matrix[]} */ ([]), Hs = [X], n = X.rows;
  Ws.forEach((W, l) => {
    const Z = product(Hs[l], W, room(`z${l}`, n, W.columns)), z = Z.data;
    for (let i = 0; i < z.length; i++) z[i] *= scale;
    Zs.push(Z);
    Hs.push(map(Z, psi.value, room(`h${l}`, n, W.columns)));
  });
  const backward = new Array(Ws.length), grad = psi.given ?? psi.grad;
  for (let l = Ws.length - 1; l >= 0; l--) {
    const dZ = Zs[l], z = dZ.data, h = Hs[l + 1].data, g = G.data;
    for (let i = 0; i < g.length; i++) z[i] = grad(z[i], h[i]) * g[i];
    backward[l] = meanSquare(dZ.data);
    if (l === 0) break;
    G = productT(dZ, Ws[l], room(`g${l % 2}`, n, Ws[l].rows));
    for (let i = 0; i < G.data.length; i++) G.data[i] *= scale;
  }
  return { H: Hs.slice(1), forward: Hs.slice(1).map((H) => meanSquare(H.data)), backward };
}

/**
 * What the two profiles tend to for random weights when all layers are wide, `sigma2` being width times variance, from
 * inputs and last gradients of mean square 1.
 * Source: Poole et al. (2016), arXiv:1606.05340; Schoenholz et al. (2017), arXiv:1611.01232.
 * @param {number} depth @param {number} sigma2 @param {Activation} psi
 */
export function signalTheory(depth, sigma2, psi) {
  const forward = [1], slopes = /** @type {number[]} */ ([]);
  for (let l = 0; l < depth; l++) {
    const settled = l > 0 && forward[l] === forward[l - 1]; // then nothing changes any more
    const [value, slope] = settled ? [forward[l], slopes[l - 1]] : normalMeanSquares(psi, Math.sqrt(sigma2 * forward[l]));
    forward.push(value);
    slopes.push(slope);
  }
  const backward = [slopes[depth - 1]];
  for (let l = depth - 2; l >= 0; l--) backward.push(backward[backward.length - 1] * sigma2 * slopes[l]);
  return { forward: forward.slice(1), backward: backward.reverse() };
}

const N = 1500, STEP = 24 / 2000, Z = new Float64Array(N), MASS = new Float64Array(N);
for (let i = 0; i < N; i++) {
  Z[i] = (i + 0.5 - N / 2) * STEP; // a kink at 0 falls between two; beyond the ends there is no mass that counts
  MASS[i] = (STEP * Math.exp((-Z[i] * Z[i]) / 2)) / Math.sqrt(2 * Math.PI);
}

/** `E[psi(z)**2]` and `E[psi'(z)**2]` for normal `z` of mean 0. @param {Activation} psi @param {number} std */
export function normalMeanSquares({ value, grad, given = grad }, std) {
  let values = 0, slopes = 0;
  for (let i = 0; i < N; i++) {
    const z = std * Z[i], h = value(z), g = given(z, h);
    values += MASS[i] * h * h;
    slopes += MASS[i] * g * g;
  }
  return [values, slopes];
}

/** The middles of `n` equally likely parts of the standard normal distribution. @param {number} n */
export function normalSample(n = 2000) {
  return Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n));
}

/**
 * The place below which a standard normal number lies with probability `p`.
 * Source: Wichura (1988), Algorithm AS 241, as in Python's statistics.NormalDist.
 * @param {number} p
 */
export function normalQuantile(p) {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q <= 0 ? p : 1 - p)), x = r <= 5 ? ratio(SIDE, r - 1.6) : ratio(TAIL, r - 5);
  return q < 0 ? -x : x;
}

/** @param {number[][]} c @param {number} r */
function ratio([top, bottom], r) {
  const at = (/** @type {number[]} */ c) => c.reduce((sum, a) => sum * r + a, 0);
  return at(top) / at(bottom);
}

// prettier-ignore
const CENTRE = [
  [2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
    1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080],
  [5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
    5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1],
];
// prettier-ignore
const SIDE = [
  [7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
    3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734],
  [1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1],
];
// prettier-ignore
const TAIL = [
  [2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
    2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720],
  [2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1],
];

export const DEEPEST = 60, ROWS = 48;

/**
 * Standard normal weights, inputs and last gradients of the random network of this width and seed.
 * @param {import("./random.js").Random} random @param {number} width
 */
export function directions(random, width) {
  const draw = (/** @type {number} */ rows) => matrix(rows, width, random.normals(rows * width));
  return { Ws: Array.from({ length: DEEPEST }, () => draw(width)), X: draw(ROWS), G: draw(ROWS) };
}
