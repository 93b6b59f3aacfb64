// The Interactive page's part in the browser: what its callbacks ask for and do there.
(() => {
  "use strict";
  const NARROW = window.matchMedia("(max-width: 639px)");
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  // What changes on a page without its figure being another.
  const OWN_STATES = ["point", "side"];
  const MOVED = "_dashprivate_pushstate";
  let pointer = null;
  // Whether the table is unfolded: it is another one where another choice is drawn.
  let isOpen = false;

  const readState = () => {
    const query = new URLSearchParams(location.search);
    OWN_STATES.forEach((name) => query.delete(name));
    const scheme = document.documentElement.dataset.scheme || (DARK.matches ? "dark" : "light");
    return { pathname: location.pathname, search: query.toString(), scheme, narrow: NARROW.matches };
  };

  // dcc.Location hears of links and of Back; of what others write into the address it has to be told, else it
  // puts back the address that it knows.
  ["pushState", "replaceState"].forEach((name) => {
    const write = history[name].bind(history);
    history[name] = (...values) => {
      write(...values);
      queueMicrotask(() => window.dispatchEvent(new CustomEvent(MOVED)));
    };
  });

  const isEqual = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const watchLook = () => {
    const tell = () => window.dash_clientside.set_props("asked", { data: readState() });
    new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ["data-scheme"] });
    DARK.addEventListener("change", tell);
    NARROW.addEventListener("change", tell);
  };

  document.addEventListener("toggle", (event) => {
    if (event.target.closest?.("#below") && event.target.isConnected) isOpen = event.target.open;
  }, true);

  const findPlot = () => document.getElementById("plot");
  const findGraph = () => document.querySelector("#graph .js-plotly-plot");

  const measure = ({ bbox }) => {
    if (!pointer || !bbox) return 0;
    const x = (bbox.x0 + bbox.x1) / 2;
    const y = (bbox.y0 + bbox.y1) / 2;
    return Math.hypot(x - pointer.x, y - pointer.y);
  };

  // Ids stand in lists as deep as the figure's own: a row of a heatmap is a list.
  const readId = ({ customdata }) => [customdata].flat(2).find((id) => typeof id === "string" && id);

  // Any part with data-point opens evidence when it is clicked; the plot has one for as long as that takes, and
  // the focus comes back to it.
  const openPoint = (id) => {
    const plot = findPlot();
    plot.dataset.point = id;
    plot.click();
    delete plot.dataset.point;
  };

  document.addEventListener("pointerdown", (event) => {
    const box = event.target.closest?.("#plot") && findGraph()?.getBoundingClientRect();
    pointer = box ? { x: event.clientX - box.left, y: event.clientY - box.top } : null;
  }, true);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.chart = {
    ask: (_pathname, _search, asked) => {
      if (!asked) watchLook();
      const state = readState();
      return isEqual(state, asked) ? window.dash_clientside.no_update : state;
    },
    openEvidence: (clicked) => {
      const points = (clicked?.points ?? []).filter(readId);
      const [nearest] = points.sort((one, other) => measure(one) - measure(other));
      if (nearest) openPoint(readId(nearest));
    },
    fillScreen: (clicks) => {
      if (!clicks) return;
      if (document.fullscreenElement) document.exitFullscreen();
      else findPlot().requestFullscreen();
    },
    // Another choice has another title, and evidence that was open is not in its address.
    settle: () => {
      const title = document.querySelector("#words h1")?.textContent;
      if (title) document.title = [title, ...document.title.split(" · ").slice(1)].join(" · ");
      document.dispatchEvent(new CustomEvent("footnoted:landed"));
      requestAnimationFrame(() => document.querySelectorAll("#below details").forEach((fold) => (fold.open = isOpen)));
    },
  };
})();
