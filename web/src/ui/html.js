/** Elements of pages. */

/**
 * Keeps JupyterLab's command keys out. They are bound to whatever has the focus, so each element that can have it says so.
 */
export const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

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
