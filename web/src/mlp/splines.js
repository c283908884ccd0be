/** Broken lines: knots, their errors, and the units they are made of. */

/** @typedef {(x: number) => number} Curve */
/** @typedef {{ f: Curve, a: number, b: number, M2: number }} Target a function on [a, b], and the largest |f''| there */

/** @type {Record<string, Target>} */
export const TARGETS = {
  sine: { f: Math.sin, a: 0, b: 2 * Math.PI, M2: 1 },
  root: { f: Math.sqrt, a: 0, b: 1, M2: Infinity },
  corner: { f: Math.abs, a: -1, b: 1, M2: Infinity },
  runge: { f: (x) => 1 / (1 + 25 * x ** 2), a: -1, b: 1, M2: 50 },
  wave: { f: (x) => Math.sin(3 * x) + x / 2, a: -3, b: 3, M2: 9 },
};
const FINE = 4001; // places on which an error is measured

/** `n` places at equal distances from a to b. @param {number} a @param {number} b @param {number} n */
export const linspace = (a, b, n) => Array.from({ length: n }, (_, i) => (i === n - 1 ? b : a + ((b - a) * i) / (n - 1)));

/** The value at x of the broken line through the points. @param {number} x @param {number[]} t @param {number[]} v */
export function interpolate(x, t, v) {
  if (x <= t[0]) return v[0];
  let low = 0, high = t.length - 1;
  if (x >= t[high]) return v[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (t[middle] <= x) low = middle;
    else high = middle;
  }
  return v[low] + ((v[high] - v[low]) / (t[high] - t[low])) * (x - t[low]);
}

/** The units of a broken line, `relu(x w1 + b1) @ w2 + b2`: where each switches on, and the change of slope it adds. @param {number[]} t @param {number[]} v */
export function reluSpline(t, v) {
  const slopes = t.slice(1).map((x, j) => (v[j + 1] - v[j]) / (x - t[j]));
  return { w1: slopes.map(() => 1), b1: t.slice(0, -1).map((x) => -x), w2: slopes.map((s, j) => s - (j ? slopes[j - 1] : 0)), b2: v[0] };
}

/** One target with its candidates for knots; `E[i][j]` is the error of the chord from candidate i to j. */
export class Placement {
  /** @param {Target} target @param {number} n @param {number} power candidates crowd at the left end where it is above 1 */
  constructor(target, n = 241, power = 1) {
    this.target = target;
    const { f, a, b } = target;
    this.x = linspace(0, 1, n).map((share) => a + (b - a) * share ** power);
    this.v = this.x.map(f);
    this.E = this.x.map((_, i) => this.#row(i));
    this.places = [...new Set([...linspace(a, b, FINE), ...this.x])].sort((p, q) => p - q);
    this.values = this.places.map(f);
  }

  /** The largest miss of the chords from candidate i to those on its right. @param {number} i */
  #row(i) {
    const { x, v } = this, row = new Float64Array(x.length).fill(Infinity);
    row[i] = 0;
    for (let j = i + 1; j < x.length; j++) {
      const slope = (v[j] - v[i]) / (x[j] - x[i]);
      let most = 0;
      for (let k = i + 1; k <= j; k++) {
        const miss = Math.abs(v[k] - v[i] - slope * (x[k] - x[i]));
        if (miss > most) most = miss;
      }
      row[j] = most;
    }
    return row;
  }

  /** From the first candidate to the last, each chord as far as its error allows. @param {number} eps */
  path(eps) {
    const path = [0], last = this.x.length - 1;
    while (path[path.length - 1] < last) {
      const row = this.E[path[path.length - 1]];
      let to = last;
      while (row[to] > eps) to--;
      path.push(to);
    }
    return path;
  }

  /** At most `m + 1` knots, within the smallest error for which that many are enough. @param {number} m @param {boolean} greedy */
  knots(m, greedy) {
    if (!greedy) return linspace(this.target.a, this.target.b, m + 1);
    let low = 0, high = this.E[0][this.x.length - 1];
    for (let k = 0; k < 40; k++) {
      const middle = (low + high) / 2;
      if (this.path(middle).length <= m + 1) high = middle;
      else low = middle;
    }
    return this.path(high).map((i) => this.x[i]);
  }

  /** Where the broken line through the knots is farthest from the target, and how far. @param {number[]} t @param {number[]} v */
  worst(t, v = t.map(this.target.f)) {
    let at = 0, error = -1;
    for (let i = 0, j = 0; i < this.places.length; i++) {
      const x = this.places[i];
      while (j < t.length - 2 && x > t[j + 1]) j++;
      const y = x >= t[t.length - 1] ? v[t.length - 1] : x <= t[0] ? v[0] : v[j] + ((v[j + 1] - v[j]) / (t[j + 1] - t[j])) * (x - t[j]);
      const miss = Math.abs(this.values[i] - y);
      if (miss > error) [at, error] = [x, miss];
    }
    return { at, error };
  }
}

/** The tent map `1 - |2x - 1|` applied k times. @param {number} x @param {number} k */
export function tent(x, k) {
  for (let i = 0; i < k; i++) x = 1 - Math.abs(2 * x - 1);
  return x;
}
