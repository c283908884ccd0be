// Ids of elements: several bundles on one page know nothing of each other.

/** @param {string} kind @returns {string} */
export const unique = (kind) => `mlpx-${kind}-${Math.random().toString(36).slice(2)}`;
