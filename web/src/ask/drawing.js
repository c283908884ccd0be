/** Axes to draw a curve into: with the pointer, or with the arrow keys, one place after the other. */

import { fixed } from "../ui/axes.js";
import { html, OWN_KEYS } from "../ui/html.js";

const W = 420, H = 220, LEFT = 46, RIGHT = 12, TOP = 10, BOTTOM = 34, PLACES = 17;
const NS = "http://www.w3.org/2000/svg";

/** @typedef {import("./judge.js").Ask} Ask */

/** @param {string} tag @param {Record<string, string | number>} attributes @param {Element} parent */
function svg(tag, attributes, parent) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  parent.append(element);
  return element;
}

/** Places of about `count` ticks. @param {[number, number]} span @param {number} count */
function ticks([low, high], count) {
  const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw));
  const step = /** @type {number} */ ([1, 2, 5, 10].map((k) => k * power).find((s) => s >= raw * 0.999));
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** @param {Ask} ask */
function scales(ask) {
  const [x0, x1] = /** @type {[number, number]} */ (ask.x), [y0, y1] = /** @type {[number, number]} */ (ask.y);
  return {
    x: (/** @type {number} */ x) => LEFT + ((x - x0) / (x1 - x0)) * (W - LEFT - RIGHT),
    y: (/** @type {number} */ y) => H - BOTTOM - ((Math.min(y1, Math.max(y0, y)) - y0) / (y1 - y0)) * (H - TOP - BOTTOM),
    place: (/** @type {number} */ i) => x0 + (i / (PLACES - 1)) * (x1 - x0),
    value: (/** @type {number} */ pixel) => Math.min(y1, Math.max(y0, y0 + ((H - BOTTOM - pixel) / (H - TOP - BOTTOM)) * (y1 - y0))),
  };
}

/** @param {Ask} ask @param {Element} parent */
function axes(ask, parent) {
  const root = svg("svg", { viewBox: `0 0 ${W} ${H}`, class: "drawing" }, parent), at = scales(ask);
  const [up, along] = ask.label.includes(" over ") ? ask.label.split(" over ") : [ask.label, ""];
  svg("rect", { x: LEFT, y: TOP, width: W - LEFT - RIGHT, height: H - TOP - BOTTOM, class: "paper" }, root);
  for (const x of ticks(/** @type {any} */ (ask.x), 5)) {
    svg("line", { x1: at.x(x), x2: at.x(x), y1: TOP, y2: H - BOTTOM, class: "tick" }, root);
    svg("text", { x: at.x(x), y: H - BOTTOM + 14, "text-anchor": "middle" }, root).textContent = `${x}`.replace("-", "−");
  }
  for (const y of ticks(/** @type {any} */ (ask.y), 4)) {
    svg("line", { x1: LEFT, x2: W - RIGHT, y1: at.y(y), y2: at.y(y), class: "tick" }, root);
    svg("text", { x: LEFT - 6, y: at.y(y) + 4, "text-anchor": "end" }, root).textContent = `${y}`.replace("-", "−");
  }
  svg("text", { x: (LEFT + W) / 2, y: H - 5, "text-anchor": "middle" }, root).textContent = along;
  svg("text", { x: 12, y: H / 2, "text-anchor": "middle", transform: `rotate(-90 12 ${H / 2})` }, root).textContent = up;
  return root;
}

/** @param {Ask} ask @param {(number | null)[]} guess */
function path(ask, guess) {
  const at = scales(ask);
  let pen = "M";
  return guess.map((y, i) => {
    if (y === null) {
      pen = "M";
      return "";
    }
    const part = `${pen}${at.x(at.place(i)).toFixed(1)} ${at.y(y).toFixed(1)}`;
    pen = "L";
    return part;
  }).join("");
}

/** The own curve and what came out, in one picture. @param {Ask} ask @param {(number | null)[]} guess @param {Element} parent */
export function both(ask, guess, parent) {
  const root = axes(ask, parent), at = scales(ask);
  const curve = ask.answer.map((/** @type {number[]} */ [x, y], /** @type {number} */ i) => `${i ? "L" : "M"}${at.x(x).toFixed(1)} ${at.y(y).toFixed(1)}`);
  svg("path", { d: curve.join(""), class: "truth" }, root);
  svg("path", { d: path(ask, guess), class: "own" }, root);
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", `${ask.label}: your curve, dashed, and what came out. ${beside(ask, guess)}`);
}

/** Both curves in words, at some places. @param {Ask} ask @param {(number | null)[]} guess */
function beside(ask, guess) {
  const at = scales(ask), told = [0, 1, 2, 3, 4].map((k) => (k * (PLACES - 1)) / 4);
  return told.map((i) => {
    const own = guess[i] ?? null, [, came] = ask.answer[Math.round((i / (PLACES - 1)) * (ask.answer.length - 1))];
    return `At ${fixed(at.place(i))} yours ${own === null ? "is missing" : fixed(own)}, came out ${fixed(came)}.`;
  }).join(" ");
}

/**
 * Axes to draw into.
 * @param {Ask} ask @param {(number | null)[] | null} guess @param {Element} parent @param {(guess: (number | null)[]) => void} changed
 */
export function pad(ask, guess, parent, changed) {
  const root = /** @type {SVGSVGElement} */ (axes(ask, parent)), at = scales(ask);
  const heights = guess ? [...guess] : Array(PLACES).fill(null);
  const line = svg("path", { class: "own" }, root), dot = svg("circle", { r: 5, class: "knob" }, root);
  let place = 0;
  const words = html("p", { class: "soft", "aria-hidden": "true" }, parent); // a slider says its value itself
  const [low, high] = /** @type {[number, number]} */ (ask.y), [first, last] = /** @type {[number, number]} */ (ask.x);
  for (const [name, value] of Object.entries({ tabindex: "0", role: "slider", "aria-orientation": "vertical", "aria-label":
    "curve: left and right choose a place, up and down move the curve there", "aria-description":
    `from ${fixed(first)} to ${fixed(last)}, heights from ${fixed(low)} to ${fixed(high)}`, "aria-valuemin": `${low}`, "aria-valuemax": `${high}`,
    ...OWN_KEYS })) root.setAttribute(name, value);
  const show = () => {
    line.setAttribute("d", path(ask, heights));
    const y = heights[place], here = `at ${fixed(at.place(place))}: ${y === null ? "nothing yet" : fixed(y)}`;
    dot.setAttribute("cx", `${at.x(at.place(place))}`);
    dot.setAttribute("cy", `${at.y(y ?? middle)}`);
    root.setAttribute("aria-valuenow", `${y ?? middle}`);
    root.setAttribute("aria-valuetext", here);
    return here;
  };
  const middle = (low + high) / 2;
  const put = (/** @type {number} */ i, /** @type {number} */ y) => {
    heights[i] = Number(y.toPrecision(4));
    place = i;
  };
  const drag = (/** @type {PointerEvent} */ event) => {
    const box = root.getBoundingClientRect(), x = ((event.clientX - box.left) / box.width) * W, y = ((event.clientY - box.top) / box.height) * H;
    const i = Math.max(0, Math.min(PLACES - 1, Math.round(((x - LEFT) / (W - LEFT - RIGHT)) * (PLACES - 1)))), from = place;
    const target = at.value(y), start = heights[from];
    if (event.type === "pointermove" && start !== null && Math.abs(i - from) > 1) // a quick hand skips places
      for (let k = from; k !== i; k += Math.sign(i - from)) put(k, start + ((target - start) * (k - from)) / (i - from));
    put(i, target);
    show();
  };
  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    root.focus({ preventScroll: true });
    drag(event);
    event.preventDefault();
  });
  root.addEventListener("pointermove", (event) => root.hasPointerCapture(event.pointerId) && drag(event));
  root.addEventListener("pointerup", () => changed([...heights]));
  root.addEventListener("keydown", (event) => {
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key], up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (across === undefined && up === undefined) return;
    event.preventDefault();
    if (across) place = Math.max(0, Math.min(PLACES - 1, place + across));
    if (up) put(place, Math.min(high, Math.max(low, (heights[place] ?? middle) + (up * (high - low)) / 20)));
    words.textContent = show();
    if (up) changed([...heights]);
  });
  show();
}
