/** A pair of axes: how large they are, what numbers they show, and their names and keys. */

import { scale, ticks } from "./axes.js";
import { html } from "./html.js";
import { outline, put, say, svg } from "./svg.js";
import { unique } from "./unique.js";

/** @typedef {import("./axes.js").Span} Span */
/** @typedef {import("./svg.js").Shape} Shape */
/** @typedef {{ label?: string, log?: boolean, bare?: boolean, whole?: boolean, ticks?: number[] }} Axis */
/**
 * @typedef {object} Options
 * @property {string} title
 * @property {Axis} [x]
 * @property {Axis} [y]
 * @property {number} [aspect] height by width
 * @property {boolean} [square] equal units on both axes
 * @property {number} [tallest] pixels
 * @property {number} [least] pixels
 * @property {[string, string][]} [legend] looks (a line's, or a shape and a mark's) and words
 * @property {boolean} [grid]
 */

const KINDS = new Set(["line", "mark", "open", "wash"]), SIZES = new Set(["thin", "thick", "circle", "triangle", "square", "diamond", "seamless", "ghost"]);

/** What looks have in common wherever they are drawn, large or small: kind, colour and dashes. @param {string} looks @returns {string[]} one for each kind */
export function essence(looks) {
  const words = looks.split(" "), rest = words.filter((word) => !KINDS.has(word) && !SIZES.has(word)).sort();
  return words.filter((word) => KINDS.has(word) && !(word === "mark" && words.includes("open"))).map((kind) => [kind, ...rest].join(" "));
}

/** Ticks of an axis. @param {Span} span @param {number} count @param {Axis} axis */
function places(span, count, axis) {
  if (axis.ticks) return axis.ticks.map((x) => ({ x, text: `${x}` }));
  const found = ticks(span, count, !!axis.log);
  return axis.whole ? found.filter(({ x }) => Number.isInteger(x)).map(({ x, text }) => ({ x, text: text.replace(/\.0$/, "") })) : found;
}

export class Coordinates {
  /** @param {HTMLElement} host @param {Options} options */
  constructor(host, options) {
    this.options = options;
    this.figure = html("div", { class: "figure" }, host);
    this.caption = html("div", { class: "caption", "aria-hidden": "true" }, this.figure); // the picture has it as its name
    this.frame = html("div", { class: "frame" }, this.figure);
    this.told = ""; // of the legend
    this.drawn = "";
    /** @type {HTMLElement | undefined} */
    this.keys = undefined;
    /** @type {{ looks: string, words: string, element: HTMLElement }[]} of the legend */
    this.entries = [];
    this.svg = /** @type {SVGSVGElement} */ (svg("svg", { role: "img" }, this.frame));
    if (options.legend) this.legend(options.legend);
    this.clip = unique("clip");
    this.window = svg("rect", {}, svg("clipPath", { id: this.clip }, svg("defs", {}, this.svg)));
    this.axes = svg("g", { "aria-hidden": "true" }, this.svg);
    /** @type {Map<string, Element>} of the axes: lines, words */
    this.parts = new Map();
    this.width = this.height = this.margin = 0;
    this.seen = "";
    this.x = scale([0, 1], [0, 1], false);
    this.y = scale([0, 1], [1, 0], false);
    this.area = { left: 0, top: 0, right: 1, bottom: 1 };
    this.spans = { x: /** @type {Span} */ ([0, 1]), y: /** @type {Span} */ ([0, 1]) };
    this.title = options.title;
  }

  /** @param {string} title */
  set title(title) {
    if (this.caption.textContent !== title) this.caption.textContent = title;
    this.#name();
  }

  /** A picture's name: its title, and what is drawn in it. */
  #name() {
    const name = [this.caption.textContent, this.drawn].filter(Boolean).join(": ");
    if (this.svg.getAttribute("aria-label") !== name) this.svg.setAttribute("aria-label", name);
  }

  /** Other names for the axes. @param {string} x @param {string} y */
  rename(x, y) {
    if (this.options.x?.label === x && this.options.y?.label === y) return;
    this.options = { ...this.options, x: { ...this.options.x, label: x }, y: { ...this.options.y, label: y } };
    this.seen = "";
  }

  /** What the looks of lines and marks mean. @param {[string, string][]} entries looks (a line's, or a shape and a mark's) and words */
  legend(entries) {
    const text = entries.join();
    if (text === this.told) return;
    this.told = text;
    this.keys ??= this.figure.insertBefore(html("div", { class: "legend", "aria-hidden": "true" }), this.frame);
    const box = this.keys;
    box.replaceChildren();
    this.entries = entries.map(([looks, words]) => ({ looks, words, element: html("span", {}, box) }));
    for (const { looks, words, element: entry } of this.entries) {
      const key = svg("svg", { "aria-hidden": "true", viewBox: "0 0 24 12" }, entry);
      const shape = looks.match(/circle|triangle|square|diamond/)?.[0];
      if (/line/.test(looks)) svg("path", { d: "M1,6H23", class: looks }, key);
      if (/wash/.test(looks)) svg("rect", { x: 2, y: 0, width: 20, height: 12, class: looks }, key);
      if (shape) svg("path", { d: outline(/** @type {Shape} */ (shape), 12, 6, 4.5), class: looks.replace("line", "") }, key);
      entry.append(words);
    }
  }

  /** Of the legend, what is not drawn at present is faint, and no part of the picture's name. @param {(kind: string) => boolean} drawn */
  compare(drawn) {
    const here = this.entries.filter(({ looks, element }) => {
      const some = essence(looks).some(drawn);
      element.classList.toggle("absent", !some);
      return some;
    });
    const text = here.map(({ words }) => words).join(", ");
    if (text === this.drawn) return;
    this.drawn = text;
    this.#name();
  }

  /**
   * Fit into the width there is. Returns whether the size changed. To ask for a width makes the browser lay out the page:
   * that is for when the window changes, not for each picture.
   */
  fit(width = Math.floor(this.frame.clientWidth)) {
    const { square, tallest = 430, least = 170 } = this.options;
    if (width === 0) return false;
    const wanted = square ? Math.min(width - 12, tallest) + 6 : Math.max(Math.min(least, tallest), Math.min(width * (this.options.aspect ?? 0.72), tallest));
    const height = Math.round(wanted), changed = width !== this.width || height !== this.height;
    [this.width, this.height] = [width, height];
    return changed;
  }

  /**
   * Show these numbers on the axes, which are drawn again where that is new.
   * @param {Span} x @param {Span} y
   */
  view(x, y) {
    if (!this.width) this.fit();
    const { x: ax = {}, y: ay = {}, square } = this.options;
    const bottom = ax.bare ? 8 : 24 + (ax.label ? 19 : 0), top = 8, right = 14;
    let h = Math.max(60, this.height - top - bottom);
    const marks = ay.bare ? [] : places(y, h / 42, ay);
    const margin = ay.bare ? 8 : 12 + 6.8 * Math.max(2, ...marks.map(({ text }) => text.length)) + (ay.label ? 20 : 0);
    const left = (this.margin = Math.max(margin, Math.min(this.margin, margin + 10))); // it does not tremble with each tick
    let w = Math.max(60, this.width - left - right);
    if (square) w = h = Math.min(w, h);
    const wanted = [x, y, w, h, left, this.width, this.height].join();
    if (wanted === this.seen) return;
    this.seen = wanted;
    this.spans = { x, y };
    const start = square ? left + Math.max(0, (this.width - left - right - w) / 2) : left;
    this.area = { left: start, top, right: start + w, bottom: top + h };
    this.x = scale(x, [start, start + w], !!ax.log);
    this.y = scale(y, [top + h, top], !!ay.log);
    put(this.svg, { viewBox: `0 0 ${this.width} ${this.height}`, height: this.height });
    put(this.window, { x: start, y: top, width: w, height: h });
    this.#drawAxes(marks);
  }

  /** @param {{ x: number, text: string }[]} marks of the vertical axis */
  #drawAxes(marks) {
    const { left, top, right, bottom } = this.area;
    const { x: ax = {}, y: ay = {}, grid = true } = this.options;
    const seen = new Set(), lines = /** @type {string[]} */ ([]);
    const part = (/** @type {string} */ key, /** @type {string} */ tag, /** @type {Record<string, string | number>} */ attributes, words = "") => {
      const element = this.parts.get(key) ?? svg(tag, {}, this.axes);
      this.parts.set(key, element);
      seen.add(key);
      put(element, attributes);
      if (words) say(element, words);
      return element;
    };
    const ticks = part("ticks", "path", { class: "tick" });
    if (!ax.bare || !ay.bare)
      part("axis", "path", { class: "axis", d: (ay.bare ? "" : `M${left},${top}V${bottom}`) + (ax.bare ? "" : `M${left},${bottom}H${right}`) });
    if (!ax.bare)
      places(this.spans.x, (right - left) / 62, ax).forEach(({ x, text }, i) => {
        const at = Math.round(this.x(x));
        lines.push(grid ? `M${at},${top}V${bottom}` : `M${at},${bottom}v4`);
        part(`x${i}`, "text", { x: at, y: bottom + 17, "text-anchor": "middle" }, text);
      });
    if (!ay.bare)
      marks.forEach(({ x: y, text }, i) => {
        const at = Math.round(this.y(y));
        lines.push(grid ? `M${left},${at}H${right}` : `M${left - 4},${at}H${left}`);
        part(`y${i}`, "text", { x: left - 7, y: at + 4, "text-anchor": "end" }, text);
      });
    put(ticks, { d: lines.join("") || "M0,0" });
    if (ax.label) part("x label", "text", { class: "label", x: (left + right) / 2, y: bottom + 36, "text-anchor": "middle" }, ax.label);
    if (ay.label) {
      const [x, y] = [left - this.margin + 12, (top + bottom) / 2];
      part("y label", "text", { class: "label", x, y, "text-anchor": "middle", transform: `rotate(-90 ${x} ${y})` }, ay.label);
    }
    for (const [key, element] of this.parts)
      if (!seen.has(key)) {
        element.remove();
        this.parts.delete(key);
      }
  }

  /** The place under the pointer. @param {MouseEvent} event */
  place(event) {
    const box = this.svg.getBoundingClientRect(), factor = this.width / box.width;
    return { x: this.x.invert((event.clientX - box.left) * factor), y: this.y.invert((event.clientY - box.top) * factor) };
  }

  /** Is what stands behind it dark? */
  get dark() {
    return this.figure.closest("[data-theme=dark]") !== null;
  }
}
