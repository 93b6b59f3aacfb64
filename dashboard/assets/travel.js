// The address bar holds the whole state: the page, its query, and the point whose evidence is open.
import { findTarget, leadToPlace } from "./arrival.js";
import { fetchFrames, isChoice, joinChoices, putFrames } from "./choices.js";
import { find, findAll, findAround, make } from "./elements.js";
import { showPoint } from "./points.js";
import { drawStages, fetchPictures } from "./stages.js";
import { readAddress, readPoint } from "./state.js";

// Where pages are, as the server says.
const PAGES = document.documentElement.dataset.pages.split(" ");
// How long a page may take that the server still builds.
const PATIENCE = 30_000;
const SCROLL_REST = 250;
const LOST = "The server does not answer, so this is still the page before. ";

// What is shown is what the address says, on its way or there; the page in sight stands at what has landed, and
// came whole at `whole`.
let shown = readAddress();
let landed = shown;
let whole = shown;
/**
 * How the page on its way is to be met: scrolled so far, or with the reader staying where he is.
 * @type {{ scroll: number, stay: boolean } | null}
 */
let arrival = null;
/** @type {AbortController | null} */
let travel = null;
/** @type {{ hash: string, link: HTMLElement | null }} */
let place = { hash: location.hash, link: null };

/** @param {string} href */
const follow = (href) => {
  rememberScroll();
  history.pushState({ depth: 0 }, "", href);
  sync({ arrived: true });
};

/** @param {{ arrived: boolean }} how by a link, or by Back and Forward */
const sync = ({ arrived }) => {
  const address = readAddress();
  showPoint(readPoint());
  if (address === shown) {
    if (!arrived) followHash();
    else if (location.hash) leadToPlace();
    drawStages();
    return;
  }
  const samePage = shown.split("?")[0] === location.pathname;
  arrival = { scroll: arrived ? 0 : (history.state?.scroll ?? 0), stay: samePage && arrived };
  shown = address;
  place = { hash: location.hash, link: null };
  if (address === landed) land();
  else if (isChoice(landed, address)) askFrames(address);
  else askWhole(address);
};

/**
 * The document of an address, the same that a browser gets that opens it; none where it is no page of ours.
 * @param {string} address
 * @param {AbortSignal} signal
 */
const fetchPage = async (address, signal) => {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.documentElement.dataset.pages === undefined ? null : page;
};

/** @param {string} address */
const askWhole = async (address) => {
  setBusy(true);
  travel?.abort();
  const mine = (travel = new AbortController());
  const patience = setTimeout(() => mine.abort(), PATIENCE);
  let page = null;
  try {
    page = await fetchPage(address, mine.signal);
  } catch {
    // It is said below.
  }
  clearTimeout(patience);
  // A page that the reader has left again before it came is not shown.
  if (mine !== travel || address !== shown) return;
  if (page) settle(page, address);
  else sayLost();
};

/**
 * A choice of a chart changes the charts that heed it, and nothing else of the page.
 * @param {string} address
 */
const askFrames = async (address) => {
  setBusy(false);
  let frames;
  try {
    frames = await fetchFrames(landed, address);
  } catch {
    if (address === shown) sayLost();
    return;
  }
  if (address !== shown) return;
  if (!frames) {
    askWhole(address);
    return;
  }
  const restoreReader = rememberReader();
  putFrames(frames, address);
  drawStages();
  restoreReader();
  land();
};

/** @param {boolean} isBusy */
const setBusy = (isBusy) => {
  find("#lost")?.remove();
  if (isBusy) find("#page").setAttribute("aria-busy", "true");
  else findAll("#page, #page .chart").forEach((part) => part.removeAttribute("aria-busy"));
};

// What was there stays readable; what was asked for is said not to have come.
const sayLost = () => {
  setBusy(false);
  const again = make("button", { type: "button", className: "quiet", textContent: "Try again" });
  again.addEventListener("click", () => askWhole(shown));
  const notice = make("p", { id: "lost", className: "banner" }, [LOST, again], { role: "alert" });
  find("#page").prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
};

// Every entry of the history knows how far its page was scrolled, for Forward as well as for Back.
const rememberScroll = () => {
  if (shown === landed) history.replaceState({ ...history.state, scroll: window.scrollY }, "");
};
/** @type {ReturnType<typeof setTimeout>} */
let rest;
document.addEventListener(
  "scroll",
  () => {
    clearTimeout(rest);
    rest = setTimeout(rememberScroll, SCROLL_REST);
  },
  { passive: true },
);

// Within a page: to a footnote, and back to where it was followed from.
const followHash = () => {
  if (location.hash === place.hash) return;
  const { link } = place;
  const scroll = history.state?.scroll;
  const isReturn = scroll !== undefined;
  place = { hash: location.hash, link: isReturn ? null : link };
  if (isReturn) settleAt(scroll, performance.now() + 500);
  else findTarget()?.scrollIntoView();
  if (isReturn && link?.isConnected) link.focus({ preventScroll: true });
};

/**
 * The page grows while its charts come; the place is asked for until it is there.
 * @param {number} scroll
 * @param {number} deadline
 */
const settleAt = (scroll, deadline) => {
  requestAnimationFrame(() => {
    window.scrollTo(0, scroll);
    if (Math.abs(window.scrollY - scroll) > 1 && performance.now() < deadline) settleAt(scroll, deadline);
  });
};

/** @param {HTMLAnchorElement} link */
const isPage = ({ origin, pathname }) =>
  origin === location.origin &&
  PAGES.some((path) => path === pathname || (path.endsWith("/*") && pathname.startsWith(path.slice(0, -1))));

/** @param {HTMLAnchorElement} link @param {MouseEvent} event */
const isPlain = (link, event) =>
  !link.target && !link.hasAttribute("download") && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = findAround(event, "a[href]");
  if (!link || !isPlain(link, event)) return;
  if (link.getAttribute("href").startsWith("#")) {
    rememberScroll();
    place = { ...place, link };
    return;
  }
  if (!isPage(link)) return;
  event.preventDefault();
  const isHere = link.pathname === location.pathname && link.pathname === whole.split("?")[0];
  follow(isHere ? joinChoices(link, { whole, asked: shown, isLanded: shown === landed }) : link.href);
});

// Search leads to a page without a link on it, and leaves that to the browser where nobody travels.
document.addEventListener("footnoted:follow", (event) => {
  event.preventDefault();
  follow(/** @type {CustomEvent<string>} */ (event).detail);
});

window.addEventListener("popstate", () => {
  clearTimeout(rest);
  sync({ arrived: false });
});
// Where a reader was on a page that is left for good, or loaded again, the browser itself remembers.
window.addEventListener("pageshow", () => setTimeout(() => (history.scrollRestoration = "manual")));
window.addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
window.addEventListener("hashchange", followHash);

const listFolds = () => /** @type {HTMLDetailsElement[]} */ (findAll("#page details"));
/** @param {Element} element @param {string} selector @returns {[string, number]} */
const locate = (element, selector) => {
  const near = element.closest("[id]");
  return [near.id, findAll(selector, near).indexOf(/** @type {HTMLElement} */ (element))];
};
/** @param {HTMLElement} fold */
const nameFold = (fold) => locate(fold, "details").join(" ");

/**
 * How an element is found again on the page that comes: by its id, its point, or its place.
 * @param {HTMLElement} element
 * @returns {() => HTMLElement | null}
 */
const describe = (element) => {
  const { id, dataset, localName } = element;
  if (id) return () => document.getElementById(id);
  if (dataset.point) return () => find(`[data-point="${CSS.escape(dataset.point)}"]`);
  const [near, at] = locate(element, localName);
  return () => document.getElementById(near) && findAll(localName, document.getElementById(near))[at];
};

// What a reader has opened and stands on stays so where the same page shows another choice.
const rememberReader = () => {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const findAgain = active && active !== document.body ? describe(active) : undefined;
  const open = new Set(listFolds().filter((fold) => fold.open).map(nameFold));
  return () => {
    listFolds().forEach((fold) => (fold.open ||= open.has(nameFold(fold))));
    const again = findAgain?.();
    if (again !== document.activeElement) again?.focus({ preventScroll: true });
  };
};

/**
 * The parts of the document that go with the page: the page itself, menus, navigation, footer.
 * @param {Document} page
 */
const swapParts = (page) => findAll("[data-swaps]", page).forEach((part) => document.getElementById(part.id).replaceWith(part));

/**
 * Where the same page shows something else, its words wait for its pictures: neither stands by the other's old one.
 * @param {Document} page
 * @param {string} address
 */
const settle = async (page, address) => {
  if (arrival?.stay) await fetchPictures(page);
  if (address !== shown) return;
  const restoreReader = arrival?.stay ? rememberReader() : () => {};
  document.title = page.title;
  swapParts(page);
  whole = shown;
  drawStages();
  restoreReader();
  land();
};

// A page is in place: its pictures are fetched, and the reader lands on it.
const land = () => {
  landed = shown;
  setBusy(false);
  announce();
  const { stay, scroll } = arrival ?? { stay: true, scroll: 0 };
  arrival = null;
  if (!stay && !readPoint()) find("#page").focus({ preventScroll: true });
  if (!scroll && (location.hash || (!stay && readPoint()))) leadToPlace();
  else if (!stay) settleAt(scroll, performance.now() + 1500);
};

const announce = () => {
  drawStages();
  document.dispatchEvent(new CustomEvent("footnoted:landed"));
};

// The page of the first answer; one that was left and is come back to has its place from the browser.
export const landFirst = () => {
  announce();
  showPoint(readPoint());
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (visit?.type === "navigate") leadToPlace();
};
