/** Elements of pictures. */

/** @typedef {"circle" | "triangle" | "square" | "diamond" | "cross"} Shape */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, string | number>} attributes @param {Element} [parent] */
export function svg(tag, attributes, parent) {
  const element = document.createElementNS(SVG, tag);
  put(element, attributes);
  parent?.append(element);
  return element;
}

/** Writes the attributes that are new: the same once more would make browsers lay out and paint again. @param {Element} element @param {Record<string, string | number>} attributes */
export function put(element, attributes) {
  for (const name in attributes) {
    const value = `${attributes[name]}`;
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

/** Writes words that are new, into the text that is there. @param {Element} element @param {string} words */
export function say(element, words) {
  if (element.textContent === words) return;
  const text = element.firstChild;
  if (text instanceof Text && !text.nextSibling) text.data = words;
  else element.textContent = words;
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
