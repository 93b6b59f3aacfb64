// Points: opening their evidence by mouse, touch and keyboard, and closing it again.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  // What had the focus when the evidence was opened: an element, or a mark in a picture that may be drawn anew.
  let opener = null;
  let asked = null;

  // Which of two sides of a page the open point belongs to, and the place that this side has for itself.
  const readSide = () => new URLSearchParams(location.search).get("side");
  const findSide = (name) => name && document.querySelector(`[data-side="${CSS.escape(name)}"][data-place]`)?.dataset.place;

  // The page, the dossier and the day that the evidence is read in.
  const readPlace = () => {
    const { page, pinned } = document.documentElement.dataset;
    const place = new URLSearchParams({ page: page ?? location.pathname });
    const side = findSide(readSide());
    const query = new URLSearchParams(side || location.search);
    const kept = pinned ?? document.querySelector("[data-kept]")?.dataset.kept;
    if (kept) place.set("snapshot", kept);
    ["dossier", "as_of", ...(side ? ["page", "snapshot"] : [])].forEach((name) => query.has(name) && place.set(name, query.get(name)));
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
    const isEmpty = !document.querySelector("#evidence > *");
    if (id && (key !== asked || isEmpty)) fillDrawer(id, key);
    footnoted.choosePoint(id);
    if (id) return;
    asked = null;
    if (wasOpen) returnFocus();
  };

  footnoted.openPoint = (id, from) => {
    const drawer = document.getElementById("drawer");
    const isInside = drawer.contains(from);
    const side = isInside ? readSide() : (from?.closest("[data-side]")?.dataset.side ?? null);
    if (!isInside) opener = { element: from, frame: from?.closest(".stage")?.closest("figure")?.id, id };
    if (footnoted.readPoint() !== id || readSide() !== side) {
      const address = new URL(location.href);
      address.searchParams.set("point", id);
      if (side) address.searchParams.set("side", side);
      else address.searchParams.delete("side");
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
    address.searchParams.delete("side");
    history.replaceState(history.state, "", address);
    footnoted.showPoint(null);
  };

  const returnFocus = () => {
    const stage = opener?.frame && document.querySelector(`#${CSS.escape(opener.frame)} .stage`);
    const mark = stage?.querySelector(`.mark[role="button"][data-point="${CSS.escape(opener.id)}"]`);
    const target = opener?.element?.isConnected ? opener.element : mark;
    (target ?? document.getElementById("page"))?.focus({ preventScroll: true });
    opener = null;
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

  // The place of a side, and the snapshot that is shown, are known when their page has come.
  document.addEventListener("footnoted:landed", () => footnoted.readPoint() && footnoted.showPoint(footnoted.readPoint()));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) footnoted.closePoint();
  });
})();
