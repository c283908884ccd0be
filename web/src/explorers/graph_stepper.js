/** Notebook 04: an expression walked through, forward and backward. */

import { parse, stepsOf, walkGraph } from "../mlp/graphs.js";
import { short as rounded } from "../ui/axes.js";
import { choice, explorer, html, OWN_KEYS, slider } from "../ui/explorer.js";

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
const short = (x) => (x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5) ? rounded(x, 4) : rounded(x, 2));

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

/** @param {Plot} plot @param {Graph} graph @param {ReturnType<typeof walkGraph>} seen */
function drawGraph(plot, graph, seen) {
  const { modules, inputs } = graph, root = modules[modules.length - 1].name, places = { ...inputs, ...Object.fromEntries(modules.map((m) => [m.name, m.place])) };
  const rows = Object.values(places).map((p) => p[1]), last = Math.max(...Object.values(places).map((p) => p[0])), middle = (Math.max(...rows) + Math.min(...rows)) / 2;
  const space = Math.min(120, (plot.height - 66) / Math.max(1, Math.max(...rows) - Math.min(...rows)));
  const x = (/** @type {string} */ n) => 56 + ((plot.width - 112) * places[n][0]) / last, y = (/** @type {string} */ n) => plot.height / 2 - (places[n][1] - middle) * space;
  const radius = 21;
  plot.view([0, 1], [0, 1]);
  for (const { name, parents } of modules) for (const p of new Set(parents)) {
    const dx = x(name) - x(p), dy = y(name) - y(p), size = Math.hypot(dx, dy), [u, v] = [dx / size, dy / size], key = `${p}>${name}`;
    const [x0, y0, x1, y1] = [x(p) + radius * u, y(p) + radius * v, x(name) - (radius + 2) * u, y(name) - (radius + 2) * v];
    const moving = seen.active?.name === name, looks = moving ? (seen.backward ? "orange" : "blue") : "grey";
    plot.path(`edge ${key}`, `M${x0},${y0}L${x1},${y1}`, `line ${looks}${moving ? "" : " thin"}`);
    plot.path(`head ${key}`, `M${x1},${y1}L${x1 - 9 * u + 4 * v},${y1 - 9 * v - 4 * u}L${x1 - 9 * u - 4 * v},${y1 - 9 * v + 4 * u}Z`, `mark ${looks}`);
    if (key in seen.local) plot.label(`slope ${key}`, (x0 + x1) / 2, (y0 + y1) / 2 - 11, `× ${short(seen.local[key])}`, moving ? "orange" : "");
  }
  const node = (/** @type {string} */ name, /** @type {string} */ rule) => {
    const known = name in seen.values, got = name in seen.grads, waits = seen.backward && seen.waiting(name) > 0;
    plot.path(`node ${name}`, `M${x(name) - radius},${y(name)}a${radius},${radius} 0 1,0 ${2 * radius},0a${radius},${radius} 0 1,0 ${-2 * radius},0Z`,
      `node module${seen.active?.name === name ? " active" : ""}`);
    plot.label(`name ${name}`, x(name), y(name), name, "ink");
    if (rule) plot.label(`rule ${name}`, x(name), y(name) + radius + 11, `${name} = ${rule}`, "");
    if (known) plot.label(`value ${name}`, x(name), y(name) + radius + (rule ? 27 : 11), short(seen.values[name]), "blue");
    if (got) plot.label(`grad ${name}`, x(name), y(name) - radius - 10, `∂${root}/∂${name} ${waits ? "so far" : "="} ${short(seen.grads[name])}`, "orange");
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
    return typeof graph === "string" || "y" in graph.inputs ? [] : ["y"];
  },
  actions: [
    { label: "Step", press: (stage) => stage.go?.(1) },
    { label: "Step back", press: (stage) => stage.go?.(-1) },
    { label: "To the end", press: (stage) => stage.go?.("end") },
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
    stage.go = (how) => stage.set({ step: Math.max(0, Math.min(last(), how === "end" ? last() : stage.values.step + Number(how))) });
    stage.onMove = (name, value) => {
      if (name !== "expression") return;
      const { x, y } = EXPRESSIONS[value] ?? stage.values;
      stage.values = { ...stage.values, x, y, step: 0 };
    };
    return (values) => {
      const graph = graphOf(values);
      if (document.activeElement !== field) field.value = values.text;
      if (typeof graph === "string") {
        plot.view([0, 1], [0, 1]);
        plot.label("wrong", plot.width / 2, plot.height / 2, "?", "ink");
        return graph;
      }
      const step = Math.min(values.step, stepsOf(graph)), seen = walkGraph(graph, values, step);
      drawGraph(plot, graph, seen);
      return words(graph, seen, step);
    };
  },
});

export default explorer(spec);
