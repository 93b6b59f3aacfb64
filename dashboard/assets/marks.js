// Marks: what a picture has for each point, the one of them that can be chosen by keys, and the one that is open.
import { find, findAll, findAround } from "./elements.js";

export const KEYED_MARKS = '.mark[role="button"]';

/** @param {HTMLElement} stage @param {string} id */
export const findMark = (stage, id) => find(`${KEYED_MARKS}[data-point="${CSS.escape(id)}"]`, stage);

/** @param {{ target: EventTarget | null }} event */
export const findKeyedMark = (event) => findAround(event, `.stage ${KEYED_MARKS}`);

/**
 * The row whose evidence is open, wherever it is drawn.
 * @param {string | null} id
 */
export const choosePoint = (id) => {
  findAll(".mark.chosen").forEach((mark) => mark.dataset.point !== id && mark.classList.remove("chosen"));
  if (id) findAll(`.mark[data-point="${CSS.escape(id)}"]`).forEach((mark) => mark.classList.add("chosen"));
};
