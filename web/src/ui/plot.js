/** A pair of axes: what is drawn on them is named, and moved rather than made anew. */

import { unique } from "./unique.js";
import { fixed, scale, ticks } from "./axes.js";

/** @typedef {import("./axes.js").Span} Span */
/** @typedef {{ x: number, y: number }} Point */
/** @typedef {"circle" | "triangle" | "square" | "diamond" | "cross"} Shape */
/**
 * @typedef {object} Options
 * @property {string} title
 * @property {{ label?: string, log?: boolean, bare?: boolean, whole?: boolean, ticks?: number[] }} [x]
 * @property {{ label?: string, log?: boolean, bare?: boolean, whole?: boolean, ticks?: number[] }} [y]
 * @property {number} [aspect] height by width
 * @property {boolean} [square] equal units on both axes
 * @property {number} [tallest] pixels
 * @property {[string, string][]} [legend] looks (a line's, or a shape and a mark's) and words
 * @property {boolean} [grid]
 */
/**
 * @typedef {object} Grip what can be dragged, or moved by arrow keys
 * @property {number} x
 * @property {number} y
 * @property {string} label
 * @property {string} [text] where it is, in words
 * @property {string} [looks]
 * @property {number} [step] of an arrow key, in units of the axes
 * @property {"x" | "y"} [along] the one direction in which it moves
 * @property {number} [size]
 * @property {(to: Point, how: { last: boolean }) => void} move
 * @property {() => void} [remove] by the Delete key or a double click
 * @property {() => void} [press] by Enter or the space bar
 */

const SVG = "http://www.w3.org/2000/svg";
const FAR = 20000; // pixels: beyond it browsers lose precision
/** @param {string} tag @param {Record<string, string | number>} attributes @param {Element} [parent] */
export function svg(tag, attributes, parent) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  parent?.append(element);
  return element;
}

/** The outline of a shape around a place. @param {Shape} shape @param {number} x @param {number} y @param {number} r */
export function outline(shape, x, y, r) {
  const p = (/** @type {number} */ n) => Math.round(n * 100) / 100;
  if (shape === "triangle") return `M${p(x)},${p(y - 1.15 * r)}l${p(1.1 * r)},${p(1.95 * r)}h${p(-2.2 * r)}Z`;
  if (shape === "square") return `M${p(x - 0.9 * r)},${p(y - 0.9 * r)}h${p(1.8 * r)}v${p(1.8 * r)}h${p(-1.8 * r)}Z`;
  if (shape === "diamond") return `M${p(x)},${p(y - 1.2 * r)}L${p(x + 1.2 * r)},${p(y)}L${p(x)},${p(y + 1.2 * r)}L${p(x - 1.2 * r)},${p(y)}Z`;
  if (shape === "cross") return `M${p(x - r)},${p(y)}h${p(2 * r)}M${p(x)},${p(y - r)}v${p(2 * r)}`;
  return `M${p(x - r)},${p(y)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
}

/** Ticks of an axis. @param {Span} span @param {number} count @param {{ log?: boolean, whole?: boolean, ticks?: number[] }} axis */
function places(span, count, axis) {
  if (axis.ticks) return axis.ticks.map((x) => ({ x, text: `${x}` }));
  const found = ticks(span, count, !!axis.log);
  return axis.whole ? found.filter(({ x }) => Number.isInteger(x)).map(({ x, text }) => ({ x, text: text.replace(/\.0$/, "") })) : found;
}

export class Plot {
  /** @param {HTMLElement} host @param {Options} options */
  constructor(host, options) {
    this.options = options;
    this.figure = document.createElement("figure");
    host.append(this.figure);
    this.caption = this.figure.appendChild(document.createElement("figcaption"));
    if (options.legend) this.#legend(options.legend);
    this.frame = this.figure.appendChild(document.createElement("div"));
    this.frame.className = "frame";
    this.canvas = /** @type {HTMLCanvasElement | undefined} */ (undefined);
    this.svg = /** @type {SVGSVGElement} */ (svg("svg", { role: "img" }, this.frame));
    this.clip = unique("clip");
    this.window = svg("rect", {}, svg("clipPath", { id: this.clip }, svg("defs", {}, this.svg)));
    this.axes = svg("g", { "aria-hidden": "true" }, this.svg);
    this.data = svg("g", { "aria-hidden": "true", "clip-path": `url(#${this.clip})` }, this.svg);
    this.over = svg("g", { "aria-hidden": "true" }, this.svg);
    this.grips = svg("g", {}, this.svg);
    /** @type {Map<string, { element: Element, used: boolean }>} */
    this.kept = new Map();
    /** @type {Map<Element, Element>} the last element that was drawn in each layer */
    this.top = new Map();
    /** @type {Map<string, Grip>} */
    this.held = new Map();
    this.width = this.height = this.margin = 0;
    this.tipped = /** @type {Element | undefined} */ (undefined);
    this.seen = "";
    this.x = scale([0, 1], [0, 1], false);
    this.y = scale([0, 1], [1, 0], false);
    this.spans = { x: /** @type {Span} */ ([0, 1]), y: /** @type {Span} */ ([0, 1]) };
    this.title = options.title;
    this.#listen();
  }

  /** @param {string} title */
  set title(title) {
    if (this.caption.textContent !== title) this.caption.textContent = title;
    this.svg.setAttribute("aria-label", title);
  }

  /** Other names for the axes. @param {string} x @param {string} y */
  rename(x, y) {
    if (this.options.x?.label === x && this.options.y?.label === y) return;
    this.options = { ...this.options, x: { ...this.options.x, label: x }, y: { ...this.options.y, label: y } };
    this.seen = "";
  }

  /** @param {[string, string][]} entries */
  #legend(entries) {
    const box = this.figure.appendChild(document.createElement("div"));
    box.className = "legend";
    for (const [looks, words] of entries) {
      const entry = box.appendChild(document.createElement("span"));
      const key = svg("svg", { "aria-hidden": "true", viewBox: "0 0 24 12" }, entry);
      const shape = looks.match(/circle|triangle|square|diamond/)?.[0];
      if (/line/.test(looks)) svg("path", { d: "M1,6H23", class: looks }, key);
      if (/wash/.test(looks)) svg("rect", { x: 2, y: 0, width: 20, height: 12, class: looks }, key);
      if (shape) svg("path", { d: outline(/** @type {Shape} */ (shape), 12, 6, 4.5), class: looks.replace("line", "") }, key);
      entry.append(words);
    }
  }

  /** Fit into the width there is. Returns whether the size changed. */
  fit() {
    const width = Math.floor(this.frame.clientWidth), { aspect = 0.72, square, tallest = 430 } = this.options;
    if (width === 0) return false;
    const height = Math.round(square ? Math.min(width - 12, tallest) + 6 : Math.max(Math.min(170, tallest), Math.min(width * aspect, tallest)));
    const changed = width !== this.width || height !== this.height;
    [this.width, this.height] = [width, height];
    return changed;
  }

  /**
   * Show these numbers on the axes, which are drawn again where that is new.
   * @param {Span} x @param {Span} y
   */
  view(x, y) {
    this.fit();
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
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.setAttribute("height", `${this.height}`);
    for (const [name, value] of Object.entries({ x: start, y: top, width: w, height: h })) this.window.setAttribute(name, `${value}`);
    this.#drawAxes(marks);
  }

  /** @param {{ x: number, text: string }[]} marks of the vertical axis */
  #drawAxes(marks) {
    const { left, top, right, bottom } = /** @type {{left: number, top: number, right: number, bottom: number}} */ (this.area);
    const { x: ax = {}, y: ay = {}, grid = true } = this.options;
    this.axes.replaceChildren();
    const lines = [];
    if (!ax.bare)
      for (const { x, text } of places(this.spans.x, (right - left) / 62, ax)) {
        const at = Math.round(this.x(x));
        lines.push(grid ? `M${at},${top}V${bottom}` : `M${at},${bottom}v4`);
        svg("text", { x: at, y: bottom + 17, "text-anchor": "middle" }, this.axes).textContent = text;
      }
    if (!ay.bare)
      for (const { x: y, text } of marks) {
        const at = Math.round(this.y(y));
        lines.push(grid ? `M${left},${at}H${right}` : `M${left - 4},${at}H${left}`);
        svg("text", { x: left - 7, y: at + 4, "text-anchor": "end" }, this.axes).textContent = text;
      }
    this.axes.prepend(svg("path", { class: "tick", d: lines.join("") || "M0,0" }));
    if (!ax.bare || !ay.bare)
      svg("path", { class: "axis", d: (ay.bare ? "" : `M${left},${top}V${bottom}`) + (ax.bare ? "" : `M${left},${bottom}H${right}`) }, this.axes);
    if (ax.label) svg("text", { class: "label", x: (left + right) / 2, y: bottom + 36, "text-anchor": "middle" }, this.axes).textContent = ax.label;
    if (ay.label) {
      const [x, y] = [left - this.margin + 12, (top + bottom) / 2];
      svg("text", { class: "label", x, y, "text-anchor": "middle", transform: `rotate(-90 ${x} ${y})` }, this.axes).textContent = ay.label;
    }
  }

  /** Begin to draw: what is not drawn until `done` goes. */
  begin() {
    for (const kept of this.kept.values()) kept.used = false;
    this.top.clear();
  }

  done() {
    for (const [key, { element, used }] of this.kept) {
      if (used) continue;
      element.remove();
      this.kept.delete(key);
      this.held.delete(key);
    }
    this.svg.setAttribute("role", this.held.size ? "group" : "img");
  }

  /** The element of this name, new or the one of last time, on top of what was drawn before it. @param {string} key @param {string} tag @param {Element} layer */
  #element(key, tag, layer = this.data) {
    let kept = this.kept.get(key);
    if (!kept) this.kept.set(key, (kept = { element: svg(tag, { "data-key": key }, layer), used: true }));
    kept.used = true;
    this.#lift(kept.element, layer);
    return kept.element;
  }

  /** @param {Element} element @param {Element} layer */
  #lift(element, layer) {
    const below = this.top.get(layer), next = below ? below.nextElementSibling : layer.firstElementChild;
    if (next !== element && element !== document.activeElement) layer.insertBefore(element, next); // moved, it would lose the focus
    this.top.set(layer, element);
  }

  /** Pixels, near enough for browsers. @param {number} x @param {number} y */
  #at(x, y) {
    const a = this.x(x), b = this.y(y);
    if (!Number.isFinite(a) || !Number.isFinite(b)) return undefined; // d3 gives undefined for NaN
    const clamp = (/** @type {number} */ p) => Math.round(Math.max(-FAR, Math.min(FAR, p)) * 10) / 10;
    return `${clamp(a)},${clamp(b)}`;
  }

  /** @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @param {boolean} close */
  #track(xs, ys, close = false) {
    let d = "", pen = false;
    for (let i = 0; i < xs.length; i++) {
      const at = this.#at(xs[i], ys[i]);
      d += at === undefined ? "" : (pen ? "L" : "M") + at;
      pen = at !== undefined;
    }
    return d && close ? `${d}Z` : d || "M0,0";
  }

  /** A line through places; where a number is missing (NaN) the pen is lifted. @param {string} key @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @param {string} looks */
  line(key, xs, ys, looks) {
    this.path(key, this.#track(xs, ys), `line ${looks}`);
  }

  /** A filled outline. @param {string} key @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @param {string} looks */
  fill(key, xs, ys, looks) {
    this.path(key, this.#track(xs, ys, true), `wash ${looks}`);
  }

  /** A path in pixels. @param {string} key @param {string} d @param {string} looks @param {Record<string, string | number>} style */
  path(key, d, looks, style = {}) {
    const element = this.#element(key, "path");
    element.setAttribute("d", d || "M0,0");
    if (element.getAttribute("class") !== looks) element.setAttribute("class", looks);
    for (const [name, value] of Object.entries(style)) element.setAttribute(name, `${value}`);
    return element;
  }

  /** Marks at places, all of one shape. @param {string} key @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys @param {string} looks @param {Shape} shape @param {number} r */
  marks(key, xs, ys, looks, shape = "circle", r = 4) {
    let d = "";
    for (let i = 0; i < xs.length; i++) {
      const x = this.x(xs[i]), y = this.y(ys[i]);
      if (Number.isFinite(x) && Number.isFinite(y) && Math.abs(x) < FAR && Math.abs(y) < FAR) d += outline(shape, x, y, r);
    }
    this.path(key, d, looks.includes("open") ? looks : `mark ${looks}`);
  }

  /** An arrow from one place to another. @param {string} key @param {Point} from @param {Point} to @param {string} looks */
  arrow(key, from, to, looks) {
    const x0 = this.x(from.x), y0 = this.y(from.y), x1 = this.x(to.x), y1 = this.y(to.y);
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (!(length > 0.5) || length > FAR) return;
    const size = Math.min(11, 0.6 * length), u = (x1 - x0) / length, v = (y1 - y0) / length, p = (/** @type {number} */ n) => n.toFixed(1);
    const [bx, by] = [x1 - size * u, y1 - size * v];
    this.path(key, `M${p(x0)},${p(y0)}L${p(bx)},${p(by)}`, `line ${looks}`);
    const half = 0.5 * size;
    this.path(`${key}-head`, `M${p(x1)},${p(y1)}L${p(bx - half * v)},${p(by + half * u)}L${p(bx + half * v)},${p(by - half * u)}Z`, `mark ${looks}`);
  }

  /**
   * Words at a place, moved as far as they must be to stay in the picture.
   * @param {string} key @param {number} x @param {number} y @param {string} words @param {string} looks
   * @param {{ dx?: number, dy?: number, anchor?: "start" | "middle" | "end" }} [how]
   */
  text(key, x, y, words, looks = "", { dx = 0, dy = 0, anchor = "middle" } = {}) {
    const element = this.#element(key, "text", this.over), { left, top, right, bottom } = /** @type {any} */ (this.area);
    const width = 6.7 * words.length + 6, share = anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0;
    const start = Math.max(left + 3, Math.min(right - width, this.x(x) + dx - share * width));
    const base = Math.max(top + 13, Math.min(bottom - 5, this.y(y) + dy + 4));
    element.setAttribute("x", (start + share * width).toFixed(1));
    element.setAttribute("y", base.toFixed(1));
    element.setAttribute("text-anchor", anchor);
    element.setAttribute("class", `words ${looks}`);
    if (element.textContent !== words) element.textContent = words;
  }

  /** Words in pixels of the picture. @param {string} key @param {number} x @param {number} y @param {string} words @param {string} looks */
  label(key, x, y, words, looks = "") {
    const element = this.#element(key, "text", this.over), half = 3.5 * words.length + 2;
    x = Math.max(half, Math.min(this.width - half, x));
    for (const [name, value] of Object.entries({ x, y: y + 4, "text-anchor": "middle", class: `words ${looks}` })) element.setAttribute(name, `${value}`);
    if (element.textContent !== words) element.textContent = words;
  }

  /** Words beside the pointer, for those who see it; none hide them. @param {MouseEvent} event @param {string} words */
  tip(event, words) {
    this.tipped ??= svg("text", { class: "words", "aria-hidden": "true" }, this.svg);
    const box = this.svg.getBoundingClientRect(), x = ((event.clientX - box.left) * this.width) / box.width;
    this.tipped.setAttribute("x", `${Math.max(4, Math.min(this.width - 7 * words.length, x + 8))}`);
    this.tipped.setAttribute("y", `${Math.max(14, ((event.clientY - box.top) * this.width) / box.width - 8)}`);
    this.tipped.textContent = words;
  }

  /**
   * A grid of colours behind everything, row by row from the top; `paint` gives red, green, blue and opacity.
   * @param {number} rows @param {number} columns @param {(data: Uint8ClampedArray) => void} paint @param {boolean} smooth
   */
  image(rows, columns, paint, smooth = false) {
    if (!this.canvas) {
      this.canvas = document.createElement("canvas");
      this.canvas.setAttribute("aria-hidden", "true");
      this.frame.prepend(this.canvas);
    }
    const { left, top, right, bottom } = /** @type {any} */ (this.area), canvas = this.canvas;
    if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
    const style = `left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px;image-rendering:${smooth ? "auto" : "pixelated"}`;
    if (canvas.getAttribute("style") !== style) canvas.setAttribute("style", style);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const picture = context.createImageData(columns, rows);
    paint(picture.data);
    context.putImageData(picture, 0, 0);
  }

  /**
   * Paint on the canvas behind everything, in pixels of the picture; it is as sharp as the screen.
   * @param {(context: CanvasRenderingContext2D) => void} call
   */
  paint(call) {
    if (!this.canvas) {
      this.canvas = document.createElement("canvas");
      this.canvas.setAttribute("aria-hidden", "true");
      this.frame.prepend(this.canvas);
    }
    const density = window.devicePixelRatio || 1, canvas = this.canvas, { width, height } = this;
    const [w, h] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== w || canvas.height !== h) {
      [canvas.width, canvas.height] = [w, h];
      canvas.setAttribute("style", `left:0;top:0;width:${width}px;height:${height}px`);
    }
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    call(context);
  }

  /** Is what stands behind it dark? */
  get dark() {
    return this.figure.closest("[data-theme=dark]") !== null;
  }

  /** Something to grasp. @param {string} key @param {Grip} grip */
  grip(key, grip) {
    const element = /** @type {SVGGElement} */ (this.#element(key, "g", this.grips));
    if (!element.firstChild) {
      svg("circle", { class: "reach", r: 20 }, element);
      svg("circle", { r: grip.size ?? 7 }, element);
      for (const [name, value] of Object.entries({ class: "handle", tabindex: "0", role: "slider", "data-lm-suppress-shortcuts": "true" }))
        element.setAttribute(name, value);
    }
    this.held.set(key, grip);
    const x = this.x(grip.x), y = this.y(grip.y), { left, top, right, bottom } = /** @type {any} */ (this.area);
    const inside = (/** @type {number} */ p, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, p)).toFixed(1);
    element.setAttribute("transform", `translate(${inside(x, left, right)},${inside(y, top, bottom)})`);
    element.lastElementChild?.setAttribute("class", `knob ${grip.looks ?? "ink"}`);
    const text = grip.text ?? `${fixed(grip.x)}, ${fixed(grip.y)}`;
    const [low, high] = grip.along === "y" ? this.spans.y : this.spans.x;
    const now = grip.along === "y" ? grip.y : grip.x;
    const about = { "aria-label": grip.label, "aria-valuetext": text, "aria-valuenow": now.toFixed(3), "aria-valuemin": low.toFixed(3), "aria-valuemax": high.toFixed(3) };
    for (const [name, value] of Object.entries(about)) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  /** The place under the pointer. @param {MouseEvent} event */
  place(event) {
    const box = this.svg.getBoundingClientRect(), factor = this.width / box.width;
    return { x: this.x.invert((event.clientX - box.left) * factor), y: this.y.invert((event.clientY - box.top) * factor) };
  }

  /** Calls back with the place of a click on the bare plane. @param {(at: Point, event: PointerEvent) => void} call */
  onClick(call) {
    this.svg.style.cursor = "crosshair";
    this.svg.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!target.closest(".handle") && !this.dragged) call(this.place(event), /** @type {PointerEvent} */ (event));
    });
  }

  /** Calls back with the places that a pointer passes, pressed, over the bare plane. @param {(at: Point, event: PointerEvent) => void} call */
  onBrush(call) {
    this.svg.style.cursor = "crosshair";
    let down = false;
    this.svg.addEventListener("pointerdown", (event) => {
      if (/** @type {Element} */ (event.target).closest(".handle") || event.button !== 0) return;
      down = true;
      if (event.pointerType !== "touch") this.svg.setPointerCapture(event.pointerId);
      call(this.place(event), event);
    });
    this.svg.addEventListener("pointermove", (event) => { if (down) call(this.place(event), event); });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) this.svg.addEventListener(end, () => (down = false));
  }

  #listen() {
    /** @type {{ key: string, dx: number, dy: number } | undefined} */
    let held;
    const grip = (/** @type {Event} */ event) => /** @type {Element} */ (event.target).closest(".handle");
    const move = (/** @type {PointerEvent} */ event, last = false) => {
      const at = this.place(event);
      if (held) this.held.get(held.key)?.move({ x: at.x + held.dx, y: at.y + held.dy }, { last });
    };
    this.dragged = false;
    this.svg.addEventListener("pointerdown", (event) => {
      const element = grip(event), key = element?.getAttribute("data-key");
      this.dragged = false;
      if (!key || event.button !== 0) return;
      const at = this.place(event), it = /** @type {Grip} */ (this.held.get(key));
      held = { key, dx: it.x - at.x, dy: it.y - at.y };
      const linear = !this.options.x?.log && !this.options.y?.log;
      const inside = it.x >= Math.min(...this.spans.x) && it.x <= Math.max(...this.spans.x) && it.y >= Math.min(...this.spans.y) && it.y <= Math.max(...this.spans.y);
      if (!linear || !inside) held.dx = held.dy = 0; // it was drawn at the rim
      this.svg.setPointerCapture(event.pointerId);
      /** @type {SVGGElement} */ (element).focus({ preventScroll: true });
      event.preventDefault();
    });
    this.svg.addEventListener("touchstart", (event) => { if (grip(event)) event.preventDefault(); }, { passive: false });
    this.svg.addEventListener("pointermove", (event) => {
      if (held) {
        this.dragged = true;
        move(event);
      }
    });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
      this.svg.addEventListener(end, (event) => {
        if (held && this.dragged) move(event, true);
        held = undefined;
      });
    this.svg.addEventListener("dblclick", (event) => this.held.get(grip(event)?.getAttribute("data-key") ?? "")?.remove?.());
    this.svg.addEventListener("keydown", (event) => this.#key(event, grip(event)?.getAttribute("data-key")));
  }

  /** @param {KeyboardEvent} event @param {string | null | undefined} key */
  #key(event, key) {
    const grip = this.held.get(key ?? "");
    if (!grip) return;
    const arrows = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });
    if ((event.key === "Enter" || event.key === " ") && grip.press) grip.press();
    else if ((event.key === "Delete" || event.key === "Backspace") && grip.remove) grip.remove();
    else if (event.key in arrows) {
      const [dx, dy] = arrows[event.key], step = (grip.step ?? 0.1) * (event.shiftKey ? 10 : 1);
      const along = dx + dy; // either pair of arrows moves what has one direction
      if (grip.along === "x") grip.move({ x: grip.x + along * step, y: grip.y }, { last: true });
      else if (grip.along === "y") grip.move({ x: grip.x, y: grip.y + along * step }, { last: true });
      else grip.move({ x: grip.x + dx * step, y: grip.y + dy * step }, { last: true });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
