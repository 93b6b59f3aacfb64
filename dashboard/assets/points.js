// Points: opening their evidence by mouse, touch and keyboard, and closing it again.
import { find, findAround } from "./elements.js";
import { choosePoint, findMark } from "./marks.js";
import { here, putStates, readPoint, readState } from "./state.js";

const UNREACHED = "<p>The evidence could not be fetched. Check the connection and open the point again.</p>";

/**
 * What had the focus when the evidence was opened: an element, or a mark in a picture that may be drawn anew.
 * @type {{ element: HTMLElement | null, frame: string | undefined, id: string } | null}
 */
let opener = null;
/** @type {string | null} */
let asked = null;

// Which of two sides of a page the open point belongs to, and the place that this side has for itself.
const readSide = () => readState("side");
/** @param {string | null} name */
const findSide = (name) => name && find(`[data-side="${CSS.escape(name)}"][data-place]`)?.dataset.place;

// The page, the dossier and the day that the evidence is read in.
const readPlace = () => {
  const { page, pinned } = document.documentElement.dataset;
  const place = new URLSearchParams({ page: page ?? location.pathname });
  const side = findSide(readSide());
  const query = new URLSearchParams(side || location.search);
  const kept = pinned ?? find("[data-kept]")?.dataset.kept;
  if (kept) place.set("snapshot", kept);
  ["dossier", "as_of", ...(side ? ["page", "snapshot"] : [])].forEach((name) => query.has(name) && place.set(name, query.get(name)));
  return place.toString();
};

// Where the markup of evidence comes from: what came with the page, by its id, and else from the server.
export const evidence = {
  /** @type {Map<string, string>} */
  own: new Map(),
  /** @param {string} id */
  fetch: async (id) => (await fetch(`/evidence/${encodeURIComponent(id)}.html?${readPlace()}`)).text(),
};

/** @param {string} id @param {string} key */
const fillDrawer = async (id, key) => {
  asked = key;
  const place = find("#evidence");
  place.setAttribute("aria-busy", "true");
  let markup = UNREACHED;
  try {
    markup = evidence.own.get(id) ?? (await evidence.fetch(id));
  } catch {
    // It stays unreached.
  }
  if (asked !== key) return;
  place.innerHTML = markup;
  place.removeAttribute("aria-busy");
  find("#drawer").scrollTop = 0;
};

/** @param {string | null} id */
export const showPoint = (id) => {
  const wasOpen = document.documentElement.hasAttribute("data-drawer");
  document.documentElement.toggleAttribute("data-drawer", Boolean(id));
  // Another day or dossier in the address asks for other evidence of the same row.
  const key = `${id} ${readPlace()}`;
  const isEmpty = !find("#evidence > *");
  if (id && (key !== asked || isEmpty)) fillDrawer(id, key);
  choosePoint(id);
  if (id) return;
  asked = null;
  if (wasOpen) returnFocus();
};

/**
 * Opens the evidence of a row from an element, which gets the focus back.
 * @param {string} id
 * @param {HTMLElement | null} from
 */
export const openPoint = (id, from) => {
  const drawer = find("#drawer");
  const isInside = drawer.contains(from);
  const side = isInside ? readSide() : (from?.closest("[data-side]")?.getAttribute("data-side") ?? null);
  if (!isInside) opener = { element: from, frame: from?.closest(".stage")?.closest("figure")?.id, id };
  if (readPoint() !== id || readSide() !== side) {
    const address = putStates(new URL(here.readHref()), { point: id, side });
    address.hash = "";
    history.pushState({ ...history.state, depth: (history.state?.depth ?? 0) + 1 }, "", address);
  }
  showPoint(id);
  drawer.scrollTop = 0;
  drawer.focus({ preventScroll: true });
};

// Back as often as evidence was opened; a reader who came by a link to a point has nothing to go back to.
export const closePoint = () => {
  if (!readPoint()) return;
  const depth = history.state?.depth ?? 0;
  if (depth > 0) {
    history.go(-depth);
    return;
  }
  history.replaceState(history.state, "", putStates(new URL(here.readHref()), { point: null, side: null }));
  showPoint(null);
};

const returnFocus = () => {
  const stage = opener?.frame && find(`#${CSS.escape(opener.frame)} .stage`);
  const mark = stage && findMark(stage, opener.id);
  const target = opener?.element?.isConnected ? opener.element : mark;
  (target || find("#page"))?.focus({ preventScroll: true });
  opener = null;
};

document.addEventListener("click", (event) => {
  const button = findAround(event, "[data-point]");
  if (button) {
    openPoint(button.dataset.point, button);
    return;
  }
  if (findAround(event, "[data-close-drawer]")) closePoint();
  const row = findAround(event, "tr[data-opens]");
  if (row && !findAround(event, "a, button, summary") && !String(getSelection())) openPoint(row.dataset.opens, find(".opener", row));
});

// The place of a side, and the snapshot that is shown, are known when their page has come.
document.addEventListener("footnoted:landed", () => readPoint() && showPoint(readPoint()));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) closePoint();
});
