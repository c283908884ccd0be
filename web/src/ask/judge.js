/** Guesses: read, judged, and said in words. */

/**
 * @typedef {object} Ask what is asked: its kind says which of the others it has
 * @property {"choice" | "number" | "shape" | "order" | "draw" | "code" | "text"} kind
 * @property {string} label
 * @property {string[]} [options]
 * @property {any} [answer]
 * @property {number} [low]
 * @property {number} [high]
 * @property {[number, number]} [x]
 * @property {[number, number]} [y]
 */
/** @typedef {any} Guess a text, a list of texts (an order), a list of heights (a drawing), or null */
/** @typedef {boolean | null} Verdict null: nothing that a machine can judge */

const NEAR = 0.15; // of the height of the axes: a drawn curve that is off by less, on average, is right

/** A number as people write it: 1,024, 2^20, 10^-3, 3e-5, 1/2, ½, 75 %, −2, log 2, √10. @param {string} text @returns {number} */
export function numberOf(text) {
  const plain = text.trim().toLowerCase().replace(/[−–]/g, "-").replaceAll("**", "^").replaceAll("½", ".5").replace(/\s+/g, "").replace(/(\d),(?=\d{3}(\D|$))/g, "$1");
  const share = /^(.*?)%$/.exec(plain);
  if (share) return numberOf(share[1]) / 100;
  const product = /^([^*·x×]+)[*·x×](.+)$/.exec(plain);
  if (product) return numberOf(product[1]) * numberOf(product[2]);
  const ratio = /^([^/]+)\/([^/]+)$/.exec(plain);
  if (ratio) return numberOf(ratio[1]) / numberOf(ratio[2]);
  const call = /^(?:np\.|math\.)?(log|ln|sqrt|√)(\d[\d.]*|\([^()]+\))$/.exec(plain);
  if (call) return (call[1].startsWith("l") ? Math.log : Math.sqrt)(numberOf(call[2].replace(/[()]/g, "")));
  const power = /^([^^]+?)\^\(?([^()]+)\)?$/.exec(plain);
  if (power) return numberOf(power[1]) ** numberOf(power[2]);
  return plain && /^[-+]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?$|^[-+]?inf(inity)?$/.test(plain)
    ? Number(plain.replace(",", ".").replace(/inf(inity)?/, "Infinity")) : NaN;
}

// "w =", also before a later entry, "np.array" before its bracket, brackets, and words between two rows or around two ends
const AROUND = /^[^=]*=|[^=,;]*=|[a-z_][\w.]*(?=\s*[([])|[()[\];]|\b(?:from|between|and|to)\b/gi;
const TIMES = /(?<=\d)\s*[x×]\s*(?=\d)/g; // of a shape, "4 × 3"

/** What stands in brackets, one after the other. @param {string} text @param {RegExp} between */
const parts = (text, between) =>
  text.replace(TIMES, ",").replace(AROUND, " ").split(between).map((part) => part.replace(/\s/g, "")).filter(Boolean);

/** Shapes and arrays are equal where their entries are; between these stand commas or, as NumPy prints it, blanks. @param {string} a @param {string} b */
const sameEntries = (a, b) => [/,/, /[\s,]+/].some((between) => equal(parts(a, between), parts(b, /,/)));

/** @param {string[]} left @param {string[]} right */
function equal(left, right) {
  return left.length === right.length && left.every((part, i) => part === right[i] || Math.abs(numberOf(part) - numberOf(right[i])) < 1e-9);
}

/** @param {Guess} guess */
export const isEmpty = (guess) =>
  guess === null || guess === undefined || guess === "" || (Array.isArray(guess) && guess.every((part) => part === null || part === ""));

/** What is wrong with how a guess is written, "" where nothing is. @param {Ask} ask @param {Guess} guess */
export function complaint(ask, guess) {
  if (isEmpty(guess)) return "";
  if (ask.kind === "number" && Number.isNaN(numberOf(guess))) return "a number, please: 12, 0.5, 3e-4, 2^20, 75 %";
  if (ask.kind === "order" && new Set(guess).size < guess.length) return "each of them once, please";
  return "";
}

/** @param {Ask} ask @param {Guess} guess @returns {Verdict} */
export function judge(ask, guess) {
  if (isEmpty(guess) || ask.kind === "text" || ask.kind === "code") return null;
  if (ask.kind === "number") return between(numberOf(guess), /** @type {number} */ (ask.low), /** @type {number} */ (ask.high), guess, ask.answer);
  if (ask.kind === "shape") return sameEntries(guess, ask.answer);
  if (ask.kind === "order") return guess.every((/** @type {string} */ part, /** @type {number} */ i) => part === ask.answer[i]);
  if (ask.kind === "draw") return miss(ask, guess) < NEAR;
  return guess === ask.answer;
}

/**
 * A bare "75" stands for 75 % where the answer is written in percent.
 * @param {number} value @param {number} low @param {number} high @param {string} guess @param {string} answer
 */
function between(value, low, high, guess, answer) {
  const x = answer.includes("%") && !guess.includes("%") && Math.abs(value) > 1 ? value / 100 : value;
  const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  return x >= low - slack && x <= high + slack;
}

/** How far a drawing is off on average, as a share of the height. @param {Ask} ask @param {number[]} guess */
export function miss(ask, guess) {
  const [low, high] = /** @type {[number, number]} */ (ask.y), curve = ask.answer;
  let sum = 0, count = 0;
  guess.forEach((height, i) => {
    if (height === null) return;
    const [, y] = curve[Math.round((i / (guess.length - 1)) * (curve.length - 1))];
    sum += Math.abs(height - Math.min(high, Math.max(low, y)));
    count++;
  });
  return count < guess.length / 2 ? 1 : sum / count / (high - low);
}

/** A guess, or an answer, in words. @param {Ask} ask @param {Guess} guess */
export function said(ask, guess) {
  if (isEmpty(guess)) return "nothing";
  if (ask.kind === "order") return guess.join(" < ");
  if (ask.kind === "draw") return "the dashed curve";
  return `${guess}`;
}
