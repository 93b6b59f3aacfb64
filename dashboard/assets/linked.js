// Marks that belong together: what is pointed at says what it is, and shows itself in every chart of the page.
import { find, findAll, findAround, make } from "./elements.js";
import { findMark } from "./marks.js";

const GAP = 12;
/** @type {HTMLElement | null} */
let bubble = null;
/** @type {HTMLElement[]} */
let linked = [];

const makeBubble = () => {
  bubble = make("div", { className: "bubble" }, [make("strong"), make("span")], { "aria-hidden": "true" });
  return bubble;
};

/**
 * The words of a mark: its value first, then when, then the rest.
 * @param {HTMLElement} mark
 */
const say = (mark) => {
  const named = findMark(mark.closest(".stage"), mark.dataset.point) ?? mark;
  const [value, ...rest] = (named.getAttribute("aria-label") ?? "").split(", ");
  const { period } = mark.dataset;
  return { head: period ? `${value} \u00b7 ${period}` : value, text: rest.filter((part) => part !== period).join(", ") };
};

/** @param {HTMLElement} mark */
const showBubble = (mark) => {
  const { head, text } = say(mark);
  if (!head) return;
  const box = (find(".shape", mark) ?? mark).getBoundingClientRect();
  const place = bubble ?? makeBubble();
  place.firstChild.textContent = head;
  place.lastChild.textContent = text;
  document.body.append(place);
  const { width, height } = place.getBoundingClientRect();
  const middle = box.left + box.width / 2;
  const left = Math.max(8, Math.min(middle - width / 2, document.documentElement.clientWidth - width - 8));
  const above = box.top - height - GAP;
  place.style.left = `${left}px`;
  place.style.top = `${above > 8 ? above : box.bottom + GAP}px`;
};

/** @param {HTMLElement} mark */
const listLinked = (mark) => {
  const { point, period } = mark.dataset;
  const stage = mark.closest(".stage");
  return findAll(".stage .mark[data-point]").filter(
    (other) => other.dataset.point === point || (period && other.dataset.period === period && other.closest(".stage") !== stage),
  );
};

const unlink = () => {
  linked.forEach((mark) => mark.classList.remove("linked"));
  linked = [];
  bubble?.remove();
};

/** @param {HTMLElement} mark */
const link = (mark) => {
  unlink();
  linked = listLinked(mark);
  linked.forEach((other) => other.classList.add("linked"));
  showBubble(mark);
};

/** @param {{ target: EventTarget | null }} event */
const findDrawn = (event) => findAround(event, ".stage .mark[data-point]");

document.addEventListener("pointerover", (event) => {
  const mark = event.pointerType !== "touch" && findDrawn(event);
  if (mark) link(mark);
  else unlink();
});
// What is said of the mark whose evidence is open, the drawer says.
/** @param {HTMLElement | null} mark */
const isNamedByKeys = (mark) => mark?.matches(":focus-visible:not(.chosen)");
document.addEventListener("focusin", (event) => {
  const mark = findDrawn(event);
  if (isNamedByKeys(mark)) link(mark);
});
document.addEventListener("focusout", (event) => findDrawn(event) && unlink());
// What moves or is drawn anew moves away from a pointer; the mark that has the keyboard keeps its words.
const relink = () => {
  const mark = findDrawn({ target: document.activeElement });
  if (isNamedByKeys(mark)) link(mark);
  else unlink();
};
document.addEventListener("scroll", relink, { passive: true, capture: true });
document.addEventListener("footnoted:drawn", relink);
