// A link to a chart or a point leads there, and stays there while the pictures above it come.
import { find } from "./elements.js";
import { isSettled, listStages } from "./stages.js";
import { isNarrow, readPoint } from "./state.js";

const OWN_MOVES = ["wheel", "touchstart", "keydown", "pointerdown"];
let stop = () => {};

export const findTarget = () => {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
};

/** @param {Element | null} place */
const findPoint = (place) => {
  const id = readPoint();
  if (!id) return null;
  const named = `[data-point="${CSS.escape(id)}"]`;
  const frame = place?.closest("figure.chart");
  const mark = `.stage .mark[role="button"]${named}`;
  return (frame && find(mark, frame)) ?? find(`#page ${mark}`) ?? find(`#page ${named}`);
};

// Between the header and, on a phone, the evidence that covers what is below.
const readRoom = () => {
  const header = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--header")) || 0;
  const drawer = find("#drawer").getBoundingClientRect();
  const isBelow = document.documentElement.hasAttribute("data-drawer") && isNarrow();
  return { top: header, bottom: isBelow ? drawer.top : window.innerHeight };
};

/** @param {Element | null} place @param {Element | null} point */
const bringIntoView = (place, point) => {
  const frame = (point ?? place).closest("figure.chart");
  (frame ?? place ?? point).scrollIntoView({ behavior: "instant" });
  const room = readRoom();
  const box = point?.getBoundingClientRect();
  if (!box || (box.top >= room.top && box.bottom <= room.bottom)) return;
  window.scrollBy({ top: (box.top + box.bottom - room.top - room.bottom) / 2, behavior: "instant" });
};

const isWhole = () => document.readyState === "complete" && document.fonts.status === "loaded" && listStages().every(isSettled);

// Whoever is in the evidence already, as search leads there, is not taken out of it.
const isUnmoved = () => [document.body, find("#page")].includes(/** @type {HTMLElement} */ (document.activeElement));

export const leadToPlace = () => {
  stop();
  if (!location.hash && !readPoint()) return;
  const step = () => {
    const place = findTarget();
    const point = findPoint(place);
    if (place || point) bringIntoView(place, point);
    if (!isWhole()) return;
    if (isUnmoved()) point?.focus({ preventScroll: true });
    stop();
  };
  const watcher = new ResizeObserver(step);
  watcher.observe(find("#page"));
  document.addEventListener("footnoted:drawn", step);
  window.addEventListener("load", step);
  document.fonts.addEventListener("loadingdone", step);
  stop = () => {
    watcher.disconnect();
    document.removeEventListener("footnoted:drawn", step);
    window.removeEventListener("load", step);
    document.fonts.removeEventListener("loadingdone", step);
  };
  step();
};

// Whoever moves on by themselves is not brought back.
OWN_MOVES.forEach((name) => document.addEventListener(name, () => stop(), { passive: true, capture: true }));
