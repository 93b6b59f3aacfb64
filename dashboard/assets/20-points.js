// Points: opening their evidence by mouse, touch and keyboard, and closing it again.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  let opener = null;

  let asked = null;

  // The page, the dossier and the day that the evidence is read in.
  const readPlace = () => {
    const place = new URLSearchParams({ page: location.pathname });
    const query = new URLSearchParams(location.search);
    ["dossier", "as_of"].forEach((name) => query.has(name) && place.set(name, query.get(name)));
    return place.toString();
  };

  // Evidence by id that came with the page and that the server does not have.
  footnoted.fragments = new Map();

  // The evidence comes as HTML: the drawer has no part in the callbacks, whose cost grows with the page.
  const fillDrawer = async (id, key) => {
    asked = key;
    const place = document.getElementById("evidence");
    place.setAttribute("aria-busy", "true");
    let markup = "";
    try {
      const fetchMarkup = async () => (await fetch(`/evidence/${encodeURIComponent(id)}.html?${readPlace()}`)).text();
      markup = footnoted.fragments.get(id) ?? (await fetchMarkup());
    } catch {
      markup = "<p>The evidence could not be fetched. Check the connection and open the point again.</p>";
    }
    if (asked !== key) return;
    place.innerHTML = markup;
    place.removeAttribute("aria-busy");
    document.getElementById("drawer").scrollTop = 0;
  };

  footnoted.showPoint = (id) => {
    const wasOpen = document.documentElement.hasAttribute("data-drawer");
    document.documentElement.toggleAttribute("data-drawer", Boolean(id));
    // Another day or dossier in the address asks for other evidence of the same row.
    const key = `${id} ${readPlace()}`;
    if (id && key !== asked) fillDrawer(id, key);
    if (id) return;
    asked = null;
    if (wasOpen) returnFocus();
  };

  footnoted.openPoint = (id, from) => {
    const drawer = document.getElementById("drawer");
    if (!drawer.contains(from)) opener = from;
    if (footnoted.readPoint() !== id) {
      const address = new URL(location.href);
      address.searchParams.set("point", id);
      address.hash = "";
      history.pushState({ ...history.state, depth: (history.state?.depth ?? 0) + 1 }, "", address);
    }
    footnoted.showPoint(id);
    drawer.scrollTop = 0;
    drawer.focus({ preventScroll: true });
  };

  // Back as often as evidence was opened; a reader who came by a link to a point has nothing to go back to.
  footnoted.closePoint = () => {
    if (!footnoted.readPoint()) return;
    const depth = history.state?.depth ?? 0;
    if (depth > 0) {
      history.go(-depth);
      return;
    }
    const address = new URL(location.href);
    address.searchParams.delete("point");
    history.replaceState(history.state, "", address);
    footnoted.showPoint(null);
  };

  const returnFocus = () => {
    const target = opener?.isConnected ? opener : document.getElementById("page");
    target?.focus({ preventScroll: true });
    opener = null;
  };

  footnoted.openMark = (id) => {
    const stage = document.querySelector(".stage:hover") || document.activeElement?.closest?.(".stage");
    const drawn = stage || [...document.querySelectorAll(".stage")].find((each) => listMarks(each).some((m) => m.id === id));
    if (drawn) walked.set(drawn, listMarks(drawn).findIndex((mark) => mark.id === id));
    footnoted.openPoint(id, drawn);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-point]");
    if (button) {
      footnoted.openPoint(button.dataset.point, button);
      return;
    }
    if (event.target.closest("[data-close-drawer]")) footnoted.closePoint();
    if (event.target.closest("[data-scheme-switch]")) footnoted.switchScheme();
    const row = event.target.closest("tr[data-opens]");
    if (row && !event.target.closest("a, button, summary") && !String(getSelection())) {
      footnoted.openPoint(row.dataset.opens, row.querySelector(".opener"));
    }
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), 1600);
  });

  // The keyboard's way through a chart: one stop for Tab, arrows among the points.
  const walked = new Map();

  const findGraph = (stage) => stage.querySelector(".js-plotly-plot");

  const listPoints = (stage) => footnoted.readTable(stage.closest("figure").querySelector("details.folded")).rows;

  const listMarks = (stage) => {
    const marks = new Map();
    (findGraph(stage)?.data ?? []).forEach((trace, curveNumber) => {
      (trace.customdata ?? []).forEach((id, pointNumber) => {
        if (id && trace.hoverinfo !== "skip" && !marks.has(id)) marks.set(id, { id, curveNumber, pointNumber });
      });
    });
    const places = new Map(listPoints(stage).map((point, place) => [point.opens, place]));
    return [...marks.values()].sort((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
  };

  const visit = (stage, index) => {
    const marks = listMarks(stage);
    if (!marks.length) return;
    const place = Math.max(0, Math.min(marks.length - 1, index));
    const { id, curveNumber, pointNumber } = marks[place];
    walked.set(stage, place);
    stage.dataset.at = id;
    window.Plotly.Fx.hover(findGraph(stage), [{ curveNumber, pointNumber }]);
    const said = listPoints(stage).find((point) => point.opens === id)?.cells.join(", ") ?? id;
    stage.closest("figure").querySelector(".spoken").textContent = `${said}. ${place + 1} of ${marks.length}.`;
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
    if (event.key === "Escape") {
      footnoted.closePoint();
      return;
    }
    const stage = event.target;
    if (!stage.classList?.contains("stage")) return;
    const at = walked.get(stage) ?? -1;
    const marks = listMarks(stage);
    if (STEPS[event.key]) {
      event.preventDefault();
      visit(stage, STEPS[event.key](at, marks.length - 1));
    } else if ((event.key === "Enter" || event.key === " ") && marks[at]) {
      event.preventDefault();
      footnoted.openPoint(marks[at].id, stage);
    }
  });

  document.addEventListener("focusout", (event) => {
    const graph = event.target.classList?.contains("stage") && findGraph(event.target);
    if (graph?._fullLayout) window.Plotly.Fx.unhover(graph);
  });
})();
