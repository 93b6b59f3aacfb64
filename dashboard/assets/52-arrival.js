// A link to a chart or a point leads there, and stays there while the pictures above it come.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  const OWN_MOVES = ["wheel", "touchstart", "keydown", "pointerdown"];
  let stop = () => {};

  const findPoint = (place) => {
    const id = footnoted.readPoint();
    if (!id) return null;
    const named = `[data-point="${CSS.escape(id)}"]`;
    const frame = place?.closest("figure.chart");
    const mark = `.stage .mark[role="button"]${named}`;
    return frame?.querySelector(mark) ?? document.querySelector(`#page ${mark}`) ?? document.querySelector(`#page ${named}`);
  };

  // Between the header and, on a phone, the evidence that covers what is below.
  const readRoom = () => {
    const header = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--header")) || 0;
    const drawer = document.getElementById("drawer").getBoundingClientRect();
    const isBelow = document.documentElement.hasAttribute("data-drawer") && footnoted.isNarrow();
    return { top: header, bottom: isBelow ? drawer.top : window.innerHeight };
  };

  const bringIntoView = (place, point) => {
    const frame = (point ?? place).closest("figure.chart");
    (frame ?? place ?? point).scrollIntoView({ behavior: "instant" });
    const room = readRoom();
    const box = point?.getBoundingClientRect();
    if (!box || (box.top >= room.top && box.bottom <= room.bottom)) return;
    window.scrollBy({ top: (box.top + box.bottom - room.top - room.bottom) / 2, behavior: "instant" });
  };

  const isSettled = () =>
    document.readyState === "complete" && document.fonts.status === "loaded" && footnoted.listStages().every(footnoted.isSettled);

  // Whoever is in the evidence already, as search leads there, is not taken out of it.
  const isUnmoved = () => [document.body, document.getElementById("page")].includes(document.activeElement);

  footnoted.leadToPlace = (findTarget) => {
    stop();
    if (!location.hash && !footnoted.readPoint()) return;
    const step = () => {
      const place = findTarget();
      const point = findPoint(place);
      if (place || point) bringIntoView(place, point);
      if (!isSettled()) return;
      if (isUnmoved()) point?.focus({ preventScroll: true });
      stop();
    };
    const watcher = new ResizeObserver(step);
    watcher.observe(document.getElementById("page"));
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
})();
