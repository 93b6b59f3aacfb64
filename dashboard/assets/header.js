// The header: on one line where there is room for one, its height known to what stands below it.
import { find, findAll, make } from "./elements.js";

const ONE_LINE = window.matchMedia("(min-width: 1200px)");
const header = find(".site-header");

/** @param {HTMLElement} list */
const fits = (list) => list.scrollWidth <= list.clientWidth;

// The last pages first: those that a reader comes for stand before them.
const fold = () => {
  const navigation = find("#navigation");
  const list = find(":scope > ul", navigation);
  /** @type {HTMLDetailsElement | null} */
  const former = find(".more-pages", navigation);
  if (!list || former?.open) return;
  if (former) list.append(...findAll("li", former));
  former?.remove();
  if (!ONE_LINE.matches || fits(list)) return;
  const folded = make("ul");
  const box = make("div", { className: "menu-list" }, [folded]);
  navigation.append(make("details", { className: "menu more-pages" }, [make("summary", { textContent: "More" }), box]));
  while (!fits(list) && list.children.length > 1) folded.prepend(list.lastElementChild);
};

const measure = () => {
  const isSticky = getComputedStyle(header).position === "sticky";
  document.documentElement.style.setProperty("--header", `${isSticky ? header.offsetHeight : 0}px`);
};

const settle = () => {
  fold();
  measure();
};

new ResizeObserver(settle).observe(header);
document.addEventListener("footnoted:landed", settle);
// A typeface that comes late has other widths than the one before it.
document.fonts?.addEventListener("loadingdone", settle);
