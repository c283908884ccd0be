/** Activations: value and derivative side by side in one table. At a kink the derivative is the one from the left. */

export const LEAK = 0.01;

/** @typedef {{ value: (z: number) => number, grad: (z: number) => number, given?: (z: number, h: number) => number }} Activation `given` is `grad` where the value h is known, if that spares work */

/** `1 / (1 + exp(-z))`, exact in both tails. @param {number} z */
export function sigmoid(z) {
  const small = Math.exp(-Math.abs(z));
  return (z > 0 ? 1 : small) / (1 + small);
}

/** P(a standard normal number is below `z`), exact also far out in the left tail. @param {number} z */
export const normalCdf = (z) => 0.5 * erfc(-z * Math.SQRT1_2);

/** The density of a standard normal number at `z`. @param {number} z */
export const normalPdf = (z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** `z` to the right of 0, `slope * z` to its left. @param {number} slope @returns {Activation} */
export const leakyRelu = (slope = LEAK) => ({
  value: (z) => (z > 0 ? z : slope * z),
  grad: (z) => (z > 0 ? 1 : slope),
});

/** `z` to the right of 0, `alpha * (exp(z) - 1)` to its left. @param {number} alpha @returns {Activation} */
export const elu = (alpha = 1) => ({
  value: (z) => (z > 0 ? z : alpha * Math.expm1(z)),
  grad: (z) => (z > 0 ? 1 : alpha * Math.exp(z)),
});

/** @type {Record<string, Activation>} */
export const ACTIVATIONS = {
  identity: { value: (z) => z, grad: () => 1 },
  sigmoid: {
    value: sigmoid,
    grad: (z) => {
      const small = Math.exp(-Math.abs(z));
      return (1 / (1 + small)) * (small / (1 + small));
    },
  },
  tanh: { value: Math.tanh, grad: (z) => 1 - Math.tanh(z) ** 2, given: (_, h) => 1 - h * h },
  relu: { value: (z) => (z > 0 ? z : 0), grad: (z) => (z > 0 ? 1 : 0) },
  leaky_relu: leakyRelu(),
  elu: elu(),
  gelu: { value: (z) => z * normalCdf(z), grad: (z) => normalCdf(z) + z * normalPdf(z) },
};

/** Horner's scheme, the constant first. @param {number[]} c @param {number} x */
function polynomial(c, x) {
  let sum = 0;
  for (let i = c.length - 1; i >= 0; i--) sum = sum * x + c[i];
  return sum;
}

// prettier-ignore
const ERF = {
  near: [[1.28379167095512558561e-1, -3.25042107247001499370e-1, -2.84817495755985104766e-2, -5.77027029648944159157e-3,
    -2.37630166566501626084e-5],
  [1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3, 1.32494738004321644526e-4,
    -3.96022827877536812320e-6]],
  one: [[-2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1, 3.18346619901161753674e-1,
    -1.10894694282396677476e-1, 3.54783043256182359371e-2, -2.16637559486879084300e-3],
  [1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2, 1.26171219808761642112e-1,
    1.36370839120290507362e-2, 1.19844998467991074170e-2]],
  middle: [[-9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1, -6.23753324503260060396e1,
    -1.62396669462573470355e2, -1.84605092906711035994e2, -8.12874355063065934246e1, -9.81432934416914548592],
  [1, 1.96512716674392571292e1, 1.37657754143519042600e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
    4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2]],
  far: [[-9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1, -1.60636384855821916062e2,
    -6.37566443368389627722e2, -1.02509513161107724954e3, -4.83519191608651397019e2],
  [1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
    2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1]],
};

/**
 * The complementary error function, to the last digit or two.
 * Source: Sun Microsystems (1993), fdlibm's s_erf.c, whose polynomials these are.
 * @param {number} x
 */
export function erfc(x) {
  const size = Math.abs(x);
  if (size < 0.84375) {
    const s = x * x;
    return 1 - (x + x * (polynomial(ERF.near[0], s) / polynomial(ERF.near[1], s)));
  }
  if (size < 1.25) {
    const s = size - 1, erf = 8.45062911510467529297e-1 + polynomial(ERF.one[0], s) / polynomial(ERF.one[1], s);
    return x > 0 ? 1 - erf : 1 + erf;
  }
  if (size > 28) return x > 0 ? 0 : 2;
  if (x < -6) return 2;
  const s = 1 / (x * x), [top, bottom] = size < 1 / 0.35 ? ERF.middle : ERF.far;
  const rough = Math.fround(size); // its square is exact
  const tail = (Math.exp(-rough * rough - 0.5625)
    * Math.exp((rough - size) * (rough + size) + polynomial(top, s) / polynomial(bottom, s))) / size;
  return x > 0 ? tail : 2 - tail;
}
