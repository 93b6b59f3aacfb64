// The address bar holds the whole state: the page, its query, and the point whose evidence is open.
(() => {
  "use strict";
  const footnoted = (window.footnoted = {});
  const NARROW = window.matchMedia("(max-width: 639px)");
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const OWN_ROUTES = /^\/(download|evidence|table|assets|healthz|picture|cite|embed|report|search\.json)/;
  // What changes on a page without the page being built anew.
  const OWN_STATES = ["point", "side", "span"];

  // A page that has not come by then is asked for again, whole.
  const PATIENCE = 15_000;

  footnoted.readPoint = () => new URLSearchParams(location.search).get("point");
  footnoted.scheme = () => document.documentElement.dataset.scheme || (DARK.matches ? "dark" : "light");

  footnoted.isNarrow = () => NARROW.matches;

  const readAddress = () => {
    const address = new URL(location.href);
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

  // The page of the first answer stays; dash, once it has started, brings the later ones.
  let shown = readAddress();
  let canAsk = false;
  let arrival = null;
  let patience = 0;

  footnoted.follow = (href) => {
    if (!canAsk) {
      location.assign(href);
      return;
    }
    history.replaceState({ ...history.state, scroll: window.scrollY }, "");
    history.pushState({ depth: 0 }, "", href);
    footnoted.sync({ arrived: true });
  };

  footnoted.sync = ({ arrived }) => {
    const address = readAddress();
    footnoted.showPoint(footnoted.readPoint());
    if (address === shown) {
      footnoted.drawStages();
      return;
    }
    if (!canAsk) {
      location.reload();
      return;
    }
    const samePage = shown.split("?")[0] === location.pathname;
    arrival = { scroll: arrived ? 0 : (history.state?.scroll ?? 0), stay: samePage && arrived };
    shown = address;
    document.getElementById("page").setAttribute("aria-busy", "true");
    clearTimeout(patience);
    patience = setTimeout(() => location.reload(), PATIENCE);
    window.dash_clientside.set_props("address", { title: address });
  };

  // The page grows while its charts come; the place is asked for until it is there.
  const settleAt = (scroll, deadline) => {
    requestAnimationFrame(() => {
      window.scrollTo(0, scroll);
      if (Math.abs(window.scrollY - scroll) > 1 && performance.now() < deadline) settleAt(scroll, deadline);
    });
  };

  // A link to another choice on this page keeps the stretch of time that is looked at.
  const keepSpan = (href) => {
    const address = new URL(href);
    const span = new URLSearchParams(location.search).get("span");
    if (span) address.searchParams.set("span", span);
    return address.href;
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
    if (link.getAttribute("href").startsWith("#")) return;
    // Until dash has started, a link is a link.
    if (!canAsk) return;
    event.preventDefault();
    footnoted.follow(link.pathname === location.pathname ? keepSpan(link.href) : link.href);
  });

  window.addEventListener("popstate", () => footnoted.sync({ arrived: false }));
  // Where a reader was on a page that is left for good, the browser itself remembers.
  window.addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
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
    const stays = arrival?.stay;
    const restorePictures = footnoted.rememberPictures();
    const restoreReader = stays ? rememberReader() : () => {};
    document.title = title;
    changes.forEach(change);
    restorePictures();
    restoreReader();
  };

  // A page has been put in place: its pictures are fetched, and the reader lands on it.
  const land = () => {
    const page = document.getElementById("page");
    page.removeAttribute("aria-busy");
    footnoted.arrive();
    if (arrival && !arrival.stay) {
      settleAt(arrival.scroll, performance.now() + 1500);
      if (!footnoted.readPoint()) page.focus({ preventScroll: true });
    }
    arrival = null;
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
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
      clearTimeout(patience);
      showAnswer(answer);
      land();
      return window.dash_clientside.no_update;
    },
  };
})();
