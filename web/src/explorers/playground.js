/** Notebook 02: a network is trained while one watches what its hidden units see. */

import { sigmoid } from "../mlp/activations.js";
import { zeroLines } from "../mlp/level.js";
import { matrix } from "../mlp/matrices.js";
import { menu } from "../mlp/names.js";
import { MLP } from "../mlp/network.js";
import { DATASETS, LAST, LINEAR, Run } from "../mlp/run.js";
import { many, near, percent } from "../ui/axes.js";
import { between, shade } from "../ui/colours.js";
import { choice, ended, slider, stops } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { weightEditor } from "../ui/weights.js";

/** @typedef {import("../ui/explorer.js").Values} Values */
/** @typedef {import("../ui/explorer.js").Stage} Stage */

const GRID = 50, TILE = 26, VIEW = 1.4;
const CLASSES = ["class 0 (blue)", "class 1 (orange)"];

/** The centres of cells that tile the plane, row by row from below. @param {number} n */
function centres(n) {
  const P = matrix(n * n, 2);
  for (let i = 0; i < n * n; i++)
    P.data.set([VIEW * ((2 * (i % n) + 1) / n - 1), VIEW * ((2 * Math.floor(i / n) + 1) / n - 1)], 2 * i);
  return P;
}
const PLANE = centres(GRID), SMALL = centres(TILE);

/** What a unit sees, between −1 and 1: around one half for a sigmoid, else by its largest size. @param {import("../mlp/matrices.js").Matrix} H @param {number} j @param {string} activation */
function seen(H, j, activation) {
  const values = new Float64Array(H.rows), squash = activation === "sigmoid";
  let size = 1e-12;
  for (let i = 0, at = j; i < values.length; i++, at += H.columns) {
    values[i] = H.data[at];
    size = Math.max(size, Math.abs(values[i]));
  }
  for (let i = 0; i < values.length; i++) values[i] = squash ? 2 * values[i] - 1 : values[i] / size;
  return values;
}

/** @typedef {{ x: number, y: number, r: number }} Node */

/** Where the nodes stand in the picture: inputs, hidden units, output. @param {import("../ui/plot.js").Plot} plot @param {number[]} sizes @returns {Node[][]} */
function nodes(plot, sizes) {
  const tallest = Math.max(...sizes), { width, height } = plot;
  const r = Math.min(21, (height - 12) / (2.3 * tallest), width / (3.2 * sizes.length));
  return sizes.map((n, l) => Array.from({ length: n }, (_, j) => ({
    x: 26 + r + ((width - 38 - 2 * r) * l) / (sizes.length - 1), y: height / 2 + (j - (n - 1) / 2) * Math.min(2.6 * r, (height - 12) / tallest), r,
  })));
}

/** @param {import("../ui/plot.js").Plot} plot @param {Run} run @param {{ picked: number }} edit */
function drawNet(plot, run, edit) {
  const { model } = run, places = nodes(plot, model.sizes);
  const size = Math.max(1e-9, ...model.Ws.map((W) => Math.max(...W.data.map(Math.abs))));
  let at = 0;
  model.Ws.forEach((W, l) => {
    for (let i = 0; i < W.rows; i++)
      for (let j = 0; j < W.columns; j++) {
        const w = W.data[i * W.columns + j], a = places[l][i], b = places[l + 1][j], x = (a.x + b.x) / 2;
        const path = `M${(a.x + a.r).toFixed(1)},${a.y.toFixed(1)}C${x.toFixed(1)},${a.y.toFixed(1)} ${x.toFixed(1)},${b.y.toFixed(1)} ${(b.x - b.r).toFixed(1)},${b.y.toFixed(1)}`;
        const index = at + i * W.columns + j;
        plot.path(`edge${index}`, path, `line edge ${w < 0 ? "blue" : "orange"}${index === edit.picked ? " picked" : ""}`,
          { "stroke-width": (0.5 + 5.5 * Math.min(1, Math.abs(w) / size)).toFixed(2) });
      }
    at += (W.rows + 1) * W.columns;
  });
  plot.paint([model.sizes, model.activations, model.theta].join(" "), (context) => {
    const table = between(plot.dark, 0.85), tile = new OffscreenCanvas(TILE, TILE), pen = /** @type {OffscreenCanvasRenderingContext2D} */ (tile.getContext("2d"));
    const picture = pen.createImageData(TILE, TILE);
    model.forward(SMALL);
    context.strokeStyle = plot.dark ? "#8f8f8f" : "#767676";
    places.forEach((layer, l) => layer.forEach(({ x, y, r }, j) => {
      const output = l === places.length - 1;
      shade(picture.data, output ? model.Hs[l].data.map((z) => 2 * sigmoid(z) - 1) : seen(model.Hs[l], j, l ? model.activations[l - 1] : ""), TILE, table);
      pen.putImageData(picture, 0, 0);
      context.drawImage(tile, x - r, y - r, 2 * r, 2 * r);
      context.strokeRect(x - r, y - r, 2 * r, 2 * r);
    }));
  });
  ["x₁", "x₂"].forEach((name, j) => plot.label(`input${j}`, places[0][j].x - places[0][j].r - 10, places[0][j].y, name));
}

/** The run as it is now, to be kept beside those that follow. @param {Run} run @param {Values} values */
const keptRun = (run, { activation, rate, depth, width, step }) => ({
  words: `${depth ? `${activation}, ${depth} × ${width}` : "a line"}, rate ${rate}`, sizes: run.model.sizes, activations: run.model.activations, theta: [...run.model.theta],
  curve: run.curve.filter((p) => p[0] <= step).map((p) => p.map((x) => +x.toPrecision(6))),
});

/** @type {{ of?: Values, at: [number[], number[]] }} */
const found = { at: [[], []] };
/** The boundary of a kept run. @param {Values} kept */
function boundaryOf(kept) {
  if (found.of === kept) return found.at;
  const model = new MLP(kept.sizes, kept.activations[0]);
  model.theta.set(kept.theta);
  const place = (/** @type {number} */ k) => VIEW * ((2 * k + 1) / GRID - 1), [xs, ys] = zeroLines(model.forward(PLANE).data, GRID);
  found.of = kept;
  found.at = [xs.map(place), ys.map(place)];
  return found.at;
}

/** @param {import("../ui/plot.js").Plot} plot @param {Run} run @param {Values} kept */
function drawPlane(plot, run, kept) {
  const Z = run.model.forward(PLANE), table = between(plot.dark, 0.62);
  plot.view([-VIEW, VIEW], [-VIEW, VIEW]);
  plot.image(GRID, GRID, (data) => shade(data, Z.data.map((z) => 2 * sigmoid(z) - 1), GRID, table), true);
  const { X, y } = run.train;
  for (const k of [0, 1]) {
    const rows = y.flatMap((label, i) => (label === k ? [i] : []));
    plot.marks(`class${k}`, rows.map((i) => X.data[2 * i]), rows.map((i) => X.data[2 * i + 1]), k ? "orange" : "blue", k ? "triangle" : "circle", 3.6);
  }
  if (kept.theta) plot.line("kept", ...boundaryOf(kept), "ink dash thin");
}

/** @param {import("../ui/plot.js").Plot} plot @param {Run} run @param {number} step @param {number[][]} ghost @param {Values} kept */
function drawLoss(plot, run, step, ghost, kept) {
  const seen = run.curve.filter((p) => p[0] <= step), all = [...seen, ...ghost, ...(kept.curve ?? [])].flatMap((p) => [p[1], p[2]]).filter(Number.isFinite);
  plot.view([1, LAST], [0, Math.max(0.75, Math.min(3, 1.05 * Math.max(0, ...all)))]);
  const line = (/** @type {string} */ key, /** @type {number[][]} */ points, /** @type {number} */ k, /** @type {string} */ looks) =>
    plot.line(key, points.map((p) => Math.max(1, p[0])), points.map((p) => p[k]), looks);
  if (ghost.length > 1) line("ghost", ghost, 1, "grey thin");
  if (kept.curve) line("kept", kept.curve, 1, "ink dash thin");
  const keys = /** @type {[string, string][]} */ ([["line purple", "examples"], ["line green dash thin", "new examples"]]);
  if (ghost.length > 1) keys.push(["line grey thin", "the run before"]);
  if (kept.words) keys.push(["line ink dash thin", `kept: ${kept.words}`]);
  plot.legend(keys);
  line("test", seen, 2, "green dash thin");
  line("train", seen, 1, "purple");
  const last = seen[seen.length - 1];
  if (!run.train.y.length) plot.text("none", 70, 0.4, "no examples yet");
  else if (last) plot.marks("now", [Math.max(1, last[0])], [last[1]], "purple", "circle", 4);
}

/** @param {Run} run @param {number} step @param {boolean} playing */
function words(run, step, playing) {
  if (step > run.step && run.lost < Infinity) return `After ${many(run.step, "step")} the numbers explode: choose a smaller learning rate and start again.`;
  const { loss, right } = run.score(run.train), fresh = run.score(run.test);
  if (!run.train.y.length) return "No examples: paint some on the plane, of both classes.";
  const state = playing ? "Training." : run.step === 0 ? "Press Train." : run.step === LAST ? "The last step." : "Paused.";
  const test = Number.isFinite(fresh.loss) ? ` On ${run.test.y.length} new examples: ${percent(fresh.right, 1)}, ${near(fresh.loss, 3)}.` : "", n = run.train.y.length;
  const outside = run.train.X.data.reduce((sum, x, i, all) => sum + +(i % 2 === 1 && Math.max(Math.abs(x), Math.abs(all[i - 1])) > VIEW), 0);
  return `${state} After ${many(run.step, "step")} ${percent(right, 1)} of ${many(n, "example")} ${n === 1 ? "is" : "are"} right and the loss is `
    + `${near(loss, 3)}.${test}${outside ? ` Outside of the picture: ${many(outside, "example")}.` : ""} The network has ${run.model.theta.length} parameters.`;
}

/** What makes a new run, and what changes a run on its way. */
const SCENE = ["dataset", "activation", "depth", "width", "seed", "noise"];

/** The network as it is now, as the base of what follows. @param {Run} run */
const present = (run) => ({ base: run.step ? [run.step, ...run.model.theta] : [], past: run.step ? run.curve.map((p) => p.map((x) => +x.toPrecision(6))) : [], step: run.step });

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A playground for small networks",
  columns: "minmax(0, 1.2fr) minmax(0, 1fr)",
  areas: '"net plane" "loss plane"',
  controls: {
    dataset: choice("data set", Object.keys(DATASETS)),
    activation: choice("activation", [...menu(["tanh", "relu", "sigmoid"]), LINEAR]),
    rate: stops("learning rate", 0.3, [0.01, 0.03, 0.1, 0.3, 1, 3], "may change while it trains"),
    depth: slider("hidden layers", 1, 0, 3, 1),
    width: slider("units in each", 3, 1, 8, 1),
    seed: slider("seed", 0, 0, 20, 1, "of the first weights"),
    noise: slider("noise", 0, 0, 0.5, 0.05, "standard deviation of what is added to the data set's examples"),
    l2: stops("weight decay", 0, [0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1], "draws all weights to 0"),
    speed: stops("steps a frame", 10, [1, 3, 10, 30, 100], "how fast it trains"),
    brush: choice("paint", CLASSES, CLASSES[1], "what a click on the plane adds; a double click takes it away"),
    step: slider("step", 0, 0, LAST, 1, "gradient steps so far"),
  },
  traits: { points: [], base: [], past: [], beside: {} },
  actions: [
    {
      label: "Train",
      press: (stage) => (stage.playing === undefined ? stage.start?.() : stage.halt?.()),
      pressed: (stage) => stage.playing !== undefined,
      off: ended,
    },
    { label: "Step", press: (stage) => { stage.halt?.(); stage.set({ step: Math.min(LAST, stage.values.step + 1) }); }, off: ended },
    { label: "Start again", about: "Back to step 0; the last run stays as a grey line", press: (stage) => { stage.halt?.(); stage.go?.("again"); stage.set({ step: 0, base: [], past: [] }); },
      off: ({ playing, values: { step, base } }) => playing === undefined && !step && !base.length },
    { label: "Keep beside", about: "This run's loss and boundary stay while you train others; pressed again, they go", press: (stage) => stage.go?.("keep"),
      pressed: (stage) => !!stage.values.beside.theta, off: (stage) => !stage.values.step && !stage.values.beside.theta },
    { label: "Clear paint", press: (stage) => stage.set({ points: [] }), off: (stage) => !stage.values.points.length },
  ],
  scene(stage) {
    const net = stage.plot({ title: "What each unit sees (orange: high)", x: { bare: true }, y: { bare: true }, aspect: 0.5, tallest: 250 }, "net");
    const plane = stage.plot({ title: "Orange: class 1 is likely", x: { label: "x₁" }, y: { label: "x₂" }, square: true, tallest: 400, legend: [["circle mark blue", "class 0"], ["triangle mark orange", "class 1"]] }, "plane");
    const loss = stage.plot({
      title: "Loss", x: { label: "step (logarithmic)", log: true }, y: { label: "cross-entropy" }, aspect: 0.36, tallest: 170,
    }, "loss");
    const weight = weightEditor(stage, net);
    let run = new Run(stage.values), key = "", ghost = /** @type {number[][]} */ ([]);
    const fresh = (/** @type {Values} */ v) => JSON.stringify([...SCENE.map((name) => v[name]), v.points, v.base, v.rate, v.l2]);
    const follow = (/** @type {Values} */ values) => {
      const now = fresh(values);
      if (now !== key) {
        if (key && run.step > 1 && !values.base.length) ghost = run.curve.slice();
        run = new Run(values);
        key = now;
      }
      run.goTo(values.step, values.rate, values.l2);
    };
    const lost = () => run.lost < Infinity && run.step === run.lost, reached = () => (lost() ? Math.min(LAST, run.lost + 1) : run.step); // the step that is lost
    stage.ended = () => !run.train.y.length || stage.values.step >= LAST || (lost() && stage.values.step > run.lost);
    stage.highest = (name) => (name !== "step" ? undefined : run.train.y.length ? Math.min(LAST, run.lost + 1) : run.start);
    stage.start = () => stage.play(() => {
      const { step, speed, rate, l2 } = stage.values;
      run.goTo(Math.min(LAST, step + speed), rate, l2);
      stage.values = { ...stage.values, step: reached() };
      return run.step < LAST && run.lost === Infinity && run.train.y.length > 0;
    });
    stage.go = (how) => {
      if (how === "keep") return stage.set({ beside: stage.values.beside.theta ? {} : keptRun(run, stage.values) });
      ghost = run.curve.filter(([step]) => step <= stage.values.step);
      run = new Run({ ...stage.values, base: [], past: [] });
      key = "";
    };
    stage.halt = () => {
      stage.stop();
      stage.set({ step: reached() });
    };
    stage.onReset = () => {
      stage.stop();
      ghost = [];
    };
    stage.onMove = (name) => {
      if (SCENE.includes(name)) {
        stage.stop();
        stage.values = { ...stage.values, step: 0, base: [], past: [] };
      } else if (name === "rate" || name === "l2") stage.values = { ...stage.values, ...present(run) };
      else if (name === "step") stage.stop();
    };
    stage.lowest = (name) => (name === "step" ? run.start : undefined);
    const add = (/** @type {{ x: number, y: number }} */ { x, y }) => {
      const round = (/** @type {number} */ a) => Math.round(100 * Math.max(-VIEW, Math.min(VIEW, a))) / 100;
      const point = [round(x), round(y), CLASSES.indexOf(stage.values.brush)];
      const near = stage.values.points.some((/** @type {number[]} */ p) => Math.hypot(p[0] - point[0], p[1] - point[1]) < 0.05);
      if (!near) stage.set({ ...present(run), points: [...stage.values.points, point] });
    };
    plane.onBrush(add);
    plane.svg.addEventListener("dblclick", (event) => {
      const at = plane.place(event), points = stage.values.points.filter((/** @type {number[]} */ p) => Math.hypot(p[0] - at.x, p[1] - at.y) > 0.1);
      stage.set({ ...present(run), points });
    });
    let cursor = { x: 0, y: 0 };
    return (values) => {
      follow(values);
      net.view([0, 1], [0, 1]);
      drawNet(net, run, weight);
      weight.update(run, present);
      drawPlane(plane, run, values.beside);
      plane.grip("brush", {
        ...cursor, label: "place of the brush: Enter adds an example", step: 0.1, looks: values.brush === CLASSES[1] ? "orange" : "blue", size: 5,
        move: (to) => { cursor = { x: Math.max(-VIEW, Math.min(VIEW, to.x)), y: Math.max(-VIEW, Math.min(VIEW, to.y)) }; stage.ask(); },
        press: () => add(cursor),
      });
      drawLoss(loss, run, values.step, ghost, values.beside);
      return words(run, values.step, stage.playing !== undefined);
    };
  },
});

export default explorer(spec);
