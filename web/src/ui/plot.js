/** A picture on a pair of axes: what is drawn is named, and moved rather than made anew. */

import { Backdrop } from "./canvas.js";
import { Coordinates, essence } from "./coordinates.js";
import { Grips } from "./grips.js";
import { outline, put, say, svg } from "./svg.js";

/** @typedef {import("./coordinates.js").Options} Options */
/** @typedef {import("./grips.js").Grip} Grip */
/** @typedef {import("./grips.js").Point} Point */
/** @typedef {import("./svg.js").Shape} Shape */

const FAR = 20000; // pixels: beyond it browsers lose precision

/** Pixels with one digit after the point, put together from whole numbers: that is the fast way. @param {number} p */
function tenths(p) {
  const n = Math.round(Math.max(-FAR, Math.min(FAR, p)) * 10), size = Math.abs(n), whole = Math.trunc(size / 10), rest = size - 10 * whole;
  return rest ? `${n < 0 ? "-" : ""}${whole}.${rest}` : `${n < 0 ? -whole : whole}`;
}

export class Plot extends Coordinates {
  /** @param {HTMLElement} host @param {Options} options */
  constructor(host, options) {
    super(host, options);
    this.data = svg("g", { "aria-hidden": "true", "clip-path": `url(#${this.clip})` }, this.svg);
    this.over = svg("g", { "aria-hidden": "true" }, this.svg);
    this.handles = svg("g", {}, this.svg);
    /** @type {Map<string, { element: Element, used: boolean }>} */
    this.kept = new Map();
    /** @type {Map<Element, Element>} the last element that was drawn in each layer */
    this.top = new Map();
    /** Looks of what is drawn. @type {Set<string>} */
    this.looks = new Set();
    /** @type {Element | undefined} */
    this.tipped = undefined;
    /** @type {Backdrop | undefined} */
    this.behind = undefined;
    /** @type {((at: Point, event?: any) => void) | undefined} */
    this.clicked = undefined;
    this.grips = new Grips(this);
  }

  /** Begin to draw: what is not drawn until `done` goes. */
  begin() {
    for (const kept of this.kept.values()) kept.used = false;
    this.top.clear();
    this.looks.clear();
  }

  done() {
    if (this.entries.length) {
      const kinds = new Set([...this.looks].flatMap(essence));
      this.compare((kind) => kinds.has(kind) || (this.behind !== undefined && kind.startsWith("wash")));
    }
    let lost = false;
    for (const [key, { element, used }] of this.kept) {
      if (used) continue;
      lost ||= element === document.activeElement;
      element.remove();
      this.kept.delete(key);
      this.grips.held.delete(key);
    }
    put(this.svg, { role: this.grips.held.size ? "group" : "img" });
    if (lost) this.grips.refocus();
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
    if (!Number.isFinite(a) || !Number.isFinite(b)) return undefined;
    return `${tenths(a)},${tenths(b)}`;
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
    put(element, style);
    put(element, { d: d || "M0,0", class: looks });
    if (d && d !== "M0,0") this.looks.add(looks);
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
    const element = this.#element(key, "text", this.over), { left, top, right, bottom } = this.area;
    const width = 6.7 * words.length + 6, share = anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0;
    const start = Math.max(left + 3, Math.min(right - width, this.x(x) + dx - share * width));
    const base = Math.max(top + 13, Math.min(bottom - 5, this.y(y) + dy + 4));
    put(element, { x: (start + share * width).toFixed(1), y: base.toFixed(1), "text-anchor": anchor, class: `words ${looks}` });
    say(element, words);
  }

  /** Words in pixels of the picture. @param {string} key @param {number} x @param {number} y @param {string} words @param {string} looks */
  label(key, x, y, words, looks = "") {
    const element = this.#element(key, "text", this.over), half = 3.5 * words.length + 2;
    x = Math.max(half, Math.min(this.width - half, x));
    put(element, { x, y: y + 4, "text-anchor": "middle", class: `words ${looks}` });
    say(element, words);
  }

  /** Words beside the pointer, for those who see it; none hide them. @param {MouseEvent} event @param {string} words */
  tip(event, words) {
    this.tipped ??= svg("text", { class: "words", "aria-hidden": "true" }, this.svg);
    const box = this.svg.getBoundingClientRect(), x = ((event.clientX - box.left) * this.width) / box.width;
    this.tipped.setAttribute("x", `${Math.max(4, Math.min(this.width - 7 * words.length, x + 8))}`);
    this.tipped.setAttribute("y", `${Math.max(14, ((event.clientY - box.top) * this.width) / box.width - 8)}`);
    this.tipped.textContent = words;
  }

  get #backdrop() {
    return (this.behind ??= new Backdrop(this.frame));
  }

  /**
   * A grid of colours behind everything, row by row from the top; `paint` gives red, green, blue and opacity.
   * @param {number} rows @param {number} columns @param {(data: Uint8ClampedArray) => void} paint @param {boolean} smooth
   */
  image(rows, columns, paint, smooth = false) {
    this.#backdrop.image(this.area, rows, columns, paint, smooth);
  }

  /** Paint behind everything, in pixels of the picture; `what` says all that the painting depends on. @param {string} what @param {(context: CanvasRenderingContext2D) => void} call */
  paint(what, call) {
    this.#backdrop.paint(this.width, this.height, `${what} ${this.dark}`, call);
  }

  /** Something to grasp. @param {string} key @param {Grip} grip */
  grip(key, grip) {
    this.looks.add(`open ${grip.looks ?? "ink"}`);
    this.grips.place(/** @type {SVGGElement} */ (this.#element(key, "g", this.handles)), key, grip);
  }

  /** Calls back with the place of a click on the bare plane. @param {(at: Point, event: PointerEvent) => void} call */
  onClick(call) {
    this.clicked = call;
    this.svg.style.cursor = "crosshair";
    this.svg.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!target.closest(".handle") && !this.grips.dragged) call(this.place(event), /** @type {PointerEvent} */ (event));
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
}
