// The address bar holds the whole state: the page, its query, and the point whose evidence is open.
(() => {
  "use strict";
  const footnoted = (window.footnoted = {});
  const NARROW = window.matchMedia("(max-width: 639px)");
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  // What changes on a page without the page being built anew.
  const OWN_STATES = (footnoted.OWN_STATES = ["point", "side", "span"]);

  // Where pages are, as the server says; a document that does not, a report or one chart in a frame, leads to none.
  const PAGES = document.documentElement.dataset.pages?.split(" ") ?? [];
  // How long a page may take that the server still builds.
  const PATIENCE = 30_000;
  const SCROLL_REST = 250;

  footnoted.readPoint = () => new URLSearchParams(location.search).get("point");
  footnoted.scheme = () => document.documentElement.dataset.scheme || (DARK.matches ? "dark" : "light");

  footnoted.isNarrow = () => NARROW.matches;

  const readAddress = (href = location.href) => {
    const address = new URL(href, location.href);
    OWN_STATES.forEach((name) => address.searchParams.delete(name));
    return address.pathname + address.search;
  };

  const labelSwitch = () => {
    const other = footnoted.scheme() === "dark" ? "Light" : "Dark";
    const button = document.querySelector("[data-scheme-switch]");
    if (button) {
      button.textContent = other;
      button.setAttribute("aria-label", `Switch to ${other.toLowerCase()} colours`);
    }
  };

  footnoted.switchScheme = () => {
    const chosen = footnoted.scheme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.scheme = chosen;
    try {
      localStorage.setItem("scheme", chosen);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    labelSwitch();
  };

  // What is shown is what the address says, on its way or there; the page in sight stands at what has landed, and
  // came whole at `whole`.
  let shown = readAddress();
  let landed = shown;
  let whole = shown;
  let arrival = null;
  let travel = null;
  let place = { hash: location.hash, link: null };

  footnoted.readPlaces = () => ({ whole, asked: shown, isLanded: shown === landed });

  footnoted.follow = (href) => {
    rememberScroll();
    history.pushState({ depth: 0 }, "", href);
    footnoted.sync({ arrived: true });
  };

  footnoted.sync = ({ arrived }) => {
    const address = readAddress();
    footnoted.showPoint(footnoted.readPoint());
    if (address === shown) {
      if (!arrived) followHash();
      else if (location.hash) lead();
      footnoted.drawStages();
      return;
    }
    const samePage = shown.split("?")[0] === location.pathname;
    arrival = { scroll: arrived ? 0 : (history.state?.scroll ?? 0), stay: samePage && arrived };
    shown = address;
    place = { hash: location.hash, link: null };
    if (address === landed) land();
    else ask(address);
  };

  const ask = (address) => {
    if (footnoted.isChoice?.(landed, address)) askFrames(address);
    else askWhole(address);
  };

  // The document of an address, the same that a browser gets that opens it; none where it is no page of ours.
  const fetchPage = async (address, signal) => {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.documentElement.dataset.pages === undefined ? null : page;
  };

  const askWhole = async (address) => {
    setBusy(true);
    travel?.abort();
    const mine = (travel = new AbortController());
    const patience = setTimeout(() => mine.abort(), PATIENCE);
    let page;
    try {
      page = await fetchPage(address, mine.signal);
    } catch {
      page = null;
    }
    clearTimeout(patience);
    // A page that the reader has left again before it came is not shown.
    if (mine !== travel || address !== shown) return;
    if (page) settle(page, address);
    else sayLost();
  };

  // A choice of a chart changes the charts that heed it, and nothing else of the page.
  const askFrames = async (address) => {
    setBusy(false);
    let answer;
    try {
      answer = await footnoted.fetchFrames(landed, address);
    } catch {
      if (address === shown) sayLost();
      return;
    }
    if (address !== shown) return;
    if (!answer) {
      askWhole(address);
      return;
    }
    const restoreReader = rememberReader();
    footnoted.putFrames(answer, address);
    footnoted.drawStages();
    restoreReader();
    land();
  };

  const setBusy = (isBusy) => {
    document.getElementById("lost")?.remove();
    if (isBusy) document.getElementById("page").setAttribute("aria-busy", "true");
    else document.querySelectorAll("#page, #page .chart").forEach((part) => part.removeAttribute("aria-busy"));
  };

  // What was there stays readable; what was asked for is said not to have come.
  const sayLost = () => {
    setBusy(false);
    const again = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Try again" });
    const notice = Object.assign(document.createElement("p"), { id: "lost", className: "banner", textContent: "The server does not answer, so this is still the page before. " });
    notice.setAttribute("role", "alert");
    again.addEventListener("click", () => askWhole(shown));
    notice.append(again);
    document.getElementById("page").prepend(notice);
    notice.scrollIntoView({ block: "nearest" });
  };

  // Every entry of the history knows how far its page was scrolled, for Forward as well as for Back.
  const rememberScroll = () => {
    if (PAGES.length && shown === landed) history.replaceState({ ...history.state, scroll: window.scrollY }, "");
  };
  let rest = 0;
  document.addEventListener("scroll", () => {
    clearTimeout(rest);
    rest = setTimeout(rememberScroll, SCROLL_REST);
  }, { passive: true });

  const findTarget = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };

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

  // The page grows while its charts come; the place is asked for until it is there.
  const settleAt = (scroll, deadline) => {
    requestAnimationFrame(() => {
      window.scrollTo(0, scroll);
      if (Math.abs(window.scrollY - scroll) > 1 && performance.now() < deadline) settleAt(scroll, deadline);
    });
  };

  const isPage = ({ origin, pathname }) =>
    origin === location.origin &&
    PAGES.some((path) => path === pathname || (path.endsWith("/*") && pathname.startsWith(path.slice(0, -1))));

  const isPlain = (link, event) =>
    !link.target &&
    !link.hasAttribute("download") &&
    event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !isPlain(link, event)) return;
    if (link.getAttribute("href").startsWith("#")) {
      rememberScroll();
      place = { ...place, link };
      return;
    }
    if (!isPage(link)) return;
    event.preventDefault();
    const isHere = link.pathname === location.pathname && link.pathname === whole.split("?")[0];
    footnoted.follow(isHere ? footnoted.joinChoices(link) : link.href);
  });

  window.addEventListener("popstate", () => {
    clearTimeout(rest);
    footnoted.sync({ arrived: false });
  });
  // Where a reader was on a page that is left for good, or loaded again, the browser itself remembers.
  window.addEventListener("pageshow", () => PAGES.length && setTimeout(() => (history.scrollRestoration = "manual")));
  window.addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
  window.addEventListener("hashchange", followHash);
  DARK.addEventListener("change", labelSwitch);

  const listFolds = () => [...document.querySelectorAll("#page details")];
  const nameFold = (fold) => {
    const near = fold.closest("[id]");
    return `${near.id} ${[...near.querySelectorAll("details")].indexOf(fold)}`;
  };

  const describe = (element) => {
    const { id, dataset } = element;
    if (id) return `#${CSS.escape(id)}`;
    if (dataset.point) return `[data-point="${CSS.escape(dataset.point)}"]`;
    const near = element.closest("[id]");
    const place = [...near.querySelectorAll(element.localName)].indexOf(element);
    return () => document.getElementById(near.id)?.querySelectorAll(element.localName)[place];
  };

  // What a reader has opened and stands on stays so where the same page shows another choice.
  const rememberReader = () => {
    const { activeElement } = document;
    const stands = activeElement && activeElement !== document.body ? describe(activeElement) : null;
    const open = new Set(listFolds().filter((fold) => fold.open).map(nameFold));
    return () => {
      listFolds().forEach((fold) => (fold.open ||= open.has(nameFold(fold))));
      const place = typeof stands === "string" ? document.querySelector(stands) : stands?.();
      if (place !== document.activeElement) place?.focus({ preventScroll: true });
    };
  };

  // The parts of the document that go with the page: the page itself, menus, navigation, footer.
  const swapParts = (page) =>
    page.querySelectorAll("[data-swaps]").forEach((part) => document.getElementById(part.id).replaceWith(part));

  // Where the same page shows something else, its words wait for its pictures: neither stands by the other's old one.
  const settle = async (page, address) => {
    if (arrival?.stay) await footnoted.fetchPictures(page);
    if (address !== shown) return;
    const restoreReader = arrival?.stay ? rememberReader() : () => {};
    document.title = page.title;
    swapParts(page);
    whole = shown;
    footnoted.drawStages();
    restoreReader();
    land();
  };

  // A page is in place: its pictures are fetched, and the reader lands on it.
  const land = () => {
    const page = document.getElementById("page");
    landed = shown;
    setBusy(false);
    footnoted.arrive();
    const { stay, scroll } = arrival ?? { stay: true };
    arrival = null;
    if (!stay && !footnoted.readPoint()) page.focus({ preventScroll: true });
    if (!scroll && (location.hash || (!stay && footnoted.readPoint()))) lead();
    else if (!stay) settleAt(scroll, performance.now() + 1500);
  };

  // In a frame, which holds one chart, there is nowhere to lead to.
  const lead = () => footnoted.leadToPlace?.(findTarget);

  // The page of the first answer, where it was not left and come back to: then the browser knows the place.
  footnoted.land = () => {
    footnoted.arrive();
    footnoted.showPoint(footnoted.readPoint());
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") lead();
  };

  footnoted.arrive = () => {
    labelSwitch();
    footnoted.drawStages();
    footnoted.refreshFolds();
    document.dispatchEvent(new CustomEvent("footnoted:landed"));
  };
})();
