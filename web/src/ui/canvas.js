/** The canvas behind a picture, for what is too much for paths. What is on it already is not put on it again: browsers would draw all that lies there anew. */

/** @param {Uint8ClampedArray} p @param {Uint8ClampedArray} q as long */
function alike(p, q) {
  const a = new Uint32Array(p.buffer), b = new Uint32Array(q.buffer);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export class Backdrop {
  /** @param {HTMLElement} frame */
  constructor(frame) {
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    frame.prepend(this.canvas);
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.picture = new ImageData(1, 1);
    this.shown = ""; // what there is at present
  }

  /** @param {number} columns @param {number} rows @param {string} style */
  #shape(columns, rows, style) {
    const { canvas } = this;
    if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
    if (canvas.getAttribute("style") !== style) canvas.setAttribute("style", style);
  }

  /**
   * A grid of colours, row by row from the top; `paint` gives red, green, blue and opacity.
   * @param {{ left: number, top: number, right: number, bottom: number }} area
   * @param {number} rows @param {number} columns @param {(data: Uint8ClampedArray) => void} paint @param {boolean} smooth
   */
  image({ left, top, right, bottom }, rows, columns, paint, smooth) {
    const place = `left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px`;
    this.#shape(columns, rows, `${place};image-rendering:${smooth ? "auto" : "pixelated"}`);
    const before = this.picture, picture = new ImageData(columns, rows), shown = `a grid of ${columns} by ${rows}`;
    paint(picture.data);
    const same = this.shown === shown && alike(before.data, picture.data);
    [this.picture, this.shown] = [picture, shown];
    if (!same) this.context.putImageData(picture, 0, 0);
  }

  /**
   * Paint in pixels of the picture, as sharp as the screen, where `what` is not there yet.
   * @param {number} width @param {number} height @param {string} what @param {(context: CanvasRenderingContext2D) => void} call
   */
  paint(width, height, what, call) {
    const density = window.devicePixelRatio || 1, { context } = this, shown = [width, height, density, what].join();
    if (this.shown === shown) return;
    this.shown = shown;
    this.#shape(Math.round(width * density), Math.round(height * density), `left:0;top:0;width:${width}px;height:${height}px`);
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    call(context);
  }
}
