/** Notebook 03: a small deep network folds the plane; what is drawn on the folded plane is there many times on the unfolded one. */

import { cells, foldAll, pieces, pulledBack, regions, regionsOfLines } from "../mlp/folding.js";
import { clip } from "../mlp/perceptron.js";
import { fixed } from "../ui/axes.js";
import { choice, slider } from "../ui/controls.js";
import { explorer } from "../ui/explorer.js";
import { limited } from "../ui/plane.js";

/** @typedef {import("../mlp/folding.js").Fold} Fold */

const REACH = 2, GRID = 160, MOST = 5, DEEP = "one after another", FLAT = "side by side";
const FIRST = /** @type {Fold[]} */ ([[0, 0], [90, 0], [45, 0.7], [135, -0.3], [110, 0.3]]);

const KEYS = /** @type {Record<"folded" | "plane" | "regions", [string, string][]>} */ ({
  folded: [["line grey thin", "the plane"], ["line purple dash", "lines of kinks"], ["line ink", "output unit"]],
  plane: [["wash orange", "class 1"], ["wash blue", "class 0"], ["line purple", "kinks"], ["line ink thin", "output unit"]],
  regions: [["wash orange", "odd number of units on"], ["wash blue", "even number"], ["line purple", "kinks"]],
});

/** @typedef {import("../ui/explorer.js").Values} Values */

/** All folds that there are. @param {Values} values @returns {Fold[]} */
const allOf = ({ folds }) => (folds.length ? folds : FIRST);

/** The folds in use. @param {Values} values */
const foldsOf = (values) => allOf(values).slice(0, values.layers);

/** Where the slider that turns the last line stands. @param {Values} values */
const lastTurn = (values) => limited(foldsOf(values).at(-1)?.[0] ?? values.turn, 0, 180, 4);

/** What the network says of each place, and the kinks of its folds. @param {import("../ui/plot.js").Plot} plot @param {Fold[]} folds @param {number[]} n @param {number} offset */
function drawUnfolded(plot, folds, n, offset) {
  const { all, kinks } = pieces(folds, REACH), sides = all.map((piece) => clip(piece.corners, pulledBack(piece, n, offset)));
  const path = (/** @type {number[][][]} */ parts, /** @type {number} */ k) => parts.flatMap((part) => [...part.map((p) => p[k]), NaN]);
  plot.view([-REACH, REACH], [-REACH, REACH]);
  plot.fill("class 0", [-REACH, REACH, REACH, -REACH], [-REACH, -REACH, REACH, REACH], "blue");
  sides.forEach(({ polygon }, i) => {
    if (polygon.length > 2) plot.fill(`class 1 ${i}`, polygon.map((p) => p[0]), polygon.map((p) => p[1]), "orange seamless");
  });
  plot.line("kinks", path(kinks, 0), path(kinks, 1), "purple");
  const ends = sides.map(({ crossings }) => crossings).filter((found) => found.length === 2);
  plot.line("output", path(ends, 0), path(ends, 1), "ink thin");
}

/** One layer: its lines of kinks go straight through, and next regions differ in colour. @param {import("../ui/plot.js").Plot} plot @param {Fold[]} lines */
function drawLayer(plot, lines) {
  const { all, kinks } = cells(lines, REACH), path = (/** @type {number} */ k) => kinks.flatMap((part) => [...part.map((p) => p[k]), NaN]);
  plot.view([-REACH, REACH], [-REACH, REACH]);
  plot.fill("class 0", [-REACH, REACH, REACH, -REACH], [-REACH, -REACH, REACH, REACH], "blue");
  all.filter(({ odd }) => odd).forEach(({ corners }, i) => void plot.fill(`class 1 ${i}`, corners.map((p) => p[0]), corners.map((p) => p[1]), "orange seamless"));
  plot.line("kinks", path(0), path(1), "purple");
}

/** What is counted. @param {boolean} deep @param {number} many @param {number} count */
function told(deep, many, count) {
  const regions = `${count} region${count === 1 ? "" : "s"}`, pairs = (many * (many - 1)) / 2;
  if (deep) return `${many} fold${many === 1 ? "" : "s"} of three ReLUs each, ${3 * many + 1} unit${many ? "s" : ""} in all: ${regions} of the square, of at most ${2 ** many}. `
    + "The one line of the output unit is there once in each region that it meets, mirrored.";
  return `One layer of ${many} ReLU${many === 1 ? "" : "s"}, each with a line of kinks: ${regions} of the plane, those outside of the square among them. `
    + `At most 1 + ${many} + ${pairs} = ${1 + many + pairs} are possible. Orange is where an odd number of units is on.`;
}

export const spec = /** @type {import("../ui/explorer.js").Spec} */ ({
  title: "Lines of kinks in the plane",
  columns: "minmax(0, 1fr) minmax(0, 1fr)",
  controls: {
    way: choice("lines", [DEEP, FLAT], DEEP, "each in a layer of its own, or all in one layer"),
    layers: slider("how many", 2, 0, MOST, 1, "lines, each of a layer of its own or of a unit"),
    angle: slider("line's angle", 60, 0, 180, 1, "of the output unit's line on the folded plane, in degrees"),
    offset: slider("line's distance", 1, -2, 2, 0.05),
    turn: slider("turn the last line", 90, 0, 180, 1, "in degrees"),
  },
  traits: { folds: [] },
  idle: ({ way, layers }) => [...(way === FLAT ? ["angle", "offset"] : []), ...(layers ? [] : ["turn"])],
  scene(stage) {
    const folded = stage.plot({ title: "Folded: one line decides (drag the folds)", x: { label: "x₁, folded" }, y: { label: "x₂, folded" }, square: true, tallest: 420,
      legend: KEYS.folded });
    const plane = stage.plot({ title: "Unfolded: what the network says", x: { label: "x₁" }, y: { label: "x₂" }, square: true, tallest: 420,
      legend: KEYS.plane });
    stage.highest = (name) => (name === "layers" ? Math.min(MOST, allOf(stage.values).length) : undefined);
    const changed = (/** @type {Values} */ values, /** @type {number} */ i, /** @type {(f: Fold) => Fold} */ to) => /** @type {Values} */ ({ ...values, folds: allOf(values).map((f, k) => (k === i ? to(f) : f)) });
    let turned = stage.values.turn; // as it was drawn last
    const agree = (/** @type {Values} */ now) => { // the slider moves the last line, or follows it
      if (now.turn === lastTurn(now)) return now;
      return now.turn !== turned && now.layers ? changed(now, foldsOf(now).length - 1, ([, c]) => [now.turn, c]) : { ...now, turn: lastTurn(now) };
    };
    let counted = "", count = 1; // a line that is turned makes no new regions
    stage.onMove = (name, value) => { if (name === "turn" || name === "layers") stage.values = agree({ ...stage.values, [name]: value }); }; // before it is drawn, once
    return (given) => {
      const values = agree(given);
      turned = values.turn;
      if (values !== given) stage.set(values);
      const deep = values.way === DEEP, folds = foldsOf(values), sheet = deep ? folds : [], t = (values.angle * Math.PI) / 180, n = [Math.cos(t), Math.sin(t)];
      const shown = `${values.way} ${folds.join(" ")}`;
      if (counted !== shown) [counted, count] = [shown, deep ? regions(folds, REACH, GRID) : regionsOfLines(folds)];
      if (deep) drawUnfolded(plane, folds, n, values.offset);
      else drawLayer(plane, folds);
      folded.title = deep ? "Folded: one line decides (drag the folds)" : "The sheet stays flat (drag the lines)";
      folded.rename(deep ? "x₁, folded" : "x₁", deep ? "x₂, folded" : "x₂");
      folded.legend(KEYS.folded.slice(0, deep ? 3 : 2));
      plane.legend(deep ? KEYS.plane : KEYS.regions);
      plane.title = deep ? "Unfolded: what the network says" : "The regions of one layer";
      const half = 3;
      folded.view([-half, half], [-half, half]);
      const side = Array.from({ length: 33 }, (_, i) => REACH * (i / 16 - 1)), lines = /** @type {number[][]} */ ([]);
      for (let k = -4; k <= 4; k++) for (const swap of [false, true])
        lines.push(...side.map((s) => foldAll(swap ? [(REACH * k) / 4, s] : [s, (REACH * k) / 4], sheet).at), [NaN, NaN]);
      if (deep) {
        folded.fill("other class", [-half, half, half, -half], [-half, -half, half, half], "blue");
        folded.fill("class", ...region(n, values.offset, half), "orange");
      }
      folded.line("sheet", lines.map((p) => p[0]), lines.map((p) => p[1]), "grey thin");
      if (deep) folded.line("output", ...chord(n, values.offset, half), "ink");
      folds.forEach(([degrees, c], i) => {
        const a = (degrees * Math.PI) / 180, normal = [Math.cos(a), Math.sin(a)];
        folded.line(`fold${i}`, ...chord(normal, c, half), "purple dash thin");
        // the handles stand apart, though lines may cross
        folded.grip(`fold grip${i}`, { x: c * normal[0] - (1.9 - 0.4 * i) * normal[1], y: c * normal[1] + (1.9 - 0.4 * i) * normal[0], label: `${deep ? "fold" : "line"} ${i + 1}`, text: `angle ${fixed(degrees, 0)}°, distance ${fixed(c)}`, looks: "purple", step: 0.05,
          move: (to) => {
            stage.set(changed(stage.values, i, ([d]) => [d, limited(to.x * normal[0] + to.y * normal[1], -2, 2)]));
          } });
      });
      if (deep) folded.grip("output grip", { x: values.offset * n[0], y: values.offset * n[1], label: "line of the output unit", text: `distance ${fixed(values.offset)}`, step: 0.05,
        move: (to) => stage.set({ offset: limited(to.x * n[0] + to.y * n[1], -2, 2) }) });
      return told(deep, folds.length, count);
    };
  },
});

/** The part of a line n·x = c within a square. @param {number[]} n @param {number} c @param {number} half @returns {[number[], number[]]} */
function chord([u, v], c, half) {
  const far = 3 * half;
  return [[c * u - far * v, c * u + far * v], [c * v + far * u, c * v - far * u]];
}

/** The half-plane n·x > c, as far as it is seen. @param {number[]} n @param {number} c @param {number} half @returns {[number[], number[]]} */
function region([u, v], c, half) {
  const [[x0, x1], [y0, y1]] = chord([u, v], c, half), far = 4 * half;
  return [[x0, x1, x1 + far * u, x0 + far * u], [y0, y1, y1 + far * v, y0 + far * v]];
}

export default explorer(spec);
