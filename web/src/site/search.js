/** The search page: finds sections by their words, in the reader's browser. */

import MiniSearch from "minisearch";

/** @typedef {{ id: number, page: string, heading: string, address: string, text: string }} Section */

const box = /** @type {HTMLInputElement} */ (document.querySelector("#ask"));
const list = /** @type {HTMLElement} */ (document.querySelector("#found"));
const status = /** @type {HTMLElement} */ (document.querySelector("#count"));
const MOST = 40;

const sections = /** @type {Section[]} */ (await (await fetch(new URL("search.json", import.meta.url))).json());
const index = new MiniSearch({
  fields: ["heading", "text", "page"], storeFields: ["page", "heading", "address", "text"],
  searchOptions: { boost: { heading: 4, page: 2 }, prefix: true, fuzzy: 0.15, combineWith: "AND" },
});
index.addAll(sections);

/** @param {string} text @param {string[]} terms */
function excerpt(text, terms) {
  const places = terms.map((term) => text.toLowerCase().indexOf(term)).filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...places, text.length) - 60);
  return `${from ? "… " : ""}${text.slice(from, from + 180)}${text.length > from + 180 ? " …" : ""}`;
}

function find() {
  const asked = box.value.trim(), found = asked ? index.search(asked) : [];
  list.replaceChildren(...found.slice(0, MOST).map((hit) => {
    const item = document.createElement("li"), link = document.createElement("a"), text = document.createElement("p");
    link.href = hit.address;
    link.textContent = hit.heading === hit.page ? hit.page : `${hit.page}: ${hit.heading}`;
    text.textContent = excerpt(hit.text, hit.terms);
    item.append(link, text);
    return item;
  }));
  status.textContent = asked ? `${found.length} ${found.length === 1 ? "section" : "sections"} found` : "";
  history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 120);
});
box.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
box.value = new URLSearchParams(location.search).get("q") ?? "";
find();
