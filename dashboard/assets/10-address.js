// The address bar holds the whole state: the page, its query, and the point whose evidence is open.
(() => {
  "use strict";
  const footnoted = (window.footnoted = {});
  const NARROW = window.matchMedia("(max-width: 639px)");
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const OWN_ROUTES = /^\/(download|evidence|table|assets|healthz)/;

  footnoted.store = (id, value) => window.dash_clientside.set_props(id, { data: value });
  footnoted.readPoint = () => new URLSearchParams(location.search).get("point");
  footnoted.scheme = () => document.documentElement.dataset.scheme || (DARK.matches ? "dark" : "light");

  const readScreen = () => ({ scheme: footnoted.scheme(), narrow: NARROW.matches });

  const readAddress = () => {
    const query = new URLSearchParams(location.search);
    query.delete("point");
    return { path: location.pathname, query: query.toString() };
  };

  const labelSwitch = () => {
    const other = footnoted.scheme() === "dark" ? "Light" : "Dark";
    const button = document.querySelector("[data-scheme-switch]");
    if (button) {
      button.textContent = other;
      button.setAttribute("aria-label", `Switch to ${other.toLowerCase()} colours`);
    }
  };

  const updateScreen = () => {
    labelSwitch();
    footnoted.store("screen", readScreen());
  };

  footnoted.switchScheme = () => {
    const chosen = footnoted.scheme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.scheme = chosen;
    try {
      localStorage.setItem("scheme", chosen);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    updateScreen();
  };

  let shown = null;
  let arrival = null;

  footnoted.follow = (href) => {
    history.replaceState({ ...history.state, scroll: window.scrollY }, "");
    history.pushState({ depth: 0 }, "", href);
    syncWithAddress({ arrived: true });
  };

  const syncWithAddress = ({ arrived }) => {
    const address = readAddress();
    footnoted.showPoint(footnoted.readPoint());
    const key = JSON.stringify(address);
    if (key === shown) return;
    const samePage = shown !== null && JSON.parse(shown).path === address.path;
    arrival = { scroll: arrived ? 0 : (history.state?.scroll ?? 0), stay: samePage && arrived };
    shown = key;
    footnoted.store("address", address);
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
    if (link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    footnoted.follow(link.href);
  });

  window.addEventListener("popstate", () => syncWithAddress({ arrived: false }));
  NARROW.addEventListener("change", updateScreen);
  DARK.addEventListener("change", updateScreen);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.footnoted = {
    boot: () => {
      history.scrollRestoration = "manual";
      const address = readAddress();
      shown = JSON.stringify(address);
      labelSwitch();
      footnoted.showPoint(footnoted.readPoint());
      return [address, readScreen()];
    },
    // Called when a page has been put in place: its name, and where the reader lands on it.
    land: (title) => {
      if (!title) return window.dash_clientside.no_update;
      document.title = title;
      requestAnimationFrame(() => {
        footnoted.refreshFolds();
        document.dispatchEvent(new CustomEvent("footnoted:landed"));
      });
      if (arrival && !arrival.stay) {
        settleAt(arrival.scroll, performance.now() + 1500);
        if (!footnoted.readPoint()) document.getElementById("page").focus({ preventScroll: true });
      }
      arrival = null;
      if (location.hash) requestAnimationFrame(() => document.querySelector(location.hash)?.scrollIntoView());
      return window.dash_clientside.no_update;
    },
    // A click on a mark arrives here through plotly and dash; the answer clears it, so that the same mark opens again.
    openClicked: (click) => {
      const id = click?.points?.[0]?.customdata;
      if (id === undefined || id === null) return window.dash_clientside.no_update;
      footnoted.openMark(String(Array.isArray(id) ? id[0] : id));
      return null;
    },
  };
})();
