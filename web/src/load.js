/**
 * Imports the module that a widget brings as text in `_code`, once for all widgets with the same text: what a page has
 * imported it keeps, so that a cell which runs again and again would fill it.
 */

/** @typedef {import("./ui/explorer.js").Model} Model */
/** @typedef {import("./host.js").Module} Module */

const KEY = Symbol.for("mlp course: modules by their text"); // found again by the next copy of this file
/** @type {Map<string, Promise<{ default: Module }>>} */
const modules = (/** @type {any} */ (globalThis)[KEY] ??= new Map());

/** @param {string} code */
function load(code) {
  const known = modules.get(code);
  if (known) return known;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const loaded = import(url).finally(() => URL.revokeObjectURL(url));
  modules.set(code, loaded);
  return loaded;
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  async render(context) {
    const { default: module } = await load(context.model.get("_code"));
    return module.render(context);
  },
};
