/**
 * A guess, written down before one looks: asked for, kept, and laid beside what came out when *Compare* is unfolded.
 * The model has `asks`, `name` and `title`, and holds `guess`, `stage` ("open", "kept", "skipped" or "compared") and
 * `verdict`; it has anywidget's interface, so a page without a kernel may play it.
 */

import css from "./ask/ask.css";
import { both, pad } from "./ask/drawing.js";
import { complaint, isEmpty, judge, said } from "./ask/judge.js";
import { html, OWN_KEYS } from "./ui/html.js";
import { watchTheme } from "./ui/theme.js";
import { unique } from "./ui/unique.js";

/** @typedef {import("./ui/explorer.js").Model} Model */
/** @typedef {import("./ask/judge.js").Ask} Ask */

class Sheet {
  /** @param {Model} model @param {HTMLElement} el */
  constructor(model, el) {
    this.model = model;
    /** @type {Ask[]} */
    this.asks = model.get("asks");
    /** @type {any[]} */
    this.draft = this.asks.map((_, i) => model.get("guess")?.[i] ?? null);
    this.id = unique("ask");
    this.root = html("div", { class: "mlpa", role: "group", ...OWN_KEYS, "aria-label": model.get("title") || "Your prediction" });
    html("style", { text: css }, this.root);
    this.told = html("div", { class: "told", role: "status" }, this.root); // there before its words are, else nobody hears them
    this.body = html("div", {}, this.root);
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.model.get("stage") === "open") this.to("skipped");
    });
    this.show();
    el.append(this.root); // with its words: what is there from the start is not announced
  }

  /** @param {string} stage @param {Record<string, any>} more @param {boolean} focus */
  to(stage, more = {}, focus = true) {
    const verdict = this.asks.map((ask, i) => judge(ask, this.draft[i]));
    for (const [name, value] of Object.entries({ ...more, ...(stage === "compared" && { verdict }), stage })) this.model.set(name, value);
    this.model.save_changes();
    this.show();
    if (focus) /** @type {HTMLElement | null} */ (this.body.querySelector("input, select, button"))?.focus({ preventScroll: true });
  }

  show() {
    const stage = this.model.get("stage");
    this.body.replaceChildren();
    this.told.replaceChildren();
    this.root.dataset.stage = stage;
    if (stage === "open") this.#form();
    else if (stage === "compared") this.#compared();
    else this.#line(stage);
  }

  #form() {
    this.boxes = this.asks.map((ask, i) => this.#field(ask, i));
    const row = html("div", { class: "acts" }, this.body);
    const keep = html("button", { type: "button", class: "main", text: this.model.get("quiz") ? "Check" : "Keep my guess" }, row);
    const skip = html("button", { type: "button", text: "Skip", title: "Escape skips, too", "aria-keyshortcuts": "Escape" }, row);
    this.note = html("span", { class: "soft", role: "alert" }, row);
    keep.addEventListener("click", () => this.#keep());
    skip.addEventListener("click", () => this.to("skipped"));
  }

  #keep() {
    const texts = this.asks.map((ask, i) => complaint(ask, this.draft[i])), at = texts.findIndex(Boolean);
    const note = /** @type {HTMLElement} */ (this.note), inputs = (this.boxes ?? []).map((box) => [...box.querySelectorAll("input, select")]);
    inputs.forEach((all, i) => all.forEach((input) => input.setAttribute("aria-invalid", `${texts[i] !== ""}`)));
    if (at >= 0) {
      note.textContent = `${this.asks[at].label}: ${texts[at]}`;
      /** @type {HTMLElement} */ (inputs[at][0]).focus({ preventScroll: true });
    } else if (this.draft.every(isEmpty)) note.textContent = "Nothing is guessed yet: any guess will do, or skip.";
    else this.to(this.model.get("quiz") ? "compared" : "kept", { guess: [...this.draft] });
  }

  /** The box of a question, named by its label; one field needs no group. @param {Ask} ask @param {number} i @returns {HTMLElement} */
  #field(ask, i) {
    const id = `${this.id}-${i}`, grouped = ["choice", "draw", "order"].includes(ask.kind);
    const box = html(grouped ? "fieldset" : "div", { class: `field ${ask.kind}` }, this.body);
    if (grouped) html("legend", { text: ask.label }, box);
    else html("label", { for: id, text: ask.label }, box);
    if (ask.kind === "choice") this.#choice(ask, i, box, id);
    else if (ask.kind === "draw") pad(ask, this.draft[i], box, (guess) => (this.draft[i] = guess));
    else if (ask.kind === "order") this.#order(ask, i, box);
    else this.#text(ask, i, box, id);
    return box;
  }

  /** @param {Ask} ask @param {number} i @param {Element} box @param {string} id */
  #text(ask, i, box, id) {
    const hold = { number: "a number", shape: `${ask.answer}`.startsWith("[") ? "for example [3, 4]" : "for example (3, 4)", code: "an expression" }[/** @type {string} */ (ask.kind)] ?? "in a few words";
    const input = html("input", { id, type: "text", placeholder: hold, autocomplete: "off", spellcheck: "false", ...OWN_KEYS }, box);
    input.classList.toggle("wide", ask.kind === "text" || ask.kind === "code");
    input.value = this.draft[i] ?? "";
    input.addEventListener("input", () => (this.draft[i] = input.value.trim()));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // else the button that gets the focus is pressed by the same key
      this.#keep();
    });
  }

  /** @param {Ask} ask @param {number} i @param {Element} box @param {string} id */
  #choice(ask, i, box, id) {
    (ask.options ?? []).forEach((option, k) => {
      const label = html("label", { class: "option", for: `${id}-${k}` }, box);
      const radio = html("input", { type: "radio", id: `${id}-${k}`, name: id, value: option, ...OWN_KEYS }, label);
      radio.checked = this.draft[i] === option;
      radio.addEventListener("change", () => (this.draft[i] = option));
      html("span", { text: option }, label);
    });
  }

  /** @param {Ask} ask @param {number} i @param {Element} box */
  #order(ask, i, box) {
    const options = ask.options ?? [];
    this.draft[i] ??= options.map(() => "");
    options.forEach((_, k) => {
      if (k) html("span", { text: "<", "aria-hidden": "true" }, box);
      const select = html("select", { "aria-label": `place ${k + 1} of ${options.length}`, ...OWN_KEYS }, box);
      for (const option of ["", ...options]) html("option", { value: option, text: option || "choose" }, select);
      select.value = this.draft[i][k];
      select.addEventListener("change", () => (this.draft[i] = this.draft[i].map((/** @type {string} */ old, /** @type {number} */ at) => (at === k ? select.value : old))));
    });
  }

  /** @param {string} stage */
  #line(stage) {
    const row = html("div", { class: "acts" }, this.body);
    const guesses = this.asks.map((ask, i) => [ask, this.draft[i]]).filter(([, guess]) => !isEmpty(guess));
    const words = guesses.map(([ask, guess]) => (this.asks.length > 1 ? `${ask.label}: ` : "") + said(ask, guess)).join(" · ");
    html("span", { text: stage === "kept" ? `Your guess: ${words}.` : "Skipped." }, this.told);
    const back = html("button", { type: "button", text: stage === "kept" ? "Change" : "Guess after all" }, row);
    back.addEventListener("click", () => this.to("open"));
    if (stage !== "kept") return;
    const look = html("button", { type: "button", text: "Compare", title: "Or unfold Compare in the text below" }, row);
    look.addEventListener("click", () => this.to("compared"));
  }

  #compared() {
    this.comparison(this.told);
    const row = html("div", { class: "acts" }, this.body);
    const again = html("button", { type: "button", text: this.model.get("quiz") ? "Try again" : "Guess again" }, row);
    again.addEventListener("click", () => this.to("open"));
  }

  /** The own guess beside what came out. @param {Element} parent */
  comparison(parent) {
    const list = html("ul", { class: "beside" }, parent);
    this.asks.forEach((ask, i) => {
      const guess = this.draft[i], verdict = this.model.get("verdict")?.[i] ?? judge(ask, guess);
      const item = html("li", {}, list);
      const [mark, word] = verdict === null ? ["", ""] : verdict ? ["✓", "right"] : ["✗", "not this time"];
      html("span", { class: `mark ${verdict ? "right" : "wrong"}`, "aria-hidden": "true", text: mark }, item);
      const text = html("span", {}, item);
      html("b", { text: this.asks.length > 1 ? `${ask.label}: ` : "" }, text);
      if (isEmpty(guess)) html("span", { text: "you made no guess" }, text);
      else html("span", { text: `you guessed “${said(ask, guess)}”${word ? `, ${word}` : ""}` }, text);
      if (ask.kind === "draw") both(ask, guess ?? [], item);
      else if (ask.answer !== undefined && !verdict) html("span", { text: `; it is “${said(ask, ask.answer)}”` }, text);
    });
    if (this.#missed()) html("p", { class: "soft", text: "A miss costs nothing: a later notebook asks it once more." }, parent);
  }

  #missed() {
    return !this.model.get("quiz") && (this.model.get("verdict") ?? []).includes(false);
  }
}

/** What a text's own fold says first: the guess. @param {Sheet} sheet @param {Model} model */
function watchFold(sheet, model) {
  const name = model.get("name");
  const opened = (/** @type {Event} */ event) => {
    const fold = /** @type {HTMLDetailsElement} */ (event.target);
    if (!(fold instanceof HTMLDetailsElement) || !fold.open || !fold.classList.contains(`compare-${name}`)) return;
    if (model.get("stage") === "kept") sheet.to("compared", {}, false); // the focus stays in the text
    fold.querySelector(":scope > .mlpa")?.remove();
    if (model.get("stage") !== "compared") return;
    const note = html("div", { class: "mlpa", role: "group", "data-stage": "compared", "aria-label": "Your guess" });
    html("style", { text: css }, note);
    sheet.comparison(note);
    fold.querySelector("summary")?.after(note);
    note.dataset.theme = sheet.root.dataset.theme;
  };
  document.addEventListener("toggle", opened, true);
  return () => document.removeEventListener("toggle", opened, true);
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  render({ model, el }) {
    const sheet = new Sheet(model, el);
    const changed = () => {
      if (sheet.root.dataset.stage === model.get("stage") && model.get("stage") === "open") return; // nobody loses what they type
      sheet.draft = sheet.asks.map((_, i) => model.get("guess")?.[i] ?? sheet.draft[i]);
      sheet.show();
    };
    const ends = [watchTheme(sheet.root), watchFold(sheet, model), () => model.off("change:stage", changed), () => model.off("change:verdict", changed)];
    model.on("change:stage", changed);
    model.on("change:verdict", changed);
    return () => {
      ends.forEach((end) => end());
      sheet.root.remove();
    };
  },
};
