/** Notebook 03: stacked tents, and the width that replaces depth. */

import { interpolate, linspace, tent } from "../mlp/splines.js";
import { fixed } from "../ui/axes.js";
import { slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";

const DEEPEST = 7;

/** The pieces of k tents, and where a broken line of as many units as the deep net is farthest from them. @param {number} k */
function compare(k) {
  const t = linspace(0, 1, Math.min(2 * k, 2 ** k) + 1), v = t.map((x) => tent(x, k)), fine = linspace(0, 1, 2 ** (k + 3) + 1);
  const error = Math.max(...fine.map((x) => Math.abs(tent(x, k) - interpolate(x, t, v))));
  return { t, v, error };
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "Width against depth",
  columns: "minmax(0, 1.5fr) minmax(0, 1fr)",
  areas: '"line units" "layers units"',
  controls: {
    k: slider("hidden layers k", 3, 1, DEEPEST, 1, "of two units each"),
    look: slider("look at layer", 3, 1, DEEPEST, 1, "what this layer makes of what the layers below have made"),
  },
  idle: ({ k }) => (k === 1 ? ["look"] : []),
  limits: (values) => ({ ...values, look: Math.min(values.look, values.k) }),
  scene(stage) {
    stage.highest = (name) => (name === "look" ? stage.values.k : undefined);
    const line = stage.plot({ title: "Deep, and one layer of as many units", x: { label: "x" }, y: { label: "f(x)" }, aspect: 0.45, tallest: 260,
      legend: [["line blue", "k layers of two units"], ["line orange dash", "one layer of 2k units"]] }, "line");
    const layers = stage.plot({ title: "Inside: one layer folds what the one below made", x: { label: "x" }, y: { label: "value" }, aspect: 0.36, tallest: 210,
      legend: [["line grey dash", "what comes in"], ["line blue", "what goes out: 1 − |2h − 1|"], ["line purple dot", "where it folds"]] }, "layers");
    const units = stage.plot({ title: "Units for 2ᵏ pieces", x: { label: "hidden layers k", whole: true }, y: { label: "units", log: true }, aspect: 1, tallest: 400,
      legend: [["triangle mark orange", "one layer: 2ᵏ units"], ["circle mark blue", "k layers: 2k units"]] }, "units");
    return ({ k, look: wanted }) => {
      const look = Math.min(wanted, k);
      const x = linspace(0, 1, 2 ** k + 1), { t, v, error } = compare(k);
      line.view([-0.02, 1.02], [-0.08, 1.08]);
      line.line("deep", x, x.map((s) => tent(s, k)), "blue");
      line.line("one", t, v, "orange dash");
      layers.view([-0.02, 1.02], [-0.08, 1.08]);
      const fine = linspace(0, 1, 2 ** look + 1), below = fine.map((s) => tent(s, look - 1)), folds = fine.filter((_, i) => i % 2 === 1);
      layers.line("folds", folds.flatMap((s) => [s, s, NaN]), folds.flatMap(() => [0, 1, NaN]), "purple dot thin");
      layers.line("in", fine, below, "grey dash thin");
      layers.line("out", fine, fine.map((s) => tent(s, look)), "blue");
      const ks = linspace(1, DEEPEST, DEEPEST);
      units.view([0.6, DEEPEST + 0.4], [1, 300]);
      units.line("wide", ks, ks.map((j) => 2 ** j), "orange thin");
      units.marks("wide marks", ks, ks.map((j) => 2 ** j), "orange", "triangle", 5);
      units.line("deep", ks, ks.map((j) => 2 * j), "blue thin");
      units.marks("deep marks", ks, ks.map((j) => 2 * j), "blue", "circle", 5);
      units.marks("here wide", [k], [2 ** k], "orange open", "circle", 10);
      units.marks("here deep", [k], [2 * k], "blue open", "circle", 10);
      return `${k} hidden layer${k > 1 ? "s" : ""} of two units: ${2 * k} units make ${2 ** k} pieces. One hidden layer needs ${2 ** k} units for the same `
        + `function; this broken line, which spends ${t.length - 1} there, is off by up to ${fixed(error)}.`;
    };
  },
});

export default explorer(spec);
