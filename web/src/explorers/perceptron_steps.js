/** Notebook 01: the perceptron's rule, one example at a time. */

import { blobs, xorCorners } from "../mlp/data.js";
import { IRIS } from "../mlp/iris.js";
import { clip, predict, trace } from "../mlp/perceptron.js";
import { rng } from "../mlp/random.js";
import { fixed } from "../ui/axes.js";
import { choice, ended, slider, stops } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { CLASS_KEYS, examples, halfPlane, limited, squareView } from "../ui/plane.js";

/** @typedef {import("../mlp/perceptron.js").Unit} Unit */
/** @typedef {import("../ui/explorer.js").Values} Values */

const EPOCHS = 40;
const CLASSES = ["class 0 (blue)", "class 1 (orange)"];
const OWN = "my own";
const START = [[-1, -1, 0], [1, 1, 1]]; // of one's own examples

/** Petals of two species in a mixed order. @param {number} from */
function petals(from) {
  const rows = IRIS.slice(from, from + 100).map(([, , length, width], i) => [length, width, +(i >= 50)]);
  return rng(29).permutation(100).map((i) => rows[i]);
}

/** @param {import("../mlp/data.js").Dataset} dataset */
const listed = ({ X, y }) => y.map((label, i) => [X.data[2 * i], X.data[2 * i + 1], label]);

/** @type {Record<string, () => number[][]>} */
const DATASETS = {
  "two blobs": () => listed(blobs(30, rng(24), 1.2)),
  "iris: setosa / versicolor": () => petals(0),
  "iris: versicolor / virginica": () => petals(50),
  "xor corners": () => listed(xorCorners()),
};

/** @param {Values} values @returns {number[][]} */
export const dataOf = ({ dataset, points }) => (dataset === OWN ? (points.length ? points : START) : DATASETS[dataset]());

/** The run: the page's own rule, or one that Python has run; of one that raised, its start. @param {Values} values */
function runOf(values) {
  const points = dataOf(values), { own } = values;
  if (own?.dataset === values.dataset && own.eta === values.eta && own.n === points.length) {
    const units = (own.W ?? [[0, 0, 0]]).map((/** @type {number[]} */ [w1, w2, b]) => ({ w: [w1, w2], b }));
    const missed = units.slice(0, -1).map((/** @type {Unit} */ unit, /** @type {number} */ i) => {
      const [x1, x2, y] = points[i % points.length];
      return y - predict([x1, x2], unit);
    });
    return { points, units, missed, mine: true };
  }
  return { points, ...trace(points, values.eta, EPOCHS), mine: false };
}

/** Mistakes of each epoch in the first `t` steps. @param {number[]} missed @param {number} n @param {number} t */
function mistakes(missed, n, t) {
  const counts = [];
  for (let start = 0; start < t; start += n) counts.push(missed.slice(start, Math.min(start + n, t)).filter(Boolean).length);
  return counts;
}

/** How a rule of one's own moves is seen in the numbers alone. @param {ReturnType<typeof runOf>} run @param {number} t */
function words(run, t) {
  const { points, units, missed, mine } = run, n = points.length;
  if (t === 0) return "Nothing seen yet: w = 0 and b = 0, so every example is predicted 0. Press Step.";
  const i = (t - 1) % n, miss = missed[t - 1], truth = points[i][2], sign = miss > 0 ? "+" : "−";
  const wrong = mine ? ": wrong" : `, so w ← w ${sign} ηx and b ← b ${sign} η`, right = mine ? ": right" : ": right, nothing changes";
  const event = `predicted ${truth - miss}, is ${truth}${miss ? wrong : right}`;
  const { w, b } = units[t], many = missed.slice(0, t).filter(Boolean).length;
  return `Epoch ${Math.floor((t - 1) / n) + 1}, example ${i} (step ${t} of ${missed.length}): ${event}. `
    + `Now w = (${fixed(w[0])}, ${fixed(w[1])}), b = ${fixed(b)}; mistakes so far: ${many}.${t === missed.length ? ending(missed, n) : ""}`;
}

/** @param {number[]} missed @param {number} n */
function ending(missed, n) {
  const epochs = Math.floor(missed.length / n);
  return missed.slice(-n).some(Boolean) ? ` Stopped after ${epochs} epochs: the last one still had mistakes.` : ` Stopped: epoch ${epochs} had no mistake.`;
}

/** @param {import("../ui/plot.js").Plot} plot @param {ReturnType<typeof runOf>} run @param {number} t */
function drawPlane(plot, run, t) {
  const { points, units, missed } = run;
  const [x, y] = squareView(points, 0.18);
  plot.view(x, y);
  halfPlane(plot, units[t]);
  if (t > 0 && missed[t - 1]) {
    const { crossings } = clip([[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]], units[t - 1]);
    plot.line("before", crossings.map((p) => p[0]), crossings.map((p) => p[1]), "grey dash");
  }
  examples(plot, points, points.length > 60 ? 4 : 5);
  if (t > 0) {
    const at = points[(t - 1) % points.length];
    plot.marks("seen", [at[0]], [at[1]], "green open", "circle", 10);
  }
}

/** @param {import("../ui/plot.js").Plot} plot @param {ReturnType<typeof runOf>} run @param {number} t */
function drawWeights(plot, run, t) {
  const { units, missed, mine } = run, [x, y] = squareView([[0, 0], ...units.map((/** @type {Unit} */ { w }) => w)], 0.2);
  plot.view(x, y);
  const path = units.slice(0, t + 1);
  plot.line("path", path.map((/** @type {Unit} */ { w }) => w[0]), path.map((/** @type {Unit} */ { w }) => w[1]), "grey thin");
  plot.marks("origin", [0], [0], "grey", "circle", 3);
  if (t === 0) return;
  const at = (/** @type {Unit} */ { w }) => ({ x: w[0], y: w[1] }), zero = { x: 0, y: 0 }, old = at(units[t - 1]), now = at(units[t]);
  plot.arrow("old", zero, old, "grey");
  plot.arrow("new", zero, now, "ink");
  const size = Math.hypot(now.x, now.y) || 1, from = old.y === now.y ? -now.y : old.y - now.y; // words on the other side than the arrows come from
  plot.text("new words", now.x, now.y, missed[t - 1] ? "new w" : "w", "ink", { dx: (16 * now.x) / size, dy: from > 0 ? 14 : -14 });
  if (!missed[t - 1]) return;
  plot.arrow("change", old, now, "green");
  const [u, v] = [plot.x(now.x) - plot.x(old.x), plot.y(now.y) - plot.y(old.y)], pixels = Math.hypot(u, v);
  if (pixels < 30) return; // no room for words beside it
  const side = u * (plot.y(0) - plot.y(old.y)) - v * (plot.x(0) - plot.x(old.x)) > 0 ? 1 : -1; // away from the other arrows
  plot.text("change words", (old.x + now.x) / 2, (old.y + now.y) / 2, mine ? "change" : `${missed[t - 1] > 0 ? "+" : "−"}ηx`, "green", { dx: (side * 24 * v) / pixels, dy: (-side * 16 * u) / pixels });
}

/** @param {import("../ui/plot.js").Plot} plot @param {ReturnType<typeof runOf>} run @param {number} t */
function drawCounts(plot, run, t) {
  const n = run.points.length, all = mistakes(run.missed, n, run.missed.length), now = mistakes(run.missed, n, t);
  plot.view([0.5, Math.max(all.length, 4) + 0.5], [0, 1.15 * Math.max(1, ...all)]);
  const bars = (/** @type {string} */ key, /** @type {number[]} */ counts, /** @type {string} */ looks) => counts.forEach((count, i) =>
    plot.fill(`${key}${i}`, [i + 0.65, i + 0.65, i + 1.35, i + 1.35], [0, count, count, 0], looks));
  bars("all", all, "grey");
  bars("now", now, "bar");
  plot.line("floor", [0.5, Math.max(all.length, 4) + 0.5], [0, 0], "ink thin");
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "The perceptron learns from its mistakes",
  columns: "minmax(0, 1.2fr) minmax(0, 1fr)",
  areas: '"plane weights" "plane counts"',
  controls: {
    dataset: choice("data set", [...Object.keys(DATASETS), OWN]),
    eta: slider("learning rate η", 1, 0.1, 2, 0.1),
    speed: stops("steps a second", 5, [1, 2, 5, 10, 30], "how fast it plays"),
    brush: choice("a click adds", CLASSES, CLASSES[1], `to the data set "${OWN}"`),
    step: slider("step", 0, 0, 8000, 1, "examples seen"),
  },
  traits: { points: [], own: {} },
  idle: ({ dataset }) => (dataset === OWN ? [] : ["brush"]),
  actions: [
    { label: "Play", press: (stage) => (stage.playing === undefined ? stage.start?.() : stage.halt?.()), pressed: (stage) => stage.playing !== undefined, off: ended },
    { label: "Step", press: (stage) => stage.go?.(1), off: ended },
    { label: "Step back", press: (stage) => stage.go?.(-1), off: ({ values }) => values.step <= 0 },
    { label: "Run to end of epoch", press: (stage) => stage.go?.("epoch"), off: ended },
    { label: "Run to the end", press: (stage) => stage.go?.("end"), off: ended },
  ],
  scene(stage) {
    const plane = stage.plot({ title: "Examples and boundary", x: { label: "x₁" }, y: { label: "x₂" }, square: true, tallest: 430,
      legend: [...CLASS_KEYS, ["circle open green", "seen last"], ["line grey dash", "line before"]] }, "plane");
    const weights = stage.plot({ title: "Weights", x: { label: "w₁" }, y: { label: "w₂" }, square: true, tallest: 250 }, "weights");
    const counts = stage.plot({ title: "Mistakes per epoch", x: { label: "epoch", whole: true }, y: { label: "mistakes", whole: true }, aspect: 0.4, tallest: 170,
      legend: [["wash bar", "so far"], ["wash grey", "the whole run"]] }, "counts");
    let run = runOf(stage.values), key = "";
    const last = () => run.missed.length;
    stage.highest = (name) => (name === "step" ? last() : undefined);
    stage.ended = () => stage.values.step >= last();
    stage.go = (how) => {
      stage.stop();
      const { step } = stage.values, n = run.points.length;
      const to = how === "end" ? last() : how === "epoch" ? (Math.floor(step / n) + 1) * n : step + Number(how);
      stage.set({ step: Math.max(0, Math.min(last(), to)) });
    };
    let due = 0;
    stage.start = () => {
      due = performance.now();
      stage.play(() => {
        const every = 1000 / stage.values.speed, now = performance.now();
        while (due < now) {
          due += every;
          stage.values = { ...stage.values, step: Math.min(last(), stage.values.step + 1) };
        }
        return stage.values.step < last();
      });
    };
    stage.halt = () => {
      stage.stop();
      stage.set({ step: stage.values.step });
    };
    stage.onMove = (name) => {
      if (name === "speed" || name === "brush") return;
      stage.stop();
      if (name !== "step") stage.values = { ...stage.values, step: 0 };
    };
    stage.onReset = () => stage.stop();
    plane.onClick(({ x, y }) => {
      if (stage.values.dataset === OWN) stage.set({ points: [...dataOf(stage.values), [limited(x, -9, 9), limited(y, -9, 9), CLASSES.indexOf(stage.values.brush)]], step: 0 });
    });
    const grips = (/** @type {number[][]} */ points) => points.forEach((p, i) => plane.grip(`example${i}`, {
      x: p[0], y: p[1], label: `example ${i}, class ${p[2]}`, size: 8, looks: `clear ${p[2] ? "orange" : "blue"}`,
      move: (to) => stage.set({ points: points.map((q, k) => (k === i ? [limited(to.x, -9, 9), limited(to.y, -9, 9), q[2]] : q)), step: 0 }),
      remove: points.length > 2 ? () => stage.set({ points: points.filter((_, k) => k !== i), step: 0 }) : undefined,
    }));
    return (values) => {
      const now = JSON.stringify([values.dataset, values.eta, values.points, values.own]);
      if (now !== key) [run, key] = [runOf(values), now];
      const t = Math.min(values.step, last()), iris = values.dataset.startsWith("iris");
      plane.rename(iris ? "petal length (cm)" : "x₁", iris ? "petal width (cm)" : "x₂");
      drawPlane(plane, run, t);
      drawWeights(weights, run, t);
      drawCounts(counts, run, t);
      if (values.dataset === OWN) grips(run.points);
      if (values.own?.error && values.own.dataset === values.dataset) return `Your rule stopped: ${values.own.error}`;
      return (run.mine ? "Your rule. " : "") + words(run, t);
    };
  },
});

export default explorer(spec);
