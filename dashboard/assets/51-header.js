// The header: on one line where there is room for one, its height known to what stands below it.
(() => {
  "use strict";
  const ONE_LINE = window.matchMedia("(min-width: 1200px)");
  const header = document.querySelector(".site-header");
  if (!header) return;

  const buildFold = (lines) => {
    const fold = Object.assign(document.createElement("details"), { className: "menu more-pages" });
    const summary = Object.assign(document.createElement("summary"), { textContent: "More" });
    const box = Object.assign(document.createElement("div"), { className: "menu-list" });
    const list = document.createElement("ul");
    list.append(...lines);
    box.append(list);
    fold.append(summary, box);
    return fold;
  };

  const fits = (list) => list.scrollWidth <= list.clientWidth;

  // The last pages first: those that a reader comes for stand before them.
  const fold = () => {
    const navigation = document.getElementById("navigation");
    const list = navigation.querySelector(":scope > ul");
    const former = navigation.querySelector(".more-pages");
    if (!list || former?.open) return;
    if (former) list.append(...former.querySelectorAll("li"));
    former?.remove();
    if (!ONE_LINE.matches || fits(list)) return;
    const folded = [];
    const more = buildFold([]);
    navigation.append(more);
    while (!fits(list) && list.children.length > 1) {
      folded.unshift(list.lastElementChild);
      list.lastElementChild.remove();
    }
    more.querySelector("ul").append(...folded);
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
})();
