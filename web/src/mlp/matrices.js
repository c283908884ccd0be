/** Matrices as rows in one array, and the products that forward and backward passes are made of. */

/** @typedef {{ rows: number, columns: number, data: Float64Array }} Matrix */

/** @param {number} rows @param {number} columns @param {Float64Array} [data] @returns {Matrix} */
export const matrix = (rows, columns, data = new Float64Array(rows * columns)) => ({ rows, columns, data });

/** A matrix from a list of rows. @param {ArrayLike<number>[]} rows */
export function fromRows(rows) {
  const A = matrix(rows.length, rows.length ? rows[0].length : 0);
  rows.forEach((row, i) => A.data.set(row, i * A.columns));
  return A;
}

/** One row, as a window into the matrix. @param {Matrix} A @param {number} i */
export const row = (A, i) => A.data.subarray(i * A.columns, (i + 1) * A.columns);

/**
 * `a @ b` or `a @ b.T`: from one place of b to the next is `along` the sum and `across` columns. Two rows by four columns
 * of sums at a time, which don't wait for each other and lie in registers.
 * @param {Matrix} A @param {Float64Array} b @param {Matrix} out @param {number} along @param {number} across
 */
function sums({ rows: n, columns: d, data: a }, b, { columns: h, data: c }, along, across) {
  for (let i = 0; i < n; i += 2) {
    const p = i * d, r = i + 1 < n ? p + d : p, to = i * h, under = i + 1 < n ? to + h : to; // the last row alone is its own second
    let j = 0;
    for (; j + 3 < h; j += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0, t0 = 0, t1 = 0, t2 = 0, t3 = 0;
      for (let k = 0, q = j * across; k < d; k++, q += along) {
        const x = a[p + k], y = a[r + k], b0 = b[q], b1 = b[q + across], b2 = b[q + 2 * across], b3 = b[q + 3 * across];
        s0 += x * b0;
        s1 += x * b1;
        s2 += x * b2;
        s3 += x * b3;
        t0 += y * b0;
        t1 += y * b1;
        t2 += y * b2;
        t3 += y * b3;
      }
      c[to + j] = s0;
      c[to + j + 1] = s1;
      c[to + j + 2] = s2;
      c[to + j + 3] = s3;
      c[under + j] = t0;
      c[under + j + 1] = t1;
      c[under + j + 2] = t2;
      c[under + j + 3] = t3;
    }
    for (; j < h; j++) {
      let s = 0, t = 0;
      for (let k = 0, q = j * across; k < d; k++, q += along) {
        s += a[p + k] * b[q];
        t += a[r + k] * b[q];
      }
      c[to + j] = s;
      c[under + j] = t;
    }
  }
}

/** `A @ B`. @param {Matrix} A @param {Matrix} B @param {Matrix} [out] */
export function product(A, B, out = matrix(A.rows, B.columns)) {
  sums(A, B.data, out, B.columns, 1);
  return out;
}

/** `A @ B.T`. @param {Matrix} A @param {Matrix} B @param {Matrix} [out] */
export function productT(A, B, out = matrix(A.rows, B.rows)) {
  sums(A, B.data, out, 1, B.columns);
  return out;
}

/** `A.T @ B`. @param {Matrix} A @param {Matrix} B @param {Matrix} [out] */
export function tProduct(A, B, out = matrix(A.columns, B.columns)) {
  const n = A.rows, d = A.columns, h = B.columns, a = A.data, b = B.data, c = out.data;
  c.fill(0);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < d; k++) {
      const x = a[i * d + k], to = k * h, from = i * h;
      if (x !== 0) for (let j = 0; j < h; j++) c[to + j] += x * b[from + j];
    }
  return out;
}

/** `f` of each entry. @param {Matrix} A @param {(x: number) => number} f @param {Matrix} [out] */
export function map(A, f, out = matrix(A.rows, A.columns)) {
  for (let i = 0; i < A.data.length; i++) out.data[i] = f(A.data[i]);
  return out;
}

/** The mean of the squares of all entries. @param {ArrayLike<number>} x */
export function meanSquare(x) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum / x.length;
}
