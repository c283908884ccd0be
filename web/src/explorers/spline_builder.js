/** Notebook 03: a broken line knot by knot, the units it is made of, and error against cost. */

import { interpolate, linspace, Placement, reluSpline, TARGETS } from "../mlp/splines.js";
import { decades, fixed, padded, short, spanOf } from "../ui/axes.js";
import { choice, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { later } from "../ui/idle.js";

/** @typedef {import("../ui/explorer.js").Values} Values */
/** @typedef {import("../ui/plot.js").Plot} Plot */

const MOST = 32, OWN = "my own", HAND = "by hand";
const NAMES = /** @type {Record<string, string>} */ ({ "sin x": "sine", "√x": "root", "|x|": "corner", "1/(1 + 25x²)": "runge", "sin 3x + x/2": "wave" });

/** @type {Map<string, { place: Placement, equal: number[], greedy: number[], x: number[], y: number[] }>} */
const made = new Map();

/** A target's placement and its errors for 1 to MOST intervals, equal and greedy. @param {Values} values */
function curvesOf({ target, curve }) {
  const key = target === OWN ? JSON.stringify(curve) : target, found = made.get(key);
  if (found) return found;
  const t = linspace(curve.a ?? -1, curve.b ?? 1, curve.v?.length ?? 2), v = curve.v ?? [0, 1];
  const own = { f: (/** @type {number} */ x) => interpolate(x, t, v), a: t[0], b: t[t.length - 1], M2: Infinity };
  const place = new Placement(target === OWN ? own : TARGETS[NAMES[target]], 241, NAMES[target] === "root" ? 4 : 1);
  const errors = [false, true].map((greedy) => Array.from({ length: MOST }, (_, i) => place.worst(place.knots(i + 1, greedy)).error));
  const x = [...new Set([...linspace(place.target.a, place.target.b, 401), ...place.x])].sort((p, q) => p - q); // as fine as one sees
  const all = { place, equal: errors[0], greedy: errors[1], x, y: x.map(place.target.f) };
  made.set(key, all);
  return all;
}

/** The knots that are shown: those placed by hand, where they are this function's. @param {Values} values @param {Placement} place */
function knotsOf({ m, placing, knots }, place) {
  const { a, b } = place.target, fit = knots.every((/** @type {number} */ x, /** @type {number} */ i) => x > a - 1e-9 && x < b + 1e-9 && !(x <= knots[i - 1]));
  if (placing === HAND && knots.length > 1 && fit) return /** @type {number[]} */ (knots);
  return place.knots(m, placing === "greedy");
}

/** @param {Values} values @param {Placement} place @param {number[]} t @param {number} error */
function words({ target, placing }, place, t, error) {
  const m = t.length - 1, many = m > 1 ? "s" : "", { a, b, M2 } = place.target, start = `${m} interval${many}, ${m} unit${many}, `;
  const said = `${start}${placing === HAND ? "knots by hand" : `${placing} knots`}: largest error ${short(error)} (purple).`;
  const h = (b - a) / m;
  if (placing === "equal" && Number.isFinite(M2)) return `${said} The bound Δ²M₂/8 is ${short((h * h * M2) / 8)}, with Δ = ${fixed(h, 3)} and M₂ = ${M2}.`;
  if (placing === "equal") {
    const why = target === OWN ? "nothing is known of f'' here" : "there is no M₂ here, so Δ²M₂/8 promises nothing";
    return `${said} Width Δ = ${fixed(h, 3)}; ${why}.`;
  }
  const widths = t.slice(1).map((x, j) => x - t[j]);
  return `${said} The narrowest interval is ${short(Math.min(...widths))} wide, the widest ${short(Math.max(...widths))}.`;
}

/** The units, weighted: what each adds to the line. @param {Plot} plot @param {Placement} place @param {number[]} t @param {number[]} v */
function drawUnits(plot, place, t, v) {
  const { w2 } = reluSpline(t, v), { a, b } = place.target;
  const ends = w2.map((w, j) => w * (b - t[j])), [low, high] = spanOf([ends, [0]]), spread = Math.max(high - low, 1e-6);
  plot.view(padded([a, b], 0.03), padded([low, low + spread], 0.06));
  for (const [key, sign] of /** @type {const} */ ([["blue", 1], ["orange", -1]])) {
    const some = t.slice(0, -1).map((_, j) => j).filter((j) => Math.sign(w2[j]) === sign);
    plot.line(key, some.flatMap((j) => [a, t[j], b, NaN]), some.flatMap((j) => [0, 0, ends[j], NaN]), `${key} thin`);
  }
  if (w2.every((w) => w === 0)) plot.text("none", (a + b) / 2, low + spread / 2, "all weights are 0");
}

/** @param {Plot} plot @param {{ equal: number[], greedy: number[] }} curves @param {number} m @param {number} error */
function drawRate(plot, { equal, greedy }, m, error) {
  const ms = equal.map((_, i) => i + 1), shown = (/** @type {number[]} */ e) => e.map((x) => (x > 1e-12 ? x : NaN)); // no logarithm shows 0
  plot.view([0.8, Math.max(40, m + 3)], decades(spanOf([shown(equal), shown(greedy), [error > 1e-12 ? error : NaN]], true)));
  plot.line("equal", ms, shown(equal), "blue thin");
  plot.marks("equal marks", ms, shown(equal), "blue", "circle", 3);
  plot.line("greedy", ms, shown(greedy), "amber thin");
  plot.marks("greedy marks", ms, shown(greedy), "amber", "square", 3);
  if (error > 1e-12) plot.marks("here", [m], [error], "purple open", "circle", 8);
  else plot.text("here", m, 1e-16, "no error at all", "purple");
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A broken line made of ReLUs",
  columns: "minmax(0, 1.35fr) minmax(0, 1fr)",
  areas: '"line rate" "units rate"',
  controls: {
    target: choice("function", [...Object.keys(NAMES), OWN]),
    m: slider("intervals m", 6, 1, MOST, 1, "one unit each"),
    placing: choice("knots", ["equal", "greedy", HAND], "equal", "drag one, and they are placed by hand; Enter at one adds one, Delete takes it away"),
  },
  traits: { knots: [], curve: {} },
  idle: ({ placing }) => (placing === HAND ? ["m"] : []),
  limits: (values) => (values.placing === HAND && values.knots.length > 1 ? { ...values, m: Math.min(MOST, values.knots.length - 1) } : values),
  scene(stage) {
    const line = stage.plot({ title: "A function and its broken line", x: { label: "x" }, y: { label: "f(x)" }, aspect: 0.5, tallest: 300,
      legend: [["line blue thick ghost", "f"], ["line ink", "broken line"], ["line purple", "largest error"]] }, "line");
    const units = stage.plot({ title: "Its units, weighted", x: { label: "x" }, y: { label: "w₂ · relu(x − t)" }, aspect: 0.34, tallest: 200,
      legend: [["line blue thin", "bend up"], ["line orange thin", "bend down"]] }, "units");
    const rate = stage.plot({ title: "Error and cost", x: { label: "intervals m", log: true, ticks: [1, 2, 4, 8, 16, 32] }, y: { label: "largest error", log: true }, aspect: 1, tallest: 420,
      legend: [["circle mark blue", "equal"], ["square mark amber", "greedy"], ["circle open purple", "this line"]] }, "rate");
    stage.onMove = (name) => {
      if (name === "target") stage.values = { ...stage.values, knots: [], placing: stage.values.placing === HAND ? "equal" : stage.values.placing };
      if (name === "placing" && !stage.values.knots.length) stage.values = { ...stage.values, knots: knotsOf(stage.values, curvesOf(stage.values).place) };
    };
    line.onClick(({ x }) => { // a new knot
      const { place } = curvesOf(stage.values), t = knotsOf(stage.values, place), { a, b } = place.target;
      if (x <= a || x >= b || t.length > MOST || t.some((s) => Math.abs(s - x) < 1e-3 * (b - a))) return;
      stage.set({ placing: HAND, knots: [...t, x].sort((p, q) => p - q) });
    });
    const grips = (/** @type {number[]} */ t, /** @type {number[]} */ v, /** @type {Placement} */ place) => t.slice(1, -1).forEach((x, i) => {
      const j = i + 1, gap = 2e-3 * (place.target.b - place.target.a);
      line.grip(`knot${j}`, {
        x, y: v[j], label: `knot ${j}`, text: `x = ${fixed(x, 3)}`, along: "x", size: t.length > 14 ? 4 : 6, step: (place.target.b - place.target.a) / 200,
        move: (to) => stage.set({ placing: HAND, knots: t.map((s, k) => (k === j ? Math.max(t[j - 1] + gap, Math.min(t[j + 1] - gap, to.x)) : s)) }),
        remove: t.length > 3 ? () => stage.set({ placing: HAND, knots: t.filter((_, k) => k !== j) }) : undefined,
      });
    });
    prepare(Object.keys(NAMES));
    return (values) => {
      const curves = curvesOf(values), { place } = curves, t = knotsOf(values, place), v = t.map(place.target.f), { at, error } = place.worst(t, v);
      line.view(padded([place.target.a, place.target.b], 0.03), padded(spanOf([place.values]), 0.12));
      line.line("f", curves.x, curves.y, "blue thick ghost");
      line.line("broken", t, v, "ink");
      line.marks("ends", [t[0], t[t.length - 1]], [v[0], v[v.length - 1]], "ink", "circle", 4);
      line.line("gap", [at, at], [place.target.f(at), interpolate(at, t, v)], "purple");
      grips(t, v, place);
      drawUnits(units, place, t, v);
      drawRate(rate, curves, t.length - 1, error);
      return words(values, place, t, error);
    };
  },
});

/** The curves of the menu, computed while nothing moves. @param {string[]} names */
function prepare(names) {
  if (names.length) later(() => {
    curvesOf({ target: names[0], curve: {} });
    prepare(names.slice(1));
  });
}

export default explorer(spec);
