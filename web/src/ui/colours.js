/** Colours of fields: from blue over the paper to orange. */

/** Red, green, blue of blue, paper and orange, in both themes. */
const ENDS = {
  light: [[0, 114, 178], [255, 255, 255], [213, 94, 0]],
  dark: [[60, 150, 225], [17, 17, 17], [240, 130, 50]],
};

/** 256 colours from −1 to 1 as red, green, blue. @param {boolean} dark @param {number} strength */
export function between(dark, strength = 0.6) {
  const [low, paper, high] = ENDS[dark ? "dark" : "light"], table = new Uint8ClampedArray(3 * 256);
  for (let i = 0; i < 256; i++) {
    const t = (i - 127.5) / 127.5, end = t < 0 ? low : high;
    for (let c = 0; c < 3; c++) table[3 * i + c] = paper[c] + Math.abs(t) * strength * (end[c] - paper[c]);
  }
  return table;
}

/** Fills pixels, top row first, from values between −1 and 1, bottom row first. @param {Uint8ClampedArray} data @param {ArrayLike<number>} values @param {number} rows @param {Uint8ClampedArray} table */
export function shade(data, values, rows, table) {
  const columns = values.length / rows;
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const value = values[(rows - 1 - r) * columns + c], k = 3 * Math.max(0, Math.min(255, Math.round(127.5 + 127.5 * value)));
      const at = 4 * (r * columns + c);
      data[at] = table[k];
      data[at + 1] = table[k + 1];
      data[at + 2] = table[k + 2];
      data[at + 3] = 255;
    }
}
