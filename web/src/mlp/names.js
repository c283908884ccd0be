/** What activations are called in menus and pictures. */

/** @type {Record<string, string>} */
export const ACTIVATION_NAMES = {
  identity: "identity", sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU", leaky_relu: "leaky ReLU", prelu: "PReLU",
  elu: "ELU", gelu: "GELU",
};

/** The key of a name in the menu. @param {string} shown */
export const keyOf = (shown) => Object.keys(ACTIVATION_NAMES).find((key) => ACTIVATION_NAMES[key] === shown) ?? shown;

/** @param {string[]} keys */
export const menu = (keys) => keys.map((key) => ACTIVATION_NAMES[key]);
