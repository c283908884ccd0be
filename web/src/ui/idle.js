/** What is computed while nothing moves. */

/** @type {number | undefined} */
let waiting;

/** Calls when there is time, the last one that asked. @param {() => void} call */
export function later(call) {
  if (typeof requestIdleCallback === "undefined") return;
  if (waiting !== undefined) cancelIdleCallback(waiting);
  waiting = requestIdleCallback(call);
}
