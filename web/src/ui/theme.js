/** Light or dark? What stands behind the explorer decides, whoever hosts it. */

/** @param {string} colour as computed styles give it @returns {number[] | undefined} red, green, blue; nothing where it is clear */
function opaque(colour) {
  const parts = colour.match(/[\d.]+/g)?.map(Number);
  return parts && parts.length >= 3 && (parts.length < 4 || parts[3] > 0.5) ? parts : undefined;
}

/** @param {Element} element */
function isDark(element) {
  for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement) {
    const colour = opaque(getComputedStyle(at).backgroundColor);
    if (colour) return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2] < 128;
  }
  return getComputedStyle(document.documentElement).colorScheme.includes("dark")
    && matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Keeps `data-theme` of an element up to date, and tells when it has changed. Gives what ends that. @param {HTMLElement} root @param {() => void} [changed] */
export function watchTheme(root, changed) {
  const look = () => {
    const theme = isDark(root) ? "dark" : "light";
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    changed?.();
  };
  const soon = () => setTimeout(look, 60); // new style sheets take a moment
  const watcher = new MutationObserver(() => {
    look();
    soon();
  });
  for (const element of [document.documentElement, document.body])
    watcher.observe(element, { attributeFilter: ["class", "style", "data-theme", "data-jp-theme-light", "data-jp-theme-name", "theme"] });
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", look);
  soon();
  look();
  return () => {
    watcher.disconnect();
    media.removeEventListener("change", look);
  };
}
