/**
 * What all explorers share: controls with names, pictures that follow them in the same frame, words that say the same,
 * and a model that holds their state. The model has anywidget's interface (get, set, on, off, save_changes): in a
 * notebook it is the kernel's, elsewhere a stand-in of a few lines (`host.js`).
 */

import { buttonOf, controlOf } from "./controls.js";
import css from "./explorer.css";
import { html, OWN_KEYS } from "./html.js";
import { Plot } from "./plot.js";
import { say } from "./svg.js";
import { watchTheme } from "./theme.js";
import { unique } from "./unique.js";

/** @typedef {import("./controls.js").Action} Action */
/** @typedef {import("./controls.js").Control} Control */
/** @typedef {any} Value */
/** @typedef {Record<string, Value>} Values */
/**
 * @typedef {object} Model
 * @property {(name: string) => Value} get
 * @property {(name: string, value: Value) => void} set
 * @property {(event: string, call: (...args: any[]) => void) => void} on
 * @property {(event?: string | null, call?: ((...args: any[]) => void) | null) => void} off
 * @property {() => void} save_changes
 * @property {(content: any) => void} [send]
 */
/**
 * @typedef {object} Spec
 * @property {string} title
 * @property {Record<string, Control>} controls
 * @property {Values} [traits] further state with its first values: what is dragged, drawn or added
 * @property {string} [columns] of the pictures, as CSS's grid-template-columns
 * @property {string} [areas] as CSS's grid-template-areas
 * @property {Action[]} [actions]
 * @property {(values: Values) => string[]} [idle] controls that make no difference at present
 * @property {(values: Values) => Values} [limits] brings values into agreement with each other
 * @property {(stage: Stage) => (values: Values) => string} scene builds the pictures; gives what draws them and says it
 */

const REST = 700; // ms without a change, until it is said aloud
const GLIDE = 340;

/** The first values of all state. @param {Spec} spec */
export function defaults(spec) {
  const first = Object.fromEntries(Object.entries(spec.controls).map(([name, control]) => [name, control.first]));
  return /** @type {Values} */ ({ ...first, ...spec.traits });
}

/** One view of an explorer: its elements, its state, and the clock that draws. */
export class Stage {
  /** @param {Spec} spec @param {Model} model @param {HTMLElement} el */
  constructor(spec, model, el) {
    this.spec = spec;
    this.model = model;
    this.first = defaults(spec);
    this.values = this.#read();
    this.id = unique("explorer");
    this.words = "";
    this.draws = 0;
    /** @type {Plot[]} */
    this.plots = [];
    /** @type {(() => void)[]} */
    this.ends = [];
    this.root = html("section", { class: "mlpx", ...OWN_KEYS, "aria-label": untaken(spec.title) });
    html("style", { text: css }, this.root);
    this.controls = html("div", { class: "controls" }, this.root);
    this.buttons = html("div", { class: "buttons", role: "group", "aria-label": "Actions" }, this.root);
    this.body = html("div", { class: "stage" }, this.root);
    this.body.style.gridTemplateColumns = spec.columns ?? "minmax(0, 1fr)";
    if (spec.areas) this.body.style.gridTemplateAreas = spec.areas;
    this.says = html("p", { class: "says", "aria-hidden": "true" }, this.root);
    this.status = html("div", { class: "hush", role: "status", "aria-live": "off" }, this.root); // the first words are no news
    const reset = { label: "Reset", about: "Put everything back to where it started", press: () => this.reset() };
    this.updates = [
      ...Object.entries(spec.controls).map(([name, control]) => controlOf(this, name, control)),
      ...[...(spec.actions ?? []), reset].map((action) => buttonOf(this, action)),
    ];
    this.draw = spec.scene(this);
    this.#listen(el);
  }

  /** A new picture. @param {import("./plot.js").Options} options @param {string} area */
  plot(options, area = "") {
    const plot = new Plot(this.body, options);
    if (area) plot.figure.style.gridArea = area;
    this.plots.push(plot);
    return plot;
  }

  #read() {
    const values = /** @type {Values} */ ({});
    for (const [name, first] of Object.entries(this.first)) values[name] = this.model.get(name) ?? first;
    return values;
  }

  /**
   * Change state: pictures follow in the next frame at the latest, the kernel a moment later.
   * @param {Values} changes @param {{ glide?: boolean }} how
   */
  set(changes, { glide = false } = {}) {
    const limited = this.spec.limits ? this.spec.limits({ ...this.values, ...changes }) : { ...this.values, ...changes };
    if (glide) this.glide();
    this.values = limited;
    this.telling = true;
    for (const [name, value] of Object.entries(limited)) if (this.model.get(name) !== value) this.model.set(name, value);
    this.telling = false;
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.model.save_changes(), 80);
    this.ask();
  }

  reset() {
    this.onReset?.();
    this.set({ ...this.first, ...this.model.get("_initial") }, { glide: true });
  }

  /** Let paths move to their new places instead of jumping, for a moment. */
  glide() {
    this.root.classList.add("glide");
    clearTimeout(this.gliding);
    this.gliding = setTimeout(() => this.root.classList.remove("glide"), GLIDE);
  }

  /** Draw in the next frame. */
  ask() {
    this.asked ??= requestAnimationFrame(() => this.show());
  }

  show() {
    this.asked = undefined;
    if (!this.draws && this.root.clientWidth === 0) return; // there is no room yet
    for (const plot of this.plots) plot.begin();
    this.words = this.draw(this.values);
    for (const plot of this.plots) plot.done();
    say(this.says, this.words);
    for (const update of this.updates) update();
    this.draws++;
    this.#hold();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.#tell(), REST);
  }

  /** Brings what lies beyond a slider's end, where that depends on the others, to the end: it was drawn as if it stood there. */
  #hold() {
    const changes = /** @type {Values} */ ({});
    for (const name of Object.keys(this.spec.controls)) {
      const { [name]: value } = this.values, high = this.highest?.(name), low = this.lowest?.(name);
      if (high !== undefined && value > high) changes[name] = high;
      else if (low !== undefined && value < low) changes[name] = low;
    }
    if (Object.keys(changes).length) this.set(changes);
  }

  /** Says aloud what is new. */
  #tell() {
    if (this.status.textContent === this.words) return; // a window was resized: nobody wants to hear it again
    this.status.textContent = this.words;
    setTimeout(() => this.status.setAttribute("aria-live", "polite"));
  }

  /** Call `tick` before each frame until it gives false, or until `stop`. @param {() => boolean} tick */
  play(tick) {
    this.stop();
    const next = () => {
      if (!this.root.isConnected || !tick()) {
        this.playing = undefined;
        this.halt?.();
        this.ask();
        return;
      }
      this.playing = requestAnimationFrame(next);
      this.show();
    };
    this.playing = requestAnimationFrame(next);
    this.ask();
  }

  stop() {
    if (this.playing !== undefined) cancelAnimationFrame(this.playing);
    this.playing = undefined;
  }

  /** @param {HTMLElement} el */
  #listen(el) {
    el.append(this.root);
    /** @type {any} */ (this.root).explorer = this;
    this.ends.push(watchTheme(this.root, () => { if (this.draws) this.ask(); })); // canvases have colours of their own
    const changed = () => {
      if (this.telling) return; // what is half set yet would be drawn, and glide
      const now = this.#read();
      if (Object.keys(now).every((name) => now[name] === this.values[name])) return;
      const jump = Object.keys(now).some((name) => typeof now[name] !== "number" && now[name] !== this.values[name]);
      if (jump && this.playing === undefined) this.glide();
      this.values = now;
      this.ask();
    };
    for (const name of Object.keys(this.first)) {
      this.model.on(`change:${name}`, changed);
      this.ends.push(() => this.model.off(`change:${name}`, changed));
    }
    const sizes = new ResizeObserver(() => {
      if (this.plots.map((plot) => plot.fit()).some(Boolean) || !this.draws) {
        if (this.draws) this.ask();
        else this.show();
      }
    });
    sizes.observe(this.body);
    this.ends.push(() => sizes.disconnect());
  }

  /** A control is moved. @param {string} name @param {Value} value @param {boolean} glide */
  move(name, value, glide = false) {
    this.onMove?.(name, value);
    this.set({ [name]: value }, { glide });
    this.#hurry();
  }

  /** Draws at once, while the browser prepares its next frame; what else changes before that frame is drawn in it. */
  #hurry() {
    if (this.hurried || this.playing !== undefined || this.asked === undefined) return;
    this.hurried = true;
    requestAnimationFrame(() => (this.hurried = false));
    cancelAnimationFrame(this.asked);
    this.show();
  }

  /** @type {(() => void) | undefined} begins what runs by itself */
  start;
  /** @type {(() => void) | undefined} ends it and keeps where it is */
  halt;
  /** @type {((how: number | string) => void) | undefined} moves along a run */
  go;
  /** @type {(() => boolean) | undefined} is a run at its end? */
  ended;
  /** @type {((name: string) => number | undefined) | undefined} the start of a slider where it depends on the others */
  lowest;
  /** @type {(() => void) | undefined} */
  onReset;
  /** @type {((name: string, value: Value) => void) | undefined} called before a control moves */
  onMove;
  /** @type {((name: string) => number | undefined) | undefined} the end of a slider where it depends on the others */
  highest;
  telling = false; // the model of what was changed here
  hurried = false; // has it been drawn already for the next frame?
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  saving;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  resting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  gliding;
  /** @type {number | undefined} */
  asked;
  /** @type {number | undefined} */
  playing;

  end() {
    this.stop();
    if (this.asked !== undefined) cancelAnimationFrame(this.asked);
    clearTimeout(this.resting);
    if (this.saving !== undefined) clearTimeout(this.saving);
    for (const end of this.ends) end();
    this.root.remove();
  }
}

/** A name that no other explorer of the page has, for regions are told apart by their names. @param {string} title */
function untaken(title) {
  const taken = new Set([...document.querySelectorAll(".mlpx")].map((other) => other.getAttribute("aria-label")));
  let name = title;
  for (let i = 2; taken.has(name); i++) name = `${title} (${i})`;
  return name;
}

/** The module of an explorer, as anywidget and the site load it. @param {Spec} spec */
export const explorer = (spec) => ({
  spec,
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const stage = new Stage(spec, model, el);
    return () => stage.end();
  },
});
