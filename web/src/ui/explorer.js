/**
 * What all explorers share: controls with names, pictures that follow them in the same frame, words that say the same,
 * and a model that holds their state. The model has anywidget's interface (get, set, on, off, save_changes): in a
 * notebook it is the kernel's, elsewhere a stand-in of a few lines (`host.js`).
 */

import { fixed } from "./axes.js";
import css from "./explorer.css";
import { Plot } from "./plot.js";
import { watchTheme } from "./theme.js";
import { unique } from "./unique.js";

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
 * @typedef {object} Slider
 * @property {"slider"} kind
 * @property {string} label
 * @property {number} first
 * @property {number} low
 * @property {number} high
 * @property {number} step
 * @property {string} about
 * @property {number[]} [stops] the values it has, where these are not evenly spaced
 */
/** @typedef {{ kind: "choice", label: string, first: string, options: string[], about: string }} Choice */
/** @typedef {{ kind: "toggle", label: string, first: boolean, about: string }} Toggle */
/** @typedef {Slider | Choice | Toggle} Control */
/**
 * @typedef {object} Action
 * @property {string} label
 * @property {string} [about]
 * @property {(stage: Stage) => void} press
 * @property {(stage: Stage) => boolean} [pressed]
 * @property {(stage: Stage) => boolean} [off]
 */
/**
 * @typedef {object} Spec
 * @property {string} title
 * @property {Record<string, Control>} controls
 * @property {Values} [traits] further state with its first values: what is dragged, drawn or added
 * @property {string} [columns] of the pictures, as CSS's grid-template-columns
 * @property {string} [areas] as CSS's grid-template-areas
 * @property {Action[]} [actions]
 * @property {string} [hint] what can be done with the pictures
 * @property {(values: Values) => string[]} [idle] controls that make no difference at present
 * @property {(values: Values) => Values} [limits] brings values into agreement with each other
 * @property {(stage: Stage) => (values: Values) => string} scene builds the pictures; gives what draws them and says it
 */

/**
 * Keeps JupyterLab's command keys out. They are bound to whatever has the focus, so each element that can have it says so.
 */
export const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

const REST = 700; // ms without a change, until it is said aloud
const GLIDE = 340;

/**
 * @param {string} label @param {number} first @param {number} low @param {number} high @param {number} step
 * @param {string} about @returns {Slider}
 */
export const slider = (label, first, low, high, step, about = "") => ({ kind: "slider", label, first, low, high, step, about });

/** A slider whose stops are these numbers. @param {string} label @param {number} first @param {number[]} stops @param {string} about @returns {Slider} */
export const stops = (label, first, stops, about = "") => ({
  kind: "slider", label, first, low: stops[0], high: stops[stops.length - 1], step: 1, about, stops,
});

/** @param {string} label @param {string[]} options @param {string} first @param {string} about @returns {Choice} */
export const choice = (label, options, first = options[0], about = "") => ({ kind: "choice", label, first, options, about });

/** @param {string} label @param {boolean} first @param {string} about @returns {Toggle} */
export const toggle = (label, first, about = "") => ({ kind: "toggle", label, first, about });

/** A button that sets these values. @param {string} label @param {Values} values @returns {Action} */
export const preset = (label, values) => ({
  label,
  press: (stage) => stage.set(values, { glide: true }),
  pressed: (stage) => Object.entries(values).every(([name, value]) => stage.values[name] === value),
});

/** The first values of all state. @param {Spec} spec */
export function defaults(spec) {
  const first = Object.fromEntries(Object.entries(spec.controls).map(([name, control]) => [name, control.first]));
  return /** @type {Values} */ ({ ...first, ...spec.traits });
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, string>} attributes @param {Element} [parent] @returns {HTMLElementTagNameMap[T]} */
export function html(tag, attributes = {}, parent) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else element.setAttribute(name, value);
  }
  parent?.append(element);
  return element;
}

/** A number as a control shows it. @param {Slider} control @param {number} value */
function shown(control, value) {
  if (control.stops) return `${value}`;
  return fixed(value, Math.max(0, Math.ceil(-Math.log10(control.step) - 1e-9)));
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
    this.root = html("section", { class: "mlpx", ...OWN_KEYS, "aria-label": spec.title });
    html("style", { text: css }, this.root);
    this.controls = html("div", { class: "controls" }, this.root);
    this.buttons = html("div", { class: "buttons", role: "group", "aria-label": "Actions" }, this.root);
    this.body = html("div", { class: "stage" }, this.root);
    this.body.style.gridTemplateColumns = spec.columns ?? "minmax(0, 1fr)";
    if (spec.areas) this.body.style.gridTemplateAreas = spec.areas;
    this.says = html("p", { class: "says", "aria-hidden": "true" }, this.root);
    this.status = html("div", { class: "hush", role: "status" }, this.root);
    /** @type {{ name: string, update: () => void }[]} */
    this.inputs = Object.entries(spec.controls).map(([name, control]) => this.#control(name, control));
    this.presses = [...(spec.actions ?? []), { label: "Reset", about: "Put everything back to where it started", press: () => this.reset() }];
    this.pressers = this.presses.map((action) => this.#button(action));
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
   * Change state: pictures follow in the next frame, the kernel a moment later.
   * @param {Values} changes @param {{ glide?: boolean }} how
   */
  set(changes, { glide = false } = {}) {
    const limited = this.spec.limits ? this.spec.limits({ ...this.values, ...changes }) : { ...this.values, ...changes };
    if (glide) this.glide();
    this.values = limited;
    for (const [name, value] of Object.entries(limited)) if (this.model.get(name) !== value) this.model.set(name, value);
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
    if (this.root.clientWidth === 0) return;
    for (const plot of this.plots) plot.begin();
    this.words = this.draw(this.values);
    for (const plot of this.plots) plot.done();
    this.says.textContent = this.words;
    for (const input of this.inputs) input.update();
    for (const update of this.pressers) update();
    this.draws++;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => (this.status.textContent = this.words), REST);
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
    this.ends.push(watchTheme(this.root));
    const changed = () => {
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

  /** @param {string} name @param {Control} control */
  #control(name, control) {
    const box = html("div", { class: "control" }, this.controls), id = `${this.id}-${name}`;
    html("label", { for: id, text: control.label, title: control.about || control.label }, box);
    if (control.kind === "choice") {
      const select = html("select", { id, ...OWN_KEYS, title: control.about || control.label }, box);
      for (const option of control.options) html("option", { value: option, text: option }, select);
      select.addEventListener("change", () => this.#moved(name, select.value, true));
      return { name, update: () => this.#match(box, select, name, this.values[name]) };
    }
    if (control.kind === "toggle") {
      const tick = html("input", { id, ...OWN_KEYS, type: "checkbox" }, box);
      tick.addEventListener("change", () => this.#moved(name, tick.checked, true));
      return { name, update: () => void (tick.checked = this.values[name]) };
    }
    return this.#slider(box, id, name, control);
  }

  /** @param {HTMLElement} box @param {string} id @param {string} name @param {Slider} control */
  #slider(box, id, name, control) {
    const { stops } = control, ends = stops ? [0, stops.length - 1, 1] : [control.low, control.high, control.step];
    const [min, max, step] = ends.map(String);
    const input = html("input", { id, ...OWN_KEYS, type: "range", min, max, step, title: control.about || control.label }, box);
    const output = html("output", { for: id, "aria-hidden": "true" }, box);
    input.addEventListener("input", () => this.#moved(name, stops ? stops[+input.value] : Number(Number(input.value).toFixed(9))));
    return {
      name,
      update: () => {
        const value = this.values[name], words = shown(control, value), high = this.highest?.(name);
        if (high !== undefined && input.max !== `${high}`) input.max = `${high}`;
        const low = this.lowest?.(name);
        if (low !== undefined && input.min !== `${low}`) input.min = `${low}`;
        this.#match(box, input, name, stops ? stops.reduce((best, x, i) => (Math.abs(x - value) < Math.abs(stops[best] - value) ? i : best), 0) : value);
        if (output.textContent !== words) output.textContent = words;
        if (input.getAttribute("aria-valuetext") !== words) input.setAttribute("aria-valuetext", words);
      },
    };
  }

  /** @param {HTMLElement} box @param {HTMLInputElement | HTMLSelectElement} input @param {string} name @param {Value} value */
  #match(box, input, name, value) {
    if (input.value !== `${value}`) input.value = `${value}`;
    const off = this.spec.idle?.(this.values).includes(name) ?? false;
    if (input.disabled !== off) input.disabled = off;
    box.classList.toggle("off", off);
  }

  /** @param {string} name @param {Value} value @param {boolean} glide */
  #moved(name, value, glide = false) {
    this.onMove?.(name, value);
    this.set({ [name]: value }, { glide });
  }

  /** @param {Action} action */
  #button(action) {
    const alone = !this.spec.actions?.length;
    if (action.label === "Reset" && !alone) html("span", { class: "gap" }, this.buttons);
    const about = { type: "button", ...OWN_KEYS, text: action.label, title: action.about ?? action.label };
    const button = html("button", about, alone ? this.controls : this.buttons);
    button.addEventListener("click", () => action.press(this));
    return () => {
      if (action.pressed) button.setAttribute("aria-pressed", `${action.pressed(this)}`);
      if (action.off) button.disabled = action.off(this);
    };
  }

  /**
   * A list, and a slider for what is chosen in it, below a picture.
   * @param {HTMLElement} under @param {string} label
   */
  editor(under, label) {
    const box = html("div", { class: "control edit" }, under), id = `${this.id}-edit-${label}`;
    html("label", { for: id, text: label }, box);
    const list = html("select", { id, ...OWN_KEYS }, box);
    const input = html("input", { type: "range", min: "-8", max: "8", step: "0.05", "aria-label": `value of the ${label}`, ...OWN_KEYS }, box);
    const output = html("output", { "aria-hidden": "true" }, box);
    return { list, input, output };
  }

  /** @type {(() => void) | undefined} begins what runs by itself */
  start;
  /** @type {(() => void) | undefined} ends it and keeps where it is */
  halt;
  /** @type {((how: number | string) => void) | undefined} moves along a run */
  go;
  /** @type {((name: string) => number | undefined) | undefined} the start of a slider where it depends on the others */
  lowest;
  /** @type {(() => void) | undefined} */
  onReset;
  /** @type {((name: string, value: Value) => void) | undefined} called before a control moves */
  onMove;
  /** @type {((name: string) => number | undefined) | undefined} the end of a slider where it depends on the others */
  highest;
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

/** The module of an explorer, as anywidget and the site load it. @param {Spec} spec */
export const explorer = (spec) => ({
  spec,
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const stage = new Stage(spec, model, el);
    return () => stage.end();
  },
});
