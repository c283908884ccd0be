/** Scales and ticks that follow the data, whatever its size. */

import { ticks as places, tickStep } from "d3-array";

/** @typedef {[number, number]} Span */

const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "−12" as exponent. @param {number} n */
export const raised = (n) => (n < 0 ? "⁻" : "") + [...`${Math.abs(n)}`].map((d) => DIGITS[+d]).join("");

/** Where `x` lies in the middle between two numbers of so many digits after the point: the even one, as in Python. @param {number} x @param {number} digits */
function even(x, digits) {
  const size = Math.abs(x), ten = 10 ** Math.abs(digits), n = Math.floor(digits < 0 ? size / ten : size * ten);
  const middle = digits < 0 ? size === (n + 0.5) * ten : (size * 2 ** (digits + 1)) % 2 === 1;
  if (!middle) return x;
  const whole = n + (n % 2);
  return Math.sign(x) * (digits < 0 ? whole * ten : whole / ten);
}

/** A number with a true minus sign; "−0.00" is "0.00". @param {number} x @param {number} digits */
export function fixed(x, digits = 2) {
  const text = even(x, digits).toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** Two digits that matter: 0.019, 3.1e-05, as Python's `.2g`. @param {number} x @param {number} digits */
export function short(x, digits = 2) {
  if (x === 0) return "0";
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x < 0 ? "−inf" : "inf";
  x = even(x, digits - 1 - Number(x.toExponential(15).split("e")[1]));
  const [mantissa, power] = x.toExponential(digits - 1).split("e"), exponent = Number(power);
  if (exponent < -4 || exponent >= digits)
    return `${trim(mantissa)}e${exponent < 0 ? "−" : "+"}${`${Math.abs(exponent)}`.padStart(2, "0")}`.replace(/^-/, "−");
  return trim(x.toFixed(Math.max(0, digits - 1 - exponent))).replace("-", "−");
}

/** Two digits and a power of ten: 1.2e−03. @param {number} x */
export function power(x) {
  if (x === 0) return "0";
  const [mantissa, exponent] = x.toExponential(1).split("e");
  return `${mantissa.replace("-", "−")}e${exponent[0] === "-" ? "−" : "+"}${exponent.slice(1).padStart(2, "0")}`;
}

/** As `fixed`, but what is not 0 does not look like it. @param {number} x @param {number} digits */
export const near = (x, digits = 2) => (Math.abs(x) > 1e-12 && Number(even(x, digits).toFixed(digits)) === 0 ? short(x, 1) : fixed(x, digits));

/** A share in per cent; "0" only where there is nothing, "100" only where it is all. @param {number} share @param {number} digits */
export function percent(share, digits = 0) {
  const text = fixed(100 * share, digits), least = 10 ** -digits;
  if (share > 0 && Number(text) === 0) return `< ${fixed(least, digits)} %`;
  return `${share < 1 && Number(text) === 100 ? `> ${fixed(100 - least, digits)}` : text} %`;
}

/** So many of a kind: "1 step", "2 steps". @param {number} n @param {string} one */
export const many = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

const trim = (/** @type {string} */ text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** The span of all finite numbers in the lists, above 0 only where `log`. @param {ArrayLike<number>[]} lists @param {boolean} log */
export function spanOf(lists, log = false) {
  let low = Infinity, high = -Infinity;
  for (const list of lists)
    for (let i = 0; i < list.length; i++) {
      const x = list[i];
      if (!Number.isFinite(x) || (log && x <= 0)) continue;
      if (x < low) low = x;
      if (x > high) high = x;
    }
  return /** @type {Span} */ (low <= high ? [low, high] : log ? [0.1, 1] : [0, 1]);
}

/** A span with some room at both ends. @param {Span} span @param {number} share */
export function padded([low, high], share = 0.06) {
  const pad = (high - low || Math.abs(high) || 1) * share;
  return /** @type {Span} */ ([low - pad, high + pad]);
}

/** A span of whole powers of ten, at least `decades` of them, around positive numbers. @param {Span} span @param {number} decades */
export function decades([low, high], decades = 2) {
  let from = Math.floor(Math.log10(low) - 0.02), to = Math.ceil(Math.log10(high) + 0.02);
  while (to - from < decades) {
    to++;
    if (to - from < decades) from--;
  }
  return /** @type {Span} */ ([10 ** from, 10 ** to]);
}

/** @typedef {((x: number) => number) & { invert: (pixel: number) => number }} Scale */

/**
 * A scale from numbers to pixels.
 * @param {Span} span @param {Span} pixels @param {boolean} log @returns {Scale}
 */
export function scale(span, pixels, log) {
  const of = log ? Math.log : Number, back = log ? Math.exp : Number, [low, high] = span.map((x) => of(x));
  const factor = (pixels[1] - pixels[0]) / (high - low || 1);
  return Object.assign((/** @type {number} */ x) => pixels[0] + (of(x) - low) * factor, {
    invert: (/** @type {number} */ pixel) => back(low + (pixel - pixels[0]) / factor),
  });
}

/** Places of about `count` ticks and what is written there. @param {Span} span @param {number} count @param {boolean} log */
export function ticks(span, count, log) {
  if (!log) {
    const digits = Math.max(0, -Math.floor(Math.log10(Math.abs(tickStep(span[0], span[1], count))) + 1e-9));
    return places(span[0], span[1], count).map((x) => ({ x, text: fixed(x, digits) }));
  }
  const low = Math.ceil(Math.log10(span[0]) - 1e-9), high = Math.floor(Math.log10(span[1]) + 1e-9);
  const steps = [1, 2, 3, 5, 6, 10, 12, 20, 30, 50, 100], step = steps.find((n) => (high - low) / n <= count) ?? 200;
  const found = [];
  for (let k = Math.ceil(low / step) * step; k <= high; k += step)
    found.push({ x: 10 ** k, text: k >= -2 && k <= 3 && high - low < 6 ? `${Number((10 ** k).toFixed(2))}` : `10${raised(k)}` });
  return found;
}
