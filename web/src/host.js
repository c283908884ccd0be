/** Shows an explorer where no kernel is: a stand-in for the model, and the state in the address if wanted. */

/** @typedef {import("./ui/explorer.js").Model} Model */
/** @typedef {import("./ui/explorer.js").Values} Values */

/** Traits and events, as anywidget's model has them. @param {Values} values @returns {Model & { values: Values }} */
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
    },
    on: (event, call) => void calls.set(event, (calls.get(event) ?? new Set()).add(call)),
    off: (event, call) => void (event && call && calls.get(event)?.delete(call)),
    save_changes: () => tell("save"),
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

/** The part of an address that says what is not as at first. @param {string} key @param {Values} values @param {Values} first */
export function toAddress(key, values, first) {
  const changed = Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(first[name]));
  const texts = changed.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
  return `#${key}${texts.length ? `?${new URLSearchParams(texts)}` : ""}`;
}

/**
 * Shows an explorer's module in an element. With `key` its state is read from the address, and kept there.
 * @param {HTMLElement} el
 * @param {{ spec: import("./ui/explorer.js").Spec, render: (context: { model: Model, el: HTMLElement }) => () => void }} module
 * @param {{ values?: Values, key?: string }} options
 */
export function mount(el, module, { values = {}, key = "" } = {}) {
  const { spec } = module;
  const first = Object.fromEntries(Object.entries(spec.controls).map(([name, control]) => [name, control.first]));
  const start = { ...first, ...spec.traits, ...values }, known = Object.keys(start);
  const read = key ? fromAddress(location.hash, key) : {};
  const held = model({ ...start, ...Object.fromEntries(Object.entries(read).filter(([name]) => known.includes(name))), _initial: start });
  if (key) held.on("save", () => {
    const { _initial, ...now } = held.values;
    history.replaceState(null, "", toAddress(key, now, start));
  });
  return { model: held, end: module.render({ model: held, el }) };
}
