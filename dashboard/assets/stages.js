// Stages: each holds the picture of a chart, drawn by the server for the width of the place it stands in.
import { find, findAll } from "./elements.js";
import { readTable } from "./folds.js";
import { KEYED_MARKS, choosePoint, findKeyedMark, findMark } from "./marks.js";
import { openPoint } from "./points.js";
import { isNarrow, putStates, readPoint, readState } from "./state.js";

const SETTLE = 120;
const UNFETCHED = "The picture could not be fetched; the table below has its figures.";
/** @type {Map<string, string>} */
const pictures = new Map();

/** @param {HTMLElement} stage @param {number} [width] */
const writeAddress = (stage, width = stage.clientWidth) => {
  const address = putStates(new URL(stage.dataset.pictureOf, location.href), {
    span: stage.dataset.zooms ? readState("span") : null,
    width: String(Math.round(width)),
  });
  if (isNarrow()) address.searchParams.set("narrow", "1");
  return address.pathname + address.search;
};

/**
 * A picture that came with the page counts as drawn where it is as wide as its place, and as high.
 * @param {HTMLElement} stage
 * @param {number} width
 */
const isFitting = (stage, width) => {
  const picture = find("svg", stage);
  const high = stage.style.getPropertyValue(isNarrow() ? "--high-narrow" : "--high");
  return Number(picture?.getAttribute("width")) === Math.round(width) && `${picture.getAttribute("height")}px` === high;
};

/** @param {HTMLElement} stage @param {string} address */
const isDrawn = (stage, address) =>
  Boolean(find("svg", stage)) && (stage.dataset.drawn ? stage.dataset.drawn === address : isFitting(stage, stage.clientWidth));

/** @param {string} address */
const fetchPicture = async (address) => {
  if (!pictures.has(address)) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    pictures.set(address, await answer.text());
  }
  return pictures.get(address);
};

/** @param {HTMLElement} stage */
const draw = async (stage) => {
  // A picture that belongs to the page itself is there already, at whatever width.
  if (!stage.dataset.pictureOf) {
    seat(stage);
    choosePoint(readPoint());
    return;
  }
  if (!stage.clientWidth) return;
  const address = writeAddress(stage);
  // Whatever was asked for before and is still on its way is not wanted any more.
  stage.dataset.asked = address;
  if (isDrawn(stage, address)) {
    stage.dataset.drawn = address;
    ready(stage);
    return;
  }
  // At once where it is known: words and picture are painted together.
  let picture = pictures.get(address);
  try {
    picture ??= await fetchPicture(address);
  } catch {
    if (!find("svg", stage)) stage.textContent = UNFETCHED;
    return;
  }
  if (stage.dataset.asked !== address) return;
  put(stage, picture);
  stage.dataset.drawn = address;
  ready(stage);
};

/** @param {HTMLElement} stage @param {string} picture */
const put = (stage, picture) => {
  const active = stage.contains(document.activeElement) ? document.activeElement.getAttribute("data-point") : null;
  find("svg", stage)?.remove();
  stage.insertAdjacentHTML("afterbegin", picture);
  if (active) findMark(stage, active)?.focus({ preventScroll: true });
};

/** @param {HTMLElement} stage */
const ready = (stage) => {
  watcher.observe(stage);
  seat(stage);
  choosePoint(readPoint());
  stage.dispatchEvent(new CustomEvent("footnoted:drawn", { bubbles: true }));
};

export const listStages = () => findAll(".stage");
export const drawStages = () => listStages().forEach((stage) => void draw(stage));
/** @param {HTMLElement} stage */
export const isSettled = (stage) => !stage.dataset.pictureOf || !stage.clientWidth || stage.dataset.drawn === writeAddress(stage);

/** @param {HTMLElement} stage */
const nameStage = (stage) => `${stage.closest("[data-side]")?.getAttribute("data-side") ?? ""} ${stage.dataset.chart}`;

/**
 * The pictures of stages that are to take the place of those shown, each as wide as the one that it stands for.
 * @param {ParentNode} part
 */
export const fetchPictures = (part) => {
  const widths = new Map(listStages().map((stage) => [nameStage(stage), stage.clientWidth]));
  const addresses = findAll(".stage[data-picture-of]", part)
    .map((stage) => ({ stage, width: widths.get(nameStage(stage)) }))
    .filter(({ stage, width }) => width && !isFitting(stage, width))
    .map(({ stage, width }) => writeAddress(stage, width));
  return Promise.allSettled(addresses.map(fetchPicture));
};

/** @type {ReturnType<typeof setTimeout>} */
let settling;
const watcher = new ResizeObserver(() => {
  clearTimeout(settling);
  settling = setTimeout(drawStages, SETTLE);
});

/**
 * The keyboard's way through a chart: one stop for Tab, arrows among the marks, in the order of the table.
 * @param {HTMLElement} stage
 */
const listMarks = (stage) => {
  const fold = stage.closest("figure") && find("details.folded", stage.closest("figure"));
  const places = new Map(fold ? readTable(fold).rows.map((row, place) => [row.opens, place]) : []);
  const marks = findAll(KEYED_MARKS, stage);
  return marks.sort((one, other) => (places.get(one.dataset.point) ?? 0) - (places.get(other.dataset.point) ?? 0));
};

/** @param {HTMLElement} stage @param {HTMLElement} [chosen] */
const seat = (stage, chosen) => {
  const marks = listMarks(stage);
  const seated = chosen ?? marks.find((mark) => mark.dataset.point === stage.dataset.at) ?? marks[0];
  marks.forEach((mark) => mark.setAttribute("tabindex", mark === seated ? "0" : "-1"));
  return seated;
};

/** @type {Record<string, (at: number, last: number) => number>} */
const STEPS = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

document.addEventListener("keydown", (event) => {
  const mark = findKeyedMark(event);
  if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
  /** @type {HTMLElement} */
  const stage = mark.closest(".stage");
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openPoint(mark.dataset.point, mark);
  } else if (STEPS[event.key]) {
    event.preventDefault();
    const marks = listMarks(stage);
    const place = STEPS[event.key](marks.indexOf(mark), marks.length - 1);
    seat(stage, marks[Math.max(0, Math.min(marks.length - 1, place))]).focus();
  }
});

document.addEventListener("focusin", (event) => {
  const mark = findKeyedMark(event);
  if (!mark) return;
  /** @type {HTMLElement} */
  const stage = mark.closest(".stage");
  stage.dataset.at = mark.dataset.point;
  seat(stage, mark);
});
