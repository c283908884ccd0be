/** Notebook 07: the dashboard of a network that learns to read digits. */

import { EXAMPLES, Readings, splitDigits } from "../mlp/training.js";
import { decades, fixed, near, percent, power, spanOf } from "../ui/axes.js";
import { ended, slider, stops } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";

/** @typedef {import("../ui/explorer.js").Values} Values */
/** @typedef {import("../ui/plot.js").Plot} Plot */

const LAST = 60;
const COLOURS = ["blue", "orange", "green", "purple"];

/** A rate for each reading: the slider's, and what it was before it moved on the way. @param {number[][]} rates @param {number} rate */
const schedule = (rates, rate) => (/** @type {number} */ reading) => {
  const past = rates.find(([until]) => reading <= until);
  return past ? past[1] : rate;
};

/** @param {Readings} run @param {number} reading @param {boolean} playing */
function words(run, reading, playing) {
  const epoch = (/** @type {number} */ r) => fixed((r * EXAMPLES) / run.train.y.length, 1), last = run.table.length - 1;
  if (reading > last) return `After ${epoch(last)} epochs the numbers explode: choose a smaller learning rate and start again.`;
  const row = run.table[reading], state = playing ? "Training." : reading === 0 ? "Press Train." : "Stopped.";
  const said = `${state} ${epoch(reading)} epochs: loss ${near(row[0], 3)}, ${percent(row[1], 1)} of ${run.test.y.length} new digits right.`;
  if (reading === 0) return said;
  return `${said} Update ratios from the first layer on: ${row.slice(2 + run.model.Ws.length).map(power).join(", ")}.`;
}

/** Digits of the test set that are misread, and as what. @param {Plot} plot @param {Readings} run @param {boolean} shown */
function drawMisread(plot, run, shown) {
  plot.view([0, 1], [0, 1]);
  const size = 42, many = Math.max(1, Math.floor((plot.width - 2) / (size + 10)));
  const wrong = shown ? (run.wrong ?? []).slice(0, many) : [], step = size / 8, { X, y } = run.test;
  plot.paint(wrong.map(({ row }) => row).join(), (context) => wrong.forEach(({ row }, i) => {
    for (let k = 0; k < 64; k++) {
      const ink = X.data[64 * row + k], level = Math.round(plot.dark ? 25 + 225 * ink : 250 - 240 * ink);
      context.fillStyle = `rgb(${level},${level},${level})`;
      context.fillRect(6 + i * (size + 10) + (k % 8) * step, 8 + Math.floor(k / 8) * step, step + 0.4, step + 0.4);
    }
  }));
  wrong.forEach(({ row, as }, i) => plot.label(`as${i}`, 6 + i * (size + 10) + size / 2, 20 + size, `${y[row]} as ${as}`));
  if (!wrong.length) plot.label("none", plot.width / 2, 30, shown ? "none" : "shown for the last reading");
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "The dashboard of a training",
  columns: "minmax(0, 1fr) minmax(0, 1fr)",
  areas: '"loss accuracy" "gradients updates" "misread misread"',
  controls: {
    rate: stops("learning rate", 0.1, [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3], "may change while it trains"),
    batch: stops("batch size", 32, [8, 32, 128, 512]),
    depth: slider("hidden layers of 32", 1, 1, 3, 1),
    reading: slider("reading", 0, 0, LAST, 1, `one every ${EXAMPLES} examples`),
  },
  traits: { rates: [], own: {}, beside: {} },
  actions: [
    { label: "Train", press: (stage) => (stage.playing === undefined ? stage.start?.() : stage.halt?.()), pressed: (stage) => stage.playing !== undefined, off: ended },
    { label: "One reading", press: (stage) => { stage.halt?.(); stage.set({ reading: Math.min(LAST, stage.values.reading + 1) }); }, off: ended },
    { label: "Start again", about: "The last run stays in grey", press: (stage) => { stage.stop(); stage.go?.("again"); stage.set({ reading: 0, rates: [] }); },
      off: ({ playing, values: { reading, rates } }) => playing === undefined && !reading && !rates.length },
    { label: "Keep beside", about: "This run's curves stay while you train others; pressed again, they go", press: (stage) => stage.go?.("keep"),
      pressed: (stage) => !!stage.values.beside.table, off: (stage) => !stage.values.reading && !stage.values.beside.table },
  ],
  scene(stage) {
    const end = (LAST * EXAMPLES) / splitDigits().train.y.length, x = { label: "epoch" };
    const loss = stage.plot({ title: "Loss", x, y: { label: "cross-entropy", log: true }, aspect: 0.5, tallest: 230 }, "loss");
    const accuracy = stage.plot({ title: "Accuracy on new digits", x, y: { label: "share right" }, aspect: 0.5, tallest: 230 }, "accuracy");
    const gradients = stage.plot({ title: "Size of dW", x, y: { label: "norm", log: true }, aspect: 0.5, tallest: 230 }, "gradients");
    const updates = stage.plot({ title: "Update / weight", x, y: { label: "ratio of norms", log: true }, aspect: 0.5, tallest: 230 }, "updates");
    const misread = stage.plot({ title: "Misread at present", x: { bare: true }, y: { bare: true }, aspect: 0.1, tallest: 92 }, "misread");
    let run = new Readings(schedule(stage.values.rates, stage.values.rate), stage.values.batch, stage.values.depth), key = "", ghost = /** @type {number[][]} */ ([]);
    const follow = (/** @type {Values} */ v) => {
      const now = JSON.stringify([v.batch, v.depth, v.rates, v.rates.some((/** @type {number[]} */ r) => r[0] >= v.reading) ? 0 : v.rate]);
      if (now !== key) {
        if (key && v.reading === 0 && run.table.length > 1) ghost = run.table;
        if (!(continued(run, v) && key)) run = new Readings(schedule(v.rates, v.rate), v.batch, v.depth);
        key = now;
      }
      run.rate = schedule(v.rates, v.rate);
      run.goTo(v.reading);
    };
    const furthest = () => Math.min(LAST, run.lost ? run.table.length : LAST); // the reading that is lost
    stage.highest = (name) => (name === "reading" ? furthest() : undefined);
    stage.ended = () => stage.values.reading >= furthest();
    stage.start = () => stage.play(() => {
      const reading = Math.min(LAST, stage.values.reading + 1);
      run.goTo(reading);
      stage.values = { ...stage.values, reading };
      return reading < LAST && !run.lost;
    });
    stage.go = (how) => {
      if (how === "keep") return stage.set({ beside: stage.values.beside.table ? {} : keptRun(run, stage.values) });
      ghost = run.table.slice(0, stage.values.reading + 1);
      run = new Readings(schedule([], stage.values.rate), stage.values.batch, stage.values.depth);
      key = "";
    };
    stage.halt = () => {
      stage.stop();
      stage.set({ reading: stage.values.reading });
    };
    stage.onReset = () => {
      stage.stop();
      ghost = [];
    };
    stage.onMove = (name) => {
      const { reading, rates, rate } = stage.values;
      if (name === "rate") {
        const past = rates.filter((/** @type {number[]} */ r) => r[0] < reading), now = schedule(rates, rate)(reading); // moved on twice, it was never the one between
        stage.values = { ...stage.values, rates: reading > 0 ? [...past, [reading, now]] : [] };
      } else stage.stop();
      if (name === "batch" || name === "depth") stage.values = { ...stage.values, reading: 0, rates: [] };
    };
    return (values) => {
      follow(values);
      const last = Math.min(values.reading, run.table.length - 1), table = run.table.slice(0, last + 1), layers = run.model.Ws.length;
      const epoch = (/** @type {number} */ r) => (r * EXAMPLES) / run.train.y.length, at = table.map((_, r) => epoch(r)), column = (/** @type {number[][]} */ t, /** @type {number} */ k) => t.map((row) => row[k]);
      const { own } = values, span = /** @type {[number, number]} */ ([0, end]);
      const kept = /** @type {number[][]} */ (values.beside.table ?? []), keys = /** @type {[string, string][]} */ ([]);
      if (ghost.length) keys.push(["line grey thin", "before"]);
      if (kept.length) keys.push(["line ink dot thin", `kept: ${values.beside.words}`]);
      if (own.loss) keys.push(["line green", "your own"]);
      loss.legend([["line blue", "this run"], ...keys, ["line ink dash thin", "ln 10"]]);
      accuracy.legend([["line orange", "this run"], ...keys]);
      const names = COLOURS.slice(0, layers).map((looks, l) => /** @type {[string, string]} */ ([`line ${looks}`, `layer ${l + 1}`]));
      gradients.legend(names);
      updates.legend([...names, ["line ink dash thin", "0.001"]]);
      loss.view(span, decades(spanOf([column(table, 0), column(ghost, 0), column(kept, 0), own.loss ?? [], [2.5, 0.5]], true), 1));
      loss.line("chance", span, [Math.log(10), Math.log(10)], "ink dash thin");
      accuracy.view(span, [0, 1.03]);
      for (const [plot, k, looks, mine] of /** @type {[Plot, number, string, string][]} */ ([[loss, 0, "blue", "loss"], [accuracy, 1, "orange", "accuracy"]])) {
        if (ghost.length) plot.line("ghost", ghost.map((_, r) => epoch(r)), column(ghost, k), "grey thin");
        if (kept.length) plot.line("kept", kept.map((_, r) => epoch(r)), column(kept, k), "ink dot thin");
        if (own[mine]?.length > 1) plot.line("own", own.epoch.slice(0, own[mine].length), own[mine].map((/** @type {number | null} */ v) => v ?? NaN), "green");
        plot.line("run", at, column(table, k), looks);
        plot.marks("now", [at[last]], [table[last][k]], looks, "circle", 4);
      }
      [[gradients, 2], [updates, 2 + layers]].forEach(([plot, from], which) => {
        const p = /** @type {Plot} */ (plot), lists = Array.from({ length: layers }, (_, l) => column(table.slice(1), Number(from) + l));
        p.view(span, decades(spanOf([...lists, which ? [1e-3] : [0.5]], true), 2));
        if (which) p.line("guide", span, [1e-3, 1e-3], "ink dash thin");
        lists.forEach((list, l) => {
          p.line(`layer${l}`, at.slice(1), list, COLOURS[l]);
          if (list.length) p.marks(`now${l}`, [at[last]], [list[last - 1]], COLOURS[l], "circle", 3.5);
        });
        if (!lists.some((list) => list[list.length - 1] > 0)) p.text("none", end / 2, which ? 1e-3 : 0.5, last ? "all 0: no weight moves" : "nothing has moved yet", "", { dy: -14 });
      });
      drawMisread(misread, run, last === run.table.length - 1);
      return (own.error ? `Your own stopped: ${own.error}. ` : "") + words(run, values.reading, stage.playing !== undefined);
    };
  },
});

/** The rates of a run up to a reading, in their order. @param {number[][]} rates @param {number} rate @param {number} reading */
const ratesOf = (rates, rate, reading) =>
  Array.from({ length: reading }, (_, r) => schedule(rates, rate)(r + 1)).filter((now, r, all) => now !== all[r - 1]);

/** The run as it is now, to be kept beside those that follow. @param {Readings} run @param {Values} values */
const keptRun = (run, { rate, rates, batch, depth, reading }) => ({
  words: `rate ${ratesOf(rates, rate, reading).join(", then ")}, batch ${batch}, ${depth} × 32`, table: run.table.slice(0, reading + 1).map((row) => row.slice(0, 2).map((x) => +x.toPrecision(5))),
});

/** Does this run go on, with a rate that has changed at its present end? @param {Readings} run @param {Values} v */
function continued(run, v) {
  const last = v.rates[v.rates.length - 1];
  return !run.lost && last !== undefined && last[0] === run.table.length - 1 && v.batch === run.batch && v.depth === run.model.Ws.length - 1;
}

export default explorer(spec);
