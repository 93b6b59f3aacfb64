// Stages: each holds the picture of a chart, drawn by the server for the width of the place it stands in.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  const SVG_MARKS = '.mark[role="button"]';
  const SETTLE = 120;
  const pictures = new Map();

  const writeAddress = (stage, width = stage.clientWidth) => {
    const address = new URL(stage.dataset.pictureOf, location.href);
    const span = new URLSearchParams(location.search).get("span");
    address.searchParams.delete("span");
    if (span && stage.dataset.zooms) address.searchParams.set("span", span);
    address.searchParams.set("width", Math.round(width));
    if (footnoted.isNarrow()) address.searchParams.set("narrow", "1");
    return address.pathname + address.search;
  };

  // A picture that came with the page counts as drawn where it is as wide as its place, and as high.
  const isFitting = (stage, width) => {
    const picture = stage.querySelector("svg");
    const high = stage.style.getPropertyValue(footnoted.isNarrow() ? "--high-narrow" : "--high");
    return Number(picture?.getAttribute("width")) === Math.round(width) && `${picture.getAttribute("height")}px` === high;
  };
  const isDrawn = (stage, address) =>
    Boolean(stage.querySelector("svg")) && (stage.dataset.drawn ? stage.dataset.drawn === address : isFitting(stage, stage.clientWidth));

  const fetchPicture = async (address) => {
    if (!pictures.has(address)) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${answer.status}`);
      pictures.set(address, await answer.text());
    }
    return pictures.get(address);
  };

  const draw = async (stage) => {
    // A picture that belongs to the page itself is there already, at whatever width.
    if (!stage.dataset.pictureOf) {
      seat(stage);
      footnoted.choosePoint(footnoted.readPoint());
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
      if (!stage.querySelector("svg")) stage.textContent = "The picture could not be fetched; the table below has its figures.";
      return;
    }
    if (stage.dataset.asked !== address) return;
    put(stage, picture);
    stage.dataset.drawn = address;
    ready(stage);
  };

  const put = (stage, picture) => {
    const active = stage.contains(document.activeElement) ? document.activeElement.dataset.point : null;
    stage.querySelector("svg")?.remove();
    stage.insertAdjacentHTML("afterbegin", picture);
    if (active) footnoted.findMark(stage, active)?.focus({ preventScroll: true });
  };

  const ready = (stage) => {
    watcher.observe(stage);
    seat(stage);
    footnoted.choosePoint(footnoted.readPoint());
    stage.dispatchEvent(new CustomEvent("footnoted:drawn", { bubbles: true }));
  };

  footnoted.listStages = () => [...document.querySelectorAll(".stage")];
  footnoted.drawStages = () => footnoted.listStages().forEach(draw);
  footnoted.isSettled = (stage) => !stage.dataset.pictureOf || !stage.clientWidth || stage.dataset.drawn === writeAddress(stage);
  footnoted.findMark = (stage, id) => stage.querySelector(`${SVG_MARKS}[data-point="${CSS.escape(id)}"]`);

  const nameStage = (stage) => `${stage.closest("[data-side]")?.dataset.side ?? ""} ${stage.dataset.chart}`;

  // The pictures of stages that are to take the place of those shown, each as wide as the one that it stands for.
  footnoted.fetchPictures = (part) => {
    const widths = new Map(footnoted.listStages().map((stage) => [nameStage(stage), stage.clientWidth]));
    const addresses = [...part.querySelectorAll(".stage[data-picture-of]")]
      .map((stage) => [stage, widths.get(nameStage(stage))])
      .filter(([stage, width]) => width && !isFitting(stage, width))
      .map(([stage, width]) => writeAddress(stage, width));
    return Promise.allSettled(addresses.map(fetchPicture));
  };

  let settling = 0;
  const watcher = new ResizeObserver(() => {
    clearTimeout(settling);
    settling = setTimeout(footnoted.drawStages, SETTLE);
  });

  // The keyboard's way through a chart: one stop for Tab, arrows among the marks, in the order of the table.
  const listMarks = (stage) => {
    const fold = stage.closest("figure")?.querySelector("details.folded");
    const places = new Map(fold ? footnoted.readTable(fold).rows.map((row, place) => [row.opens, place]) : []);
    const marks = [...stage.querySelectorAll(SVG_MARKS)];
    return marks.sort((one, other) => (places.get(one.dataset.point) ?? 0) - (places.get(other.dataset.point) ?? 0));
  };

  const seat = (stage, chosen) => {
    const marks = listMarks(stage);
    const seated = chosen ?? marks.find((mark) => mark.dataset.point === stage.dataset.at) ?? marks[0];
    marks.forEach((mark) => mark.setAttribute("tabindex", mark === seated ? "0" : "-1"));
    return seated;
  };

  const STEPS = {
    ArrowRight: (at) => at + 1,
    ArrowDown: (at) => at + 1,
    ArrowLeft: (at) => at - 1,
    ArrowUp: (at) => at - 1,
    Home: () => 0,
    End: (_, last) => last,
  };

  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.(`.stage ${SVG_MARKS}`);
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const stage = mark.closest(".stage");
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      footnoted.openPoint(mark.dataset.point, mark);
    } else if (STEPS[event.key]) {
      event.preventDefault();
      const marks = listMarks(stage);
      const place = STEPS[event.key](marks.indexOf(mark), marks.length - 1);
      seat(stage, marks[Math.max(0, Math.min(marks.length - 1, place))]).focus();
    }
  });

  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.(`.stage ${SVG_MARKS}`);
    if (!mark) return;
    const stage = mark.closest(".stage");
    stage.dataset.at = mark.dataset.point;
    seat(stage, mark);
  });
})();
