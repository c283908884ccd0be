/** What can be grasped in a picture: by mouse, by touch and by keys. */

import { fixed } from "./axes.js";
import { OWN_KEYS } from "./html.js";
import { put, svg } from "./svg.js";

/** @typedef {{ x: number, y: number }} Point */
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
 * @property {() => void} [press] by Enter or the space bar; without it these add what a click on the bare plane adds
 */

const ARROWS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });

/** The key of the handle at which something happened. @param {Event} event */
const keyOf = (event) => /** @type {Element} */ (event.target).closest(".handle")?.getAttribute("data-key") ?? "";

export class Grips {
  /** @param {import("./plot.js").Plot} plot */
  constructor(plot) {
    this.plot = plot;
    /** @type {Map<string, Grip>} */
    this.held = new Map();
    this.dragged = false;
    /** @type {{ key: string, dx: number, dy: number } | undefined} */
    this.taken = undefined;
    this.#listen();
  }

  /** Puts a handle where its grip is, or at the rim of the picture. @param {SVGGElement} element @param {string} key @param {Grip} grip */
  place(element, key, grip) {
    const { plot } = this;
    if (!element.firstChild) {
      svg("circle", { class: "reach", r: 20 }, element);
      svg("circle", { r: grip.size ?? 7 }, element);
      put(element, { class: "handle", tabindex: "0", role: "slider", ...OWN_KEYS });
    }
    this.held.set(key, grip);
    const x = plot.x(grip.x), y = plot.y(grip.y), { left, top, right, bottom } = plot.area;
    const inside = (/** @type {number} */ p, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, p)).toFixed(1);
    put(/** @type {Element} */ (element.lastElementChild), { class: `knob ${grip.looks ?? "ink"}` });
    const [low, high] = grip.along === "y" ? plot.spans.y : plot.spans.x, now = grip.along === "y" ? grip.y : grip.x;
    const keys = [(grip.press || this.#canAdd(grip)) && "Enter", grip.remove && "Delete"].filter(Boolean).join(" ");
    if (keys) put(element, { "aria-keyshortcuts": keys });
    if (grip.along === "y") put(element, { "aria-orientation": "vertical" });
    put(element, { transform: `translate(${inside(x, left, right)},${inside(y, top, bottom)})`,
      "aria-label": grip.label, "aria-valuetext": grip.text ?? `${fixed(grip.x)}, ${fixed(grip.y)}`,
      "aria-valuenow": now.toFixed(3), "aria-valuemin": low.toFixed(3), "aria-valuemax": high.toFixed(3) });
  }

  /** Of what a click on the bare plane adds, a key adds one more beside it. @param {Grip} grip */
  #canAdd(grip) {
    return "remove" in grip && this.plot.clicked !== undefined;
  }

  /** What had the focus is gone: the last one of its kind that is left has it. */
  refocus() {
    const keys = [...this.held.keys()], some = keys.filter((key) => "remove" in /** @type {Grip} */ (this.held.get(key)));
    const key = [...keys, ...some].pop();
    /** @type {SVGGElement | null} */ (this.plot.svg.querySelector(`.handle[data-key="${key}"]`))?.focus({ preventScroll: true });
  }

  #listen() {
    const { svg } = this.plot;
    svg.addEventListener("pointerdown", (event) => this.#take(event));
    svg.addEventListener("touchstart", (event) => { if (keyOf(event)) event.preventDefault(); }, { passive: false });
    svg.addEventListener("pointermove", (event) => {
      if (!this.taken) return;
      this.dragged = true;
      this.#drag(event, false);
    });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
      svg.addEventListener(end, (event) => {
        if (this.taken && this.dragged) this.#drag(event, true);
        this.taken = undefined;
      });
    svg.addEventListener("dblclick", (event) => this.held.get(keyOf(event))?.remove?.());
    svg.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {PointerEvent} event */
  #take(event) {
    const { plot } = this, key = keyOf(event), grip = this.held.get(key);
    this.dragged = false;
    if (!grip || event.button !== 0) return;
    const at = plot.place(event), linear = !plot.options.x?.log && !plot.options.y?.log;
    const within = (/** @type {number} */ v, /** @type {[number, number]} */ span) => v >= Math.min(...span) && v <= Math.max(...span);
    const shown = linear && within(grip.x, plot.spans.x) && within(grip.y, plot.spans.y); // else it was drawn at the rim
    this.taken = shown ? { key, dx: grip.x - at.x, dy: grip.y - at.y } : { key, dx: 0, dy: 0 };
    plot.svg.setPointerCapture(event.pointerId);
    /** @type {SVGGElement} */ (/** @type {Element} */ (event.target).closest(".handle")).focus({ preventScroll: true });
    event.preventDefault();
  }

  /** @param {PointerEvent} event @param {boolean} last */
  #drag(event, last) {
    if (!this.taken) return;
    const at = this.plot.place(event), { key, dx, dy } = this.taken;
    this.held.get(key)?.move({ x: at.x + dx, y: at.y + dy }, { last });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const grip = this.held.get(keyOf(event));
    if (!grip) return;
    const enter = event.key === "Enter" || event.key === " ";
    if (enter && grip.press) grip.press();
    else if (enter && this.#canAdd(grip)) this.plot.clicked?.({ x: grip.x + 4 * (grip.step ?? 0.1), y: grip.y });
    else if ((event.key === "Delete" || event.key === "Backspace") && grip.remove) grip.remove();
    else if (event.key in ARROWS) {
      const [dx, dy] = ARROWS[event.key], step = (grip.step ?? 0.1) * (event.shiftKey ? 10 : 1);
      const along = dx + dy; // either pair of arrows moves what has one direction
      const [x, y] = grip.along === "x" ? [along, 0] : grip.along === "y" ? [0, along] : [dx, dy];
      grip.move({ x: grip.x + x * step, y: grip.y + y * step }, { last: true });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
