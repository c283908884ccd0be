/** Notebook 04: an expression walked through, forward and backward. */

import { parse, stepsOf, walkGraph } from "../mlp/graphs.js";
import { power, short as rounded } from "../ui/axes.js";
import { choice, ended, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { html, OWN_KEYS } from "../ui/html.js";
import { outline } from "../ui/svg.js";

/** @typedef {import("../mlp/graphs.js").Graph} Graph */
/** @typedef {import("../ui/plot.js").Plot} Plot */

const OWN = "my own";
/** What is computed, and where the inputs begin. @type {Record<string, { text: string, x: number, y: number }>} */
const EXPRESSIONS = {
  "2 / sin(exp(−x))": { text: "2 / sin(exp(-x))", x: 0.5, y: -1.5 },
  "x·y + sin x": { text: "sin(x) + x*y", x: 0.5, y: -1.5 },
  "x² · exp(x/2), two paths": { text: "x^2 * exp(x/2)", x: 1.5, y: -1.5 },
  "(1 − tanh(x·y + x))²": { text: "(1 - tanh(x + x*y))^2", x: 0.5, y: 0.5 },
};

/** Four digits that matter, or a power of ten. @param {number} x */
const short = (x) => (x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5) ? rounded(x, 4) : Number.isFinite(x) ? power(x) : rounded(x));

/** @type {Map<string, Graph | string>} */
const parsed = new Map();

/** The graph of the present expression, or what is wrong with it. @param {import("../ui/explorer.js").Values} values */
function graphOf({ expression, text }) {
  const key = expression === OWN ? text : EXPRESSIONS[expression].text;
  let found = parsed.get(key);
  if (found === undefined) {
    try {
      found = parse(key);
    } catch (error) {
      found = /** @type {Error} */ (error).message;
    }
    parsed.set(key, found);
  }
  return found;
}

/** @param {Graph} graph @param {ReturnType<typeof walkGraph>} seen @param {number} step */
function words(graph, seen, step) {
  const { modules, inputs } = graph, root = modules[modules.length - 1].name, last = stepsOf(graph), where = `Step ${step} of ${last}.`, { active } = seen;
  if (step === 0) return `${where} Only the inputs are known: ${Object.keys(inputs).map((v) => `${v} = ${short(seen.values[v])}`).join(", ")}. Press Step.`;
  if (!active) return `${where} The forward pass is done. Backward starts with ∂${root}/∂${root} = 1.`;
  if (!seen.backward) return `${where} Forward: ${active.name} = ${active.rule} = ${short(seen.values[active.name])}.`;
  const handed = [...new Set(active.parents)].map((p) => {
    const slope = seen.local[`${p}>${active.name}`], arrived = seen.grads[active.name];
    return `${p} gets ∂${root}/∂${active.name} · ∂${active.name}/∂${p} = ${short(arrived)} · ${short(slope)} = ${short(arrived * slope)}`;
  });
  const totals = Object.keys(inputs).map((v) => `∂${root}/∂${v} = ${short(seen.grads[v])}`).join(", ");
  return `${where} Backward: ${handed.join("; ")}.${step === last ? ` Done: ${totals}.` : ""}`;
}

const RADIUS = 21, ROOM = 116; // pixels that a module needs to its right, and rows from each other

/** Where inputs and modules stand, in pixels: from left to right where there is room, else from above to below. @param {Plot} plot @param {Graph} graph */
function layout(plot, { modules, inputs }) {
  const places = { ...inputs, ...Object.fromEntries(modules.map((m) => [m.name, m.place])) }, all = Object.values(places);
  const rows = all.map((p) => p[1]), last = Math.max(...all.map((p) => p[0])), low = Math.min(...rows), span = Math.max(...rows) - low;
  const down = plot.width < ROOM * (last + 1), along = 1 / last;
  plot.options.tallest = down ? 70 + 132 * last : 124 + 108 * Math.min(span, 4);
  plot.options.least = plot.options.tallest;
  plot.fit(plot.width || undefined);
  const { width, height } = plot, across = (/** @type {string} */ n) => (span ? (places[n][1] - low) / span : 0.5);
  if (down) return {
    x: (/** @type {string} */ n) => 50 + (1 - across(n)) * (width - 100),
    y: (/** @type {string} */ n) => 38 + places[n][0] * along * (height - 100),
  };
  return {
    x: (/** @type {string} */ n) => 56 + places[n][0] * along * (width - 112),
    y: (/** @type {string} */ n) => 56 + (1 - across(n)) * (height - 118),
  };
}

/** An arrow from a parent to a module, and the slope at it where that is known. @param {Plot} plot @param {ReturnType<typeof layout>} at @param {ReturnType<typeof walkGraph>} seen @param {ReturnType<typeof walkGraph>} end @param {Box[]} taken room of other words @param {string} p @param {string} name */
function drawEdge(plot, { x, y }, seen, end, taken, p, name) {
  const dx = x(name) - x(p), dy = y(name) - y(p), size = Math.hypot(dx, dy), [u, v] = [dx / size, dy / size], key = `${p}>${name}`;
  const [x0, y0, x1, y1] = [x(p) + RADIUS * u, y(p) + RADIUS * v, x(name) - (RADIUS + 2) * u, y(name) - (RADIUS + 2) * v];
  const moving = seen.active?.name === name, looks = moving ? (seen.backward ? "orange" : "blue") : "grey";
  plot.path(`edge ${key}`, `M${x0},${y0}L${x1},${y1}`, `line ${looks}${moving ? "" : " thin"}`);
  plot.path(`head ${key}`, `M${x1},${y1}L${x1 - 9 * u + 4 * v},${y1 - 9 * v - 4 * u}L${x1 - 9 * u - 4 * v},${y1 - 9 * v + 4 * u}Z`, `mark ${looks}`);
  const words = `× ${short(end.local[key])}`, steep = Math.abs(v) > 0.8, first = 0.5 + 0.14 * Math.sign(Math.round(4 * v)); // of arrows that cross, each has a place of its own
  const shares = [0, 0.1, -0.1, 0.2, -0.2, 0.3, -0.3].map((off) => first + off).filter((share) => share > 0.15 && share < 0.85);
  const places = shares.flatMap((share) => (steep ? [[0, 0], [-30, 0], [30, 0]] : [[0, -11], [0, 13], [0, 0]])
    .map(([a, b]) => boxOf(x0 + share * (x1 - x0) + a, y0 + share * (y1 - y0) + b, words, plot.width)));
  const free = places.map((box) => taken.reduce((sum, other) => sum + common(box, other), 0)), best = places[free.indexOf(Math.min(...free))];
  taken.push(best);
  if (key in seen.local) plot.label(`slope ${key}`, best.x, best.y, `× ${short(seen.local[key])}`, moving ? "orange" : "");
}

/** @typedef {{ x: number, y: number, w: number, h: number }} Box around a middle */

/** The room of words, which stay in the picture. @param {number} x @param {number} y @param {string} words @param {number} width of the picture @returns {Box} */
const boxOf = (x, y, words, width) => {
  const w = 7 * words.length + 4;
  return { x: Math.max(w / 2, Math.min(width - w / 2, x)), y, w, h: 15 };
};

/** What two boxes have in common. @param {Box} a @param {Box} b */
const common = (a, b) => Math.max(0, (a.w + b.w) / 2 - Math.abs(a.x - b.x)) * Math.max(0, (a.h + b.h) / 2 - Math.abs(a.y - b.y));

/** @param {Plot} plot @param {Graph} graph @param {ReturnType<typeof walkGraph>} seen @param {ReturnType<typeof walkGraph>} end what will be known at last: words keep their places */
function drawGraph(plot, graph, seen, end) {
  const { modules, inputs } = graph, root = modules[modules.length - 1].name, at = layout(plot, graph), { x, y } = at, taken = /** @type {Box[]} */ ([]);
  plot.view([0, 1], [0, 1]);
  for (const [name, rule] of [...Object.keys(inputs).map((v) => [v, ""]), ...modules.map((m) => [m.name, m.rule])]) {
    const below = (/** @type {number} */ down, /** @type {string} */ words) => taken.push(boxOf(x(name), y(name) + down, words, plot.width));
    taken.push({ x: x(name), y: y(name), w: 2 * RADIUS, h: 2 * RADIUS });
    if (rule) below(RADIUS + 11, `${name} = ${rule}`);
    below(RADIUS + (rule ? 27 : 11), short(end.values[name]));
    below(-RADIUS - 10, `∂${root}/∂${name} = ${short(end.grads[name] ?? 0)}`);
  }
  for (const { name, parents } of modules) for (const p of new Set(parents)) drawEdge(plot, at, seen, end, taken, p, name);
  const node = (/** @type {string} */ name, /** @type {string} */ rule) => {
    const known = name in seen.values, got = name in seen.grads, waits = seen.backward && seen.waiting(name) > 0;
    plot.path(`node ${name}`, outline("circle", x(name), y(name), RADIUS), `node module${seen.active?.name === name ? " active" : ""}`);
    plot.label(`name ${name}`, x(name), y(name), name, "ink");
    if (rule) plot.label(`rule ${name}`, x(name), y(name) + RADIUS + 11, `${name} = ${rule}`, "");
    if (known) plot.label(`value ${name}`, x(name), y(name) + RADIUS + (rule ? 27 : 11), short(seen.values[name]), "blue");
    if (got) plot.label(`grad ${name}`, x(name), y(name) - RADIUS - 10, `∂${root}/∂${name} ${waits ? "so far" : "="} ${short(seen.grads[name])}`, "orange");
  };
  Object.keys(inputs).forEach((v) => node(v, ""));
  for (const { name, rule } of modules) node(name, rule);
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "Forward, then backward",
  controls: {
    expression: choice("expression", [...Object.keys(EXPRESSIONS), OWN]),
    x: slider("x", 0.5, -5, 3, 0.1, "first input"),
    y: slider("y", -1.5, -5, 3, 0.1, "second input"),
    step: slider("step", 0, 0, 49, 1, "steps of the two passes"),
  },
  traits: { text: "x*y + sin(x)" },
  idle: (values) => {
    const graph = graphOf(values);
    return typeof graph === "string" ? [] : ["x", "y"].filter((name) => !(name in graph.inputs));
  },
  actions: [
    { label: "Step", press: (stage) => stage.go?.(1), off: ended },
    { label: "Step back", press: (stage) => stage.go?.(-1), off: ({ values }) => values.step <= 0 },
    { label: "To the end", press: (stage) => stage.go?.("end"), off: ended },
  ],
  scene(stage) {
    const box = html("div", { class: "control" }, stage.controls), id = `${stage.id}-text`;
    html("label", { for: id, text: "my own" }, box);
    const field = html("input", { id, type: "text", spellcheck: "false", ...OWN_KEYS }, box);
    field.addEventListener("change", () => stage.set({ text: field.value, expression: OWN, step: 0 }));
    const plot = stage.plot({ title: "Values in blue, derivatives in orange", x: { bare: true }, y: { bare: true }, aspect: 0.36, tallest: 340 });
    const last = () => {
      const graph = graphOf(stage.values);
      return typeof graph === "string" ? 0 : stepsOf(graph);
    };
    stage.highest = (name) => (name === "step" ? last() : undefined);
    stage.ended = () => stage.values.step >= last();
    stage.go = (how) => stage.set({ step: Math.max(0, Math.min(last(), how === "end" ? last() : stage.values.step + Number(how))) });
    stage.onMove = (name, value) => {
      if (name !== "expression") return;
      const { x, y } = EXPRESSIONS[value] ?? stage.values;
      stage.values = { ...stage.values, x, y, step: 0 };
    };
    return (values) => {
      const graph = graphOf(values);
      if (document.activeElement !== field && field.value !== values.text) field.value = values.text;
      if (typeof graph === "string") {
        plot.view([0, 1], [0, 1]);
        plot.label("wrong", plot.width / 2, plot.height / 2, "?", "ink");
        return graph;
      }
      const step = Math.min(values.step, stepsOf(graph)), seen = walkGraph(graph, values, step);
      drawGraph(plot, graph, seen, walkGraph(graph, values, stepsOf(graph)));
      return words(graph, seen, step);
    };
  },
});

export default explorer(spec);
