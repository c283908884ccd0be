/** Shows an explorer, or any module with anywidget's interface, where no kernel is: plays its model and keeps its state. */

/** @typedef {import("./ui/explorer.js").Model} Model */
/** @typedef {import("./ui/explorer.js").Values} Values */
/** @typedef {import("./ui/explorer.js").Spec} Spec */
/**
 * @typedef {object} Module
 * @property {Spec} [spec] what an explorer says of its controls
 * @property {(context: { model: Model }) => unknown} [initialize]
 * @property {(context: { model: Model, el: HTMLElement }) => unknown} render gives what ends it, or a promise of that
 */

const REST = 250; // ms without a change, until the address is written: browsers count how often

/**
 * Traits and events, as anywidget's model has them. There is nobody to `send` to.
 * @param {Values} values @returns {Model & { values: Values }}
 */
export function model(values) {
  const held = { ...values };
  /** @type {Map<string, Set<(...args: any[]) => void>>} */
  const calls = new Map();
  const tell = (/** @type {string} */ event) => [...(calls.get(event) ?? [])].forEach((call) => call());
  return {
    values: held,
    get: (name) => held[name],
    set(name, value) {
      if (held[name] === value) return;
      held[name] = value;
      tell(`change:${name}`);
      tell("change");
    },
    on: (event, call) => void calls.set(event, (calls.get(event) ?? new Set()).add(call)),
    off(event, call) {
      if (!event) calls.clear();
      else if (!call) calls.delete(event);
      else calls.get(event)?.delete(call);
    },
    save_changes: () => tell("save"),
    send: () => {},
  };
}

/** What an address says after `#key?`, as values. @param {string} address @param {string} key @returns {Values} */
export function fromAddress(address, key) {
  const [name, query] = address.replace(/^#/, "").split("?");
  if (name !== key || !query) return {};
  const found = /** @type {Values} */ ({});
  for (const [trait, text] of new URLSearchParams(query)) {
    try {
      found[trait] = JSON.parse(text);
    } catch {
      found[trait] = text;
    }
  }
  return found;
}

/** What of `found` the explorer can be: anybody may write an address. @param {Spec} spec @param {Values} found @param {Values} start */
export function possible(spec, found, start) {
  const kind = (/** @type {any} */ value) => (Array.isArray(value) ? "list" : typeof value);
  const held = (/** @type {[string, any]} */ [name, value]) => {
    const control = spec.controls[name];
    if (!(name in start) || kind(value) !== kind(start[name])) return false;
    if (control?.kind === "choice") return control.options.includes(value);
    if (control?.kind === "slider" && control.stops) return control.stops.includes(value);
    if (control?.kind !== "slider") return true;
    return value >= control.low && value <= control.high && (Number.isInteger(value) || !Number.isInteger(control.step));
  };
  return Object.fromEntries(Object.entries(found).filter(held));
}

/** The part of an address that says what is not as at first. @param {string} key @param {Values} values @param {Values} first */
export function toAddress(key, values, first) {
  const texts = Object.entries(changed(values, first)).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
  return `#${key}${texts.length ? `?${new URLSearchParams(texts)}` : ""}`;
}

/** @param {Values} values @param {Values} first @returns {Values} */
const changed = (values, first) => Object.fromEntries(
  Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(first[name])),
);

/**
 * Shows a module in an element. With `key` its state is read from the address, and kept there; with `store` it is kept
 * in the browser, under that name.
 * @param {HTMLElement} el @param {Module} module @param {{ values?: Values, key?: string, store?: string }} options
 */
export function mount(el, module, { values = {}, key = "", store = "" } = {}) {
  const { spec } = module, { _initial, ...given } = values;
  const first = Object.fromEntries(Object.entries(spec?.controls ?? {}).map(([name, control]) => [name, control.first]));
  const start = /** @type {Values} */ ({ ...first, ...spec?.traits, ...given });
  const held = model({ ...start, ...(store ? recall(store) : {}), _initial: _initial ?? start });
  const ends = [key && spec ? followAddress(held, key, spec, start) : () => {}];
  if (store) held.on("save", () => remember(store, changed(now(held), start)));
  module.initialize?.({ model: held });
  const shown = module.render({ model: held, el });
  const end = async () => {
    for (const stop of ends) stop();
    const last = await shown;
    if (typeof last === "function") last();
  };
  return { model: held, end };
}

/** @param {{ values: Values }} model */
const now = ({ values: { _initial, ...rest } }) => rest;

/** Keeps an explorer and the address together, both ways. @param {Model & { values: Values }} held @param {string} key @param {Spec} spec @param {Values} start */
function followAddress(held, key, spec, start) {
  const read = () => {
    const found = fromAddress(location.hash, key);
    if (!Object.keys(found).length) return;
    for (const [name, value] of Object.entries({ ...start, ...possible(spec, found, start) })) held.set(name, value);
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  held.on("save", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => history.replaceState(history.state, "", toAddress(key, now(held), start)), REST);
  });
  addEventListener("hashchange", read);
  read();
  return () => {
    clearTimeout(waiting);
    removeEventListener("hashchange", read);
  };
}

/** What is kept in the browser; nothing where it keeps nothing. @param {string} store @returns {Values} */
function recall(store) {
  try {
    const found = JSON.parse(localStorage.getItem(store) ?? "{}");
    return found && typeof found === "object" ? found : {};
  } catch {
    return {};
  }
}

/** @param {string} store @param {Values} values */
function remember(store, values) {
  try {
    localStorage.setItem(store, JSON.stringify(values));
  } catch {} // a browser that is full, or keeps nothing: then it holds as long as the page
}
