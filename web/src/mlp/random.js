/**
 * NumPy's random numbers: `rng(seed)` gives the same stream as `numpy.random.default_rng(seed)`, so that what the text
 * says of a seed is true in the page, too.
 *
 * Sources: O'Neill (2014), PCG; Marsaglia & Tsang (2000), The ziggurat method.
 */

const TWO32 = 2 ** 32;

/**
 * Eight 32-bit words made from the seed by NumPy's SeedSequence.
 * @param {number[]} entropy
 */
function seedWords(entropy) {
  let constant = 0x43b0d7e5;
  /** @param {number} value */
  const hash = (value) => {
    value ^= constant;
    constant = Math.imul(constant, 0x931e8875);
    value = Math.imul(value, constant);
    return value ^ (value >>> 16);
  };
  /** @param {number} x @param {number} y */
  const mix = (x, y) => {
    const mixed = Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y) | 0;
    return mixed ^ (mixed >>> 16);
  };
  const pool = [0, 1, 2, 3].map((i) => hash(entropy[i] ?? 0));
  for (let from = 0; from < 4; from++)
    for (let to = 0; to < 4; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  for (const word of entropy.slice(4)) for (let to = 0; to < 4; to++) pool[to] = mix(pool[to], hash(word));
  constant = 0x8b51f9dd;
  return Array.from({ length: 8 }, (_, i) => {
    let word = pool[i % 4] ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    word = Math.imul(word, constant);
    return (word ^ (word >>> 16)) >>> 0;
  });
}

/** The ziggurat's layers: where they end, how wide and how high they are. */
const ZIGGURAT = (() => {
  const R = 3.6541528853610087963519472518, V = 0.0049286732339746519, M = 2 ** 52;
  const ends = new Float64Array(256), widths = new Float64Array(256), heights = new Float64Array(256);
  const bell = (/** @type {number} */ x) => Math.exp(-0.5 * x * x);
  const q = V / bell(R);
  let x = R, before = R;
  ends[0] = Math.floor((R / q) * M);
  widths[0] = q / M;
  widths[255] = R / M;
  heights[0] = 1;
  heights[255] = bell(R);
  for (let i = 254; i >= 1; i--) {
    x = Math.sqrt(-2 * Math.log(V / x + bell(x)));
    ends[i + 1] = Math.floor((x / before) * M);
    before = x;
    heights[i] = bell(x);
    widths[i] = x / M;
  }
  return { R, ends, widths, heights };
})();

/** The upper half of the 64-bit product of two 32-bit words. @param {number} x @param {number} y */
function upper(x, y) {
  const x0 = x & 0xffff, x1 = x >>> 16, y0 = y & 0xffff, y1 = y >>> 16;
  const middle = (Math.imul(x1, y0) + (Math.imul(x0, y0) >>> 16)) | 0;
  const rest = (Math.imul(x0, y1) + (middle & 0xffff)) | 0;
  return (Math.imul(x1, y1) + (middle >>> 16) + (rest >>> 16)) | 0;
}

// PCG64's multiplier, 0x2360ed051fc65da44385df649fccf645, lowest word first
const PART = 2 ** -32, BLOCK = 256;
const M0 = 0x9fccf645, M1 = 0x4385df64, M2 = 0x1fc65da4, M3 = 0x2360ed05;

/** A stream of random numbers: PCG64, whose 128 bits of state are four words, lowest first. */
export class Random {
  /** @param {number | number[]} seed */
  constructor(seed) {
    const w = seedWords([seed].flat().flatMap((n) => (n < TWO32 ? [n] : [n % TWO32, Math.floor(n / TWO32)])));
    this.inc = Int32Array.of(
      (w[6] << 1) | 1, (w[7] << 1) | (w[6] >>> 31), (w[4] << 1) | (w[7] >>> 31), (w[5] << 1) | (w[4] >>> 31));
    this.state = new Int32Array(4);
    this.block = new Uint32Array(2 * BLOCK); // random bits not handed out yet, 64 at a time, lower half first
    this.at = this.block.length;
    /** @type {number | undefined} */
    this.kept = undefined;
    this.#steps(1);
    let carry = 0;
    [w[2], w[3], w[0], w[1]].forEach((word, i) => {
      const sum = (this.state[i] >>> 0) + word + carry;
      this.state[i] = sum | 0;
      carry = sum >= TWO32 ? 1 : 0;
    });
    this.#steps(1);
  }

  /** As often: state <- state * multiplier + increment; of each new state 64 bits are kept. @param {number} n */
  #steps(n) {
    let [a, b, c, d] = this.state;
    const [i, j, k, l] = this.inc, block = this.block;
    for (let m = 0; m < n; m++) {
      let t = (Math.imul(a, M0) >>> 0) + (i >>> 0);
      const a1 = t | 0;
      t = ((t * PART) | 0) + (upper(a, M0) >>> 0) + (Math.imul(a, M1) >>> 0) + (Math.imul(b, M0) >>> 0) + (j >>> 0);
      const b1 = t | 0;
      t = ((t * PART) | 0) + (upper(a, M1) >>> 0) + (upper(b, M0) >>> 0) + (Math.imul(a, M2) >>> 0)
        + (Math.imul(b, M1) >>> 0) + (Math.imul(c, M0) >>> 0) + (k >>> 0);
      const c1 = t | 0;
      d = (((t * PART) | 0) + upper(a, M2) + upper(b, M1) + upper(c, M0)
        + Math.imul(a, M3) + Math.imul(b, M2) + Math.imul(c, M1) + Math.imul(d, M0) + l) | 0;
      a = a1;
      b = b1;
      c = c1;
      // both halves of the state folded, then turned by its six highest bits
      const turn = d >>> 26, by = turn & 31;
      const high = turn & 32 ? c ^ a : d ^ b, low = turn & 32 ? d ^ b : c ^ a;
      block[2 * m + 1] = by ? (high >>> by) | (low << (32 - by)) : high;
      block[2 * m] = by ? (low >>> by) | (high << (32 - by)) : low;
    }
    this.state.set([a, b, c, d]);
  }

  /** Where the next 64 bits lie in the block. */
  #next() {
    if (this.at === this.block.length) {
      this.#steps(BLOCK);
      this.at = 0;
    }
    this.at += 2;
    return this.at - 2;
  }

  /** A uniform number in [0, 1). */
  random() {
    const at = this.#next();
    return (this.block[at + 1] * 2097152 + (this.block[at] >>> 11)) / 2 ** 53;
  }

  /** A uniform number between two ends. @param {number} low @param {number} high */
  uniform(low, high) {
    return low + (high - low) * this.random();
  }

  /** A normal number of mean 0 and variance 1. */
  normal() {
    const { R, ends, widths, heights } = ZIGGURAT;
    for (;;) {
      const at = this.#next(), low = this.block[at], layer = low & 0xff, negative = low & 0x100;
      const size = (this.block[at + 1] & 0x1fffffff) * 8388608 + (low >>> 9);
      const x = (negative ? -size : size) * widths[layer];
      if (size < ends[layer]) return x;
      if (layer === 0) return this.#tail(R, Math.floor(size / 256) % 2 === 1);
      if ((heights[layer - 1] - heights[layer]) * this.random() + heights[layer] < Math.exp(-0.5 * x * x)) return x;
    }
  }

  /** Beyond the last layer. @param {number} R @param {boolean} negative */
  #tail(R, negative) {
    for (;;) {
      const x = -Math.log1p(-this.random()) / R, y = -Math.log1p(-this.random());
      if (y + y > x * x) return negative ? -(R + x) : R + x;
    }
  }

  /** As many normal numbers. @param {number} n */
  normals(n) {
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) out[i] = this.normal();
    return out;
  }

  /** 32 random bits: NumPy hands out the lower half of a draw first and keeps the other. */
  #word() {
    if (this.kept !== undefined) {
      const word = this.kept;
      this.kept = undefined;
      return word;
    }
    const at = this.#next();
    this.kept = this.block[at + 1];
    return this.block[at];
  }

  /** A whole number from 0 to `last`: as many bits as it has, until they are not above it. @param {number} last */
  upTo(last) {
    const mask = last > 0 ? (0xffffffff >>> Math.clz32(last)) >>> 0 : 0;
    for (;;) {
      const number = (this.#word() & mask) >>> 0;
      if (number <= last) return number;
    }
  }

  /** 0 to n - 1 in random order. @param {number} n */
  permutation(n) {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}

/** The stream of a seed, or of a list of seeds. @param {number | number[]} seed */
export const rng = (seed) => new Random(seed);
