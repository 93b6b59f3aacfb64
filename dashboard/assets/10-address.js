// The address bar holds the whole state: the page, its query, and the point whose evidence is open.
(() => {
  "use strict";
  const footnoted = (window.footnoted = {});
  const NARROW = window.matchMedia("(max-width: 639px)");
  const DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const OWN_ROUTES = /^\/(download|evidence|table|assets|healthz|picture|cite|embed|report|search\.json)/;
  // What changes on a page without the page being built anew.
  const OWN_STATES = ["point", "side", "span"];

  footnoted.store = (id, text) => window.dash_clientside.set_props(id, { title: text });
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
    if (address === shown) {
      footnoted.drawStages();
      return;
    }
    const samePage = shown?.split("?")[0] === location.pathname;
    arrival = { scroll: arrived ? 0 : (history.state?.scroll ?? 0), stay: samePage && arrived };
    shown = address;
    footnoted.store("address", address);
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
    // Until the scripts have taken over, a link is a link.
    if (shown === null) return;
    event.preventDefault();
    footnoted.follow(link.pathname === location.pathname ? keepSpan(link.href) : link.href);
  });

  window.addEventListener("popstate", () => syncWithAddress({ arrived: false }));
  DARK.addEventListener("change", labelSwitch);

  // The page of the first answer gives way to the same page, now kept by dash; nothing that is seen moves.
  const takeOver = () => {
    const first = document.getElementById("first-sight");
    if (!first) return;
    const active = first.contains(document.activeElement) ? describe(document.activeElement) : null;
    const stages = [...first.querySelectorAll(".stage")];
    first.remove();
    stages.forEach((stage) => footnoted.adoptPicture(stage));
    labelSwitch();
    footnoted.showPoint(footnoted.readPoint());
    if (active) document.querySelector(active)?.focus({ preventScroll: true });
  };

  const describe = (element) => {
    const { id, dataset } = element;
    if (id) return `#${CSS.escape(id)}`;
    if (dataset.point) return `[data-point="${CSS.escape(dataset.point)}"]`;
    const href = element.getAttribute("href");
    return href ? `a[href="${CSS.escape(href)}"]` : "#page";
  };

  labelSwitch();
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.footnoted = {
    boot: () => {
      history.scrollRestoration = "manual";
      shown = readAddress();
      return shown;
    },
    // Called when a page has been put in place: its name, and where the reader lands on it.
    land: (title) => {
      if (!title) return window.dash_clientside.no_update;
      document.title = title;
      takeOver();
      requestAnimationFrame(() => {
        footnoted.drawStages();
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
  };
})();
