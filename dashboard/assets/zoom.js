// Zoom along time: by drag, by keys, and back; the stretch is in the address and holds for all charts of the page.
import { find, findAround, make } from "./elements.js";
import { drawStages } from "./stages.js";
import { putStates, readState } from "./state.js";

const DAY = 86400000;
const LEAST_PIXELS = 12;
const LEAST_DAYS = 300;
const FACTOR = 2;

/**
 * Pixels and times at which an axis begins and ends.
 * @typedef {{ left: number, right: number, start: number, stop: number }} Axis
 */

/** @type {{ stage: HTMLElement, axis: Axis, x: number, to: number, frame: HTMLElement | null } | null} */
let drag = null;

/** @param {HTMLElement} stage @returns {Axis | null} */
const readAxis = (stage) => {
  const { left, right, start, stop } = find("svg", stage)?.dataset ?? {};
  if (!start) return null;
  return { left: Number(left), right: Number(right), start: Date.parse(start), stop: Date.parse(stop) };
};

/** @param {number} time */
const writeDay = (time) => new Date(time).toISOString().slice(0, 10);

const readSpan = () => readState("span");

/** @param {string | null} span */
const zoomTo = (span) => {
  if (span === readSpan()) return;
  history.pushState({ ...history.state, depth: 0 }, "", putStates(new URL(location.href), { span }));
  drawStages();
};

/** @param {number} one @param {number} other */
const zoomBetween = (one, other) => {
  const middle = (one + other) / 2;
  const half = Math.max(Math.abs(other - one), LEAST_DAYS * DAY) / 2;
  zoomTo(`${writeDay(middle - half)}..${writeDay(middle + half)}`);
};

/** @param {Axis} axis @param {number} x */
const readTime = (axis, x) => axis.start + ((x - axis.left) / (axis.right - axis.left)) * (axis.stop - axis.start);

/** @param {HTMLElement} stage @param {{ clientX: number }} event */
const readX = (stage, event) => {
  const picture = find("svg", stage);
  const box = picture.getBoundingClientRect();
  return ((event.clientX - box.left) / box.width) * Number(picture.getAttribute("width"));
};

document.addEventListener("pointerdown", (event) => {
  const stage = findAround(event, ".stage[data-zooms]");
  const axis = stage && event.button === 0 && event.pointerType === "mouse" && readAxis(stage);
  if (!axis) return;
  const x = readX(stage, event);
  if (x >= axis.left && x <= axis.right) drag = { stage, axis, x, to: x, frame: null };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const { stage, axis } = drag;
  const x = Math.max(axis.left, Math.min(axis.right, readX(stage, event)));
  if (!drag.frame && Math.abs(x - drag.x) < LEAST_PIXELS) return;
  if (!drag.frame) {
    drag.frame = make("div", { className: "zoom-frame" });
    stage.append(drag.frame);
    getSelection()?.removeAllRanges();
  }
  event.preventDefault();
  drag.to = x;
  const picture = find("svg", stage);
  const scale = picture.getBoundingClientRect().width / Number(picture.getAttribute("width"));
  drag.frame.style.left = `${Math.min(drag.x, x) * scale}px`;
  drag.frame.style.width = `${Math.abs(x - drag.x) * scale}px`;
});

const release = () => {
  const { axis, x, to, frame } = drag;
  drag = null;
  if (!frame) return;
  frame.remove();
  // The click that ends a drag opens nothing.
  /** @param {Event} event */
  const swallow = (event) => event.stopPropagation();
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
  zoomBetween(readTime(axis, x), readTime(axis, to));
};

document.addEventListener("pointerup", () => drag && release());
document.addEventListener("pointercancel", () => {
  drag?.frame?.remove();
  drag = null;
});

/** @param {HTMLElement} mark @param {HTMLElement} stage @param {Axis} axis */
const findMiddle = (mark, stage, axis) => {
  const box = (find(".shape", mark) ?? mark).getBoundingClientRect();
  const time = readTime(axis, readX(stage, { clientX: box.left + box.width / 2 }));
  return Math.max(axis.start, Math.min(axis.stop, time));
};

/** @type {Record<string, number | null>} */
const KEYS = { "+": 1 / FACTOR, "=": 1 / FACTOR, "-": FACTOR, "0": null };

document.addEventListener("keydown", (event) => {
  const mark = findAround(event, ".stage[data-zooms] .mark");
  if (!mark || !(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  /** @type {HTMLElement} */
  const stage = mark.closest(".stage");
  const axis = readAxis(stage);
  const factor = KEYS[event.key];
  if (!axis) return;
  if (factor === null || (factor > 1 && !readSpan())) {
    zoomTo(null);
    return;
  }
  const middle = findMiddle(mark, stage, axis);
  const half = ((axis.stop - axis.start) * factor) / 2;
  zoomBetween(middle - half, middle + half);
});

/** @param {string} day */
const formatDay = (day) => new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/**
 * The caption says what is seen, in the moment in which it is.
 * @param {HTMLElement} stage
 * @param {DOMStringMap} seen
 */
const sayZoom = (stage, { zoomed, start, stop }) => {
  const figure = stage.closest("figure");
  const place = figure && find(".chart-zoom", figure);
  if (!place) return;
  const words = place.dataset.words.replace("{start}", () => formatDay(start)).replace("{stop}", () => formatDay(stop));
  place.textContent = zoomed ? words : "";
};

/**
 * A way back that can be seen.
 * @param {HTMLElement} stage
 * @param {DOMStringMap} seen
 */
const offerWayBack = (stage, { zoomed }) => {
  const button = find(".zoom-out", stage);
  if (!zoomed) button?.remove();
  else if (!button) stage.append(make("button", { type: "button", className: "quiet zoom-out", textContent: "Show the whole time" }));
};

document.addEventListener("footnoted:drawn", ({ target }) => {
  const stage = /** @type {HTMLElement} */ (target);
  const seen = find("svg", stage).dataset;
  sayZoom(stage, seen);
  offerWayBack(stage, seen);
});

document.addEventListener("click", (event) => {
  if (!findAround(event, ".zoom-out")) return;
  // The button goes away with the zoom; the focus stays in the chart.
  find('.mark[tabindex="0"]', findAround(event, ".stage"))?.focus({ preventScroll: true });
  zoomTo(null);
});
