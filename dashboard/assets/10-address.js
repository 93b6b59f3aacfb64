// The address bar holds the whole state: the page, its query, and the point whose evidence is open.
(() => {
  "use strict";
  const footnoted = (window.footnoted = {});
  const NARROW = window.matchMedia("(max-width: 639px)");
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const OWN_ROUTES = /^\/(api|assets|cite|download|embed|evidence|export|frames|healthz|picture|report|search\.json|table)/;
  // What changes on a page without the page being built anew.
  const OWN_STATES = (footnoted.OWN_STATES = ["point", "side", "span"]);

  // How often it is asked whether the server is there, and how long a page may take that it still builds.
  const LOOK = 1500;
  const PATIENCE = 15_000;
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

  // The page of the first answer stays; dash, once it has started, brings the later ones. What is shown is what
  // the address says, on its way or there; the page in sight stands at what has landed, and came whole at `whole`.
  let shown = readAddress();
  let landed = shown;
  let whole = shown;
  let leaving = null;
  let canAsk = false;
  let arrival = null;
  let waiting = 0;
  let place = { hash: location.hash, link: null };

  footnoted.readPlaces = () => ({ whole, asked: leaving ?? shown, isLanded: !leaving && shown === landed });

  footnoted.follow = (href) => {
    const address = readAddress(href);
    if (!canAsk && !footnoted.isChoice?.(landed, address)) {
      leaving = address;
      location.assign(href);
      return;
    }
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

  const askWhole = (address) => {
    if (!canAsk) {
      location.reload();
      return;
    }
    setBusy(true);
    waitForAnswer(performance.now() + PATIENCE);
    window.dash_clientside.set_props("address", { title: address });
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
    clearTimeout(waiting);
    document.getElementById("lost")?.remove();
    if (isBusy) document.getElementById("page").setAttribute("aria-busy", "true");
    else document.querySelectorAll("#page, #page .chart").forEach((part) => part.removeAttribute("aria-busy"));
  };

  const isServed = async () => {
    try {
      return (await fetch("/healthz", { cache: "no-store" })).ok;
    } catch {
      return false;
    }
  };

  const waitForAnswer = (deadline) => {
    waiting = setTimeout(async () => {
      const address = shown;
      const isThere = await isServed();
      if (address !== shown || address === landed) return;
      if (!isThere) sayLost();
      else if (performance.now() < deadline) waitForAnswer(deadline);
      else location.reload();
    }, LOOK);
  };

  // What was there stays readable; what was asked for is said not to have come.
  const sayLost = () => {
    setBusy(false);
    const again = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Try again" });
    const notice = Object.assign(document.createElement("p"), { id: "lost", className: "banner", textContent: "The server does not answer, so this is still the page before. " });
    notice.setAttribute("role", "alert");
    again.addEventListener("click", async () => (await isServed()) && location.reload());
    notice.append(again);
    document.getElementById("page").prepend(notice);
    notice.scrollIntoView({ block: "nearest" });
  };

  // Every entry of the history knows how far its page was scrolled, for Forward as well as for Back.
  const rememberScroll = () => {
    if (shown === landed) history.replaceState({ ...history.state, scroll: window.scrollY }, "");
  };
  let rest = 0;
  document.addEventListener("scroll", () => {
    clearTimeout(rest);
    if (canAsk) rest = setTimeout(rememberScroll, SCROLL_REST);
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

  const isOurs = (link, event) =>
    link.origin === location.origin &&
    !link.target &&
    !link.hasAttribute("download") &&
    !OWN_ROUTES.test(link.pathname) &&
    event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !isOurs(link, event)) return;
    if (link.getAttribute("href").startsWith("#")) {
      if (canAsk) rememberScroll();
      place = { ...place, link };
      return;
    }
    const isHere = link.pathname === location.pathname && link.pathname === whole.split("?")[0];
    // Until dash has started, a link to another page is a link.
    if (!canAsk && (!isHere || !footnoted.joinChoices)) return;
    event.preventDefault();
    footnoted.follow(isHere ? footnoted.joinChoices(link) : link.href);
  });

  window.addEventListener("popstate", () => {
    clearTimeout(rest);
    footnoted.sync({ arrived: false });
  });
  // Where a reader was on a page that is left for good, the browser itself remembers.
  window.addEventListener("pagehide", () => {
    history.scrollRestoration = "auto";
    leaving = null;
  });
  window.addEventListener("hashchange", followHash);
  DARK.addEventListener("change", labelSwitch);

  const change = ([id, property, value]) => {
    const part = document.getElementById(id);
    if (property === "children") part.innerHTML = value;
    else part.setAttribute(property, value);
  };

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

  const showAnswer = ({ title, changes }) => {
    const restoreReader = arrival?.stay ? rememberReader() : () => {};
    document.title = title;
    changes.forEach(change);
    whole = shown;
    footnoted.drawStages();
    restoreReader();
  };

  // Where the same page shows something else, its words wait for its pictures: neither stands by the other's old one.
  const settle = async (answer) => {
    clearTimeout(waiting);
    const [, , markup] = answer.changes.find(([id, property]) => id === "page" && property === "children");
    if (arrival?.stay) await footnoted.fetchPictures(markup);
    if (answer.address !== shown) return;
    showAnswer(answer);
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

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.footnoted = {
    boot: () => {
      history.scrollRestoration = "manual";
      canAsk = true;
      document.documentElement.dataset.live = "";
      return window.dash_clientside.no_update;
    },
    land: (text) => {
      const answer = text && JSON.parse(text);
      // A page that the reader has left again before it came is not shown.
      if (answer?.address !== shown) return window.dash_clientside.no_update;
      settle(answer);
      return window.dash_clientside.no_update;
    },
  };
})();
