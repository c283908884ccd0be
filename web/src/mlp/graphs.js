/** Expressions as graphs of modules: parsed, laid out, and walked through, forward and backward. */

/** @typedef {string | number} Operand a node's name, or a constant */
/** @typedef {{ name: string, op: string, args: Operand[], rule: string, parents: string[], place: [number, number] }} Module */
/** @typedef {{ inputs: Record<string, [number, number]>, modules: Module[] }} Graph places of the inputs, and modules in forward order */

/** Value and local derivatives of each operation. @type {Record<string, { value: (...x: number[]) => number, slopes: (...x: number[]) => number[] }>} */
export const OPERATIONS = {
  "+": { value: (a, b) => a + b, slopes: () => [1, 1] },
  "-": { value: (a, b) => a - b, slopes: () => [1, -1] },
  "*": { value: (a, b) => a * b, slopes: (a, b) => [b, a] },
  "/": { value: (a, b) => a / b, slopes: (a, b) => [1 / b, -a / b ** 2] },
  "^": { value: (a, b) => a ** b, slopes: (a, b) => [b * a ** (b - 1), Number.NaN] },
  neg: { value: (a) => -a, slopes: () => [-1] },
  exp: { value: Math.exp, slopes: (a) => [Math.exp(a)] },
  log: { value: Math.log, slopes: (a) => [1 / a] },
  sqrt: { value: Math.sqrt, slopes: (a) => [0.5 / Math.sqrt(a)] },
  sin: { value: Math.sin, slopes: (a) => [Math.cos(a)] },
  cos: { value: Math.cos, slopes: (a) => [-Math.sin(a)] },
  tanh: { value: Math.tanh, slopes: (a) => [1 - Math.tanh(a) ** 2] },
  relu: { value: (a) => Math.max(a, 0), slopes: (a) => [a > 0 ? 1 : 0] },
  sigmoid: { value: (a) => 1 / (1 + Math.exp(-a)), slopes: (a) => [Math.exp(-Math.abs(a)) / (1 + Math.exp(-Math.abs(a))) ** 2] },
  square_of_rest: { value: (a, b) => (a - b) ** 2, slopes: (a, b) => [2 * (a - b), -2 * (a - b)] },
};
const SIGNS = /** @type {Record<string, string>} */ ({ "+": "+", "-": "−", "*": "·", "/": "/" });

/** A number whole, or with four digits that matter. @param {Operand} a */
const shown = (a) => (typeof a === "number" ? `${Number.isInteger(a) ? a : Number(a.toPrecision(4))}`.replaceAll("-", "−") : a);

/** @param {string} op @param {Operand[]} args */
function rule(op, args) {
  const [a, b] = args.map(shown);
  if (op === "^") return b === "2" ? `${a}²` : b === "3" ? `${a}³` : `${a} ^ ${b}`;
  if (op === "square_of_rest") return `(${a} − ${b})²`;
  return op in SIGNS ? `${a} ${SIGNS[op]} ${b}` : op === "neg" ? `−${a}` : `${op} ${a}`;
}

/**
 * The graph of an expression in x and y: + − * / ^, brackets, numbers, and the functions of the table.
 * @param {string} text
 * @returns {Graph}
 */
export function parse(text) {
  const tokens = text.replace(/[−–]/g, "-").replace(/[·×]/g, "*").replace(/\*\*/g, "^").match(/\d+\.?\d*|[a-z]+|[-+*/^()]|\S/g) ?? [];
  const modules = /** @type {Module[]} */ ([]);
  let at = 0;
  const fail = (/** @type {string} */ why) => { throw new Error(`${why}: write it as in x*y + sin(x), with ${Object.keys(OPERATIONS).filter((o) => /^[a-z]+$/.test(o) && o !== "neg").join(", ")}`); };
  const take = (/** @type {string} */ token) => {
    const found = tokens[at] === token;
    if (found) at++;
    return found;
  };
  const node = (/** @type {string} */ op, /** @type {Operand[]} */ args) => {
    if (args.every((a) => typeof a === "number")) {
      const number = OPERATIONS[op].value(.../** @type {number[]} */ (args));
      return Number.isFinite(number) ? number : fail("what is computed from numbers alone is not a number");
    }
    const last = modules[modules.length - 1];
    if (op === "^" && args[1] === 2 && last?.name === args[0] && last.op === "-" && typeof last.args[0] === "number") {
      modules.pop();
      [op, args] = ["square_of_rest", last.args];
    }
    const name = "abcdefghijklmnopqrstuvw"[modules.length] ?? fail("too long");
    modules.push({ name, op, args, rule: rule(op, args), parents: /** @type {string[]} */ (args.filter((a) => typeof a === "string")), place: [0, 0] });
    return name;
  };
  /** @returns {Operand} */
  const sum = () => {
    let a = term();
    for (;;) {
      if (take("+")) a = node("+", [a, term()]);
      else if (take("-")) a = node("-", [a, term()]);
      else return a;
    }
  };
  /** @returns {Operand} */
  const term = () => {
    let a = signed();
    for (;;) {
      if (take("*")) a = node("*", [a, signed()]);
      else if (take("/")) a = node("/", [a, signed()]);
      else return a;
    }
  };
  /** @returns {Operand} */
  const signed = () => (take("-") ? node("neg", [signed()]) : raised());
  /** @returns {Operand} */
  const raised = () => {
    const a = atom();
    if (!take("^")) return a;
    const b = signed();
    return typeof b === "number" ? node("^", [a, b]) : fail("the exponent must be a number");
  };
  /** @returns {Operand} */
  const atom = () => {
    const token = tokens[at++];
    if (token === undefined) return fail("the expression ends too early");
    if (/^\d/.test(token)) return Number(token);
    if (token === "x" || token === "y") return token;
    if (token === "(") {
      const a = sum();
      return take(")") ? a : fail("a bracket is not closed");
    }
    if (/^[a-z]+$/.test(token) && token in OPERATIONS && token !== "neg" && take("(")) {
      const a = sum();
      return take(")") ? node(token, [a]) : fail("a bracket is not closed");
    }
    return fail(`"${token}" is not known`);
  };
  sum();
  if (at < tokens.length) fail(`"${tokens[at]}" is not expected`);
  if (!modules.length) fail("nothing is computed from x or y");
  return layOut(modules);
}

/** Columns by the longest way from an input; rows near those of the parents. @param {Module[]} modules @returns {Graph} */
function layOut(modules) {
  const names = ["x", "y"].filter((v) => modules.some(({ parents }) => parents.includes(v))), column = new Map(names.map((v) => [v, 0]));
  const row = new Map(names.map((v, i) => [v, (names.length - 1) / 2 - i]));
  for (const { name, parents } of modules) column.set(name, 1 + Math.max(...parents.map((p) => /** @type {number} */ (column.get(p)))));
  const leaves = (/** @type {string} */ p, /** @type {number} */ c) => modules.some((m) => m.parents.includes(p) && /** @type {number} */ (column.get(m.name)) > c);
  const end = Math.max(...column.values());
  for (let c = 1; c <= end; c++) {
    const here = modules.filter(({ name }) => column.get(name) === c);
    const wanted = here.map(({ name, parents }) => {
      const free = parents.filter((p) => !leaves(p, c)), from = free.length ? free : parents;
      return { name, y: from.reduce((sum, p) => sum + /** @type {number} */ (row.get(p)), 0) / from.length };
    }).sort((a, b) => b.y - a.y);
    const middle = wanted.reduce((sum, { y }) => sum + y, 0) / wanted.length;
    const apart = wanted.every(({ y }, i) => i === 0 || wanted[i - 1].y - y >= 1);
    wanted.forEach(({ name, y }, i) => row.set(name, apart ? y : middle + (wanted.length - 1) / 2 - i));
  }
  const place = (/** @type {string} */ name) => /** @type {[number, number]} */ ([column.get(name), row.get(name)]);
  for (const module of modules) module.place = place(module.name);
  return { inputs: Object.fromEntries(names.map((v) => [v, place(v)])), modules };
}

/** Forward one module at a time, the seed, backward one module at a time. @param {Graph} graph */
export const stepsOf = ({ modules }) => 2 * modules.length + 1;

/**
 * What is known after some steps: values, what has arrived, local derivatives ("parent>child"), how many are still to
 * hand on, and who moved last.
 * @param {Graph} graph @param {Record<string, number>} inputs @param {number} steps
 */
export function walkGraph({ inputs: names, modules }, inputs, steps) {
  const values = /** @type {Record<string, number>} */ (Object.fromEntries(Object.keys(names).map((v) => [v, inputs[v]])));
  const numbers = (/** @type {Module} */ m) => m.args.map((a) => (typeof a === "number" ? a : values[a]));
  const forward = modules.slice(0, steps);
  for (const module of forward) values[module.name] = OPERATIONS[module.op].value(...numbers(module));
  const grads = /** @type {Record<string, number>} */ ({}), local = /** @type {Record<string, number>} */ ({});
  const backward = steps > modules.length, back = backward ? modules.slice().reverse().slice(0, steps - modules.length - 1) : [];
  if (backward) grads[modules[modules.length - 1].name] = 1;
  for (const module of back) {
    const slopes = OPERATIONS[module.op].slopes(...numbers(module));
    for (const parent of module.parents) local[`${parent}>${module.name}`] = 0;
    module.args.forEach((a, k) => {
      if (typeof a === "number") return;
      local[`${a}>${module.name}`] += slopes[k]; // x·x has two ways from x
      grads[a] = (grads[a] ?? 0) + grads[module.name] * slopes[k];
    });
  }
  const ahead = modules.slice(0, modules.length - back.length);
  const waiting = (/** @type {string} */ name) => ahead.filter(({ parents }) => parents.includes(name)).length;
  return { values, grads, local, waiting, backward, active: backward ? back[back.length - 1] : forward[forward.length - 1] };
}
