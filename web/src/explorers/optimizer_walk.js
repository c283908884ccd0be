/** Notebook 07: a walk down a landscape. */

import { contours } from "d3-contour";
import { METHODS, SURFACES, walk } from "../mlp/optimize.js";
import { rng } from "../mlp/random.js";
import { decades, fixed, many, near } from "../ui/axes.js";
import { choice, slider, stops } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { around, limited } from "../ui/plane.js";

/** @typedef {import("../mlp/optimize.js").Surface} Surface */
/** @typedef {import("../ui/explorer.js").Values} Values */
/** @typedef {import("../ui/plot.js").Plot} Plot */

const MOST = 100, GRID = 72, LEVELS = 15, FLOOR = 1e-9, NONE = "nobody";

/** The height of the lowest place, found by walking down from all over the square. @param {Surface} surface */
function lowest({ f, slope }) {
  let low = Infinity;
  for (let i = 0; i < 81; i++) {
    let [x, y] = [((i % 9) - 4) / 2, (Math.floor(i / 9) - 4) / 2];
    for (let k = 0; k < 400; k++) {
      const [a, b] = slope(x, y);
      [x, y] = [x - 0.03 * a, y - 0.03 * b];
    }
    low = Math.min(low, f(x, y));
  }
  return low;
}
const LOWEST = Object.fromEntries(Object.entries(SURFACES).map(([name, surface]) => [name, lowest(surface)]));

/** The walk of a method. @param {Values} values @param {string} method @param {number} steps */
const walkOf = ({ surface, rate, noise, x, y }, method, steps) =>
  walk(SURFACES[surface], METHODS[method](rate), [x, y], steps, noise, rng(0));

/** Lines of equal height in the present view, crowded where it is low. @param {Plot} plot @param {string} name */
function isolines(plot, name) {
  const { f } = SURFACES[name], { x, y } = plot.spans, values = new Array(GRID * GRID);
  for (let i = 0; i < values.length; i++)
    values[i] = Math.sqrt(Math.max(0, f(x[0] + ((i % GRID) / (GRID - 1)) * (x[1] - x[0]), y[0] + (Math.floor(i / GRID) / (GRID - 1)) * (y[1] - y[0])) - LOWEST[name]));
  const top = Math.max(...values), levels = Array.from({ length: LEVELS }, (_, k) => top * ((k + 0.5) / LEVELS) ** 1.5);
  const [left, right, low, high] = [plot.x(x[0]), plot.x(x[1]), plot.y(y[0]), plot.y(y[1])];
  const at = (/** @type {number[]} */ [a, b]) => `${(left + ((a - 0.5) / (GRID - 1)) * (right - left)).toFixed(1)},${(low + ((b - 0.5) / (GRID - 1)) * (high - low)).toFixed(1)}`;
  return contours().size([GRID, GRID]).thresholds(levels)(values)
    .map(({ coordinates }) => coordinates.flat().map((ring) => `M${ring.map(at).join("L")}Z`).join(""));
}

/** @param {Plot} plot @param {string} key @param {number[][]} places @param {string} looks */
function drawWalk(plot, key, places, looks) {
  plot.line(key, places.map((p) => p[0]), places.map((p) => p[1]), `${looks} thin`);
  if (key !== "ghost") plot.marks(`${key} places`, places.slice(1).map((p) => p[0]), places.slice(1).map((p) => p[1]), looks, key === "rival" ? "triangle" : "circle", 3);
}

/** @param {Values} values @param {ReturnType<typeof walk>} found */
function words({ surface, steps }, { places, lost }) {
  const { about, f } = SURFACES[surface], [x, y] = places[places.length - 1];
  if (lost) return `${about} Lost: after ${many(places.length, "step")} the walk is far away. Choose a smaller rate.`;
  return `${about} After ${many(steps, "step")} the walk is at (${fixed(x)}, ${fixed(y)}), height ${near(f(x, y), 3)}.`;
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "A walk down a landscape",
  columns: "minmax(0, 1fr) minmax(0, 1.1fr)",
  controls: {
    surface: choice("landscape", Object.keys(SURFACES)),
    method: choice("method", Object.keys(METHODS)),
    rate: stops("learning rate", 0.03, [0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.3, 1, 3]),
    noise: stops("batch noise", 0, [0, 0.3, 1, 3], "standard deviation of what a batch adds to the slope"),
    x: slider("start x", -1.8, -2, 2, 0.1),
    y: slider("start y", 1, -2, 2, 0.1),
    steps: slider("steps", 30, 0, MOST, 1),
    rival: choice("beside it", [NONE, ...Object.keys(METHODS)], NONE, "a second method from the same start"),
  },
  actions: [{
    label: "Play", about: "Watch the steps one by one", press: (stage) => (stage.playing === undefined ? stage.start?.() : stage.halt?.()),
    pressed: (stage) => stage.playing !== undefined,
  }],
  scene(stage) {
    const plane = stage.plot({ title: "From above (lines of equal height; drag the start)", x: { label: "x" }, y: { label: "y" }, square: true, tallest: 420,
      legend: [["line orange thin", "walk"], ["line blue thin", "beside it"], ["line grey thin", "the walk before"]] });
    const heights = stage.plot({ title: "Height above the lowest place", x: { label: "step" }, y: { label: "height − lowest", log: true }, aspect: 0.72, tallest: 400,
      legend: [["line orange", "walk"], ["line blue", "beside it"], ["line grey thin", "the walk before"]] });
    let lines = /** @type {string[]} */ ([]), seen = "", ghost = /** @type {number[][]} */ ([]), key = "", last = /** @type {number[][]} */ ([]);
    stage.start = () => {
      const end = stage.values.steps >= MOST || stage.values.steps === 0 ? MOST : stage.values.steps, from = performance.now();
      stage.play(() => {
        const steps = Math.min(end, Math.floor((performance.now() - from) / 60));
        stage.values = { ...stage.values, steps };
        return steps < end;
      });
    };
    stage.halt = () => {
      stage.stop();
      stage.set({ steps: stage.values.steps });
    };
    stage.onMove = () => stage.stop();
    stage.onReset = () => {
      stage.stop();
      ghost = [];
    };
    const keep = (/** @type {Values} */ v, /** @type {number[][]} */ places) => { // the walk before this one, of the same landscape
      const now = [v.surface, v.method, v.rate, v.noise].join();
      if (now !== key) {
        ghost = key.startsWith(`${v.surface},`) ? last : [];
        key = now;
      }
      last = places;
    };
    return (values) => {
      const found = walkOf(values, values.method, values.steps), other = values.rival === NONE ? undefined : walkOf(values, values.rival, values.steps);
      keep(values, found.places);
      const half = around(2.15, [...found.places, ...(other?.places ?? [])]);
      plane.view(half, half);
      const view = `${values.surface} ${plane.seen}`;
      if (view !== seen) [lines, seen] = [isolines(plane, values.surface), view];
      lines.forEach((d, i) => plane.path(`level${i}`, d, "line level", { "stroke-opacity": (0.9 - (0.6 * i) / LEVELS).toFixed(2) }));
      if (ghost.length > 1) drawWalk(plane, "ghost", ghost, "grey");
      if (other) drawWalk(plane, "rival", other.places, "blue");
      drawWalk(plane, "walk", found.places, "orange");
      const end = found.places[found.places.length - 1];
      plane.marks("end", [end[0]], [end[1]], "ink open", "circle", 8);
      plane.grip("start", {
        x: values.x, y: values.y, label: "start", text: `(${fixed(values.x, 1)}, ${fixed(values.y, 1)})`,
        move: (to) => stage.set({ x: limited(to.x, -2, 2, 1), y: limited(to.y, -2, 2, 1) }),
      });
      const { f } = SURFACES[values.surface], above = (/** @type {number[][]} */ places) => places.map(([x, y]) => Math.max(FLOOR, f(x, y) - LOWEST[values.surface]));
      const tracks = [["ghost", ghost, "grey thin"], ["rival", other?.places ?? [], "blue"], ["walk", found.places, "orange"]]
        .map(([name, places, looks]) => ({ name: /** @type {string} */ (name), looks: /** @type {string} */ (looks), h: above(/** @type {number[][]} */ (places)) }));
      const all = tracks.flatMap(({ h }) => h);
      const most = found.lost ? Math.max(10, ...tracks.map(({ h }) => h.length)) : MOST;
      heights.view([-0.02 * most, most], decades([Math.min(...all), Math.max(...all)], 3));
      for (const { name, looks, h } of tracks) if (h.length > 1 || name === "walk") {
        heights.line(name, h.map((_, t) => t), h, looks);
        if (name === "walk") heights.marks("now", [h.length - 1], [h[h.length - 1]], "orange", "circle", 4.5);
      }
      return words(values, found);
    };
  },
});

export default explorer(spec);
