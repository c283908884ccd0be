/** What the site's pages do: explorers come alive as they are scrolled to, the theme changes, code is copied, folds print. */

import { mount } from "../host.js";

const root = document.documentElement;
const here = new URL(".", import.meta.url); // where the site's files are

/** @typedef {{ module: string, values: import("../host.js").Values, key?: string, store?: string, style?: string }} About */

/** @param {HTMLElement} place */
async function show(place) {
  const about = /** @type {About} */ (JSON.parse(place.querySelector("script")?.textContent ?? "{}"));
  place.dataset.widget = "loading";
  try {
    if (about.style) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL(about.style, here).href }));
    const found = (await import(new URL(about.module, here).href)).default;
    const module = typeof found === "function" ? await found() : found;
    const store = about.store && `mlp:${location.pathname.split("/").pop()}:${about.store}`;
    mount(place, module, { values: about.values, key: about.key, store });
    place.dataset.widget = "live";
  } catch (error) {
    place.dataset.widget = "lost";
    place.append(Object.assign(document.createElement("p"), { textContent: `This could not be loaded: ${error}. Reload the page.` }));
  }
}

const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-widget]")]);
const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    show(/** @type {HTMLElement} */ (target));
  }
}, { rootMargin: "900px" });
for (const place of places) watcher.observe(place);

/** The explorer that an address is about. */
const meant = () => document.getElementById(location.hash.slice(1).split("?")[0]);
function lead() {
  const section = location.hash.includes("?") ? meant() : null, box = section?.getBoundingClientRect();
  if (section && box && (box.top < 0 || box.top > innerHeight * 0.7)) section.scrollIntoView();
}
addEventListener("hashchange", lead);
lead();

/** @param {string} selector @param {(element: HTMLElement) => void} call */
const click = (selector, call) => document.addEventListener("click", (event) => {
  const found = /** @type {Element} */ (event.target).closest(selector);
  if (found) call(/** @type {HTMLElement} */ (found));
});

const THEMES = ["auto", "light", "dark"];
const button = document.querySelector("#theme");
const say = () => button && (button.textContent = `Theme: ${root.dataset.choice ?? "auto"}`);
say();
click("#theme", () => {
  const next = THEMES[(THEMES.indexOf(root.dataset.choice ?? "auto") + 1) % THEMES.length];
  try {
    localStorage.setItem("mlp:theme", next);
  } catch {} // kept for this page only
  root.dataset.choice = next;
  dispatchEvent(new Event("theme"));
  say();
});

/** @param {HTMLElement} button @param {string} text */
async function copy(button, text) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Copy it from the address bar";
  }
  setTimeout(() => (button.textContent = before), 2000);
}
click("button.share", (button) => {
  const place = /** @type {any} */ (button.closest("section"))?.querySelector(".mlpx");
  const address = place ? new URL(`#${button.dataset.key}`, location.href) : location;
  setTimeout(() => copy(button, location.hash.startsWith(`#${button.dataset.key}?`) ? location.href : address.href));
});

const wide = matchMedia("(min-width: 1100px)");
const contents = /** @type {HTMLDetailsElement | null} */ (document.querySelector("#contents"));
const fit = () => contents && (contents.open = wide.matches);
wide.addEventListener("change", fit);
fit();

/** @type {HTMLDetailsElement[]} */
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details")].filter((fold) => !fold.open && fold.id !== "contents");
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => folded.forEach((fold) => (fold.open = false)));
