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

/** `A @ B`. @param {Matrix} A @param {Matrix} B @param {Matrix} [out] */
export function product(A, B, out = matrix(A.rows, B.columns)) {
  const n = A.rows, d = A.columns, h = B.columns, a = A.data, b = B.data, c = out.data;
  c.fill(0);
  for (let i = 0; i < n; i += 4) {
    const many = Math.min(4, n - i);
    for (let k = 0; k < d; k++) {
      const at = k * h;
      if (many === 4) {
        const a0 = a[i * d + k], a1 = a[(i + 1) * d + k], a2 = a[(i + 2) * d + k], a3 = a[(i + 3) * d + k];
        const c0 = i * h, c1 = c0 + h, c2 = c1 + h, c3 = c2 + h;
        for (let j = 0; j < h; j++) {
          const w = b[at + j];
          c[c0 + j] += a0 * w;
          c[c1 + j] += a1 * w;
          c[c2 + j] += a2 * w;
          c[c3 + j] += a3 * w;
        }
      } else
        for (let r = i; r < i + many; r++) {
          const x = a[r * d + k], to = r * h;
          for (let j = 0; j < h; j++) c[to + j] += x * b[at + j];
        }
    }
  }
  return out;
}

/** `A @ B.T`. @param {Matrix} A @param {Matrix} B @param {Matrix} [out] */
export function productT(A, B, out = matrix(A.rows, B.rows)) {
  const n = A.rows, d = A.columns, h = B.rows, a = A.data, b = B.data, c = out.data;
  for (let i = 0; i < n; i++) {
    const p = i * d;
    let j = 0;
    for (; j + 3 < h; j += 4) { // four sums at a time don't wait for each other
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let k = 0, q = j * d; k < d; k++, q++) {
        const x = a[p + k];
        s0 += x * b[q];
        s1 += x * b[q + d];
        s2 += x * b[q + 2 * d];
        s3 += x * b[q + 3 * d];
      }
      c[i * h + j] = s0;
      c[i * h + j + 1] = s1;
      c[i * h + j + 2] = s2;
      c[i * h + j + 3] = s3;
    }
    for (; j < h; j++) {
      let sum = 0;
      for (let k = 0, q = j * d; k < d; k++) sum += a[p + k] * b[q + k];
      c[i * h + j] = sum;
    }
  }
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
