// Zoom along time: by drag, by keys, and back; the stretch is in the address and holds for all charts of the page.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  const DAY = 86400000;
  const LEAST_PIXELS = 12;
  const LEAST_DAYS = 300;
  const FACTOR = 2;
  let drag = null;

  const readAxis = (stage) => {
    const { left, right, start, stop } = stage.querySelector("svg")?.dataset ?? {};
    if (!start) return null;
    return { left: Number(left), right: Number(right), start: Date.parse(start), stop: Date.parse(stop) };
  };

  const writeDay = (time) => new Date(time).toISOString().slice(0, 10);

  const readSpan = () => new URLSearchParams(location.search).get("span");

  footnoted.zoomTo = (span) => {
    if (span === readSpan()) return;
    const address = new URL(location.href);
    if (span) address.searchParams.set("span", span);
    else address.searchParams.delete("span");
    history.pushState({ ...history.state, depth: 0 }, "", address);
    footnoted.drawStages();
  };

  const zoomBetween = (one, other) => {
    const middle = (one + other) / 2;
    const half = Math.max(Math.abs(other - one), LEAST_DAYS * DAY) / 2;
    footnoted.zoomTo(`${writeDay(middle - half)}..${writeDay(middle + half)}`);
  };

  const readTime = (axis, x) => axis.start + ((x - axis.left) / (axis.right - axis.left)) * (axis.stop - axis.start);

  const readX = (stage, event) => {
    const picture = stage.querySelector("svg");
    const box = picture.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * Number(picture.getAttribute("width"));
  };

  document.addEventListener("pointerdown", (event) => {
    const stage = event.target.closest?.(".stage[data-zooms]");
    const axis = stage && event.button === 0 && event.pointerType === "mouse" && readAxis(stage);
    if (!axis) return;
    const x = readX(stage, event);
    if (x >= axis.left && x <= axis.right) drag = { stage, axis, x, frame: null };
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const { stage, axis } = drag;
    const x = Math.max(axis.left, Math.min(axis.right, readX(stage, event)));
    if (!drag.frame && Math.abs(x - drag.x) < LEAST_PIXELS) return;
    if (!drag.frame) {
      drag.frame = Object.assign(document.createElement("div"), { className: "zoom-frame" });
      stage.append(drag.frame);
      getSelection()?.removeAllRanges();
    }
    event.preventDefault();
    drag.to = x;
    const scale = stage.querySelector("svg").getBoundingClientRect().width / Number(stage.querySelector("svg").getAttribute("width"));
    drag.frame.style.left = `${Math.min(drag.x, x) * scale}px`;
    drag.frame.style.width = `${Math.abs(x - drag.x) * scale}px`;
  });

  const release = () => {
    const { axis, x, to, frame } = drag;
    drag = null;
    if (!frame) return;
    frame.remove();
    // The click that ends a drag opens nothing.
    const swallow = (event) => event.stopPropagation();
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
    zoomBetween(readTime(axis, x), readTime(axis, to));
  };

  document.addEventListener("pointerup", () => drag && release());
  document.addEventListener("pointercancel", () => {
    drag?.frame?.remove();
    drag = null;
  });

  const findMiddle = (mark, stage, axis) => {
    const box = (mark.querySelector(".shape") ?? mark).getBoundingClientRect();
    const time = readTime(axis, readX(stage, { clientX: box.left + box.width / 2 }));
    return Math.max(axis.start, Math.min(axis.stop, time));
  };

  const KEYS = { "+": 1 / FACTOR, "=": 1 / FACTOR, "-": FACTOR, "0": null };

  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.(".stage[data-zooms] .mark");
    if (!mark || !(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const stage = mark.closest(".stage");
    const axis = readAxis(stage);
    const factor = KEYS[event.key];
    if (!axis) return;
    if (factor === null || (factor > 1 && !readSpan())) {
      footnoted.zoomTo(null);
      return;
    }
    const middle = findMiddle(mark, stage, axis);
    const half = ((axis.stop - axis.start) * factor) / 2;
    zoomBetween(middle - half, middle + half);
  });

  // The caption says what is seen, in the moment in which it is.
  const formatDay = (day) => new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  document.addEventListener("footnoted:drawn", (event) => {
    const place = event.target.closest("figure")?.querySelector(".chart-zoom");
    const { zoomed, start, stop } = event.target.querySelector("svg").dataset;
    if (!place) return;
    const words = place.dataset.words.replace("{start}", () => formatDay(start)).replace("{stop}", () => formatDay(stop));
    place.textContent = zoomed ? words : "";
  });

  // A way back that can be seen.
  document.addEventListener("footnoted:drawn", (event) => {
    const stage = event.target;
    const button = stage.querySelector(".zoom-out");
    if (!stage.querySelector("svg").dataset.zoomed) {
      button?.remove();
      return;
    }
    if (button) return;
    const made = Object.assign(document.createElement("button"), { type: "button", className: "quiet zoom-out", textContent: "Show the whole time" });
    stage.append(made);
  });

  document.addEventListener("click", (event) => {
    const stage = event.target.closest(".zoom-out")?.closest(".stage");
    if (!stage) return;
    // The button goes away with the zoom; the focus stays in the chart.
    stage.querySelector('.mark[tabindex="0"]')?.focus({ preventScroll: true });
    footnoted.zoomTo(null);
  });
})();
