/** What is moved beside the pictures: sliders, lists and buttons. */

import { fixed } from "./axes.js";
import { html, OWN_KEYS } from "./html.js";
import { put, say } from "./svg.js";

/** @typedef {import("./explorer.js").Stage} Stage */
/** @typedef {import("./explorer.js").Values} Values */
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
/** @typedef {Slider | Choice} Control */
/**
 * @typedef {object} Action
 * @property {string} label
 * @property {string} [about]
 * @property {(stage: Stage) => void} press
 * @property {(stage: Stage) => boolean} [pressed]
 * @property {(stage: Stage) => boolean} [off]
 */

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

/** A button that sets these values. @param {string} label @param {Values} values @returns {Action} */
export const preset = (label, values) => ({
  label,
  press: (stage) => stage.set(values, { glide: true }),
  pressed: (stage) => Object.entries(values).every(([name, value]) => stage.values[name] === value),
});

/** Of buttons that move along a run: there is no further. @param {Stage} stage */
export const ended = (stage) => stage.playing === undefined && (stage.ended?.() ?? false);

/** A number as a control shows it. @param {Slider} control @param {number} value */
function shown(control, value) {
  if (control.stops) return `${value}`;
  let digits = Math.max(0, Math.ceil(-Math.log10(control.step) - 1e-9));
  while (digits < 4 && Math.abs(value - Number(value.toFixed(digits))) > 1e-9) digits++; // dragged, it may lie between two steps
  return fixed(value, digits);
}

/** Shows what a control's value is, and whether it makes a difference. @param {Stage} stage @param {HTMLElement} box @param {HTMLInputElement | HTMLSelectElement} input @param {string} name @param {string | number} value */
function match(stage, box, input, name, value) {
  if (input.value !== `${value}`) input.value = `${value}`;
  const off = stage.spec.idle?.(stage.values).includes(name) ?? false;
  if (input.disabled !== off) input.disabled = off;
  box.classList.toggle("off", off);
}

/** Puts a control up. Gives what brings it up to date. @param {Stage} stage @param {string} name @param {Control} control @returns {() => void} */
export function controlOf(stage, name, control) {
  const [hover, about] = control.about ? [{ title: control.about }, { "aria-description": control.about }] : [{}, {}];
  const box = html("div", { class: "control", ...hover }, stage.controls), id = `${stage.id}-${name}`;
  html("label", { for: id, text: control.label }, box);
  if (control.kind === "slider") return sliderOf(stage, box, { id, ...OWN_KEYS, ...about }, name, control);
  const select = html("select", { id, ...OWN_KEYS, ...about }, box);
  for (const option of control.options) html("option", { value: option, text: option }, select);
  select.addEventListener("change", () => stage.move(name, select.value, true));
  return () => match(stage, box, select, name, stage.values[name]);
}

/** @param {Stage} stage @param {HTMLElement} box @param {Record<string, string>} about @param {string} name @param {Slider} control */
function sliderOf(stage, box, about, name, control) {
  const { stops } = control, ends = stops ? [0, stops.length - 1, 1] : [control.low, control.high, control.step];
  const [min, max, step] = ends.map(String);
  const input = html("input", { ...about, type: "range", min, max, step }, box);
  const output = html("output", { for: about.id, "aria-hidden": "true" }, box);
  const nearest = (/** @type {number[]} */ all, /** @type {number} */ value) =>
    all.reduce((best, x, i) => (Math.abs(x - value) < Math.abs(all[best] - value) ? i : best), 0);
  input.addEventListener("input", () => stage.move(name, stops ? stops[+input.value] : Number(Number(input.value).toFixed(9))));
  return () => {
    const value = stage.values[name], words = shown(control, value), high = stage.highest?.(name), low = stage.lowest?.(name);
    if (high !== undefined && input.max !== `${high}`) input.max = `${high}`;
    if (low !== undefined && input.min !== `${low}`) input.min = `${low}`;
    match(stage, box, input, name, stops ? nearest(stops, value) : value);
    say(output, words);
    put(input, { "aria-valuetext": words });
  };
}

/** Puts a button up, Reset apart from the others. Gives what brings it up to date. @param {Stage} stage @param {Action} action */
export function buttonOf(stage, action) {
  const alone = !stage.spec.actions?.length;
  if (action.label === "Reset" && !alone) html("span", { class: "gap" }, stage.buttons);
  const about = { type: "button", ...OWN_KEYS, text: action.label, ...(action.about && { title: action.about }) };
  const button = html("button", about, alone ? stage.controls : stage.buttons);
  button.addEventListener("click", () => action.off?.(stage) || action.press(stage));
  return () => {
    if (action.pressed) put(button, { "aria-pressed": `${action.pressed(stage)}` });
    if (action.off) put(button, { "aria-disabled": `${action.off(stage)}` }); // disabled, it would lose the focus
  };
}

/** A list, and a slider for what is chosen in it, below a picture. @param {Stage} stage @param {HTMLElement} under @param {string} label */
export function editorOf(stage, under, label) {
  const box = html("div", { class: "control edit" }, under), id = `${stage.id}-edit-${label}`;
  html("label", { for: id, text: label }, box);
  const list = html("select", { id, ...OWN_KEYS }, box);
  const input = html("input", { type: "range", min: "-8", max: "8", step: "0.05", "aria-label": `value of the ${label}`, ...OWN_KEYS }, box);
  const output = html("output", { "aria-hidden": "true" }, box);
  return { list, input, output };
}
